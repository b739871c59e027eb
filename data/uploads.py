"""What planners upload for an area: kept in a folder of its own, for orders to name."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from pathlib import Path, PurePosixPath

from filelock import FileLock

from data.files.limits import MB
from data.store import CODE, codes, folder, home
from data.text import plain
from geo.errors import BundleError, SourceError

MOST_MB = 500
"""Of one file: a county's OpenStreetMap data, or the heights of a municipality."""

LONGEST, LONGEST_ENDING = 100, 20
"""Characters of a name, its ending among them: every file system takes as many."""

ODD = re.compile(r"[^\w .()+,-]+")
LEFT = ".part"
"""Ending of what an upload that was cut short left behind."""


def safe_name(name: str) -> str:
    r"""
    Return the name under which a file is kept: no path, no hidden file, no device.

    Examples
    --------
    >>> safe_name("../../etc/Skoler 2026.csv"), safe_name("C:\\temp\\.kart.osm.pbf")
    ('Skoler 2026.csv', 'kart.osm.pbf')
    >>> safe_name("nul.csv"), safe_name("a<b>|*?.csv"), safe_name("...")
    ('file nul.csv', 'a_b_.csv', 'file')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    ending = "".join(PurePosixPath(last).suffixes[-2:])
    ending = ending if len(ending) <= LONGEST_ENDING else ""
    parts = (
        unicodedata.normalize("NFC", plain(part))
        for part in (last.removesuffix(ending), ending)
    )
    stem, ending = (ODD.sub("_", part) for part in parts)
    told = (stem[: LONGEST - len(ending)] + ending).strip(" .")
    stem = told.partition(".")[0].strip().lower()
    if len(stem) in (3, 4) and stem.isascii() and stem.isalnum() and not CODE.fullmatch(stem):
        told = f"file {told}"
    return told.removesuffix(LEFT) or "file"


def folder_of(code: str) -> Path:
    """
    Return where the files of an area lie, or would lie.

    Raises
    ------
    BundleError
        If the code could be anything but a folder's name.

    Examples
    --------
    >>> folder_of("1804").parts[-2:]
    ('files', '1804')
    """
    return home() / "files" / folder(code).name


def keep(code: str, name: str, content: bytes) -> Path:
    """
    Keep a file, in the place of an earlier one of that name; return where.

    It is written beside and renamed: an order that names it finds a whole file.

    Raises
    ------
    SourceError
        If it is empty or larger than `MOST_MB`, or cannot be written.
    BundleError
        As `folder_of`.
    """
    target = folder_of(code) / safe_name(name)
    if not content:
        raise SourceError("{file} is empty.", file=target.name)
    if len(content) > MOST_MB * MB:
        raise SourceError(
            "{file} has {mb} MB; at most {most} are kept. Cut out your municipality first.",
            file=target.name,
            mb=round(len(content) / MB),
            most=MOST_MB,
        )
    beside: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=LEFT, delete=False) as file:
            beside = Path(file.name)
            file.write(content)
        beside.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        if beside:
            beside.unlink(missing_ok=True)
    return target


def kept(code: str) -> list[Path]:
    """Return the files of an area by name; raises `BundleError` as `folder_of` does."""
    try:
        found = list(folder_of(code).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    files = [one for one in found if one.is_file() and one.suffix != LEFT]
    return sorted(files, key=lambda one: one.name.casefold())


def remove(code: str, name: str) -> None:
    """
    Remove a file of an area, if it is there.

    Raises
    ------
    SourceError, BundleError
        If it cannot be removed, or the code is none.
    """
    target = folder_of(code) / safe_name(name)
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(target, error) from error


def moved(old: str, new: str) -> bool:
    """
    Take the files along when an area that is not built yet gets another code.

    Returns
    -------
    done
        `False`, and nothing was done, if there are none, if the area of the old code is
        built (its order names them), or if there are files for the new code already.

    Raises
    ------
    SourceError, BundleError
        If they cannot be moved, or a code is none.
    """
    source, target = folder_of(old), folder_of(new)
    if old in codes() or target.exists() or not source.exists():
        return False
    try:
        source.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    return True


def removed(code: str, *, files: bool = False) -> None:
    """
    Remove an area from the store, whole; what was decided about its places stays.

    It steps aside before it is taken apart, under the lock with which `data.store` puts
    areas there. What was uploaded for it goes too if `files` says so.

    Raises
    ------
    BundleError
        If it cannot be removed.
    """
    target = folder(code)
    try:
        if target.parent.exists():
            with FileLock(target.with_name(f".lock-{target.name}"), timeout=60):
                for there in (target.with_name(f".old-{target.name}"), target):
                    if there.exists():
                        aside = tempfile.mkdtemp(prefix=f".new-{code}-", dir=target.parent)
                        there.rename(Path(aside) / "gone")
                        shutil.rmtree(aside, ignore_errors=True)  # else it is swept in a day
        if files and folder_of(code).exists():
            shutil.rmtree(folder_of(code))
    except OSError as error:
        raise BundleError(
            "The area {code} could not be removed ({reason}).",
            code=code,
            reason=error.strerror or type(error).__name__,
        ) from error


def _unwritable(target: Path, error: OSError) -> SourceError:
    return SourceError(
        "{file} could not be kept in {folder} ({reason}).",
        file=target.name,
        folder=str(target.parent),
        reason=error.strerror or type(error).__name__,
    )
