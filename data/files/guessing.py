"""From a table to a recipe: what the file is, and how it is to be read, as far as it shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from data.files.guessing_figures import ages_guess, incomes_guess, picked
from data.files.guessing_places import kinds_guess
from data.files.hints import Guess, Hint
from data.files.numbers import decimal_mark
from data.files.placing import coordinates_of
from data.files.position import position
from data.files.raw import Raw
from data.files.recipe import SIDES, Recipe, pattern_of
from data.files.roles import roles_of
from data.services.service import Land
from geo.errors import Message

SAMPLE = 500
SAME = 0.02
ALL_BUT_FEW = 0.9


def guess(raw: Raw, name: str, land: Land | None = None) -> Guess:
    """
    Guess what a table is, and how to read it.

    Parameters
    ----------
    raw, name
        The table, and the name of its file.
    land
        Where it is supposed to be, or `None`: then coordinate systems that only differ
        in where they put things are told apart less surely.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = pd.DataFrame({"navn": ["Vik skole"], "lat": ["65,3"], "lon": ["12,2"]})
    >>> found = guess(Raw("skoler_2026.csv", cells, np.array([2])), "skoler_2026.csv").recipe
    >>> found.what, found.kind, found.crs, found.pattern
    ('places', 'school', 'EPSG:4326', 'skoler_*.csv')
    """
    cells = raw.cells.head(SAMPLE).to_numpy().ravel().tolist()
    decimal = "." if raw.shapes is not None else decimal_mark(cells)
    recipe = Recipe(
        what="unknown",
        pattern=pattern_of(name),
        layer=raw.layer,
        encoding=raw.encoding,
        separator=raw.separator,
        decimal=decimal,
        columns=roles_of(raw, decimal),
    )
    recipe, hints = _located(raw, recipe, land)
    recipe, more = _meant(raw, recipe, name)
    return Guess(recipe, (*more, *hints))


def _located(raw: Raw, recipe: Recipe, land: Land | None) -> tuple[Recipe, list[Hint]]:
    """Guess the coordinate system."""
    x, y = coordinates_of(raw, recipe)
    if not len(x):
        return recipe, []
    found = position(x, y, raw.crs, land)
    hint = Hint("crs", found.confidence, found.reason)
    hints = [hint]
    if found.swapped:
        text = "North stands before east."
        hints.append(Hint("swapped", min(found.confidence, 0.8), Message(text)))
    return replace(recipe, crs=found.crs, swapped=found.swapped), hints


def _meant(raw: Raw, recipe: Recipe, name: str) -> tuple[Recipe, list[Hint]]:
    """Guess what the file is: figures first, since they can stand on land of any kind."""
    polygons = _polygons(raw)
    if "people" in recipe.columns and ("cell" in recipe.columns or _squares(raw)):
        reason = Message("It has the numbers or the squares of grid cells, and people.")
        return replace(recipe, what="grid", side_m=_side(raw, recipe)), [
            Hint("what", 0.95, reason)
        ]
    figures = ages_guess(raw, recipe) or incomes_guess(raw, recipe)
    if figures is not None:
        recipe, hints = figures
        return _keyed(raw, recipe, hints)
    if polygons and "people" in recipe.columns:
        reason = Message("It has land with numbers of people, without ages.")
        recipe, hints = picked(raw, replace(recipe, what="zones"))
        return recipe, [Hint("what", 0.8, reason), *hints]
    places = kinds_guess(raw, name, recipe.columns.get("name", ""))
    somewhere = raw.shapes is not None or bool(
        recipe.columns.keys() & {"lat", "north", "spot", "address"}
    )
    if places is not None and somewhere:
        return _of_places(recipe, places)
    return _without_figures(raw, recipe, polygons, somewhere)


def _of_places(
    recipe: Recipe, told: tuple[str, str, dict[str, str], Hint]
) -> tuple[Recipe, list[Hint]]:
    column, kind, kinds, hint = told
    columns = {key: value for key, value in recipe.columns.items() if key != "kind"}
    if column:
        columns["kind"] = column
    recipe = replace(recipe, what="places", columns=columns, kind=kind, kinds=kinds)
    return recipe, [Hint("what", 0.9, Message("It has places of a known kind.")), hint]


def _without_figures(
    raw: Raw, recipe: Recipe, polygons: bool, somewhere: bool
) -> tuple[Recipe, list[Hint]]:
    if polygons and len(raw) == 1:
        reason = Message("It is one piece of land without figures.")
        return replace(recipe, what="boundary"), [Hint("what", 0.8, reason)]
    if polygons:
        text = "It has land without figures: it can carry those of another file."
        return replace(recipe, what="zones"), [Hint("what", 0.5, Message(text))]
    if somewhere:
        text = "It has places, but nothing says of what kind. Choose one."
        return replace(recipe, what="places"), [Hint("kind", 0.0, Message(text))]
    text = "It has neither places, nor people, nor incomes that are recognised."
    return recipe, [Hint("what", 0.0, Message(text))]


def _keyed(raw: Raw, recipe: Recipe, hints: list[Hint]) -> tuple[Recipe, list[Hint]]:
    """Figures without land need something to find it by."""
    if raw.shapes is None and not recipe.columns.keys() & {"code", "name"}:
        text = "It has figures, but neither a number nor a name of the zones they are of."
        hints = [*hints, Hint("columns.code", 0.0, Message(text))]
    elif raw.shapes is None:
        text = "It has figures without land: choose the file with the borders of its zones too."
        hints = [*hints, Hint("borders", 0.5, Message(text))]
    return recipe, hints


def _polygons(raw: Raw) -> bool:
    if raw.shapes is None:
        return False
    kinds = shapely.get_type_id(raw.shapes)
    return bool(np.isin(kinds[kinds >= 0], (3, 6)).mean() >= ALL_BUT_FEW)


def _squares(raw: Raw) -> bool:
    """Tell whether all shapes are squares of one size, as the cells of a grid are."""
    if raw.shapes is None or len(raw) < 4 or not _polygons(raw):
        return False
    west, south, east, north = shapely.bounds(raw.shapes).T
    side = np.nanmedian(east - west)
    same = np.isclose(east - west, side, rtol=SAME) & np.isclose(north - south, side, rtol=SAME)
    full = np.isclose(shapely.area(raw.shapes), side**2, rtol=SAME)
    return bool(side > 1 and (same & full).mean() >= ALL_BUT_FEW)


def _side(raw: Raw, recipe: Recipe) -> int:
    """Return the side of the cells: from their shapes, or the name of their column."""
    if raw.shapes is not None and _squares(raw):
        west, _, east, _ = shapely.bounds(raw.shapes).T
        side = float(np.nanmedian(east - west))
        return min(SIDES, key=lambda one: abs(one - side))
    told = recipe.columns.get("cell", "").casefold()
    marks = {"5000": 5000, "5km": 5000, "1000": 1000, "1km": 1000}
    return next((side for mark, side in marks.items() if mark in told), SIDES[0])
