"""Shapefiles for those who ask: one archive, with a key to what the format cuts short."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.formats.dbf import TEXT_BYTES, fitted, short_names
from layers.formats.kinds import MULTI, by_dimension, kind_of
from layers.formats.rows import located
from layers.formats.text import safe
from words import Speaker

PARTS = ("points", "lines", "areas")
"""By dimension: the ends of names where one layer becomes several files."""


def write(export: Export, folder: Path, say: Speaker) -> None:
    """
    Write `…-shapefile.zip`, in the area's metric CRS.

    A shapefile holds one kind of shape, names of ten letters and texts of 254 bytes, and
    knows no empty number. So a layer of several kinds becomes as many files;
    `columns.csv` says what each name is short for and how many texts were cut; empty
    numbers are stars as GDAL and QGIS write and read them, and the column of words
    beside says what they mean. An empty text is a missing one. `about.txt` says what
    was asked, and the sources.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    """
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        inside = Path(scratch)
        key: list[dict[str, object]] = []
        for sheet in export.sheets:
            if sheet.located:
                key += _layer(sheet, inside, say)
        table = safe(pd.DataFrame(key))
        table.to_csv(inside / "columns.csv", index=False, sep=";", encoding="utf-8-sig")
        (inside / "about.txt").write_text(_about(export, say), "utf-8-sig", newline="\r\n")
        with zipfile.ZipFile(
            folder / f"{export.stem}-shapefile.zip", "w", zipfile.ZIP_DEFLATED
        ) as archive:
            for file in sorted(inside.iterdir()):
                archive.write(file, file.name)


def _about(export: Export, say: Speaker) -> str:
    """Return what the files are about, and how the format has changed them."""
    bent = (
        say("columns.csv tells what each column is: names have ten letters at most."),
        say("Texts are cut at {n} bytes; columns.csv tells how many.", n=TEXT_BYTES),
        say(
            "Empty numbers are stars, which some programs show as 0: the words beside them"
            " say what they mean."
        ),
    )
    told = (f"{what}: {text}" for what, text in export.about)
    return "\n".join((export.title, "", *told, "", *bent, ""))


def _layer(sheet: Sheet, folder: Path, say: Speaker) -> Iterator[dict[str, object]]:
    """Write the files of a layer, and return the key to their columns."""
    table = located(sheet)
    parts = by_dimension(table) or {_dimension(sheet): table}
    names = short_names(list(sheet.columns))
    for dimension, part in parts.items():
        stem = sheet.key if len(parts) == 1 else f"{sheet.key}_{PARTS[dimension]}"
        cut, lost = fitted(part, list(sheet.columns))
        _write_file(cut.rename(columns=names), folder / f"{stem}.shp", dimension)
        for column, told in sheet.columns.items():
            yield {
                say("File"): f"{stem}.shp",
                say("Column"): names[column],
                say("Full name"): column,
                say("What it is"): told.heading,
                say("Texts cut"): lost[column],
            }


def _dimension(sheet: Sheet) -> int:
    """Return what an empty layer would hold; any layer has some kind of shape here."""
    kind = kind_of(sheet)
    return MULTI.index(kind) if kind in MULTI else 0


def _write_file(table: gpd.GeoDataFrame, file: Path, dimension: int) -> None:
    several = dimension == 0 and (table.geom_type == "MultiPoint").any()
    single = ("Point", "LineString", "Polygon")[dimension]
    many = several or dimension > 0
    pyogrio.write_dataframe(
        table,
        file,
        driver="ESRI Shapefile",
        encoding="UTF-8",
        geometry_type=MULTI[dimension] if many else single,
        promote_to_multi=many,
        layer_options={"RESIZE": "YES"},
    )
