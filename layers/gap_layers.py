"""What maps of gaps and of groups side by side draw besides an answer's own layers."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd

from geo.gaps import Gap
from layers import palette
from layers.layer import Class, Drawing, Layer
from words.speaker import UNKNOWN, Speaker


def coarse(layer: Layer) -> Layer:
    """
    Return the layer of cells with the class of each in place of its people.

    Two groups side by side, cell by cell, would tell by their difference how many are of
    the one and not of the other: that may be a few.

    Parameters
    ----------
    layer
        As `layers.thematic.spots` makes it.

    Examples
    --------
    >>> from shapely import box
    >>> from layers.thematic import spots
    >>> from words.speaker import speaker
    >>> cells = gpd.GeoDataFrame(
    ...     {"people": [23.0], "minutes": [31.0], "near": ["Vik"]},
    ...     geometry=[box(0, 0, 250, 250)], crs="EPSG:25833")
    >>> coarse(spots(cells, say=speaker("en"))).table["people"].tolist()
    ['20 to 49 people']
    """
    labels = {entry.key: entry.label for entry in layer.classes}
    people = layer.table[layer.value].map(labels)
    return replace(layer, table=layer.table.assign(people=people))


def chosen(gap: Gap, crs: str, *, say: Speaker) -> Layer:
    """
    Show the gap that was chosen, by its edge.

    Parameters
    ----------
    gap
        Of which may be told.
    crs
        The coordinate system of its square.
    say
        The language.

    Examples
    --------
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> gap = Gap("0_0", 40.2, 11.3, "Storgata", "n1", box(0, 0, 250, 250))
    >>> chosen(gap, "EPSG:25833", say=speaker("en")).table["near"].tolist()
    ['Storgata']
    """
    label = say("The gap that was chosen")
    what = {"what": ["chosen"], "near": [gap.near or UNKNOWN]}
    return Layer(
        key="chosen",
        name=label,
        table=gpd.GeoDataFrame(what, geometry=[gap.square], crs=crs),
        value="what",
        classes=(Class("chosen", label, palette.INK, "line", size=4),),
        drawing=Drawing.OUTLINE,
        card=(("near", say("Near")),),  # with a card it lies on top, not in the background
    )
