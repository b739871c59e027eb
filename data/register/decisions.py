"""
What a planner has decided about rows of registers, kept beside the areas.

One TOML file for each area, which a rebuild does not touch. It is read block by block,
each beginning with `[[decision]]`, so that a block which somebody has garbled by hand
harms no other; and whatever is not understood is written back as it stood.
"""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path

import tomli_w
from filelock import FileLock

from data.register.decided import SAME, WHAT, Decision, Key
from data.store import folder, home
from data.text import plain
from geo.errors import BundleError, Message

BLOCK = re.compile(r"^(?=\[\[decision\]\])", re.MULTILINE)


def file_of(code: str) -> Path:
    """
    Return where the decisions about an area lie, or would lie.

    Raises
    ------
    BundleError
        If the code could be anything but a file's name.

    Examples
    --------
    >>> file_of("1804").parts[-2:]
    ('decisions', '1804.toml')
    """
    return home() / "decisions" / f"{folder(code).name}.toml"


def read(code: str) -> tuple[dict[Key, Decision], tuple[Message, ...]]:
    """
    Read what was decided about an area.

    Returns
    -------
    decisions, faults
        By row, the last word if there are several; and what was not understood, which
        is skipped here and stays in the file.

    Raises
    ------
    BundleError
        If the file is there and cannot be read.
    """
    decisions, faults = {}, []
    line = 1
    for block in _blocks(code):
        if found := _decision(block):
            decisions[found.key] = found
        elif block.startswith("[[decision]]") or _says_something(block):
            faults.append(
                Message(
                    "The decision in line {line} of {file} is not understood and is skipped.",
                    {"line": line, "file": file_of(code).name},
                )
            )
        line += block.count("\n")
    return decisions, tuple(faults)


def keep(code: str, decision: Decision) -> None:
    """
    Keep a decision, in the place of any earlier one about the same row.

    Raises
    ------
    BundleError
        If it cannot be written; what was decided earlier is then unharmed.
    ValueError
        If it says nothing that can be done.
    """
    if decision.what not in WHAT or (decision.what == SAME) != bool(decision.place):
        raise ValueError(decision)
    dated = decision.date or date.today().isoformat()
    told = asdict(decision) | {"date": dated, "note": plain(decision.note)}
    block = "[[decision]]\n" + tomli_w.dumps({k: v for k, v in told.items() if v})
    _rewrite(code, decision.key, [block])


def undo(code: str, key: Key) -> None:
    """
    Forget what was decided about a row, if anything was.

    Raises
    ------
    BundleError
        As `keep`.
    """
    _rewrite(code, key, [])


def _blocks(code: str) -> list[str]:
    """Return the file's text in blocks; bytes that are no text stand as marks."""
    try:
        text = file_of(code).read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unusable(code, error) from error
    return [block for block in BLOCK.split(text) if block]


def _decision(block: str) -> Decision | None:
    """Return what a block says; nothing if that is no decision."""
    try:
        (row,) = tomllib.loads(block)["decision"]
        told = {key: str(row.get(key, "")) for key in Decision.__dataclass_fields__}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    found = Decision(**told)
    whole = found.source and found.ref and found.what in WHAT
    return found if whole and (found.what == SAME) == bool(found.place) else None


def _says_something(block: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in block.split("\n"))


def _rewrite(code: str, key: Key, more: list[str]) -> None:
    """Write the file anew, beside the old one and then over it, whole or not at all."""
    file = file_of(code)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_name(f".lock-{file.name}"), timeout=60):
            text = "".join([*(_without(block, key) for block in _blocks(code)), *more])
            handle, beside = tempfile.mkstemp(prefix=f".new-{file.name}-", dir=file.parent)
            try:
                with os.fdopen(handle, "wb") as fresh:
                    fresh.write(text.encode("utf-8", errors="surrogateescape"))
                Path(beside).replace(file)
            finally:
                Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise _unusable(code, error) from error


def _without(block: str, key: Key) -> str:
    """Return a block, or only its comments if it is a decision about the row `key`."""
    lines = block.splitlines(keepends=True)
    if (told := _decision(block)) and told.key == key:
        lines = [line for line in lines if line.lstrip().startswith("#")]
    text = "".join(lines)
    return text if not text or text.endswith("\n") else f"{text}\n"


def _unusable(code: str, error: OSError) -> BundleError:
    return BundleError(
        "The decisions about {code} cannot be read or written ({reason}).",
        code=code,
        reason=error.strerror or type(error).__name__,
    )
