"""Incomes and walks on one map: where many have low income, and far to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.coverage import FEWEST
from geo.crossed import middle_walk
from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.telling import on_foot
from words.speaker import Speaker

FEWEST_LIVING = 2 * FEWEST
"""Residents of an area whose walk is shown: half of them have it, and half are no few."""

DASHES = {"low": "", "middle": "9 4", "high": "3 4"}
WIDTHS = {"near": 1.2, "far": 2.4, "farther": 3.6}
"""Edges, by income and by walk: told apart without colour, too."""


@dataclass(frozen=True, slots=True, eq=False)
class Crossed(Layer):
    """
    A layer of two properties at once, whose legend is a table.

    Parameters
    ----------
    rows, columns
        What they are called, by key; `key_of` gives the class of a pair.
    """

    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def key_of(row: str, column: str) -> str:
        """
        Return the key of the class that is of a row and a column.

        Examples
        --------
        >>> Crossed.key_of("low", "far")
        'low_far'
        """
        return f"{row}_{column}"

    @property
    def keys(self) -> frozenset[str]:
        """Keys of all classes that stand in the table."""
        return frozenset(
            self.key_of(row, column) for row in self.rows for column in self.columns
        )


def bivariate(
    homes: gpd.GeoDataFrame,
    incomes: gpd.GeoDataFrame,
    minutes: pd.Series[float],
    *,
    within: int,
    say: Speaker,
    attribution: str = "",
) -> Crossed:
    """
    Show areas by their income and by the walk that half of their residents do not exceed.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`, with the areas of `geo.incomes.with_incomes`.
    incomes
        As `geo.tables.INCOMES`.
    minutes
        Everybody's walk on the index of the homes; `inf` where there is no way.
    within
        Minutes that count as within reach; the second step is twice as far.
    say
        The language.
    attribution
        Who to thank for the incomes.

    Returns
    -------
    layer
        Areas with fewer than ten residents, or of unknown income, are a class of their
        own, without a fill.

    Examples
    --------
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> homes = pd.DataFrame({"everybody": [30.0, 8.0], "income": ["a", "b"]})
    >>> told = {"name": ["Vik", "Nes"], "area_class": "low"}
    >>> areas = gpd.GeoDataFrame(told, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)],
    ...     index=["a", "b"], crs="EPSG:25832")
    >>> layer = bivariate(homes, areas, pd.Series([12.0, 1.0]), within=10, say=speaker("en"))
    >>> layer.table[["class", "income", "minutes"]].to_numpy().tolist()
    [['low_far', 'Low income', '12 minutes'], ['unknown', 'Low income', 'Too few to tell']]
    """
    rows, columns = income_labels(say), walk_labels(within, say)
    table = _areas(homes, incomes, minutes, within, say)
    return Crossed(
        key="bivariate",
        name=say("Low income and long walks"),
        table=table,
        value="class",
        classes=_classes(rows, columns, say),
        drawing=Drawing.CELLS,
        title="name",
        card=(
            ("income", say("Income of the area")),
            ("minutes", say("On foot for half of its residents, at most")),
        ),
        unit=say("number of areas"),
        attribution=attribution,
        rows=rows,
        columns=columns,
    )


def _areas(
    homes: gpd.GeoDataFrame,
    incomes: gpd.GeoDataFrame,
    minutes: pd.Series[float],
    within: int,
    say: Speaker,
) -> gpd.GeoDataFrame:
    """Return what is shown of each area."""
    lived = middle_walk(homes, incomes, minutes)
    enough = lived["people"] >= FEWEST_LIVING
    ends = [-np.inf, within, 2 * within, np.inf]
    step = pd.cut(lived["minutes"], ends, labels=list(WIDTHS)).astype(object)
    known = enough & (incomes["area_class"] != "unknown")
    classes = incomes["area_class"].astype(object) + "_" + step.fillna("")
    walks = pd.Series(on_foot(lived["minutes"], say), incomes.index)
    return gpd.GeoDataFrame(
        {
            "class": classes.where(known, "unknown"),
            "name": incomes["name"].where(incomes["name"] != "", incomes.index.astype(str)),
            "income": incomes["area_class"].map(income_labels(say)).fillna(say("Unknown")),
            "minutes": walks.where(enough, say("Too few to tell")),
        },
        geometry=incomes.geometry,
    )


def income_labels(say: Speaker) -> dict[str, str]:
    """Return what classes of income are called, the poorest first."""
    return {
        "low": say("Low income"),
        "middle": say("Middle income"),
        "high": say("High income"),
    }


def walk_labels(within: int, say: Speaker) -> dict[str, str]:
    """Return what classes of walks are called, the shortest first."""
    one, two = say.number(within), say.number(2 * within)
    return {
        "near": say("Up to {high} minutes", high=one),
        "far": say("Over {low} and up to {high} minutes", low=one, high=two),
        "farther": say("Over {low} minutes", low=two),
    }


def _classes(
    rows: Mapping[str, str], columns: Mapping[str, str], say: Speaker
) -> tuple[Class, ...]:
    """Return the nine classes, and the one of which nothing is told."""
    known = [
        Class(
            key=Crossed.key_of(row, column),
            label=f"{rows[row]} – {columns[column]}",
            colour=colour,
            shape="square",
            size=WIDTHS[column],
            edge=palette.INK,
            dash=DASHES[row],
        )
        for row in rows
        for column, colour in zip(columns, palette.CROSSED[row], strict=True)
    ]
    label = say("Income unknown, or fewer than {n} residents", n=FEWEST_LIVING)
    grey = palette.UNKNOWN
    return (Class("unknown", label, grey, "ring", size=1.2, edge=grey, dash="1 4"), *known)
