"""Zones with people by age out of a table, whichever way it lists them."""

from __future__ import annotations

from math import nan

import geopandas as gpd
import numpy as np
import pandas as pd

from data.ageclasses import grouped
from data.files.numbers import numbers
from data.files.raw import Raw
from data.files.recipe import Recipe
from data.files.report import Fault
from data.files.vocabulary import speaks_of
from data.files.years import Class, years
from data.files.zoned import Zoned
from geo.errors import Message

TOTAL = "total"

OLD = 100
"""Tables that end with single years from here on mean those who are older with the last."""


def zones_of(raw: Raw, recipe: Recipe, land: Zoned, source: str) -> gpd.GeoDataFrame:
    """
    Return zones as `geo.tables.ZONES`, but for their coordinate system.

    Ages in one row each are added up where a zone has several rows of an age, as women
    and men. A number that is not given, or is no number, makes its class unknown; it is
    never 0. People of all ages are those of a row that says so; else, where every age
    is known, their sum.

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
        If classes of age overlap, or a column is missing.
    """
    if "age" in recipe.columns and not recipe.ages:
        counts, classes, total = _long(raw, recipe, land)
    else:
        counts, classes, total = _wide(raw, recipe, land)
    index = land.zones.index
    counts, total = counts.reindex(index), total.reindex(index)
    if _all_ages(classes):
        total = total.fillna(counts.sum(axis=1, skipna=False))
    ages = grouped(counts, classes, total, recipe.rounded)
    table = land.zones.assign(source=source, people=total.astype(float), **ages)
    order = ["name", "source", "people", *ages.columns]
    return gpd.GeoDataFrame(table[[*order, "geometry"]], crs=land.zones.crs)


def _all_ages(classes: dict[str, Class]) -> bool:
    """Tell whether classes follow one another from birth to where nobody is left."""
    last = max((last for _, last in classes.values()), default=0)
    return last >= OLD and sum(b - a + 1 for a, b in classes.values()) == last + 1


Counted = tuple[pd.DataFrame, dict[str, Class], pd.Series]


def _long(raw: Raw, recipe: Recipe, land: Zoned) -> Counted:
    """Read one row for every zone and age."""
    ages = raw.column(recipe.columns["age"])
    people = _people(raw, recipe, recipe.columns["people"], land.faults)
    spans = {text: years(text) for text in ages.unique()}
    label = {
        text: f"{span[0]}-{span[1]}"
        if span
        else (TOTAL if speaks_of(text, "both_sexes") else "")
        for text, span in spans.items()
    }
    of = ages.map(label)
    reason = Message("This is no age.")
    for at in np.flatnonzero((of == "").to_numpy()):
        row = int(raw.rows[at])
        land.faults.append(Fault(row, recipe.columns["age"], str(ages.iloc[at]), reason))
    rows = pd.DataFrame({"zone": land.keys, "age": of, "people": people})
    rows = rows[(rows["zone"] != "") & (rows["age"] != "")]
    counts = rows.pivot_table(
        index="zone", columns="age", values="people", aggfunc=_sum, dropna=False
    )
    total = counts.pop(TOTAL) if TOTAL in counts else pd.Series(nan, counts.index)
    found = {label[text]: span for text, span in spans.items() if span}
    return counts, {one: found[one] for one in counts.columns}, total


def _wide(raw: Raw, recipe: Recipe, land: Zoned) -> Counted:
    """Read one column for every age, or none at all."""
    told = {
        column: _people(raw, recipe, column, land.faults)
        for column in dict.fromkeys((*recipe.ages, *_total(recipe)))
    }
    rows = pd.DataFrame(told, index=raw.cells.index).groupby(land.keys)
    added = rows.agg(_sum) if told else pd.DataFrame()
    added = added.drop(index="", errors="ignore").reindex(land.zones.index)
    total = next((added[one] for one in _total(recipe)), pd.Series(nan, added.index))
    return added[list(recipe.ages)], dict(recipe.ages), total


def _sum(some: pd.Series) -> float:
    """Add up; with one unknown among them, so is the sum."""
    return float(some.sum(skipna=False))


def _total(recipe: Recipe) -> list[str]:
    return [recipe.columns["people"]] if "people" in recipe.columns else []


def _people(raw: Raw, recipe: Recipe, column: str, faults: list[Fault]) -> pd.Series:
    """Return a column of people, `nan` where a cell is none."""
    told = raw.column(column)
    values, understood = numbers(told, recipe.decimal)
    below = values < 0
    for mask, reason in (
        (~understood, Message("This is no number, so it counts as unknown.")),
        (below, Message("Nobody lives there fewer than 0 times, so it counts as unknown.")),
    ):
        for at in np.flatnonzero(mask):
            row = int(raw.rows[at])
            faults.append(Fault(row, column, str(told.iloc[at]), reason, used=True))
    values[below] = nan
    return pd.Series(values, raw.cells.index)
