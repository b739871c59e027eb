"""Shapes in GML: points, lines and land, in longitude and latitude whichever came first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiLineString, MultiPolygon, Point, Polygon

Floats = NDArray[np.float64]

GML = "opengis.net/gml"
LAND = ("Polygon", "PolygonPatch", "Rectangle", "Triangle")
LINES = ("LineString", "LineStringSegment", "ArcString", "Arc")
"""An arc becomes its chords: in the north they leave it by centimetres."""

DEGREES = ("4326", "4258", "CRS84", ":84")
NORTH_OF = 57.0
"""No place in Norway lies as far east as this, and every one as far north."""


def shape_of(feature: Any) -> Geometry:
    """
    Return the shape of a feature: its land, else its lines, else its point, else no point.

    Longitude comes first. Which came first in the answer is seen by the first point of
    each list: services do not agree on it, whatever they say.

    Raises
    ------
    ValueError
        If a coordinate is no number, or the coordinates are not degrees.

    Examples
    --------
    >>> from lxml import etree
    >>> school = etree.fromstring(
    ...     '<School xmlns:g="http://www.opengis.net/gml/3.2"><g:Point>'
    ...     '<g:pos>65.31 12.15</g:pos></g:Point></School>'
    ... )
    >>> print(shape_of(school))
    POINT (12.15 65.31)
    """
    if land := [ring for one in _parts(feature, LAND) if (ring := _polygon(one)) is not None]:
        whole = land[0] if len(land) == 1 else MultiPolygon(land)
        return shapely.make_valid(whole, method="structure", keep_collapsed=False)
    lines = [c for one in _parts(feature, LINES) if len(c := _coordinates(one)) > 1]
    if lines:
        one = LineString(lines[0])
        return one if len(lines) == 1 else shapely.line_merge(MultiLineString(lines))
    points = (c[0] for one in _parts(feature, ("Point",)) if len(c := _coordinates(one)))
    return next(map(Point, points), Point())


def _parts(element: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """Yield the elements of these names that are of GML, at any depth."""
    for found in element.iter(*(f"{{*}}{name}" for name in names)):
        if GML in found.tag:
            yield found


def _polygon(element: Any) -> Polygon | None:
    outer = [_coordinates(ring) for ring in element.iterfind("{*}exterior")]
    inner = [_coordinates(ring) for ring in element.iterfind("{*}interior")]
    if not outer or len(outer[0]) < 4:
        return None
    return Polygon(outer[0], [ring for ring in inner if len(ring) >= 4])


def _coordinates(element: Any) -> Floats:
    """Return the points of an element, those of its segments one after another."""
    lists = [_points(one) for one in element.iter("{*}pos", "{*}posList")]
    points = np.vstack([np.empty((0, 2)), *lists])
    if not np.isfinite(points).all():
        raise ValueError("a coordinate is no number")
    if len(points):
        _require_degrees(element)
    return points[:, ::-1] if len(points) and points[0, 0] > NORTH_OF else points


def _points(element: Any) -> Floats:
    numbers = np.array((element.text or "").split(), dtype=float)
    each = len(numbers) if element.tag.endswith("}pos") else _dimension(element)
    if not len(numbers):
        return np.empty((0, 2))
    return numbers.reshape(-1, each)[:, :2]  # heights are left out


def _dimension(element: Any) -> int:
    told = (one.get("srsDimension") for one in chain([element], element.iterancestors()))
    return int(next(filter(None, told), 2))


def _require_degrees(element: Any) -> None:
    told = (one.get("srsName") for one in chain([element], element.iterancestors()))
    system = next(filter(None, told), None)
    if system and not system.endswith(DEGREES):
        raise ValueError(f"coordinates are of {system}")
