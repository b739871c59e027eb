"""What a pack says of itself, and its files as far as they are what it says."""

from __future__ import annotations

import hashlib
import lzma
import re
import tomllib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from data import story_shelf
from data.bundle import FORMAT, TERRAIN
from data.files.limits import damaged as damaged_file
from data.order_file import ORDER
from data.packing import AREA, CHUNK, DECISIONS, ENDING, MANIFEST, PACK, STORIES, TABLES
from data.store import CODE
from data.text import plain
from geo.errors import SourceError

MOST_BYTES_UNPACKED, MOST_LIST = 4 * 1024**3, 1024**2
"""Of all files together: a county's largest municipality is a tenth of that. Of the list."""

KNOWN = re.compile(
    f"{AREA}/(?:{'|'.join(map(re.escape, (*TABLES, TERRAIN, ORDER, 'area.toml')))})"
    f"|{DECISIONS}|{STORIES}/([a-z0-9_-]+)\\.toml"
)
"""Names that a pack may hold: no other ever becomes a path."""

MOST_FILES = len(TABLES) + 4 + story_shelf.MOST_STORIES


@dataclass(frozen=True, slots=True)
class Listed:
    """A pack's list: what it says of itself, and of each file its size and hash."""

    code: str
    name: str
    built: str
    files: Mapping[str, tuple[int, str]]

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """Return it; raises `KeyError`, `TypeError` or `ValueError` if it is none."""
        rows = {row["name"]: (int(row["bytes"]), str(row["sha256"])) for row in raw["files"]}
        if len(rows) != len(raw["files"]) or not all(map(_known, rows)):
            raise ValueError(raw["files"])
        if min(size for size, _ in rows.values()) < 0 or not CODE.fullmatch(raw["code"]):
            raise ValueError(raw["code"])
        return cls(raw["code"], plain(raw["name"]), plain(raw["built"]), rows)


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """
    Open a pack, and say in words what goes wrong while it is read.

    Raises
    ------
    SourceError
        If it is not there, no pack, or damaged.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            yield packed
    except FileNotFoundError:
        raise SourceError("There is no file {file}.", file=str(file)) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise damaged(file) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            "{file} cannot be read: {fault}.", file=file.name, fault=reason
        ) from error


def listed_in(packed: zipfile.ZipFile, file: Path) -> Listed:
    """
    Return the list of a pack.

    Raises
    ------
    SourceError
        If it does not fit what is there, or another version of the program wrote it.
    """
    names = packed.namelist()
    if MANIFEST not in names or len(names) > MOST_FILES + 1:
        raise SourceError(
            "{file} is no area packed by this program (*{ending}).",
            file=file.name,
            ending=ENDING,
        )
    with packed.open(MANIFEST) as told:
        text = told.read(MOST_LIST)
    try:
        raw = tomllib.loads(text.decode("utf-8"))
        versions = {name: int(str(raw[name]).partition(".")[0]) for name in ("pack", "area")}
    except (ValueError, KeyError, RecursionError) as error:
        raise damaged(file) from error
    for name, ours in (("pack", PACK[0]), ("area", FORMAT[0])):
        if versions[name] != ours:
            _refuse(file, newer=versions[name] > ours)
    try:
        listed = Listed.read(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(file) from error
    whole = sorted(names) == sorted([*listed.files, MANIFEST])
    if not whole or sum(size for size, _ in listed.files.values()) > MOST_BYTES_UNPACKED:
        raise damaged(file)
    return listed


def _refuse(file: Path, *, newer: bool) -> None:
    if newer:
        raise SourceError(
            "{file} was packed by a newer version of the program. Bring this one up to date.",
            file=file.name,
        )
    raise SourceError(
        "{file} was packed by an older version of the program. Pack the area again with a new"
        " one.",
        file=file.name,
    )


def content(packed: zipfile.ZipFile, listed: Listed, name: str, file: Path) -> Iterator[bytes]:
    """
    Return a file of a pack piece by piece.

    Raises
    ------
    SourceError
        At its end, if it is not what the list says.
    """
    size, promised = listed.files[name]
    digest, left = hashlib.sha256(), size
    with packed.open(name) as told:
        while piece := told.read(min(CHUNK, left + 1)):
            left -= len(piece)
            if left < 0:
                raise damaged(file)
            digest.update(piece)
            yield piece
    if left or digest.hexdigest() != promised:
        raise damaged(file)


def _known(name: str) -> bool:
    """Tell whether a pack may hold a file of that name."""
    found = KNOWN.fullmatch(name)
    return bool(found and (found[1] is None or CODE.fullmatch(found[1])))


def damaged(file: Path) -> SourceError:
    """Return the error for a pack that begins well and is not what it should be."""
    return damaged_file(file.name)
