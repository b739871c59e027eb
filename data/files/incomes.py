"""Measures of income out of a table: shares with their bands, or amounts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from data.files.numbers import numbers
from data.files.raw import Raw
from data.files.recipe import Recipe
from data.files.report import Fault
from data.files.zoned import Zoned
from data.text import plain
from geo.errors import Message, SourceError

PER_CENT = 100.0


def incomes_of(raw: Raw, recipe: Recipe, land: Zoned, source: str) -> gpd.GeoDataFrame:
    """
    Return incomes as `geo.tables.INCOMES`, but for their coordinate system and class.

    A share that is not given is unknown, between nobody and everybody. `area_class` is
    `"unknown"`: only all areas together can tell it, see `geo.incomes.classed`.

    Parameters
    ----------
    raw, recipe
        The rows that count, and how to read them.
    land
        Their zones; faults are added to its list.
    source
        Key of who tells it.

    Raises
    ------
    SourceError
        If the recipe names no column of figures, or it is missing.
    """
    if "share" not in recipe.columns:
        raise SourceError("{file}: no column of incomes is chosen.", file=raw.file)
    column = recipe.columns["share"]
    told = raw.column(column)
    values, understood = numbers(told, recipe.decimal)
    size = {"%": PER_CENT, "share": 1.0}.get(recipe.unit, np.inf)
    wrong = ~understood | (values < 0) | (values > size)
    reason = Message("This is no figure of that unit, so it counts as unknown.")
    for at in np.flatnonzero(wrong):
        land.faults.append(
            Fault(int(raw.rows[at]), column, str(told.iloc[at]), reason, used=True)
        )
    values[wrong] = np.nan
    value = _one_each(pd.Series(values, raw.cells.index), raw, land, column)
    share = value / size if np.isfinite(size) else value * np.nan
    of_share = recipe.of in {"persons", "households"} and np.isfinite(size)
    table = land.zones.assign(
        source=source,
        measure=plain(recipe.measure) or plain(column),
        of=recipe.of if of_share else "other",
        value=value,
        share=share,
        low=share.fillna(0.0) if of_share else np.nan,
        high=share.fillna(1.0) if of_share else np.nan,
        area_class="unknown",
    )
    return gpd.GeoDataFrame(table, crs=land.zones.crs)


def _one_each(values: pd.Series[float], raw: Raw, land: Zoned, column: str) -> pd.Series[float]:
    """Return one figure for each zone; a second one for it is told of."""
    again = land.keys.duplicated() & (land.keys != "")
    # Pieces of one zone carry the same figure; only another one is a contradiction.
    first = values.groupby(land.keys).transform("first")
    reason = Message("The zone already has another figure above, which is used.")
    for at in np.flatnonzero(again & values.notna() & (values != first)):
        land.faults.append(Fault(int(raw.rows[at]), column, str(values.iloc[at]), reason))
    return values.groupby(land.keys).first().reindex(land.zones.index)
