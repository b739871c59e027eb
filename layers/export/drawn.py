"""Layers that only files and prints have: outlines, who can meet where, where many lack."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.walks import HOMES_ZOOM
from words import Speaker

MEETING_STEPS = (0, 100, 500, 2000)
"""People who can walk to a place: classes as round as the numbers are sure."""
MEETING_SIZES = (9.0, 12.0, 15.0, 18.0)
"""Radii: wider than a sign, which lies on top."""


def untold(layer: Layer, say: Speaker) -> Layer:
    """
    Return the layer of cells with a class for those of which nothing may be told.

    They are details, drawn from the scale of single homes on. The map leaves them out.

    Parameters
    ----------
    layer
        As `layers.thematic.spots` makes it, with `nan` for people who are not told.
    say
        The language.

    Examples
    --------
    >>> from shapely import box
    >>> from layers.thematic import spots
    >>> from words import speaker
    >>> cells = gpd.GeoDataFrame({"people": [np.nan], "minutes": [31.0], "near": [""]},
    ...     geometry=[box(0, 0, 250, 250)], crs="EPSG:25833")
    >>> untold(spots(cells, say=speaker("en")), speaker("en")).present[0].label
    'Too few to tell, or unknown'
    """
    label = say("Too few to tell, or unknown")
    classes = [
        replace(entry, label=label, from_zoom=HOMES_ZOOM) if entry.key == "few" else entry
        for entry in layer.classes
    ]
    people = layer.table["people"].mask(layer.table[layer.value] == "few", label)
    return replace(layer, classes=tuple(classes), table=layer.table.assign(people=people))


def outlines(places: Layer, table: gpd.GeoDataFrame, say: Speaker) -> Layer:
    """
    Show the land of places by their family's colour, beneath their signs.

    Parameters
    ----------
    places
        Their signs, as `layers.thematic.places` makes them.
    table
        Those with an outline; a column `family`.
    say
        The language.

    Examples
    --------
    >>> from shapely import box
    >>> from layers.thematic import places
    >>> from words import speaker
    >>> say, told = speaker("en"), ("name", "kind", "kinds", "opening_hours", "wheelchair")
    >>> park = gpd.GeoDataFrame({**dict.fromkeys(told, [""]), "family": ["park"],
    ...     "setting": ["outdoor"]}, geometry=[box(0, 0, 9, 9)], crs="EPSG:25833")
    >>> signs = places(park, kinds={}, families={}, say=say)
    >>> [(one.key, one.shape) for one in outlines(signs, park, say).present]
    [('park', 'line')]
    """
    classes = tuple(
        Class(entry.key, entry.label, entry.colour, "line", size=1.5)
        for entry in places.classes
    )
    return Layer(
        key="place_areas",
        name=say("Outlines of the meeting places"),
        table=table,
        value="family",
        classes=classes,
        drawing=Drawing.OUTLINE,
        attribution=places.attribution,
    )


def meetings(table: gpd.GeoDataFrame, say: Speaker, *, attribution: str = "") -> Layer:
    """
    Show places by how many can walk there.

    Parameters
    ----------
    table
        Points with `people`, `nan` where that is not told; `people_text` and `name`.
    say
        The language.
    attribution
        Who to thank for where people live.

    Examples
    --------
    >>> from shapely import Point
    >>> from words import speaker
    >>> table = gpd.GeoDataFrame(
    ...     {"name": ["A", "B"], "people": [100.0, np.nan], "people_text": ["100", "few"]},
    ...     geometry=[Point(0, 0), Point(9, 9)], crs="EPSG:25833")
    >>> meetings(table, speaker("en")).table["class"].tolist()
    ['from_100', 'few']
    """
    ends = [*MEETING_STEPS, np.inf]
    steps = pd.cut(table["people"], ends, right=False, labels=list(MEETING_STEPS))
    keys = [f"from_{step}" if step == step else "few" for step in steps]  # noqa: PLR0124 - nan
    return Layer(
        key="meetings",
        name=say("Who can meet where"),
        table=table.assign(**{"class": pd.Series(keys, table.index, dtype=object)}),
        value="class",
        classes=_meeting_classes(say),
        drawing=Drawing.CIRCLES,
        title="name",
        card=(("people_text", say("People who can walk here")),),
        attribution=attribution,
    )


def _meeting_classes(say: Speaker) -> tuple[Class, ...]:
    """Return the classes of people, the fewest first; that of no number is a ring."""
    few, colour = say("Too few to tell, or unknown"), palette.PEOPLE_EDGE
    classes = [Class("few", few, palette.UNKNOWN, "ring", size=MEETING_SIZES[0])]
    for low, high, size in zip(
        MEETING_STEPS, (*MEETING_STEPS[1:], None), MEETING_SIZES, strict=True
    ):
        label = (
            say("{low} to {high} people", low=low, high=high - 1)
            if high
            else say("{low} people or more", low=low)
        )
        classes.append(Class(f"from_{low}", label, colour, size=size))
    return tuple(classes)


def gathered(table: gpd.GeoDataFrame, say: Speaker, *, attribution: str = "") -> Layer:
    """
    Show the cells where those beyond reach gather, by their edge.

    Parameters
    ----------
    table
        Cells with `people_text` and `near`.
    say
        The language.
    attribution
        Who to thank for where people live.

    Examples
    --------
    >>> from shapely import box
    >>> from words import speaker
    >>> cells = gpd.GeoDataFrame({"people_text": ["about 20"], "near": ["Vik"]},
    ...     geometry=[box(0, 0, 250, 250)], crs="EPSG:25833")
    >>> [entry.key for entry in gathered(cells, speaker("en")).present]
    ['gathered']
    """
    name = say("Where those beyond reach gather")
    return Layer(
        key="gathered",
        name=name,
        table=table.assign(**{"class": "gathered"}),
        value="class",
        classes=(Class("gathered", name, palette.INK, "line", size=3),),
        drawing=Drawing.OUTLINE,
        card=(("people_text", say("People beyond reach")), ("near", say("Near"))),
        attribution=attribution,
    )
