"""A recipe put to work: from a table to what is known of an area, and a report."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd

from data.files.grid import grid_of
from data.files.incomes import incomes_of
from data.files.picking import mask_of
from data.files.places import Locate, places_of
from data.files.raw import Raw
from data.files.recipe import Recipe
from data.files.report import Fault, Report, unread
from data.files.vocabulary import folded
from data.files.zoned import zoned
from data.files.zones import zones_of
from data.known import UNTOLD, Known
from data.services.service import Land
from data.text import plain
from geo.bundle import Source
from geo.errors import Message, SourceError

OWN = "own"
"""Key of a source that has no name."""

LONGEST_KEY = 30


def apply(
    recipe: Recipe,
    raw: Raw,
    *,
    land: Land,
    borders: gpd.GeoDataFrame | None = None,
    locate: Locate | None = None,
) -> tuple[Known, Report]:
    """
    Read a table as its recipe says.

    Parameters
    ----------
    recipe, raw
        How to read it, and what is in it.
    land
        The area it is for. Tables may reach beyond it.
    borders
        Polygons for figures that have no land of their own.
    locate
        Looks up addresses, or `None`.

    Returns
    -------
    known, report
        One of the tables of `Known`, by what the file is, in the file's own coordinate
        system; and every row that is not in it, with the reason.

    Raises
    ------
    SourceError
        If the recipe does not fit the file: a column is missing, no row is picked, or
        nothing could be read of any.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from shapely import box
    >>> cells = pd.DataFrame({"navn": ["Vik skole"], "lat": ["65.3"], "lon": ["12.2"]})
    >>> raw = Raw("skoler.csv", cells, np.array([2]))
    >>> columns = {"name": "navn", "lat": "lat", "lon": "lon"}
    >>> recipe = Recipe("places", "skoler.csv", crs="EPSG:4326", columns=columns, kind="school")
    >>> land = Land("1812", "Sømna", "no", box(12, 65, 13, 66), "EPSG:25833")
    >>> known, report = apply(recipe, raw, land=land)
    >>> known.register[["source", "name", "kind"]].to_numpy().tolist(), report.used
    ([['own', 'Vik skole', 'school']], 1)
    """
    for column in (*recipe.columns.values(), *recipe.ages, *recipe.pick):
        raw.column(column)
    mask = mask_of(raw, recipe)
    rows = raw.take(mask.to_numpy())
    if not len(rows):
        raise SourceError(
            "{file} has no row that its recipe picks: {pick}.",
            file=raw.file,
            pick=plain(", ".join(f"{key} = {one}" for key, one in recipe.pick.items())),
        )
    known, faults, notes, used = _known(recipe, rows, land, borders, locate)
    faults = sorted((*raw.faults, *faults), key=lambda fault: fault.row)
    if passed := len(raw) - len(rows):
        text = "Rows passed over, as the recipe says: {n}."
        notes = [Message(text, {"n": passed}), *notes]
    source = Source(
        plain(recipe.source) or raw.file,
        plain(recipe.licence) or UNTOLD,
        plain(recipe.attribution) or plain(recipe.source) or raw.file,
        recipe.date or UNTOLD,
        used,
        recipe.url,
    )
    left_out = len(unread(raw.faults))
    report = Report(raw.file, len(raw) + left_out, used, tuple(faults), tuple(notes))
    return replace(known, sources=(source,)), report


Read = tuple[Known, list[Fault], list[Message], int]


def _known(
    recipe: Recipe,
    rows: Raw,
    land: Land,
    borders: gpd.GeoDataFrame | None,
    locate: Locate | None,
) -> Read:
    source = source_key(recipe)
    if recipe.what == "places":
        register, faults = places_of(rows, recipe, source, locate)
        return Known(register=register), faults, [], len(register)
    if recipe.what == "grid":
        grid, faults = grid_of(rows, recipe)
        return Known(grid=grid), faults, [], len(grid)
    if recipe.what in {"zones", "incomes"}:
        found = zoned(rows, recipe, land, borders)
        if recipe.what == "zones":
            known = Known(zones=zones_of(rows, recipe, found, source))
        else:
            known = Known(incomes=incomes_of(rows, recipe, found, source))
        return known, found.faults, found.notes, int((found.keys != "").sum())
    raise SourceError(
        "{file} cannot be used as it is: choose whether it has places, zones, a grid"
        " or incomes.",
        file=rows.file,
    )


def source_key(recipe: Recipe) -> str:
    """
    Return the key of who tells it: the source's name in short, or `OWN`.

    Examples
    --------
    >>> source_key(Recipe("grid", "a.csv", source="Bodø kommune")), source_key(Recipe("", ""))
    ('bodokommune', 'own')
    """
    return folded(recipe.source)[:LONGEST_KEY] or OWN
