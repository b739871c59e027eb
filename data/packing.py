"""
An area in one file, to carry to another machine: its tables, stories and decisions.

The file is a zip. A list in it, `manifest.toml`, names every other file in it with size and
hash, and which program can read them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import tomli_w

from data import story_shelf
from data.bundle import FORMAT, TERRAIN, read_area
from data.order import Order
from data.order_file import ORDER, order_of
from data.register.decisions import file_of
from data.store import restored
from data.stories import Story, name_for, written
from geo.bundle import CONTRACTS
from geo.errors import ExportError

PACK = (1, 0)
"""A newer minor number only adds; a newer major number is another language."""

ENDING = ".moteplass"
MANIFEST, DECISIONS = "manifest.toml", "decisions.toml"
AREA, STORIES = "area", "stories"
"""Folders within the file."""

TABLES = tuple(f"{name}.parquet" for name in CONTRACTS)
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """What is in a pack: of which area, built when, how many stories, and how large."""

    file: Path
    code: str
    name: str
    built: str
    stories: int
    size: int


def pack(code: str, out: Path | None = None, more: Sequence[Story] = ()) -> Packed:
    """
    Write an area into one file.

    What the area was built from goes along only where that is told without a path: files
    of this machine are not there on another, and their names are nobody's business.
    Uploaded files stay here.

    Parameters
    ----------
    code
        Of an area in the store.
    out
        The file to write, or a folder to write it in; left out, here. An earlier file of
        that name is overwritten.
    more
        Stories to take along besides those of the area.

    Raises
    ------
    BundleError, SourceError
        If there is no such area, or a story of it cannot be read.
    ExportError
        If the file cannot be written; an earlier one is then unharmed.
    """
    area = read_area(code)
    files = dict(_files(code))
    texts = _stories(code, more)
    target = _target(out, f"{code}-{datetime.fromisoformat(area.built):%Y-%m-%d}{ENDING}")
    about = {
        "pack": "{}.{}".format(*PACK),
        "area": "{}.{}".format(*FORMAT),
        "code": code,
        "name": area.name,
        "built": area.built,
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".new-", suffix=ENDING, dir=target.parent)
        try:
            with os.fdopen(handle, "w+b") as fresh:
                _write(fresh, about, files, texts)
            Path(beside).replace(target)
        finally:
            Path(beside).unlink(missing_ok=True)
        size = target.stat().st_size
    except OSError as error:
        raise ExportError(
            "{file} could not be written ({reason}).",
            file=str(target),
            reason=error.strerror or type(error).__name__,
        ) from error
    return Packed(target, code, area.name, area.built, len(texts), size)


def portable(order: Order) -> bool:
    """
    Tell whether an order means the same on another machine: it names no file and no table.

    Examples
    --------
    >>> portable(Order("1804", number="1804")), portable(Order("a", osm=Path("/tmp/a.pbf")))
    (True, False)
    """
    return not any((order.osm, order.boundary, order.terrain, order.files, order.tables))


def _files(code: str) -> Iterator[tuple[str, Path]]:
    """Return what to pack of an area, by its name in the pack."""
    folder = restored(code)
    order = order_of(code)
    kept = [*TABLES, TERRAIN, "area.toml"]
    if order and portable(order):
        kept.append(ORDER)
    yield from ((f"{AREA}/{name}", folder / name) for name in kept if (folder / name).exists())
    if file_of(code).exists():
        yield DECISIONS, file_of(code)


def _stories(code: str, more: Sequence[Story]) -> dict[str, bytes]:
    """Return the stories to pack, by their names in the pack; each was understood."""
    known: dict[str, Story] = {}
    for name in story_shelf.names(code):
        if story := story_shelf.find(code, name):
            known[name] = story
    for story in more:
        known[name_for(story.title, {*known, *story_shelf.ready()})] = story
    return {f"{STORIES}/{name}.toml": written(story) for name, story in known.items()}


def _target(out: Path | None, usual: str) -> Path:
    if out is None or out.is_dir():
        return (out or Path()).resolve() / usual
    return out.resolve()


def _write(
    fresh: BinaryIO,
    about: Mapping[str, str],
    files: Mapping[str, Path],
    texts: Mapping[str, bytes],
) -> None:
    rows = []
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, source in files.items():
            rows.append(_copied(packed, name, source))
        for name, content in texts.items():
            packed.writestr(name, content)
            digest = hashlib.sha256(content).hexdigest()
            rows.append({"name": name, "bytes": len(content), "sha256": digest})
        packed.writestr(MANIFEST, tomli_w.dumps({**about, "files": rows}))


def _copied(packed: zipfile.ZipFile, name: str, source: Path) -> dict[str, object]:
    """Pack a file piece by piece; return its row of the list."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, packed.open(name, "w", force_zip64=True) as write:
        while piece := read.read(CHUNK):
            digest.update(piece)
            size += write.write(piece)
    return {"name": name, "bytes": size, "sha256": digest.hexdigest()}
