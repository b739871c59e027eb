"""Where walks get shorter or longer: squares on a map, in one scale from both ends."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.telling import on_foot
from layers.walks import GAP_M
from words.speaker import Speaker

LITTLE_MIN, MUCH_MIN = 1.0, 5.0
"""From so many minutes on a walk is said to change, and to change much. Ours."""

LONGER = "5 3"
"""Edges of what gets longer are dashed: without colour it is told from what gets shorter."""


def change_layer(
    cells: gpd.GeoDataFrame, *, say: Speaker, certain: bool = False, attribution: str = ""
) -> Layer:
    """
    Show by squares of 250 m how the walk of half of those who live there changes.

    Parameters
    ----------
    cells
        As `geo.scenario.by_cell.by_cell` returns them. Where the walk changes by less than
        a minute, nothing is drawn.
    say
        The language.
    certain
        Whether only known ways count: who has none may yet have one.
    attribution
        Who to thank for where people live.

    Returns
    -------
    layer
        Nobody is counted on it.

    Examples
    --------
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> walks = {"before": [12.2, np.inf, 8.0], "after": [6.1, 9.0, 8.5]}
    >>> squares = [box(x, 0, x + 250, 250) for x in (0, 250, 500)]
    >>> cells = gpd.GeoDataFrame(walks, geometry=squares, crs="EPSG:25833")
    >>> cells["change"] = [-6.1, -np.inf, 0.5]
    >>> layer = change_layer(cells, say=speaker("en"))
    >>> layer.table[["class", "before", "after"]].to_numpy().tolist()
    [['much_shorter', '13 minutes', '7 minutes'], ['connected', 'No way on foot', '9 minutes']]
    """
    classes = _classes(say, certain=certain)
    labels = {entry.key: entry.label for entry in classes}
    of = classed(cells["change"])
    drawn = cells[(of != "same").to_numpy()]
    table = gpd.GeoDataFrame(
        {
            "class": of[drawn.index],
            "before": on_foot(drawn["before"], say, certain=certain),
            "after": on_foot(drawn["after"], say, certain=certain),
            "change": of[drawn.index].map(labels),
        },
        geometry=drawn.buffer(-GAP_M, join_style="mitre"),
    )
    return Layer(
        key="change",
        name=say("How the walk of half of those who live there changes"),
        table=table,
        value="class",
        classes=classes,
        drawing=Drawing.CELLS,
        card=(
            ("change", say("The walk")),
            ("before", say("On foot before, for half of those who live here at most")),
            ("after", say("On foot after, for half of those who live here at most")),
        ),
        attribution=attribution,
    )


def classed(change: pd.Series[float]) -> pd.Series[str]:
    """
    Return the class of each change of a walk in minutes; exactly a limit is the larger one.

    Examples
    --------
    >>> classed(pd.Series([-np.inf, -5.0, -1.0, -0.9, 0.0, 1.0, 5.0, np.inf])).tolist()
    ['connected', 'much_shorter', 'shorter', 'same', 'same', 'longer', 'much_longer', 'cut_off']
    >>> classed(pd.Series([float("nan")])).tolist()
    ['unknown']
    """
    names = {
        "unknown": change.isna(),
        "connected": change == -np.inf,
        "cut_off": change == np.inf,
        "much_shorter": change <= -MUCH_MIN,
        "shorter": change <= -LITTLE_MIN,
        "much_longer": change >= MUCH_MIN,
        "longer": change >= LITTLE_MIN,
    }
    found = np.select(list(names.values()), list(names), "same")
    return pd.Series(found, change.index, dtype=str)


def _classes(say: Speaker, *, certain: bool) -> tuple[Class, ...]:
    """Return the classes, from what gets shorter to what gets longer, and what is unknown."""
    little, much = say.number(LITTLE_MIN), say.number(MUCH_MIN)
    between = {"low": little, "high": much}
    gone = say("No known way any more") if certain else say("No way any more")
    now = say("A known way now") if certain else say("A way now, where there was none")
    grey = palette.UNKNOWN
    return (
        Class("unknown", say("Unknown"), grey, "ring", size=1.2, edge=grey, dash="1 4"),
        _class("connected", now, 3.6, dash=""),
        _class("much_shorter", say("{low} minutes shorter or more", low=much), 2.4, dash=""),
        _class("shorter", say("{low}–{high} minutes shorter", **between), 1.2, dash=""),
        _class("longer", say("{low}–{high} minutes longer", **between), 1.2, dash=LONGER),
        _class("much_longer", say("{low} minutes longer or more", low=much), 2.4, dash=LONGER),
        _class("cut_off", gone, 3.6, dash=LONGER),
    )


def _class(key: str, label: str, width: float, *, dash: str) -> Class:
    colour, ink = palette.CHANGE[key], palette.INK
    return Class(key, label, colour, "square", size=width, edge=ink, dash=dash)
