"""What dBASE tables inside shapefiles can hold: short names, short texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import geopandas as gpd

from layers.formats.text import cut

LONGEST = 10
"""Letters of a column's name."""
TEXT_BYTES = 254
"""Of a text: GDAL documents 254 as the longest field of a dBASE table."""


def short_names(names: Iterable[str]) -> dict[str, str]:
    """
    Return a name of ten letters for each column, no two alike whatever their case.

    What is cut and then like another ends with a number. Letters are those of ASCII.

    Examples
    --------
    >>> short_names(["people", "places_per_thousand", "places_per_home", "opening_hours"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {'people': 'people', 'places_per_thousand': 'places_per', 'places_per_home': 'places_p_2',
     'opening_hours': 'opening_ho'}
    """
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name) or "_"
        n, short = 1, plain[:LONGEST]
        while short.lower() in taken:
            n += 1
            short = plain[: LONGEST - len(f"_{n}")] + f"_{n}"
        taken.add(short.lower())
        made[name] = short
    return made


def fitted(
    table: gpd.GeoDataFrame, columns: list[str]
) -> tuple[gpd.GeoDataFrame, dict[str, int]]:
    """
    Return a table whose texts fit, and how many of each column were cut.

    Parameters
    ----------
    table
        As `rows.located` returns it: left as it is.
    columns
        Those to look at.

    Examples
    --------
    >>> from shapely import Point
    >>> homes = gpd.GeoDataFrame({"name": ["ø" * 200, None]}, geometry=[Point(0, 0)] * 2)
    >>> short, lost = fitted(homes, ["name"])
    >>> len(short["name"][0].encode()), lost
    (254, {'name': 1})
    """
    short: dict[str, list[str | None]] = {}
    lost: dict[str, int] = {}
    for column in columns:
        values = table[column].tolist()
        lost[column] = sum(isinstance(v, str) and cut(v, TEXT_BYTES) != v for v in values)
        if lost[column]:
            short[column] = [cut(v, TEXT_BYTES) if isinstance(v, str) else None for v in values]
    return table.assign(**short), lost
