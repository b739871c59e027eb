"""Buildings of somebody's own list, put into a town: they count for nothing until opened."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, islice

import geopandas as gpd
import pandas as pd

from geo.bundle import Bundle
from geo.crs import require_metric
from geo.doors import doors
from geo.errors import CrsError
from geo.model import Gait
from geo.scenario.changed import again, side_again
from geo.scenario.ground import hit
from geo.scenario.tables import below, numbered
from geo.tables import ENTRANCES, PLACES
from geo.town import Side, Sides, Town

OWN = "own"
"""Kind and source of such buildings; no catalogue has it."""


def with_own(town: Town, sites: gpd.GeoDataFrame) -> Town:
    """
    Add the buildings of somebody's own list to a town.

    They stand and are entered as a place that a scenario adds (`geo.scenario.edits.Add`): a
    point in a building is that building, and its door is that nearest to a path.

    Parameters
    ----------
    town
        As it is.
    sites
        Points, or outlines of buildings, in the town's CRS; column `name`, if any.

    Returns
    -------
    town
        With a place of the kind `OWN` for each, known as `own-1`, `own-2` and so on.

    Raises
    ------
    CrsError, TableError
        If they are in other coordinates, or something is no point and no land.
    """
    require_metric(sites)
    bundle = town.bundle
    if sites.crs != bundle.places.crs:
        raise CrsError(
            "Coordinates must be those of {crs}, not of {other}.",
            crs=bundle.area.crs,
            other=str(sites.crs)[:40],
        )
    free = (f"{OWN}-{n}" for n in count(1) if f"{OWN}-{n}" not in bundle.places.index)
    index = pd.Index(list(islice(free, len(sites))), dtype=str)
    shapes = gpd.GeoSeries(_shapes(bundle, sites), index=index, crs=bundle.places.crs)
    area = shapes.geom_type.str.endswith("Polygon")
    told = {
        "name": sites["name"].astype(str).to_numpy() if "name" in sites else "",
        **dict.fromkeys(("kind", "kinds", "family", "sources"), OWN),
        "setting": "indoor",
        **dict.fromkeys(("opening_hours", "wheelchair", "osm_ids", "updated"), ""),
        "area_m2": shapes.area.where(area),
        "inside": shapes.intersects(bundle.boundary.union_all()),
    }
    places = PLACES.check(gpd.GeoDataFrame(told, index=index, geometry=shapes))
    more = replace(
        bundle,
        places=below(bundle.places, places),
        entrances=below(bundle.entrances, _entrances(bundle, places)),
    )
    return again(town, more)


def _shapes(bundle: Bundle, sites: gpd.GeoDataFrame) -> list[object]:
    """Return the building that each point stands in; whatever else there is, as it is."""
    return [
        next(iter(hit(bundle, shape, "building")), shape)
        if shape is not None and shape.geom_type == "Point"
        else shape
        for shape in sites.geometry
    ]


def _entrances(bundle: Bundle, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    none = gpd.GeoSeries([], crs=places.crs)
    site = places[["geometry"]].assign(is_building=True)
    found = doors(site, none, bundle.paths, barriers=bundle.barriers)
    new = ENTRANCES.check(found.rename(columns={"of": "place_id"}))
    return numbered(bundle.entrances, new)


def sides_again(town: Town, was: Town, side: Sides) -> Sides:
    """
    Return what joins only the entrances that `with_own` has added.

    Parameters
    ----------
    town, was
        As it is now, and as it was.
    side
        `was.side`, or what remembers it.
    """

    def joined(gait: Gait) -> Side:
        return side_again(town, was, side(gait), gait)

    return joined
