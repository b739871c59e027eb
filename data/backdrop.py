"""What the offline map is drawn from: water, green and buildings."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
from shapely.geometry.base import BaseGeometry

from data.sea import sea_of
from geo.tables import BACKDROP

WHAT: dict[str, dict[str, frozenset[str]]] = {
    "water": {
        "natural": frozenset({"water", "bay"}),
        "waterway": frozenset({"riverbank", "dock"}),
        "landuse": frozenset({"basin"}),
    },
    "green": {
        "leisure": frozenset(
            {"park", "garden", "nature_reserve", "pitch", "golf_course", "common"}
        ),
        "landuse": frozenset(
            {
                "forest",
                "grass",
                "meadow",
                "recreation_ground",
                "village_green",
                "cemetery",
                "allotments",
            }
        ),
        "natural": frozenset({"wood", "scrub", "heath", "grassland"}),
    },
}
"""Tags of land to be drawn; buildings are told by having the tag at all."""


COAST = "coast"
"""Drawn as the sea on its right."""


def drawn_as(tags: Mapping[str, str]) -> str:
    """
    Return what a feature is drawn as, or `""`.

    Examples
    --------
    >>> drawn_as({"natural": "water"}), drawn_as({"building": "yes"}), drawn_as({})
    ('water', 'building', '')
    """
    if tags.get("building", "no") != "no":
        return "building"
    if tags.get("natural") == "coastline":
        return COAST
    for what, rules in WHAT.items():
        if any(tags.get(key) in values for key, values in rules.items()):
            return what
    return ""


def sea_in(features: gpd.GeoDataFrame, frame: BaseGeometry) -> gpd.GeoSeries:
    """
    Return the sea within a frame, from the coastlines among the features.

    Parameters
    ----------
    features
        As `data.extract.Extract`, but in metres.
    frame
        How far it is drawn, in the same CRS.
    """
    drawn = [drawn_as(tags) == COAST for tags in features["tags"]]
    coast = features.geometry[np.array(drawn, dtype=bool)]
    return sea_of(coast[coast.geom_type == "LineString"], frame)


def backdrop_of(features: gpd.GeoDataFrame, sea: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """
    Pick the land that the offline map shows.

    Parameters
    ----------
    features
        As `data.extract.Extract`, but in metres.
    sea
        As `sea_in` returns it.

    Returns
    -------
    backdrop
        As `geo.tables.BACKDROP`.
    """
    what = np.array([drawn_as(tags) for tags in features["tags"]], dtype=object)
    shown = ~np.isin(what, ("", COAST)) & features.geom_type.str.endswith("Polygon").to_numpy()
    table = gpd.GeoDataFrame(
        {"what": ["water"] * len(sea) + list(what[shown])},
        geometry=[*sea, *features.geometry[shown]],
        crs=features.crs,
    )
    return BACKDROP.check(table)
