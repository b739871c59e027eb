"""
Where stories lie: those of an area beside the areas, and those that come with the program.

A rebuild of an area does not touch its stories. A story that comes with the program can be
played in any area; it is never written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from filelock import FileLock

from data.store import CODE, folder, home
from data.stories import Story, written
from data.story_file import MOST_BYTES, MOST_STEPS, read
from data.whole_file import put
from geo.errors import SourceError

READY = Path(__file__).parent / "examples" / "stories"
MOST_STORIES = 100
"""Of one area."""


def folder_of(code: str) -> Path:
    """
    Return where the stories of an area lie, or would lie.

    Raises
    ------
    BundleError
        If the code could be anything but a folder's name.

    Examples
    --------
    >>> folder_of("1804").parts[-2:]
    ('stories', '1804')
    """
    return home() / "stories" / folder(code).name


def names(code: str) -> list[str]:
    """Return the names of an area's own stories, sorted."""
    found = (file.stem for file in folder_of(code).glob("*.toml"))
    return sorted(filter(CODE.fullmatch, found))


@cache
def ready() -> dict[str, Story]:
    """
    Return the stories that come with the program, by name.

    Examples
    --------
    >>> len(ready()["ten-questions"].steps)
    10
    """
    files = sorted(READY.glob("*.toml"))
    return {file.stem: read(file.read_bytes(), file.name) for file in files}


def find(code: str, name: str) -> Story | None:
    """
    Return a story by its name, or `None` if there is no such story here.

    Raises
    ------
    SourceError
        If it is there and cannot be read.
    """
    if name in ready():
        return ready()[name]
    if not CODE.fullmatch(name):
        return None
    file = folder_of(code) / f"{name}.toml"
    try:
        with file.open("rb") as opened:
            return read(opened.read(MOST_BYTES + 1), file.name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(file, error) from error


def keep(code: str, name: str, story: Story) -> None:
    """
    Keep a story, in the place of an earlier one of that name, whole or not at all.

    Raises
    ------
    SourceError
        If it is too long, there are too many, or it cannot be written; what was there is
        then unharmed.
    """
    changed(code, name, lambda _: story)


def changed(code: str, name: str, change: Callable[[Story | None], Story]) -> Story:
    """
    Change a story as it stands now, and keep it; nobody else changes it meanwhile.

    Parameters
    ----------
    code, name
        Of an area, and of its own story.
    change
        Gets the story, or `None` if there is none yet.

    Raises
    ------
    SourceError
        As `keep`.
    ValueError
        If that is the name of no story of an area's own.
    """
    if not CODE.fullmatch(name) or name in ready():
        raise ValueError(name)
    file = folder_of(code) / f"{name}.toml"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_name(".lock"), timeout=60):
            story = change(find(code, name))
            put(file, _bounded(story, file))
    except OSError as error:
        raise _unusable(file, error) from error
    return story


def remove(code: str, name: str) -> None:
    """
    Remove a story of an area, if it is there.

    Raises
    ------
    SourceError
        If it cannot be removed.
    """
    if not CODE.fullmatch(name):
        return
    file = folder_of(code) / f"{name}.toml"
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise _unusable(file, error) from error


def _bounded(story: Story, file: Path) -> bytes:
    """Return what to write; refuse what could not be read again."""
    content = written(story)
    if len(story.steps) > MOST_STEPS or len(content) > MOST_BYTES:
        raise SourceError(
            "The story is full: {most} steps and {kb} kB at most.",
            most=MOST_STEPS,
            kb=MOST_BYTES // 1024,
        )
    if not file.exists() and len(list(file.parent.glob("*.toml"))) >= MOST_STORIES:
        raise SourceError(
            "An area has at most {most} stories. Delete one first.", most=MOST_STORIES
        )
    return content


def _unusable(file: Path, error: OSError) -> SourceError:
    return SourceError(
        "The story {name} cannot be read or written ({reason}).",
        name=file.stem,
        reason=error.strerror or type(error).__name__,
    )
