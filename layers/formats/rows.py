"""What a sheet holds, as every format writes it: checked, and of four types only."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pandas.api import types

from geo.crs import to_wgs84
from geo.errors import TableError
from layers.export.sheet import Sheet
from layers.formats.text import legal

SHAPE_DEGREE = 1e-10
"""
Ten decimals are 0.01 mm: an area is right to 1 m² with edges of 50 km. With the seven
that many programs write, 11 mm, a square of 250 m may already come back 3 m² larger.
"""
POINT_DEGREE = 1e-7
"""Seven decimals are 1 cm: a point has no area that digits could add up in."""


def plain(sheet: Sheet) -> pd.DataFrame:
    """
    Return the columns of a sheet that have a label, in that order, without the geometry.

    Numbers stay numbers, and `nan` is no number. Texts are `legal`, or None. What is
    mixed or of another type becomes text.

    Raises
    ------
    TableError
        If a column is missing, or a number is infinite: words have to say what it means.

    Examples
    --------
    >>> from layers.export.sheet import Column
    >>> table = pd.DataFrame({"id": [1], "name": ["Bø"], "hidden": [2]})
    >>> plain(Sheet("t", "T", table, {"name": Column("Name")})).columns.tolist()
    ['name']
    """
    missing = sorted(set(sheet.columns) - set(sheet.table.columns))
    if missing:
        raise _fault(sheet, f"no column {missing}")
    found = {column: _typed(sheet.table[column]) for column in sheet.columns}
    for column, values in found.items():
        if is_number(values) and np.isinf(values.to_numpy()).any():
            raise _fault(sheet, f"infinite numbers in {column}")
    return pd.DataFrame(found, index=sheet.table.index)


def _fault(sheet: Sheet, fault: str) -> TableError:
    return TableError("Table {table}: {fault}.", table=sheet.key, fault=fault)


def is_number(values: pd.Series) -> bool:
    """
    Return whether a column holds numbers; yes and no are none.

    Examples
    --------
    >>> is_number(pd.Series([1.5])), is_number(pd.Series([True])), is_number(pd.Series(["1"]))
    (True, False, False)
    """
    return types.is_numeric_dtype(values) and not types.is_bool_dtype(values)


def _typed(values: pd.Series) -> pd.Series:
    """Return a column as whole numbers, numbers, yes and no, or texts."""
    if not len(values):
        return values if is_number(values) else values.astype(object)
    empty, cells = values.isna(), values.astype(object)
    known = cells[~empty]
    if len(known) == len(cells):
        if all(isinstance(cell, bool | np.bool_) for cell in known):
            return cells.astype(bool)
        if types.is_integer_dtype(values):
            return values.astype("int64")
    if is_number(values) or (len(known) and all(map(_is_real, known))):
        return pd.Series(cells.where(~empty, np.nan).astype(float))
    texts = [None if no else legal(str(cell)) for cell, no in zip(cells, empty, strict=True)]
    return pd.Series(texts, index=values.index, dtype=object)


def _is_real(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def located(sheet: Sheet) -> gpd.GeoDataFrame:
    """
    Return `plain` with its geometry, in metres; rows count from 0.

    Raises
    ------
    TableError
        As `plain`.
    """
    return gpd.GeoDataFrame(
        plain(sheet).reset_index(drop=True),
        geometry=sheet.table.geometry.to_numpy(),
        crs=sheet.table.crs,
    )


def in_degrees(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return a table in longitude and latitude (WGS 84), as RFC 7946 and KML want it.

    Rings are wound against the clock around land and with it around holes (RFC 7946,
    section 3.1.6). Coordinates are rounded to `SHAPE_DEGREE` or `POINT_DEGREE`.

    Raises
    ------
    CrsError
        If the table is not in metres.

    Examples
    --------
    >>> from shapely import Point
    >>> home = gpd.GeoDataFrame(geometry=[Point(597868, 6642986)], crs="EPSG:25832")
    >>> in_degrees(home).geometry.x.tolist()
    [10.7501371]
    """
    turned = to_wgs84(table)
    shapes = shapely.orient_polygons(turned.geometry.to_numpy())
    points = shapely.get_dimensions(shapes) == 0
    fine, coarse = (
        shapely.set_precision(shapes, step, mode="pointwise")
        for step in (SHAPE_DEGREE, POINT_DEGREE)
    )
    return turned.set_geometry(np.where(points, coarse, fine))


def wholes(table: pd.DataFrame) -> pd.DataFrame:
    """
    Return a table in which numbers without decimals are whole, though some are missing.

    Examples
    --------
    >>> wholes(pd.DataFrame({"people": [12.0, np.nan]})).to_csv(index=False).split()
    ['people', '12', '""']
    """
    whole = {
        column: "Int64"
        for column, values in table.items()
        if is_number(values) and (values.dropna() % 1 == 0).all()
    }
    return table.astype(whole)
