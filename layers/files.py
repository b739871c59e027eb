"""Exports on disk and in memory, in every format: whole or not at all."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pyogrio
from xlsxwriter.exceptions import XlsxWriterException

from geo.errors import ExportError, Message
from layers.export.export import Export
from layers.formats import csv, excel, flatgeobuf, geojson, kml, shapefile
from layers.formats.format import ZIP, Format
from layers.qgis import geopackage
from words import Speaker

UNWRITABLE = (
    OSError,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    sqlite3.Error,
    XlsxWriterException,
)
"""What the libraries raise where a disk is full, or a folder closed."""

_KNOWN = (
    Format("geopackage", geopackage.write, ".gpkg", "application/geopackage+sqlite3"),
    Format("geojson", geojson.write, "-geojson.zip", ZIP, packed=True),
    Format("shapefile", shapefile.write, "-shapefile.zip", ZIP),
    Format("flatgeobuf", flatgeobuf.write, "-flatgeobuf.zip", ZIP, packed=True),
    Format("kml", kml.write, "-kml.zip", ZIP, packed=True),
    Format("csv", csv.write, "-csv.zip", ZIP, packed=True),
    Format(
        "excel",
        excel.write,
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({one.key: one for one in _KNOWN})
"""By key, the best for a GIS first."""


def write(
    export: Export, folder: Path, say: Speaker, keys: Iterable[str] | None = None
) -> list[Path]:
    """
    Write an export into a folder.

    Parameters
    ----------
    export
        What to write.
    folder
        Made if it does not exist. Files of the same name are replaced, all or none.
    say
        Language of words and of how spreadsheets write numbers.
    keys
        Of the formats; left out, all.

    Returns
    -------
    files
        What was written, by name.

    Raises
    ------
    ExportError
        If there is no such format, or the folder cannot be written to; what was there
        is as it was then.
    """
    wanted = [_known(key) for key in dict.fromkeys(FORMATS if keys is None else keys)]
    with writing(_unwritten(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made,
            tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as aside,
        ):
            for one in wanted:
                one.write(export, Path(made), say)
            return _put(sorted(Path(made).iterdir()), folder, Path(aside))


def _known(key: str) -> Format:
    if key not in FORMATS:
        raise ExportError(
            "There is no {what} {key}: choose from {known}.",
            what=Message("format"),
            key=key,
            known=", ".join(FORMATS),
        )
    return FORMATS[key]


def _put(files: list[Path], folder: Path, aside: Path) -> list[Path]:
    """Move files into a folder; if one cannot be moved, put back what was there."""
    there: list[Path] = []
    kept: list[Path] = []
    try:
        for file in files:
            target = folder / file.name
            if target.exists():
                kept.append(target.replace(aside / file.name))
            there.append(file.replace(target))
    except OSError:
        for target in there:
            target.unlink()
        for old in kept:
            old.replace(folder / old.name)
        raise
    return there


def _unwritten(folder: Path) -> Message:
    text = (
        "{folder} could not be written ({reason}). Choose another folder, or close files"
        " from it that are open in another program."
    )
    return Message(text, {"folder": str(folder)})


@contextmanager
def writing(unwritten: Message) -> Iterator[None]:
    """Say what hinders the writing, and its `{reason}`, whichever library met it."""
    try:
        yield
    except UNWRITABLE as error:
        reason = getattr(error, "strerror", None) or str(error)[:200]
        raise ExportError(unwritten.text, **unwritten.values, reason=reason) from error


def packed(export: Export, key: str, say: Speaker) -> bytes:
    """
    Return an export in one format as one file: the only one, or all of them in a zip.

    Parameters
    ----------
    export, say
        As in `write`.
    key
        Of `FORMATS`, whose `ending` and `mime` tell what the file is.

    Raises
    ------
    ExportError
        If there is no such format, or the disk is full.
    """
    one = _known(key)
    with (
        writing(_unwritten(Path(tempfile.gettempdir()))),
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
    ):
        one.write(export, Path(scratch), say)
        files = sorted(Path(scratch).iterdir())
        if not one.packed:
            (file,) = files
            return file.read_bytes()
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
        return whole.getvalue()
