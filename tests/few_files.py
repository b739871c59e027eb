"""Files as doors: all that stands in each, whatever its format, but for when it was written."""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

Said = dict[str, tuple[str, ...]]
"""What comes out of a door: its parts by name, each as lines."""

ARCHIVES = (".zip", ".docx", ".xlsx")
TEXTS = (".csv", ".txt", ".geojson", ".html", ".kml", ".svg", ".xml", ".rels")

FONT = re.compile(r"<style>@font-face.*?</style>", re.DOTALL)
"""It says in which second it was cut to the letters of a page."""

OWN = ("rtree_", "sqlite_")
"""Beginnings of tables that tell nothing which others do not."""

MOMENTS = ("last_change", "timestamp")
"""Columns that say when a row was written, to the millisecond."""


def opened(name: str, content: bytes) -> Said:
    """
    Return all that stands in a file, in its order.

    What is neither text nor packed is one line: its fingerprint, so that every byte counts.
    """
    ending = Path(name).suffix
    if ending in ARCHIVES:
        said: Said = {}
        for inner, one in unpacked(content):
            said |= opened(f"{name} {inner}", one)
        return said
    if ending == ".gpkg":
        return {f"{name} {table}": rows for table, rows in _geopackage(content)}
    if ending == ".toml":
        return {name: _record(content)}
    if ending in TEXTS:
        text = FONT.sub("", content.decode("utf-8-sig"))
        return {name: tuple(re.split(r"\n|(?=<)|(?<=\}),", text))}
    return {name: (hashlib.sha256(content).hexdigest(),)}


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Return the files in an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _geopackage(content: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return every row of every table: of layers, of styles, and of what is said of them."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file.gpkg"
        file.write_bytes(content)
        with closing(sqlite3.connect(file)) as base:
            tables = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            for name, sql in tables.fetchall():
                if not name.startswith(OWN):
                    cursor = base.execute(f'SELECT * FROM "{name}"')
                    heads = [column[0] for column in cursor.description]
                    yield name, (sql, *(_row(heads, row) for row in cursor))


def _row(heads: list[str], cells: tuple[object, ...]) -> str:
    row = zip(heads, cells, strict=True)
    return " | ".join(f"{head}: {cell!r}" for head, cell in row if head not in MOMENTS)


def _record(content: bytes) -> tuple[str, ...]:
    """
    Return a record but for the moment, and for the fingerprints of the area's files.

    These are there to differ wherever the area does, though by one person. Nobody can try out
    a few with them: see `layers.record.origin.TRIED_OUT`.
    """
    told = tomllib.loads(content.decode("utf-8"))
    del told["now"], told["bundle"]["sha256"]
    told["bundle"]["files"] = [*told["bundle"]["files"]]
    return tuple(_flat(told))


def _flat(told: object, path: str = "") -> Iterator[str]:
    if isinstance(told, dict):
        for key, value in told.items():
            yield from _flat(value, f"{path}.{key}")
    else:
        yield f"{path} = {told}"
