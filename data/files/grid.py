"""Cells of a population grid out of a table: by their number, their shape, or both."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from data.files.coordinates import crs_of
from data.files.numbers import identifiers, numbers
from data.files.placing import Mask, middles, shapes_of
from data.files.raw import Raw, Shapes
from data.files.recipe import Recipe
from data.files.report import Fault
from data.ssbid import CRS, Ints, cells_of, ssbid, whole
from geo.errors import Message, SourceError

AGREEING = 0.99
"""So many shapes must lie where their numbers say, or one of the two is of something else."""


def grid_of(raw: Raw, recipe: Recipe) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """
    Return cells with a column `people`, and the rows that became none.

    A cell's number says exactly where it lies, so the square is drawn from it; shapes in
    the file are held against it. Where numbers are missing or were rounded, shapes are
    taken as they are.

    Parameters
    ----------
    raw, recipe
        The rows that count, and how to read them.

    Raises
    ------
    SourceError
        If there is neither a number nor a shape; or if shapes lie elsewhere than their
        numbers say.
    """
    faults: list[Fault] = []
    people = _people(raw, recipe, faults)
    shapes, odd = shapes_of(raw, recipe)
    drawn = shapely.is_geometry(shapes)
    exact = _numbers(raw, recipe)
    if exact is not None and (exact > 0).any():
        _check_agreement(raw, recipe, shapes, exact)
        usable, crs = exact > 0, CRS
        if not drawn.any():
            odd = []
        faults += _rounded(raw, recipe, ~usable)
        squares = np.full(len(raw), None, dtype=object)
        squares[usable] = cells_of(exact[usable], side_m=recipe.side_m).to_numpy()
        faults += _again(raw, recipe, exact)
        usable &= _first(exact)
    elif drawn.any():
        usable, squares, crs = drawn, shapes, crs_of(recipe.crs, raw.file).to_string()
        faults += odd
    else:
        raise SourceError(
            "{file} has neither the shapes of cells nor numbers that are whole."
            " Keep the numbers as text of fourteen digits: spreadsheets round them.",
            file=raw.file,
        )
    keep = usable & np.isfinite(people)
    table = gpd.GeoDataFrame({"people": people[keep]}, geometry=squares[keep], crs=crs)
    return table, faults


def _people(raw: Raw, recipe: Recipe, faults: list[Fault]) -> NDArray[np.float64]:
    column = recipe.columns.get("people", "people")
    told = raw.column(column)
    values, understood = numbers(told, recipe.decimal)
    values[values < 0] = np.nan
    reason = Message(
        "There is no number of people, so the cell is left out and counts as empty."
    )
    for at in np.flatnonzero(~(understood & np.isfinite(values))):
        faults.append(Fault(int(raw.rows[at]), column, str(told.iloc[at]), reason))
    return values


def _numbers(raw: Raw, recipe: Recipe) -> Ints | None:
    """Return cell numbers, 0 for those that are none; `None` if there is no such column."""
    if "cell" not in recipe.columns:
        return None
    told = identifiers(raw.column(recipe.columns["cell"]))
    try:
        return whole(told, side_m=recipe.side_m)
    except SourceError:
        return np.array([_one(text, recipe.side_m) for text in told], dtype=np.int64)


def _one(text: str, side_m: int) -> int:
    try:
        return int(whole([text], side_m=side_m)[0])
    except SourceError:
        return 0


def _check_agreement(raw: Raw, recipe: Recipe, shapes: Shapes, exact: Ints) -> None:
    """Refuse a file whose shapes and numbers tell of different land."""
    both = shapely.is_geometry(shapes) & (exact > 0)
    if not both.any():
        return
    x, y = middles(shapes[both])
    to = Transformer.from_crs(crs_of(recipe.crs, raw.file), CRS, always_xy=True)
    there = ssbid(*to.transform(x, y), side_m=recipe.side_m)
    share = float((there == exact[both]).mean())
    if share < AGREEING:
        raise SourceError(
            "{file}: only {percent} % of the cells lie where their numbers say."
            " Check the coordinate system and the side of the cells.",
            file=raw.file,
            percent=round(100 * share),
        )


def _rounded(raw: Raw, recipe: Recipe, mask: Mask) -> list[Fault]:
    column = recipe.columns["cell"]
    told = raw.column(column)
    reason = Message("This is not the whole number of a cell: spreadsheets round it.")
    return [
        Fault(int(raw.rows[at]), column, str(told.iloc[at]), reason)
        for at in np.flatnonzero(mask)
    ]


def _first(exact: Ints) -> Mask:
    first = np.zeros(len(exact), dtype=bool)
    first[np.unique(exact, return_index=True)[1]] = True
    return first


def _again(raw: Raw, recipe: Recipe, exact: Ints) -> list[Fault]:
    """Tell of cells that were already there: their people would count twice."""
    reason = Message("The cell already stands above, and only that row is used.")
    return [
        Fault(int(raw.rows[at]), recipe.columns["cell"], str(exact[at]), reason)
        for at in np.flatnonzero(~_first(exact) & (exact > 0))
    ]
