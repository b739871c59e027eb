"""An export as one GeoPackage that QGIS opens looking like our map."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pyogrio

from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.layer import Drawing
from layers.qgis.schema import GEOMETRY, add_tables
from words.speaker import Speaker

VERSION = "1.2"
"""Of the standard: what GDAL 3.6, which QGIS 3.22 rests on in Debian, writes by itself."""
SHAPES = {
    Drawing.SYMBOLS: "Point",
    Drawing.CIRCLES: "Point",
    Drawing.LINES: "LineString",
    Drawing.CELLS: "Polygon",
    Drawing.AREAS: "Polygon",
    Drawing.OUTLINE: "Polygon",
}
"""What a layer without a row is a layer of, so that its style still fits."""


def write(export: Export, folder: Path, say: Speaker) -> None:
    """
    Write an export as a GeoPackage, whole or not at all.

    Sheets with a geometry become layers in the area's metric CRS, the others tables. Beside
    them stand: a style for each in `layer_styles`, which QGIS applies by itself, as QML and
    SLD; metadata as ISO 19139 and as QGIS keeps them, for the file and each layer; and what
    each column is called, with its unit, in `gpkg_data_columns`.

    Parameters
    ----------
    export
        What to write.
    folder
        Existing folder; a file of the same name is replaced.
    say
        The language of metadata.

    Raises
    ------
    OSError, pyogrio.errors.DataSourceError, sqlite3.Error
        If the folder cannot be written to: nothing is left half-written.
    """
    name = f"{export.stem}.gpkg"
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        made = Path(scratch) / name
        for n, sheet in enumerate(export.sheets):
            _add_layer(made, sheet, append=n > 0)
        with closing(sqlite3.connect(made)) as file:
            add_tables(file, export, say)
            file.commit()
        made.replace(folder / name)


def _add_layer(file: Path, sheet: Sheet, *, append: bool) -> None:
    told: dict[str, object] = {}
    if sheet.located:
        told["layer_options"] = {"GEOMETRY_NAME": GEOMETRY}
        if sheet.layer and sheet.table.empty:
            told["geometry_type"] = SHAPES[sheet.layer.drawing]
    pyogrio.write_dataframe(
        sheet.table,
        file,
        layer=sheet.key,
        driver="GPKG",
        append=append,
        dataset_options=None if append else {"VERSION": VERSION},
        **told,
    )
