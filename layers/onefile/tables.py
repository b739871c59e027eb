"""Tables of the page: what the map's cards say, and figures, for every reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from layers.export.sheet import Column, Sheet
from layers.layer import Layer
from words.order import key
from words.speaker import UNKNOWN, Speaker

WHOLE_FROM = 1.0
"""Smaller numbers are told with three digits after the point, these with one."""


@dataclass(frozen=True, slots=True)
class Written:
    """
    A table as text.

    Parameters
    ----------
    caption
        What the table is of.
    headings
        One for each column.
    numeric
        Whether a column holds numbers, which stand one under the other.
    rows
        A text for each column; the first names the row.
    """

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def listed(layer: Layer, say: Speaker) -> Sheet:
    """
    Return what the cards of a layer say as a sheet, in the order of names.

    Parameters
    ----------
    layer
        One with a title.
    say
        The language.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> from layers.layer import Class, Drawing
    >>> from words import speaker
    >>> table = gpd.GeoDataFrame(
    ...     {"of": ["park"] * 2, "title": ["Vik", "Nes"], "open": ["Always", "Unknown"]},
    ...     geometry=[Point(0, 0), Point(9, 0)], crs="EPSG:25833",
    ... )
    >>> parks = (Class("park", "Park", "#2d7d32"),)
    >>> card, signs = (("open", "Open"),), Drawing.SYMBOLS
    >>> layer = Layer("places", "Places", table, "of", parks, signs, "title", card)
    >>> written(listed(layer, speaker("en")), speaker("en")).rows
    (('Nes', 'Unknown'), ('Vik', 'Always'))
    """
    columns = {layer.title: Column(say("Name"))}
    columns |= {name: Column(label) for name, label in layer.card}
    told = pd.DataFrame(layer.table[list(columns)])
    order = sorted(range(len(told)), key=lambda n: key(told[layer.title].iloc[n], say.language))
    return Sheet(layer.key, layer.name, told.iloc[order], columns)


def worded(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Sheet:
    """
    Return a table that is in words already as a sheet.

    Examples
    --------
    >>> sheet = worded("Reach", ["Group", "Share"], [["Older", "50%"]])
    >>> sheet.table.to_dict("records")
    [{'0': 'Older', '1': '50%'}]
    """
    columns = {str(n): Column(heading) for n, heading in enumerate(headings)}
    table = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    return Sheet("worded", name, table, columns)


def written(sheet: Sheet, say: Speaker) -> Written:
    """
    Return a sheet as text, its numbers as the language writes them.

    What is missing is a dash, yes and no are words.

    Examples
    --------
    >>> from words import speaker
    >>> table = pd.DataFrame({"name": ["Vik"], "walk": [12.34], "far": [float("nan")]})
    >>> columns = {"name": Column("Name"), "walk": Column("Walk", "m"), "far": Column("Far")}
    >>> shown = written(Sheet("a", "A", table, columns), speaker("nb"))
    >>> shown.headings, shown.rows
    (('Name', 'Walk (m)', 'Far'), (('Vik', '12,3', '–'),))
    """
    names = list(sheet.columns)
    cells = [[_cell(value, say) for value in sheet.table[name]] for name in names]
    return Written(
        caption=sheet.name,
        headings=tuple(column.heading for column in sheet.columns.values()),
        numeric=tuple(_numeric(sheet.table[name]) for name in names),
        rows=tuple(zip(*cells, strict=True)),
    )


def _numeric(values: pd.Series[Any]) -> bool:
    return is_numeric_dtype(values) and not is_bool_dtype(values)


def _cell(value: Any, say: Speaker) -> str:
    """Return a value as text."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return UNKNOWN
    if value is True or value is False or is_bool_dtype(type(value)):
        return say("Yes") if value else say("No")
    if is_numeric_dtype(type(value)):
        return say.number(float(value), 1 if abs(value) >= WHOLE_FROM else 3)
    return str(value)
