"""The quiet base map drawn from an area's own tables: nothing is asked of anybody."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from layers import palette
from layers.layer import Class, Drawing, Layer
from words.speaker import Speaker

MAIN = {"motorway", "trunk", "primary", "secondary", "tertiary"}
PATH = {"footway", "path", "cycleway", "track", "bridleway", "corridor"}


def base(
    paths: gpd.GeoDataFrame, backdrop: gpd.GeoDataFrame, *, say: Speaker, attribution: str = ""
) -> tuple[Layer, Layer]:
    """
    Show land and streets: first what lies under, then what runs over it.

    Parameters
    ----------
    paths, backdrop
        As `geo.tables.PATHS` and `geo.tables.BACKDROP` promise.
    say
        The language.
    attribution
        Who to thank; OpenStreetMap's contributors if nobody else is named.
    """
    thanks = attribution or say("© OpenStreetMap contributors")
    land = Layer(
        key="land",
        name=say("Land and water"),
        table=backdrop,
        value="what",
        classes=(
            Class("green", say("Green area"), palette.GREEN),
            Class("water", say("Water"), palette.WATER),
            Class(
                "building", say("Building"), palette.BUILDING, from_zoom=palette.BUILDING_ZOOM
            ),
        ),
        drawing=Drawing.AREAS,
        attribution=thanks,
    )
    # The table also serves the walk, step by step; the map needs only lines and their class.
    streets_of = {"street": street_class(paths)}
    roads = gpd.GeoDataFrame(streets_of, index=paths.index, geometry=paths.geometry)
    labels = {
        "path": say("Path"),
        "street": say("Street"),
        "main": say("Main street"),
        "steps": say("Steps"),
    }
    streets = Layer(
        key="streets",
        name=say("Streets and paths"),
        table=roads,
        value="street",
        classes=tuple(_street(*entry) for entry in labels.items()),
        drawing=Drawing.LINES,
        attribution=thanks,
    )
    return land, streets


def _street(key: str, label: str) -> Class:
    """Return a class of streets; steps look like steps."""
    colour, width, zoom = palette.STREETS[key]
    dash = "1.5 1.5" if key == "steps" else ""
    return Class(key, label, colour, "line", size=width, dash=dash, from_zoom=zoom)


def street_class(paths: gpd.GeoDataFrame) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """
    Sort paths into `"main"`, `"street"`, `"path"` and `"steps"`, as they are drawn.

    Examples
    --------
    >>> paths = gpd.GeoDataFrame(
    ...     {"highway": ["primary_link", "residential", "footway", "steps"],
    ...      "steps": [False, False, False, True]},
    ...     geometry=[None] * 4,
    ... )
    >>> street_class(paths).tolist()
    ['main', 'street', 'path', 'steps']
    """
    kind = paths["highway"].str.removesuffix("_link")
    sorts = [paths["steps"], kind.isin(MAIN), kind.isin(PATH)]
    return np.select(sorts, ["steps", "main", "path"], default="street").astype(object)


def boundary(boundary: gpd.GeoDataFrame, *, say: Speaker) -> Layer:
    """Show the area's own outline."""
    return Layer(
        key="boundary",
        name=say("Boundary"),
        table=boundary.assign(what="boundary"),
        value="what",
        classes=(
            Class("boundary", say("Boundary"), palette.BOUNDARY, "line", size=2, dash="8 5"),
        ),
        drawing=Drawing.OUTLINE,
    )
