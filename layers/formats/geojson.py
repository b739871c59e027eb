"""GeoJSON after RFC 7946: one file per layer, for maps on the web."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.formats.rows import in_degrees, located
from words import Speaker


def write(export: Export, folder: Path, say: Speaker) -> None:  # noqa: ARG001
    """
    Write a file for each sheet with a geometry, in longitude and latitude.

    There is no member `crs`, which RFC 7946 took away. Members of ours (section 6.1)
    are `name`, `title`, `about` and `columns`, which tells what each property is.
    A feature stands on a line of its own; a row without a shape has the geometry null.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    """
    for sheet in export.sheets:
        if sheet.located:
            name = folder / f"{export.stem}-{sheet.key}.geojson"
            with name.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_lines(sheet, export))


def _lines(sheet: Sheet, export: Export) -> Iterator[str]:
    """Return the file piece by piece, so that it is never in memory twice."""
    members = {
        "type": "FeatureCollection",
        "name": sheet.key,
        "title": sheet.name,
        "about": [f"{what}: {text}" for what, text in export.about],
        "columns": {key: column.heading for key, column in sheet.columns.items()},
    }
    yield f'{_json(members)[:-1]},"features":['
    table = in_degrees(located(sheet))
    flat = pd.DataFrame(table.drop(columns=table.geometry.name))
    rows = zip(*(_values(flat[column]) for column in flat), strict=True)
    shapes = [_shape(shape) for shape in table.geometry.to_numpy()]
    told = rows if len(flat.columns) else ((),) * len(flat)
    for n, (row, shape) in enumerate(zip(told, shapes, strict=True)):
        feature = _json(dict(zip(flat.columns, row, strict=True)))
        comma = "," if n else ""
        yield f'{comma}\n{{"type":"Feature","properties":{feature},"geometry":{shape}}}'
    yield "\n]}\n"


def _shape(shape: shapely.Geometry | None) -> str:
    return (
        "null" if shape is None or shapely.is_empty(shape) else str(shapely.to_geojson(shape))
    )


def _values(values: pd.Series) -> list[Any]:
    """Return a column as JSON knows it: what is no number is null."""
    found: list[Any] = values.astype(object).where(values.notna(), None).tolist()
    return found


def _json(value: Any) -> str:
    """Return compact JSON; a number that JSON does not know is an error of ours."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
