"""The reach of doors as areas: what lies beside the paths that a walk covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas.stretches import Stretches, Walk, cut, stretches
from geo.paths.network import Bools, Network

BESIDE_M = 25.0
"""
How far beside a path the area reaches: so near to one lie 99 % of the homes of central
Oslo and 89 % of those of Karhula. More would cover fields and shores nobody walks to.
"""

YARD_M2 = 5_000.0
"""A smaller hole is filled: the yard of a block belongs to the streets around it."""

DECK_M = 5.0
"""How far beside a path over water the area is kept: about as wide as a bridge or a pier."""

BEND_M, SHORT_M = 2.0, 10.0
"""
What drawing leaves out: bends smaller than this, and straight edges shorter than this
between two that are drawn, whose ends cover all beside it but a strip of 1.4 m.
"""

GRID_M = 0.05
"""Corners are put on a grid so fine that nobody sees it: a border drawn twice becomes one."""

THIN_M = 0.5
"""What is narrower between two borders belongs to the inner one."""

Geometries = NDArray[np.object_]


def catchments(
    network: Network,
    walk: Walk,
    breaks_m: Mapping[float, float],
    *,
    crs: str,
    water: gpd.GeoSeries | Geometries | None = None,
) -> gpd.GeoDataFrame:
    """
    Return the area within each of some walking times, every one inside the next.

    The stretches of path within reach are widened by `BESIDE_M`, and yards among them
    filled. Water is taken away, except under paths that cross it, and with it the land
    that only lies within the width: the other shore of a river without a bridge.

    Parameters
    ----------
    network
        Whose lines are drawn.
    walk
        How far its junctions are from the doors.
    breaks_m
        For each number of minutes, as many metres of level ground as they are worth.
    crs
        Of the network.
    water
        Polygons in the same CRS, which may overlap. `None`: there is no water.

    Returns
    -------
    catchments
        Column `minutes`, ascending, and polygons: empty where nothing is within reach.
        The corners of each are also corners of the next, wherever the two borders meet.

    Examples
    --------
    >>> from geo.paths.joining import Joined
    >>> street = Network(np.array([0]), np.array([1]), np.array([400.0]),
    ...                  np.array([shapely.LineString([(0, 0), (400, 0)])]), 2,
    ...                  np.array([[0.0, 0.0], [400.0, 0.0]]))
    >>> door = Joined(np.array([0]), np.array([0.0]), np.array([0.0]))
    >>> walk = Walk(np.array([400.0]), np.array([0.0, 400.0]), door)
    >>> found = catchments(street, walk, {5: 300.0, 2: 120.0}, crs="EPSG:25832")
    >>> found["minutes"].tolist(), found.bounds["maxx"].tolist()
    ([2, 5], [145.0, 325.0])
    """
    wet = shapely.STRtree(np.asarray([] if water is None else water))
    shapes: list[shapely.Geometry] = []
    filled: shapely.Geometry = shapely.Polygon()
    done = np.zeros(len(network.u), dtype=bool)
    for minutes in sorted(breaks_m):
        found = stretches(network, walk, breaks_m[minutes])
        lines = cut(network, found)
        drawn = ~done[found.edge] & ~_needless(network, found)
        filled = _filled([filled, *_beside(lines[drawn])])
        shapes.append(_dry(filled, lines, wet))
        done[found.edge[found.whole()]] = True
    return gpd.GeoDataFrame(
        {"minutes": sorted(breaks_m)}, geometry=_nested(shapes) if shapes else [], crs=crs
    )


def bands(catchments: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return what each walking time adds to the one before: areas that do not overlap.

    Parameters
    ----------
    catchments
        As the function of that name returns them.

    Returns
    -------
    bands
        On the index of `catchments`. Their areas add up to the largest catchment's.

    Examples
    --------
    >>> inner, outer = shapely.box(1, 1, 2, 2), shapely.box(0, 0, 3, 3)
    >>> found = gpd.GeoDataFrame({"minutes": [5, 10]}, geometry=[inner, outer])
    >>> bands(found).area.tolist()
    [1.0, 8.0]
    """
    whole = catchments.geometry.to_numpy()
    before = [shapely.Polygon(), *whole][: len(whole)]
    rings = shapely.difference(whole, before)
    return catchments.set_geometry(gpd.GeoSeries(rings, catchments.index, crs=catchments.crs))


def _needless(network: Network, found: Stretches) -> Bools:
    """Tell which stretches are short edges between two that cover what lies beside them."""
    u, v = network.u[found.edge], network.v[found.edge]
    length_m, straight_m = (
        network.length_m[found.edge],
        np.hypot(*(network.xy[u] - network.xy[v]).T),
    )
    short = (length_m <= SHORT_M) & (length_m <= 1.05 * straight_m)
    long = found.whole() & ~short
    ends = np.zeros(network.junctions, dtype=bool)
    ends[u[long]] = ends[v[long]] = True
    return np.asarray(found.whole() & short & ends[u] & ends[v])


def _beside(lines: Geometries) -> Geometries:
    """Return what lies beside each line."""
    return np.asarray(shapely.buffer(shapely.simplify(lines, BEND_M), BESIDE_M, quad_segs=3))


def _filled(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """Return shapes as one, without its small holes."""
    parts = shapely.get_parts(shapely.union_all(list(shapes)))
    rings, part = shapely.get_rings(parts, return_index=True)
    outer = np.diff(part, prepend=-1) > 0
    kept = outer | (shapely.area(shapely.polygons(rings)) >= YARD_M2)
    return shapely.union_all(shapely.polygons(rings[kept], indices=part[kept]))


def _dry(shape: shapely.Geometry, lines: Geometries, wet: shapely.STRtree) -> shapely.Geometry:
    """Return a shape without water, and without the land that no line leads to."""
    hit = wet.query(shape, predicate="intersects")
    if not len(hit):
        return shape
    water = shapely.union_all(wet.geometries[hit])
    shapely.prepare(water)
    decks = shapely.buffer(lines[shapely.intersects(water, lines)], DECK_M, quad_segs=3)
    land = shapely.difference(shape, shapely.difference(water, shapely.union_all(decks)))
    parts = shapely.get_parts(land)
    starts = shapely.STRtree(shapely.get_point(lines, 0))
    walked = np.unique(starts.query(parts, predicate="intersects")[0])
    return shapely.union_all(parts[walked])


def _nested(shapes: list[shapely.Geometry]) -> Geometries:
    """
    Return shapes of which each holds the one before, exactly.

    All borders together cut the plane into faces; a shape is the faces within it, and
    within the ones before. So no rounding can let an inner border jut out of an outer.
    """
    borders = shapely.union_all(shapely.boundary(shapes), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize([borders]))
    x, y = shapely.get_coordinates(shapely.point_on_surface(faces)).reshape(-1, 2).T
    shapely.prepare(shapes)
    within = np.logical_or.accumulate([shapely.contains_xy(one, x, y) for one in shapes])
    thin = 2.0 * shapely.area(faces) < THIN_M * shapely.length(faces)
    for inner, outer in pairwise(within):
        slivers = np.flatnonzero(thin & outer & ~inner)
        core = shapely.coverage_union_all(faces[inner])
        shared = shapely.intersection(faces[slivers], core)
        inner[slivers] = shapely.length(shared) > 0.0
    return np.array([_whole(faces[row]) for row in within], dtype=object)


def _whole(faces: Geometries) -> shapely.Geometry:
    """Return faces that share their borders as one shape; an empty polygon if none."""
    return shapely.coverage_union_all(faces) if len(faces) else shapely.Polygon()
