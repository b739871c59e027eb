"""The pedestrian network as arrays, and points joined to it on edges."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.crs import require_metric

JOIN_LIMIT_M = 200.0
"""Farthest that a door can lie from a path and still be joined to it."""

ISLAND_M = 500.0
"""Connected paths shorter in all are a drawing error, or a courtyard: nothing joins them."""

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """
    Footpaths as arrays; an edge is a row of each.

    Parameters
    ----------
    u, v
        Numbers of the junctions at both ends, from 0.
    length_m
        Length of the edge.
    lines
        Its course, from `u` to `v`, in a metric CRS.
    component
        Number of the connected part that the edge lies in.
    island
        Whether that part is too short to be worth joining; see `ISLAND_M`.
    junctions
        How many junctions there are.
    """

    u: Ints
    v: Ints
    length_m: Floats
    lines: NDArray[np.object_]
    component: Ints
    island: NDArray[np.bool_]
    junctions: int


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """
    Points joined to edges; a point is a row of each.

    Parameters
    ----------
    edge
        Number of the edge, or -1: not connected.
    along_m
        Metres along the edge from its `u`.
    gap_m
        Metres from the point to the edge, straight; `inf` where not connected.
    """

    edge: Ints
    along_m: Floats
    gap_m: Floats

    def take(self, row: Ints) -> Joined:
        """Return only some of the points."""
        return Joined(self.edge[row], self.along_m[row], self.gap_m[row])


def build(paths: gpd.GeoDataFrame, *, steps: bool = True) -> Network:
    """
    Build the network of a walker who takes stairs, or of one who cannot.

    Parameters
    ----------
    paths
        As `geo.tables.PATHS`, in metres.
    steps
        Whether stairs are part of it.

    Returns
    -------
    network
        Without edges if `paths` is empty.

    Examples
    --------
    >>> from shapely import LineString
    >>> street = gpd.GeoDataFrame(
    ...     {"u": [7], "v": [9], "steps": [False], "length_m": [300.0]},
    ...     geometry=[LineString([(0, 0), (300, 0)])], crs="EPSG:25832")
    >>> build(street).junctions, build(street).island.tolist()
    (2, [False])
    """
    require_metric(paths)
    walked = paths if steps else paths[~paths["steps"]]
    node, ends = np.unique(walked[["u", "v"]].to_numpy().ravel(), return_inverse=True)
    u, v = ends.reshape(-1, 2).T.astype(np.intp)
    length_m = walked["length_m"].to_numpy(dtype=np.float64)
    graph = coo_array((np.ones(len(u)), (u, v)), shape=(len(node), len(node)))
    component = connected_components(graph, directed=False)[1].astype(np.intp)[u]
    total_m = np.bincount(component, weights=length_m)
    return Network(
        u=u,
        v=v,
        length_m=length_m,
        lines=walked.geometry.to_numpy(),
        component=component,
        island=total_m[component] < min(ISLAND_M, total_m.max(initial=0.0)),
        junctions=len(node),
    )


def join(network: Network, points: gpd.GeoDataFrame | gpd.GeoSeries) -> Joined:
    """
    Join every point to its nearest edge, at the exact place along it.

    Islands are passed over: what lies nearest to a courtyard's own path is joined
    to the street instead, as far as `JOIN_LIMIT_M`.

    Parameters
    ----------
    network
        Where to join.
    points
        Points in the network's metric CRS. May be empty.

    Examples
    --------
    >>> from shapely import LineString, Point
    >>> street = gpd.GeoDataFrame(
    ...     {"u": [7], "v": [9], "steps": [False], "length_m": [300.0]},
    ...     geometry=[LineString([(0, 0), (300, 0)])], crs="EPSG:25832")
    >>> door, islet = Point(120, 15), Point(120, 900)
    >>> doors = join(build(street), gpd.GeoSeries([door, islet], crs="EPSG:25832"))
    >>> doors.edge.tolist(), doors.along_m.tolist(), doors.gap_m.tolist()
    ([0, -1], [120.0, 0.0], [15.0, inf])
    """
    require_metric(points)
    n = len(points)
    edge = np.full(n, -1, dtype=np.intp)
    along_m, gap_m = np.zeros(n), np.full(n, np.inf)
    reachable = np.flatnonzero(~network.island)
    if n and len(reachable):
        spots = points.geometry.to_numpy()
        tree = shapely.STRtree(network.lines[reachable])
        (row, hit), distance_m = tree.query_nearest(
            spots, max_distance=JOIN_LIMIT_M, return_distance=True, all_matches=False
        )
        edge[row] = reachable[hit]
        gap_m[row] = distance_m
        along_m[row] = shapely.line_locate_point(network.lines[edge[row]], spots[row])
    return Joined(edge, along_m, gap_m)
