"""A file's shapes on a map before anything is made of them: inside the area, or not."""

from __future__ import annotations

from base64 import b64encode

import geopandas as gpd
import numpy as np
import shapely

from layers import palette
from layers.geojson import encode
from layers.layer import Class, Drawing, Layer
from words.speaker import UNKNOWN, Speaker

INSIDE, OUTSIDE = "inside", "outside"
KINDS = {
    "areas": (Drawing.CELLS, (3, 6)),
    "lines": (Drawing.OUTLINE, (1, 2, 5)),
    "points": (Drawing.CIRCLES, (0, 4)),
}
"""How shapes are drawn, by the numbers that Shapely gives to their types; points on top."""


def preview(table: gpd.GeoDataFrame, *, say: Speaker) -> tuple[Layer, ...]:
    """
    Show where the rows of a file lie.

    Whether they lie in the area is told by colour, and by shape: what lies outside has a
    ring or a dashed edge.

    Parameters
    ----------
    table
        In metres: `row` and `name` as text, `inside` as a truth value.
    say
        The language.

    Returns
    -------
    layers
        From below to the top: areas, lines, points, as far as there are any.

    Examples
    --------
    >>> from shapely import Point
    >>> from words.speaker import speaker
    >>> table = gpd.GeoDataFrame(
    ...     {"row": ["2"], "name": ["Vik"], "inside": [True]},
    ...     geometry=[Point(5e5, 7e6)],
    ...     crs="EPSG:25833",
    ... )
    >>> [(layer.key, layer.present[0].label) for layer in preview(table, say=speaker("en"))]
    [('points', 'In the area')]
    """
    kinds = shapely.get_type_id(table.geometry.array)
    shown = gpd.GeoDataFrame(
        {
            "where": np.where(table["inside"], INSIDE, OUTSIDE),
            "row": table["row"].replace("", UNKNOWN),
            "name": table["name"].replace("", UNKNOWN),
        },
        geometry=table.geometry,
    )
    return tuple(
        Layer(
            key=key,
            name=say("Where the rows of the file lie"),
            table=shown[np.isin(kinds, numbers)],
            value="where",
            classes=_classes(drawing, say),
            drawing=drawing,
            card=(("name", say("Name")), ("row", say("Row"))),
        )
        for key, (drawing, numbers) in KINDS.items()
        if np.isin(kinds, numbers).any()
    )


def _classes(drawing: Drawing, say: Speaker) -> tuple[Class, ...]:
    """Return the two classes; what lies outside is drawn first, so that it hides nothing."""
    size = 5.0 if drawing is Drawing.CIRCLES else 1.2
    blue, grey = palette.WALK["half"], palette.UNKNOWN
    return (
        Class(OUTSIDE, say("Outside the area"), grey, "ring", size=size, dash="6 4"),
        Class(INSIDE, say("In the area"), blue, size=size),
    )


def inline(layer: Layer) -> str:
    """
    Return a layer as a URL that holds it.

    What `layers.publish` writes is served to everybody who knows its name. A file that
    somebody only looks at is nobody else's, so it goes to that browser alone.

    Examples
    --------
    >>> from shapely import Point
    >>> from words.speaker import speaker
    >>> table = gpd.GeoDataFrame(
    ...     {"row": ["2"], "name": ["Vik"], "inside": [True]},
    ...     geometry=[Point(5e5, 7e6)],
    ...     crs="EPSG:25833",
    ... )
    >>> inline(preview(table, say=speaker("en"))[0])[:36]
    'data:application/geo+json;base64,eyJ'
    """
    return f"data:application/geo+json;base64,{b64encode(encode(layer)).decode()}"


def streets(lines: gpd.GeoDataFrame, *, say: Speaker) -> Layer:
    """
    Show main streets, to know a town by.

    Examples
    --------
    >>> from shapely import LineString
    >>> from words.speaker import speaker
    >>> road = gpd.GeoDataFrame(geometry=[LineString([(0, 0), (9, 0)])], crs="EPSG:25833")
    >>> streets(road, say=speaker("en")).present[0].label
    'Main street'
    """
    colour, width, zoom = palette.STREETS["main"]
    return Layer(
        key="streets",
        name=say("Streets and paths"),
        table=lines.assign(street="main"),
        value="street",
        classes=(
            Class("main", say("Main street"), colour, "line", size=width, from_zoom=zoom),
        ),
        drawing=Drawing.LINES,
        attribution=say("© OpenStreetMap contributors"),
    )
