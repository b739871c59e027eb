"""Exports on disk and in memory: GeoPackage, GeoJSON and CSV, whole or not at all."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyogrio

from geo.crs import to_wgs84
from geo.errors import ExportError
from layers.export import Export
from words import Speaker

UNWRITABLE = (
    OSError,
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
)
"""What the libraries raise where a disk is full, or a folder closed."""

POINTED = ("places", "spots", "meetings", "gathered")
"""Tables that spreadsheets have, too: each row with a spot of it."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs what begins so; an apostrophe makes it text."""


def write(export: Export, folder: Path, say: Speaker) -> list[Path]:
    """
    Write every format into a folder.

    Parameters
    ----------
    export
        What to write.
    folder
        Made if it does not exist. Files of the same name are replaced.
    say
        Language of the spreadsheets: it decides how numbers are written.

    Returns
    -------
    files
        What was written: one GeoPackage, GeoJSON and CSV per table, one text.

    Raises
    ------
    ExportError
        If the folder cannot be written to; nothing is left half-written.
    """
    with _failing_in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            for make in (_geopackage, _geojson, _csv):
                make(export, Path(scratch), say)
            made = sorted(Path(scratch).iterdir())
            return [file.replace(folder / file.name) for file in made]


@contextmanager
def _failing_in_words(folder: Path) -> Iterator[None]:
    """Say what hinders the writing, whichever library met it."""
    try:
        yield
    except UNWRITABLE as error:
        raise ExportError(
            "{folder} could not be written ({reason}). Choose another folder, or close files"
            " from it that are open in another program.",
            folder=str(folder),
            reason=getattr(error, "strerror", None) or str(error)[:200],
        ) from error


def geopackage(export: Export, say: Speaker) -> bytes:
    """Return all tables as one GeoPackage, in the area's metric CRS."""
    return _packed(export, say, _geopackage, bare=True)


def geojson(export: Export, say: Speaker) -> bytes:
    """Return all tables as GeoJSON files in a zip, in longitude and latitude."""
    return _packed(export, say, _geojson)


def csv(export: Export, say: Speaker) -> bytes:
    """Return places, spots, groups and what else is no map as spreadsheets in a zip."""
    return _packed(export, say, _csv)


def _packed(
    export: Export,
    say: Speaker,
    make: Callable[[Export, Path, Speaker], None],
    *,
    bare: bool = False,
) -> bytes:
    """Return what a format writes: its only file as it is, or all of them in a zip."""
    with (
        _failing_in_words(Path(tempfile.gettempdir())),
        tempfile.TemporaryDirectory() as scratch,
    ):
        make(export, Path(scratch), say)
        files = sorted(Path(scratch).iterdir())
        if bare:
            return files[0].read_bytes()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
        return packed.getvalue()


def _geopackage(export: Export, folder: Path, say: Speaker) -> None:  # noqa: ARG001
    file = folder / f"{export.stem}.gpkg"
    about = {f"{n:02} {key}": text for n, (key, text) in enumerate(export.about, 1)}
    for n, (name, table) in enumerate(export.tables.items()):
        pyogrio.write_dataframe(
            table, file, layer=name, driver="GPKG", append=n > 0, layer_metadata=about
        )
    for name, plain in _plain(export).items():
        pyogrio.write_dataframe(plain, file, layer=name, driver="GPKG", append=True)


def _geojson(export: Export, folder: Path, say: Speaker) -> None:  # noqa: ARG001
    for name, table in export.tables.items():
        collection = json.loads(to_wgs84(table).to_json(drop_id=True, show_bbox=False))
        collection["about"] = [f"{key}: {text}" for key, text in export.about]
        text = json.dumps(
            collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        (folder / f"{export.stem}-{name}.geojson").write_text(text, encoding="utf-8")


def _csv(export: Export, folder: Path, say: Speaker) -> None:
    pointed = [name for name in POINTED if name in export.tables]
    sheets = {name: _with_point(export, name) for name in pointed} | _plain(export)
    comma = say.language != "en"  # how spreadsheets of that country read numbers
    for name, sheet in sheets.items():
        safe(sheet).to_csv(
            folder / f"{export.stem}-{name}.csv",
            index=False,
            sep=";" if comma else ",",
            decimal="," if comma else ".",
            encoding="utf-8-sig",
            lineterminator="\r\n",  # RFC 4180; and so a lone one inside a cell is quoted
        )


def _with_point(export: Export, name: str) -> pd.DataFrame:
    """Return a table without its geometry, but with a spot in longitude and latitude."""
    table = export.tables[name]
    spots = to_wgs84(table.set_geometry(table.representative_point())).geometry
    flat = pd.DataFrame(table.drop(columns="geometry"))
    source = "; ".join(text for _, text in export.about if text.startswith("©"))
    return flat.assign(lon=spots.x.round(6), lat=spots.y.round(6), source=source)


def _plain(export: Export) -> dict[str, pd.DataFrame]:
    """Return what has no geometry, by name."""
    about = pd.DataFrame(export.about, columns=["what", "text"])
    return {"groups": export.groups, **export.sheets, "about": about}


def safe(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return a sheet in which no text is a formula."""
    return sheet.map(lambda v: f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) else v)
