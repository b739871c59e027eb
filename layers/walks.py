"""The walk to the nearest place: of every home, and of squares where homes are too many."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.middles import middles
from geo.tables import EVERYBODY
from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.telling import no_way, on_foot
from words.speaker import Speaker

HOMES_ZOOM = 14.0
"""From this zoom homes are drawn, each by itself; before it, squares."""
GAP_M = 40.0
"""
Squares are drawn so much smaller on every side than what they stand for: streets show
between them, and around them the cells of `spots`, which are the same squares.
"""


def walk(
    homes: gpd.GeoDataFrame,
    minutes: pd.Series[float],
    *,
    within: int,
    say: Speaker,
    certain: bool = False,
    attribution: str = "",
) -> Layer:
    """
    Show homes by minutes to the nearest place, never how many live there.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES` promises.
    minutes
        On the index of `homes`; `inf`: not connected, `nan`: unknown.
    within
        Minutes that still count as within reach; exactly so many count.
    say
        The language.
    certain
        Whether only known ways count: who has none may yet have one.
    attribution
        Who to thank for where people live.

    Examples
    --------
    >>> from shapely import Point
    >>> from words.speaker import speaker
    >>> homes = gpd.GeoDataFrame(geometry=[Point(0, 0), Point(9, 0)], crs="EPSG:25832")
    >>> layer = walk(homes, pd.Series([10.0, 10.1]), within=10, say=speaker("en"))
    >>> layer.table["class"].tolist(), layer.table["minutes"].tolist()
    (['within', 'double'], ['10 minutes', '11 minutes'])
    """
    walks = minutes.reindex(homes.index)
    shown = gpd.GeoDataFrame(
        {"class": _classed(walks, within), "minutes": on_foot(walks, say, certain=certain)},
        geometry=homes.geometry,
    )
    return Layer(
        key="walk",
        name=say("The walk to the nearest place"),
        table=shown,
        value="class",
        classes=tuple(
            replace(entry, from_zoom=HOMES_ZOOM)
            for entry in _walk_classes(within, say, certain)
        ),
        drawing=Drawing.CIRCLES,
        card=(("minutes", say("On foot to the nearest place")),),
        attribution=attribution,
    )


def walk_cells(
    homes: gpd.GeoDataFrame,
    minutes: pd.Series[float],
    *,
    within: int,
    say: Speaker,
    certain: bool = False,
    attribution: str = "",
) -> Layer:
    """
    Show squares of 250 m by the walk that half of their people have at most.

    They are drawn where the map shows too much for single homes, in the classes of `walk`;
    see `geo.middles`.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES` promises.
    minutes, within, say, certain, attribution
        As in `walk`.

    Examples
    --------
    >>> from shapely import Point
    >>> from words.speaker import speaker
    >>> at = [Point(0, 0), Point(9, 0), Point(300, 0)]
    >>> homes = gpd.GeoDataFrame({"everybody": [9.0, 2.0, 7.0]}, geometry=at, crs="EPSG:25832")
    >>> walks = pd.Series([10.0, 40.0, np.inf])
    >>> layer = walk_cells(homes, walks, within=10, say=speaker("en"))
    >>> layer.table["class"].tolist(), layer.table["minutes"].tolist()[0]
    (['within', 'cut_off'], 'Half of those who live here walk for at most 10 minutes')
    """
    cells = middles(homes, homes[EVERYBODY], minutes)
    shown = gpd.GeoDataFrame(
        {
            "class": _classed(cells["minutes"], within),
            "minutes": _half_of_them(cells["minutes"], say, certain=certain),
        },
        geometry=cells.buffer(-GAP_M, join_style="mitre"),
    )
    return Layer(
        key="walk_cells",
        name=say("Squares: the walk that half of those who live there have at most"),
        table=shown,
        value="class",
        classes=tuple(
            replace(entry, below_zoom=HOMES_ZOOM, solid=bool(entry.edge), size=entry.size / 3)
            for entry in _walk_classes(within, say, certain)
        ),
        drawing=Drawing.CELLS,
        card=(("minutes", say("On foot to the nearest place")),),
        attribution=attribution,
    )


def _half_of_them(minutes: pd.Series[float], say: Speaker, *, certain: bool) -> list[str]:
    """Return the walks of cells in words."""
    none = (
        say("Most of those who live here have no known way on foot")
        if certain
        else say("Most of those who live here have no way on foot")
    )
    walks = on_foot(minutes, say)
    words = {
        walk: say("Half of those who live here walk for at most {minutes}", minutes=walk)
        for walk in set(walks)
    }
    told = [words[walk] for walk in walks]
    return list(np.select([minutes.isna(), np.isinf(minutes)], [say("Unknown"), none], told))


def _classed(walks: pd.Series[float], within: int) -> pd.Series[str]:
    """Return the class of each walk; exactly the minutes asked about are within reach."""
    edges = [-np.inf, within / 2, within, within * 2, np.inf]
    classed = pd.cut(walks, edges, labels=["half", "within", "double", "longer"])
    return classed.astype(object).mask(np.isinf(walks), "cut_off").fillna("unknown")


def _walk_classes(within: int, say: Speaker, certain: bool) -> tuple[Class, ...]:
    """Return the classes of minutes; whoever is beyond reach is larger, and has an edge."""
    half, full, double = (say.number(n, 1) for n in (within / 2, within, within * 2))
    colour, ink = palette.WALK, palette.INK
    return (
        Class("half", say("Up to {high} minutes", high=half), colour["half"], size=3.5),
        Class(
            "within",
            say("Over {low} and up to {high} minutes", low=half, high=full),
            colour["within"],
            size=3.5,
        ),
        Class(
            "double",
            say("Over {low} and up to {high} minutes", low=full, high=double),
            colour["double"],
            size=5,
            edge=ink,
        ),
        Class(
            "longer", say("Over {low} minutes", low=double), colour["longer"], size=6, edge=ink
        ),
        Class("cut_off", no_way(say, certain=certain), colour["cut_off"], "ring", size=5.5),
        Class("unknown", say("Unknown"), colour["unknown"], "ring", size=3.5),
    )
