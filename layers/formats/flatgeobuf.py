"""FlatGeobuf: one file per layer, which GIS and maps on the web read piece by piece."""

from __future__ import annotations

from pathlib import Path

import pyogrio

from layers.export.export import Export
from layers.formats.kinds import kind_of
from layers.formats.rows import located
from words import Speaker


def write(export: Export, folder: Path, say: Speaker) -> None:  # noqa: ARG001
    """
    Write a file for each sheet with a geometry, in the area's metric CRS.

    Rows come in the order of the spatial index, not as they stood; those without a
    shape are not in any index, and a file that has some goes without one. The header
    holds the title, what the export is about and what each column is called.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    """
    about = {f"{n:02} {what}": text for n, (what, text) in enumerate(export.about, 1)}
    for sheet in export.sheets:
        if not sheet.located:
            continue
        table = located(sheet)
        gone = table.geometry.isna() | table.geometry.is_empty
        headings = {key: column.heading for key, column in sheet.columns.items()}
        pyogrio.write_dataframe(
            table.set_geometry(table.geometry.where(~gone, None)),
            folder / f"{export.stem}-{sheet.key}.fgb",
            layer=sheet.key,
            driver="FlatGeobuf",
            geometry_type=kind_of(sheet),
            promote_to_multi=kind_of(sheet).startswith("Multi"),
            layer_options={
                "TITLE": sheet.name,
                "SPATIAL_INDEX": "NO" if gone.any() or not len(table) else "YES",
            },
            layer_metadata=about | headings,
        )
