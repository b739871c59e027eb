"""Land that people were counted on: what lies where, and how much of it is in the area."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.paths.joining import Geometries
from geo.paths.network import Floats, Ints

EDGE_M = 1.0
"""A home is put so far within the edge of its land that everybody finds it inside."""


def lying_in(points: Geometries, lands: Geometries) -> Ints:
    """
    Find the land that each point lies in.

    Returns
    -------
    of
        Row of the first land that covers the point, its edge too; -1 if none does.

    Examples
    --------
    >>> cells = shapely.box([0, 10], 0, [10, 20], 10)
    >>> lying_in(shapely.points([[5, 5], [10, 5], [50, 50]]), cells).tolist()
    [0, 0, -1]
    """
    of = np.full(len(points), -1, dtype=np.intp)
    point, land = shapely.STRtree(lands).query(points, "intersects")
    last_wins = np.argsort(-land, kind="stable")
    of[point[last_wins]] = land[last_wins]
    return of


def inside(lands: Geometries, boundary: BaseGeometry) -> Floats:
    """
    Return the share of the area of each land that lies within a boundary.

    Examples
    --------
    >>> cells = shapely.box([0, 10, 20], 0, [10, 20, 30], 10)
    >>> inside(cells, shapely.box(0, 0, 15, 10)).tolist()
    [1.0, 0.5, 0.0]
    """
    shapely.prepare(boundary)
    share: Floats = shapely.covers(boundary, lands).astype(np.float64)
    cut = np.flatnonzero((share == 0) & shapely.intersects(boundary, lands))
    whole = shapely.make_valid(lands[cut])
    share[cut] = shapely.area(shapely.intersection(whole, boundary)) / shapely.area(whole)
    return share


def on_paths(lands: Geometries, boundary: BaseGeometry, paths: gpd.GeoDataFrame) -> Geometries:
    """
    Find a spot where people of some land may live, if no building tells.

    It is the spot nearest to the middle of what lies within the boundary, of all on a
    path on the ground there: people live by roads, and a point in the middle of a
    field or a lake might be joined to none. Where there is no path, it is some point
    within.

    Parameters
    ----------
    lands, boundary
        Each land meets the boundary.
    paths
        As `geo.tables.PATHS`.

    Examples
    --------
    >>> street = gpd.GeoDataFrame(
    ...     {"structure": ["ground"]}, geometry=[shapely.LineString([(-9, 2), (9, 2)])])
    >>> cells = shapely.box([0, 20], 0, [10, 30], 10)
    >>> on_paths(cells, shapely.box(0, 0, 99, 99), street).tolist()
    [<POINT (5 2)>, <POINT (25 5)>]
    """
    part = shapely.intersection(shapely.make_valid(lands), boundary)
    middle, found = shapely.centroid(part), shapely.point_on_surface(part)
    lines = paths.geometry.to_numpy()[(paths["structure"] == "ground").to_numpy()]
    inner = shapely.buffer(part, -EDGE_M)
    land, line = shapely.STRtree(lines).query(inner, "intersects")
    near = shapely.intersection(lines[line], inner[land])
    to_path = shapely.shortest_line(middle[land], near)
    nearest_last = np.argsort(-shapely.length(to_path), kind="stable")
    found[land[nearest_last]] = shapely.get_point(to_path[nearest_last], 1)
    return found
