"""Which kind of geometry a layer has: formats that allow one only ask before they write."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.export.sheet import Sheet
from layers.layer import Drawing

BY_DRAWING = {
    Drawing.SYMBOLS: 0,
    Drawing.CIRCLES: 0,
    Drawing.LINES: 1,
    Drawing.CELLS: 2,
    Drawing.AREAS: 2,
    Drawing.OUTLINE: 2,
}
"""Dimension of the marks that a drawing makes: what an empty layer would hold."""

MULTI = ("MultiPoint", "MultiLineString", "MultiPolygon")
"""By dimension."""


def kind_of(sheet: Sheet) -> str:
    """
    Return the kind of geometry that all rows of a sheet fit in, as GDAL calls it.

    `"Point"` if all are single points; else one of `MULTI`, and `"Unknown"`, which is
    any, if rows are of several dimensions. An empty sheet is of the kind that it is
    drawn as.

    Examples
    --------
    >>> from shapely import MultiPoint, Point
    >>> def of(*shapes):
    ...     table = gpd.GeoDataFrame(geometry=[*shapes], crs="EPSG:25833")
    ...     return kind_of(Sheet("t", "T", table, {}))
    >>> of(Point(0, 0)), of(Point(0, 0), MultiPoint([(0, 0)])), of(Point(0, 0).buffer(1))
    ('Point', 'MultiPoint', 'MultiPolygon')
    >>> of(Point(0, 0), Point(0, 0).buffer(1)), of()
    ('Unknown', 'Unknown')
    """
    known = set(sheet.table.geom_type.dropna())
    if not known and sheet.layer is not None:
        dimension = BY_DRAWING[sheet.layer.drawing]
        return MULTI[dimension] if dimension else "Point"
    if known == {"Point"}:
        return "Point"
    found = {int(n) for n in shapely.get_dimensions(sheet.table.geometry.dropna().to_numpy())}
    single = len(found) == 1 and "GeometryCollection" not in known
    return MULTI[found.pop()] if single else "Unknown"


def by_dimension(table: gpd.GeoDataFrame) -> dict[int, gpd.GeoDataFrame]:
    """
    Return a table in parts of one dimension each: 0 points, 1 lines, 2 areas.

    A collection becomes a row for each of its parts. Rows without a shape go with the
    largest part, or are alone as points.

    Examples
    --------
    >>> from shapely import GeometryCollection, LineString, Point
    >>> mixed = GeometryCollection([Point(0, 0), LineString([(0, 0), (1, 0)])])
    >>> parts = by_dimension(gpd.GeoDataFrame({"n": [1, 2]}, geometry=[mixed, None]))
    >>> {dimension: part["n"].tolist() for dimension, part in parts.items()}
    {0: [1, 2], 1: [1]}
    """
    while (mixed := table.geom_type == "GeometryCollection").any():
        parts = table[mixed].explode(index_parts=False)
        table = gpd.GeoDataFrame(pd.concat([table[~mixed], parts]), crs=table.crs)
    table = table.sort_index(kind="stable")
    shapes = table.geometry.to_numpy()
    dimension = shapely.get_dimensions(shapes)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    counts = np.bincount(dimension[~empty], minlength=3)
    dimension = np.where(empty, counts.argmax(), dimension)
    return {n: table[dimension == n] for n in range(3) if (dimension == n).any()}
