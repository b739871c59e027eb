"""Where every row of a table is: its own shape, its coordinates, or what an address gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.files.coordinates import Floats, crs_of, in_nordic, lonlat
from data.files.numbers import numbers
from data.files.raw import Raw, Shapes
from data.files.recipe import Recipe
from data.files.report import Fault
from data.files.roles import WKT, spots_of
from geo.errors import Message

Mask = NDArray[np.bool_]


def shapes_of(raw: Raw, recipe: Recipe) -> tuple[Shapes, list[Fault]]:
    """
    Return a shape for each row, `None` where there is none, and why.

    Shapes that cross themselves are mended; those that are empty, not finite or outside
    the Nordic countries are left out, with a fault that names the row.

    Parameters
    ----------
    raw
        The table.
    recipe
        Says where the coordinates stand and in which system.

    Returns
    -------
    shapes, faults
        In the coordinate system of the recipe, east before north.

    Raises
    ------
    SourceError
        If a column of the recipe is missing, or its coordinate system.
    """
    columns = recipe.columns
    if raw.shapes is not None:
        shapes, faults = _mended(raw.shapes), list[Fault]()
    elif "spot" in columns:
        shapes, faults = _spots(raw, columns["spot"])
    elif {"lat", "lon"} <= columns.keys():
        shapes, faults = _pairs(raw, recipe, columns["lon"], columns["lat"])
    elif {"east", "north"} <= columns.keys():
        shapes, faults = _pairs(raw, recipe, columns["east"], columns["north"])
    else:
        return np.full(len(raw), None, dtype=object), []
    if recipe.swapped:
        shapes = shapely.transform(shapes, lambda xy: xy[:, ::-1])
    return _bounded(shapes, faults, raw, recipe)


def middles(shapes: Shapes) -> tuple[Floats, Floats]:
    """
    Return the middle of each shape's bounds, `nan` where there is none.

    Examples
    --------
    >>> x, y = middles(np.array([shapely.box(0, 0, 2, 4), None]))
    >>> x.tolist(), y.tolist()
    ([1.0, nan], [2.0, nan])
    """
    bounds = shapely.bounds(shapes)
    return (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2


def coordinates_of(raw: Raw, recipe: Recipe) -> tuple[Floats, Floats]:
    """
    Return where rows are, as the numbers stand, to guess the coordinate system from.

    Examples
    --------
    >>> cells = pd.DataFrame({"lat": ["59.9"], "lon": ["10.7"]})
    >>> recipe = Recipe("places", "a.csv", columns={"lat": "lat", "lon": "lon"})
    >>> x, y = coordinates_of(Raw("a.csv", cells, np.array([2])), recipe)
    >>> x.tolist(), y.tolist()
    ([10.7], [59.9])
    """
    columns = recipe.columns
    if raw.shapes is not None:
        return middles(raw.shapes)
    if "spot" in columns:
        return middles(_spots(raw, columns["spot"])[0])
    for east, north in (("lon", "lat"), ("east", "north")):
        if east in columns and north in columns:
            x, _ = numbers(raw.column(columns[east]), recipe.decimal)
            y, _ = numbers(raw.column(columns[north]), recipe.decimal)
            return x, y
    return np.array([]), np.array([])


def _mended(shapes: Shapes) -> Shapes:
    """Return shapes that do not cross themselves; those not finite stay for `_bounded`."""
    found = shapes.copy()
    finite = np.isfinite(shapely.bounds(found)).all(axis=1)
    odd = finite & ~shapely.is_valid(found)
    if odd.any():
        found[odd] = shapely.make_valid(found[odd], method="structure", keep_collapsed=False)
    return found


def _spots(raw: Raw, column: str) -> tuple[Shapes, list[Fault]]:
    """Read one column that holds a pair of numbers, or a shape as text."""
    told = raw.column(column)
    first, second = spots_of(told)
    cells = [str(cell) for cell in told]
    known = np.isfinite(first) & np.isfinite(second)
    shapes = np.full(len(raw), None, dtype=object)
    shapes[known] = shapely.points(first[known], second[known])
    for at in np.flatnonzero(~known):
        cell = cells[at]
        if WKT.match(cell):
            text = cell.partition(";")[2] if cell.upper().startswith("SRID") else cell
            shapes[at] = shapely.from_wkt(text, on_invalid="ignore")
    shapes = _mended(shapes)
    reason = Message("This is neither a pair of coordinates nor a shape.")
    odd = ~shapely.is_geometry(shapes) & ~empty_cells(told)
    return shapes, [
        Fault(int(raw.rows[at]), column, cells[at], reason) for at in np.flatnonzero(odd)
    ]


def _pairs(raw: Raw, recipe: Recipe, east: str, north: str) -> tuple[Shapes, list[Fault]]:
    faults = []
    values = []
    for column in (east, north):
        told = raw.column(column)
        one, understood = numbers(told, recipe.decimal)
        reason = Message("This is no number.")
        for at in np.flatnonzero(~understood):
            faults.append(Fault(int(raw.rows[at]), column, str(told.iloc[at]), reason))
        values.append(one)
    known = np.isfinite(values).all(axis=0)
    shapes = np.full(len(raw), None, dtype=object)
    shapes[known] = shapely.points(values[0][known], values[1][known])
    return shapes, faults


def _bounded(
    shapes: Shapes, faults: list[Fault], raw: Raw, recipe: Recipe
) -> tuple[Shapes, list[Fault]]:
    """Leave out what lies nowhere, or nowhere near."""
    shapes = shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    there = shapely.is_geometry(shapes)
    bounds = shapely.bounds(shapes)
    finite = np.isfinite(bounds).all(axis=1)
    inside = np.zeros(len(shapes), dtype=bool)
    if finite.any():
        crs = crs_of(recipe.crs, raw.file)
        corners = [lonlat(bounds[finite][:, a], bounds[finite][:, a + 1], crs) for a in (0, 2)]
        inside[finite] = in_nordic(*corners[0]) & in_nordic(*corners[1])
    for keep, text in (
        (finite, Message("Its coordinates are no finite numbers.")),
        (inside | ~finite, Message("It lies outside the Nordic countries.")),
    ):
        for at in np.flatnonzero(there & ~keep):
            where = "" if np.isnan(bounds[at]).any() else f"{bounds[at][0]:g} {bounds[at][1]:g}"
            faults.append(Fault(int(raw.rows[at]), "", where, text))
    shapes[~inside] = None
    return shapes, faults


def empty_cells(column: pd.Series[str]) -> Mask:
    """
    Tell which cells hold nothing.

    Examples
    --------
    >>> empty_cells(pd.Series(["", " ", "0"])).tolist()
    [True, True, False]
    """
    return np.asarray(column.str.strip() == "", dtype=bool)
