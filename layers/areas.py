"""The reach of places as a layer: how far one gets in a third, two thirds, all of the time."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd

from geo.areas.catchments import bands
from layers import palette
from layers.layer import Class, Drawing, Layer
from words.speaker import Speaker

DASHES = ("", "9 4", "3 4")
"""Edges, from near to far: told apart without colour, too."""


def areas(reach: gpd.GeoDataFrame, *, say: Speaker, attribution: str = "") -> Layer:
    """
    Show from where the asked places are reached in time.

    Parameters
    ----------
    reach
        As `geo.areas.reachable.reachable` returns it: `minutes` ascending, each area inside
        the next. At most as many as there are colours.
    say
        The language.
    attribution
        Who to thank for the paths; OpenStreetMap's contributors if nobody else is named.

    Examples
    --------
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> reach = gpd.GeoDataFrame(
    ...     {"minutes": [5, 10]}, geometry=[box(4, 4, 6, 6), box(0, 0, 9, 9)], crs="EPSG:25832"
    ... )
    >>> layer = areas(reach, say=speaker("en"))
    >>> layer.table["minutes"].tolist(), layer.table.area.tolist()
    (['Up to 5 minutes', 'Over 5 and up to 10 minutes'], [4.0, 77.0])
    """
    ends = reach["minutes"].tolist()
    edge = palette.AREAS[0]
    classes = tuple(
        Class(f"to_{high}", _between(low, high, say), colour, size=1.2, edge=edge, dash=dash)
        for (low, high), colour, dash in zip(
            pairwise([0, *ends]), palette.AREAS, DASHES, strict=False
        )
    )
    rings = bands(reach)
    shown = gpd.GeoDataFrame(
        {"class": [entry.key for entry in classes], "minutes": [e.label for e in classes]},
        geometry=rings.geometry.to_numpy(),
        crs=reach.crs,
    )
    return Layer(
        key="areas",
        name=say("The reach of the places"),
        table=shown,
        value="class",
        classes=classes,
        drawing=Drawing.CELLS,
        card=(("minutes", say("On foot to the nearest place")),),
        attribution=attribution or say("© OpenStreetMap contributors"),
    )


def _between(low: int, high: int, say: Speaker) -> str:
    """Return the walking times of one band, in words."""
    if not low:
        return say("Up to {high} minutes", high=say.number(high))
    return say(
        "Over {low} and up to {high} minutes", low=say.number(low), high=say.number(high)
    )
