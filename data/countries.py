"""Which of the Nordic countries a piece of land lies in, and the metres of that country."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.crs import metric_crs
from geo.errors import SourceError

OUTLINES = Path(__file__).with_name("countries.geojson")
FAR = 3.0
"""Degrees. Land farther than this from all of them lies in none."""
MARGIN = 0.4
"""Degrees of latitude, 45 km: nearer than this to a second one, the outlines do not tell."""
SURE = 0.8
"""Share of the land that has to be farther than that from all but one."""
ACROSS = 12
NATIONAL = {"se": "EPSG:3006", "fi": "EPSG:3067"}
"""SWEREF99 TM and ETRS-TM35FIN, in which all open data of Sweden and of Finland come."""


def crs_of(country: str, lon: float, lat: float) -> str:
    """
    Name the metric CRS of a place in a country.

    Norway has three zones; Sweden and Finland each have one for the whole country, in
    which lengths are true to 0.1 %, or 0.25 % at the edges in the east and west.

    Parameters
    ----------
    country
        `"no"`, `"se"`, `"fi"`, or `""` for not known: then as in Norway.
    lon, lat
        In degrees.

    Raises
    ------
    CrsError
        If the place lies outside the Nordic countries.

    Examples
    --------
    >>> crs_of("no", 14.4, 67.3), crs_of("se", 20.2, 67.9), crs_of("fi", 26.9, 60.5)
    ('EPSG:25833', 'EPSG:3006', 'EPSG:3067')
    """
    zone = metric_crs(lon, lat)
    return NATIONAL.get(country, zone)


def country_of(land: Polygon | MultiPolygon) -> str:
    """
    Return the country, `"no"`, `"se"` or `"fi"`, in which most of the land lies.

    Points all over the land are each given to the nearest outline. The outlines are
    those of Natural Earth at 1:110 million: up to 30 km off, and without small islands.
    So nothing is told of land at a border.

    Raises
    ------
    SourceError
        If it lies elsewhere, or too close to a border to tell.

    Examples
    --------
    >>> bodo, kiruna = shapely.box(14.3, 67.2, 14.6, 67.4), shapely.box(20.1, 67.7, 20.4, 67.9)
    >>> country_of(bodo), country_of(kiruna)
    ('no', 'se')
    """
    west, south, east, north = land.bounds
    middles = (np.arange(ACROSS) + 0.5) / ACROSS
    lon, lat = np.meshgrid(west + middles * (east - west), south + middles * (north - south))
    inside = shapely.contains_xy(land, lon, lat)
    point = shapely.point_on_surface(land)
    scale = np.array([np.cos(np.radians(point.y)), 1.0])
    places = np.vstack([np.column_stack([lon[inside], lat[inside]]), [[point.x, point.y]]])
    points = shapely.points(places * scale)
    outlines = {country: _scaled(one, scale) for country, one in _outlines().items()}
    far = np.array([shapely.distance(outline, points) for outline in outlines.values()])
    if (far.min(axis=0) > FAR).all():
        raise SourceError(
            "The area lies in none of Norway, Sweden and Finland: check its coordinate system."
        )
    nearest, second = np.sort(far, axis=0)[:2]
    sure = far.argmin(axis=0)[second - nearest > MARGIN]
    most = np.bincount(sure, minlength=len(outlines))
    if most.max() < SURE * len(points):
        raise SourceError(
            "The area lies too close to a border to tell its country: say which one it is."
        )
    return list(outlines)[int(most.argmax())]


def _scaled(outline: BaseGeometry, scale: NDArray[np.float64]) -> BaseGeometry:
    """Make a degree as long in the east as in the north, as it is on the ground."""
    return shapely.transform(outline, lambda at: at * scale)


@cache
def _outlines() -> dict[str, BaseGeometry]:
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    return {
        one["properties"]["country"]: shapely.from_geojson(json.dumps(one["geometry"]))
        for one in features
    }
