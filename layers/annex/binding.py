"""
An annex to a plan: all files of an answer in one zip, part by part.

A part is made in a folder of its own, packed, and forgotten before the next one is made: an
annex takes as much memory and disk as its largest part, however many there are.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import Message
from layers.files import writing

NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9](?:[a-z0-9._-]{0,119}[a-z0-9])?",
    re.ASCII | re.IGNORECASE,
)
"""What a file or folder in an annex may be called: any system can unpack it."""

PACKED = (".docx", ".jpg", ".kmz", ".png", ".xlsx", ".zip")
"""Endings of files that get no smaller."""

UNIX, MODE = 3, 0o644 << 16
"""So that the same parts make the same zip on every system."""

CHUNK = 1 << 20

Progress = Callable[[int, int, Message], None]
"""Told before each part how many are done, how many there are, and which one comes."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    One thing in an annex, and how it is made.

    Parameters
    ----------
    folder
        Where its files lie in the annex; `""`: at the top.
    make
        Writes them into an empty folder. Called once, when its turn comes.
    label
        What it is.
    holds
        What is in it and how to open it, for whoever never met such a file.

    Examples
    --------
    >>> Part("gis", lambda folder: None, Message("GeoPackage")).folder
    'gis'
    """

    folder: str
    make: Callable[[Path], None]
    label: Message
    holds: Message | None = None


def silent(done: int, whole: int, label: Message) -> None:
    """Tell nobody how far the work has come."""


def never() -> bool:
    """Let the work run to its end."""
    return False


def write(
    parts: Sequence[Part],
    file: Path,
    *,
    day: str,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
) -> Path | None:
    """
    Make all parts and pack them into one zip.

    The same parts make the same zip, byte by byte, if their files are the same.

    Parameters
    ----------
    parts
        In the order in which they are made and packed.
    file
        The zip. Its folder is made if it does not exist; an earlier file is replaced at the
        very end, and stays as it was if anything fails before.
    day
        ISO date that all files in it bear.
    progress
        Told before each part, and when all are done.
    cancelled
        Asked between parts, between files, and every megabyte.

    Returns
    -------
    file
        The zip, or `None` if it was cancelled; then nothing is left of it.

    Raises
    ------
    ExportError
        If it cannot be written; nothing is left half-written.
    ValueError
        If a part writes a file whose name some system refuses, or that is there already.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> def hello(folder):
    ...     _ = (folder / "hello.txt").write_text("Hello")
    >>> with TemporaryDirectory() as there:
    ...     parts = [Part("", hello, Message("Greeting"))]
    ...     made = write(parts, Path(there, "a.zip"), day="2026-11-22")
    ...     zipfile.ZipFile(made).namelist()
    ['hello.txt']
    """
    text = (
        "{file} could not be written ({reason}). Free some space, choose another folder, or"
        " close the file if it is open in another program."
    )
    with writing(Message(text, {"file": str(file)})):
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=".new-", dir=file.parent, ignore_cleanup_errors=True
        ) as scratch:
            beside = Path(scratch, "annex.zip")
            with zipfile.ZipFile(beside, "w") as packed:
                for done, part in enumerate(parts):
                    if cancelled():
                        break
                    progress(done, len(parts), part.label)
                    _pack(part, packed, Path(scratch), day, cancelled)
            if cancelled():
                return None
            progress(len(parts), len(parts), Message("Done"))
            return beside.replace(file)


def _pack(
    part: Part,
    packed: zipfile.ZipFile,
    scratch: Path,
    day: str,
    cancelled: Callable[[], bool],
) -> None:
    """Make one part and put its files into the zip, in the order of their names."""
    with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as own:
        part.make(Path(own))
        for made in sorted(Path(own).iterdir(), key=lambda one: one.name):
            name = f"{part.folder}/{made.name}" if part.folder else made.name
            _require_safe(name, packed)
            info = zipfile.ZipInfo(name, _time(day))
            info.create_system, info.external_attr = UNIX, MODE
            stored = made.suffix in PACKED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            with made.open("rb") as read, packed.open(info, "w", force_zip64=True) as to:
                while not cancelled() and (piece := read.read(CHUNK)):
                    to.write(piece)


def _require_safe(name: str, packed: zipfile.ZipFile) -> None:
    """Refuse a name that Windows cannot unpack, or that two parts share: a fault of ours."""
    if not all(NAME.fullmatch(piece) for piece in name.split("/")):
        raise ValueError(f"no name for a file in an annex: {name}")
    if name.lower() in map(str.lower, packed.namelist()):
        raise ValueError(f"twice in an annex: {name}")


def _time(day: str) -> tuple[int, int, int, int, int, int]:
    year, month, date = map(int, day.split("-"))
    return year, month, date, 12, 0, 0  # a zip knows no zone: at noon it is the day anywhere
