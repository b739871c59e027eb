"""From geometries in metres to the shortest paths that look the same on paper."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.paper.frame import Frame

UNITS_PER_MM = 100
"""Drawn in whole hundredths of a millimetre: finer than 2,400 dots to the inch."""
CLOSE_MM = 0.05
"""Corners that stand out less than this are dropped: a hair of ink is as wide."""
MARGIN_MM = 3.0
"""What is cut off is cut so far outside the frame, where its edge is not seen."""

STARTS = {False: "M%d %d", True: "zM%d %d"}
"""How a part begins, and ends the one before."""

Shapes = NDArray[Any]
Whole = NDArray[np.int64]


def outline(shapes: Shapes, frame: Frame) -> str:
    """
    Return polygons as the data of one SVG path, in hundredths of a millimetre.

    They are cut off a little outside the frame. All rings run one way around land and the
    other way around holes, so that overlaps are filled once by the rule `nonzero`.

    Examples
    --------
    >>> frame = Frame((0, 0, 1000, 1000), 100, 100)
    >>> outline(np.array([shapely.box(100, 800, 300, 900)]), frame)
    'M3000 2000l0-1000-2000 0 0 1000z'
    """
    land = shapely.orient_polygons(_small(_polygons(_inside(shapes, frame)), frame))
    return _data(shapely.get_rings(land), frame, closed=True)


def lines(shapes: Shapes, frame: Frame) -> str:
    """
    Return lines, or the edges of polygons, as the data of one SVG path.

    Examples
    --------
    >>> frame = Frame((0, 0, 1000, 1000), 100, 100)
    >>> lines(shapely.linestrings([[[0, 500], [400, 500], [900, 600]]]), frame)
    'M0 5000l4000 0 5000-1000'
    """
    areas = shapely.get_dimensions(shapes) == 2
    edges = np.concatenate([shapes[~areas], shapely.boundary(shapes[areas])])
    parts = shapely.get_parts(_inside(edges, frame))
    parts = parts[shapely.get_type_id(parts) == 1]
    return _data(_small(parts, frame), frame, closed=False)


def dots(shapes: Shapes, frame: Frame) -> str:
    """
    Return points as lines without length, which a round pen makes dots of.

    Points of the same tenth of a millimetre are one.

    Examples
    --------
    >>> frame = Frame((0, 0, 1000, 1000), 100, 100)
    >>> dots(shapely.points([[120, 900], [120, 900], [-900, 0]]), frame)
    'M1200 1000h0'
    """
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    places = frame.on_paper(shapely.get_coordinates(shapely.point_on_surface(shapes)))
    size = (frame.width_mm, frame.height_mm)
    seen = ((places > -MARGIN_MM) & (places < np.add(size, MARGIN_MM))).all(axis=1)
    at = np.rint(places[seen] * UNITS_PER_MM).astype(np.int64)
    _, first = np.unique(at // (UNITS_PER_MM // 10), axis=0, return_index=True)
    return "".join(f"M{x} {y}h0" for x, y in at[np.sort(first)].tolist())


def _inside(shapes: Shapes, frame: Frame) -> Shapes:
    """Return what can be seen of shapes; only those that cross the edge are cut."""
    bounds = frame.around(MARGIN_MM)
    left, bottom, right, top = bounds
    west, south, east, north = shapely.bounds(shapes).T
    met = (west <= right) & (east >= left) & (south <= top) & (north >= bottom)  # nan is not
    within = (west >= left) & (east <= right) & (south >= bottom) & (north <= top)
    cut = shapely.clip_by_rect(shapes[met & ~within], *bounds)
    return np.concatenate([shapes[within], cut])


def _polygons(shapes: Shapes) -> Shapes:
    """Return the polygons among the parts of shapes."""
    parts: Shapes = shapely.get_parts(shapes)
    polygons: Shapes = parts[shapely.get_type_id(parts) == 3]
    return polygons


def _small(shapes: Shapes, frame: Frame) -> Shapes:
    """Return shapes without corners that nobody sees; what vanishes is empty."""
    tolerance = CLOSE_MM * frame.scale / 1000
    small: Shapes = shapely.simplify(shapes, tolerance, preserve_topology=False)
    return small


def _data(parts: Shapes, frame: Frame, *, closed: bool) -> str:
    """Return lines or rings as SVG path data, each corner told by its way from the last."""
    places, part = shapely.get_coordinates(parts, return_index=True)
    at: Whole = np.rint(frame.on_paper(places) * UNITS_PER_MM).astype(np.int64)
    ways = np.diff(at, axis=0, prepend=at[:1])
    first = np.diff(part, prepend=-1) != 0
    last = np.diff(part, append=-1) != 0
    kept = first | (ways.any(axis=1) & ~(last & closed))  # `z` is the way back
    corners = np.bincount(part[kept])[part]
    kept &= corners >= (3 if closed else 2)
    first = first[kept]
    told = np.where(first[:, np.newaxis], at[kept], ways[kept])
    second = np.append(False, first)[: len(first)]
    form = np.select([first, second], [STARTS[closed], "l%d %d"], " %d %d").tolist()
    text = "".join(form) % tuple(told.ravel().tolist())  # one call: there are 100,000 corners
    short = text.replace(" -", "-")
    return f"{short[1:]}z" if closed and short else short
