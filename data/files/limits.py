"""How large a file may be, and how its bytes come in: never more than that."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath

from data.text import plain
from geo.errors import SourceError

MB = 1024**2

MAX_BYTES = 200 * MB
MAX_UNPACKED = 500 * MB
MAX_MEMBERS = 2000
"""Of an archive: a shapefile has a handful, a large workbook some hundreds."""

MAX_RATIO, RATIO_FROM = 200, 20 * MB
"""Text packs to a tenth or a fiftieth; what packs better, and is large, is a bomb."""

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 1_000_000, 500, 10_000_000
LONGEST_CELL = 1_000_000
"""Characters: a boundary written as text in a cell is long."""

MAX_DEPTH = 64
"""Of brackets or elements in one another; a real file has about ten."""

Given = Path | bytes
"""A file on disk, or what was uploaded."""


def shown(name: str) -> str:
    r"""
    Return the name of a file as it may be shown: without folders, bounded, plain.

    Examples
    --------
    >>> shown("../../etc/skoler.csv"), shown("C:\\Users\\per\\skoler.csv")
    ('skoler.csv', 'skoler.csv')
    """
    return plain(PurePosixPath(name.replace("\\", "/")).name) or "file"


def content(given: Given, name: str) -> bytes:
    """
    Return the bytes of a file.

    Raises
    ------
    SourceError
        If it is not there, no ordinary file, empty, or above `MAX_BYTES`: then not a
        byte of it was read.

    Examples
    --------
    >>> content(b"", "skoler.csv")
    Traceback (most recent call last):
    geo.errors.SourceError: skoler.csv is empty.
    """
    size = len(given) if isinstance(given, bytes) else _size(given, name)
    if size > MAX_BYTES:
        raise SourceError(
            "{file} has {mb} MB; at most {most} are read."
            " Cut out your municipality first, as in QGIS, and save that.",
            file=shown(name),
            mb=round(size / MB),
            most=MAX_BYTES // MB,
        )
    if not size:
        raise SourceError("{file} is empty.", file=shown(name))
    return given if isinstance(given, bytes) else _read(given, name)


def check_size(rows: int, columns: int, name: str) -> None:
    """
    Refuse a table that is too large to hold.

    Raises
    ------
    SourceError
        Naming what there is too much of.

    Examples
    --------
    >>> check_size(10, 1_000_000, "wide.csv")
    Traceback (most recent call last):
    geo.errors.SourceError: wide.csv has 1000000 columns; at most 500 are read.
    """
    if columns > MAX_COLUMNS:
        raise SourceError(
            "{file} has {n} columns; at most {most} are read.",
            file=shown(name),
            n=columns,
            most=MAX_COLUMNS,
        )
    most = min(MAX_ROWS, MAX_CELLS // max(columns, 1))
    if rows > most:
        raise SourceError(
            "{file} has more than {most} rows of {columns} columns."
            " Cut out your municipality first, and leave out columns that are not needed.",
            file=shown(name),
            most=most,
            columns=columns,
        )


def damaged(name: str) -> SourceError:
    """
    Return the error for a file that begins well and cannot be read.

    Examples
    --------
    >>> str(damaged("skoler.gpkg"))
    'skoler.gpkg is damaged or cut short. Save or fetch it again.'
    """
    return SourceError(
        "{file} is damaged or cut short. Save or fetch it again.", file=shown(name)
    )


def _size(path: Path, name: str) -> int:
    try:
        about = path.stat()
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or type(error).__name__
        raise _unreadable(name, fault) from error
    if not stat.S_ISREG(about.st_mode):  # a folder, a pipe that never ends
        raise SourceError("{file} is no ordinary file.", file=shown(name))
    return about.st_size


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except OSError as error:
        raise _unreadable(name, error.strerror or type(error).__name__) from error


def _unreadable(name: str, fault: str) -> SourceError:
    return SourceError("{file} cannot be read: {fault}.", file=shown(name), fault=fault)
