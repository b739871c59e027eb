"""Spots on the map: pointed at, or written as latitude and longitude."""

from __future__ import annotations

import re
from math import isfinite

import geopandas as gpd
import shapely
import streamlit as st

from geo.crs import WGS84, to_metric
from geo.errors import Message
from geo.scenario.edits import XY
from views.lasting import lasting

POINTS = "scenario-points"
"""Key in the session, with the area, of corners that were pointed at and are no change yet."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

LAND = (54.0, 3.0, 72.0, 33.0)
"""South, west, north, east of what is covered: a spot elsewhere is a slip."""

NO_SPOT = Message("Write a position as latitude and longitude, such as 67.2801 14.4049.")


@lasting
def spot(lat: float, lon: float, crs: str) -> XY:
    """
    Return a spot in the metres of an area, to the decimetre.

    Examples
    --------
    >>> spot(59.91, 10.75, "EPSG:25832")
    (597868.0, 6642667.7)
    """
    degrees = gpd.GeoDataFrame(geometry=[shapely.Point(lon, lat)], crs=WGS84)
    point = to_metric(degrees, crs).geometry.iloc[0]
    return round(point.x, 1), round(point.y, 1)


def written(text: str, crs: str) -> XY | None:
    """
    Return a spot that somebody has written; `None` if it is none.

    Examples
    --------
    >>> written("59.91, 10.75", "EPSG:25832"), written("here", "EPSG:25832")
    ((597868.0, 6642667.7), None)
    """
    numbers = [float(one) for one in NUMBER.findall(text[:100])]
    south, west, north, east = LAND
    match numbers:
        case [lat, lon] if isfinite(lat + lon) and south < lat < north and west < lon < east:
            return spot(lat, lon, crs)
    return None


def points() -> list[XY]:
    """Return the corners that were pointed at so far; what is done to the list stays."""
    found: list[XY] = st.session_state.setdefault(
        f"{POINTS}-{st.session_state.get('area')}", []
    )
    return found
