"""Points joined to edges of the network, with no barrier in between."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import require_metric
from geo.paths.crossing import crossing
from geo.paths.network import Bools, Floats, Ints, Network, islands

JOIN_LIMIT_M = 200.0
"""Farthest that a door can lie from a path and still be joined to it."""

SEARCHED_M = (15.0, 30.0, 60.0, JOIN_LIMIT_M)
"""How far to look, step by step: most find a path nearby, and few pairs are tried."""

PIECE_M = 20.0
"""Behind a barrier paths are tried piece by piece: one round a fjord is free on one shore."""

Geometries = NDArray[np.object_]
Found = tuple[Ints, Geometries]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """
    Points joined to edges; a point is a row of each.

    Parameters
    ----------
    edge
        Number of the edge, or -1: not connected.
    along
        Share of the edge that lies between its `u` and the point, from 0 to 1.
    gap_m
        Metres from the point to the edge, straight; `inf` where not connected.
    """

    edge: Ints
    along: Floats
    gap_m: Floats

    def take(self, row: Ints) -> Joined:
        """Return only some of the points."""
        return Joined(self.edge[row], self.along[row], self.gap_m[row])


def join(
    network: Network,
    points: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    usable: Bools | None = None,
    barriers: gpd.GeoSeries | Geometries | None = None,
    known: Joined | None = None,
) -> Joined:
    """
    Join every point to the nearest edge it can go straight to, at the exact place.

    Islands are passed over: what lies nearest to a courtyard's own path is joined to
    the street instead, as far as `JOIN_LIMIT_M`. So is what lies behind a barrier, be
    it only a stretch of an edge. Of edges equally near, the first is taken.

    Parameters
    ----------
    network
        Where to join.
    points
        Points in the network's metric CRS. May be empty.
    usable
        Which edges can be walked; `None`: all.
    barriers
        Lines in the same CRS that nobody crosses. `None`: there are none.
    known
        How the same points are joined where more edges are usable, if that is known:
        whoever joined an edge that is still open need not look again.

    Raises
    ------
    CrsError
        If the coordinates are not metres.

    Examples
    --------
    >>> from shapely import LineString, Point
    >>> from geo.paths.network import build
    >>> streets = gpd.GeoDataFrame(
    ...     {"u": [7, 7], "v": [9, 9], "length_m": [300.0, 360.0]}, crs="EPSG:25832",
    ...     geometry=[LineString([(0, 0), (300, 0)]),
    ...               LineString([(0, 0), (0, 30), (300, 30), (300, 0)])])
    >>> door, islet = Point(120, 10), Point(120, 900)
    >>> points = gpd.GeoSeries([door, islet], crs="EPSG:25832")
    >>> doors = join(build(streets), points)
    >>> doors.edge.tolist(), doors.along.tolist(), doors.gap_m.tolist()
    ([0, -1], [0.4, 0.0], [10.0, inf])
    >>> railway = np.array([LineString([(0, 5), (300, 5)])])
    >>> join(build(streets), points, barriers=railway).gap_m.tolist()
    [20.0, inf]
    """
    require_metric(points)
    walkable = np.ones(len(network.u), dtype=bool) if usable is None else usable
    open_to = walkable & ~islands(network, walkable)
    spots = points.geometry.to_numpy()
    edge, along = np.full(len(spots), -1, dtype=np.intp), np.zeros(len(spots))
    gap_m, looking = np.full(len(spots), np.inf), np.ones(len(spots), dtype=bool)
    if known is not None and len(open_to):
        stays = (known.edge >= 0) & open_to[known.edge]
        for mine, theirs in ((edge, known.edge), (along, known.along), (gap_m, known.gap_m)):
            mine[stays] = theirs[stays]
        looking = ~stays
    if looking.any() and open_to.any():
        walls = np.asarray([] if barriers is None else barriers)
        near, way = _joined(spots[looking], network.lines[open_to], walls)
        found, way = np.flatnonzero(looking)[near >= 0], way[near >= 0]
        edge[found] = np.flatnonzero(open_to)[near[near >= 0]]
        gap_m[found] = shapely.length(way)
        of, end = network.lines[edge[found]], shapely.get_point(way, -1)
        along[found] = shapely.line_locate_point(of, end, normalized=True)
    return Joined(edge, along, gap_m)


def _joined(spots: Geometries, lines: Geometries, barriers: Geometries) -> Found:
    """Return the line that each spot reaches, and the straight way there."""
    here = _around(spots, lines)
    walls = shapely.STRtree(barriers[_around(spots, barriers)])
    tree = shapely.STRtree(lines[here])
    near, way = _nearest(spots, tree, shapely.STRtree([]))
    found = np.flatnonzero(near >= 0)
    barred = found[crossing(way[found], walls)]
    if len(barred):
        around = np.unique(tree.query(spots[barred], "dwithin", distance=JOIN_LIMIT_M)[1])
        pieces, of = _pieces(tree.geometries[around])
        piece, way[barred] = _nearest(spots[barred], shapely.STRtree(pieces), walls)
        near[barred] = np.where(piece >= 0, around[of[piece]], -1)
    near[near >= 0] = here[near[near >= 0]]
    return near, way


def _around(spots: Geometries, shapes: Geometries) -> Ints:
    """Return which shapes may be joined to some spots, or stand in between."""
    box, least, most = shapely.bounds(shapes), *shapely.total_bounds(spots).reshape(2, 2)
    near = (box[:, :2] <= most + JOIN_LIMIT_M) & (box[:, 2:] >= least - JOIN_LIMIT_M)
    return np.flatnonzero(near.all(axis=1))


def _nearest(spots: Geometries, tree: shapely.STRtree, walls: shapely.STRtree) -> Found:
    """Return the nearest line of each spot, of those no wall is before, and the way there."""
    near, ways = np.full(len(spots), -1, dtype=np.intp), np.full(len(spots), None, dtype=object)
    lines, left = tree.geometries, np.arange(len(spots))
    for limit_m in SEARCHED_M:
        row, hit = tree.query(spots[left], predicate="dwithin", distance=limit_m)
        row = left[row]
        way = shapely.shortest_line(spots[row], lines[hit])
        clear = np.flatnonzero(~crossing(way, walls))
        order = clear[np.lexsort((hit[clear], shapely.length(way[clear]), row[clear]))]
        found, first = np.unique(row[order], return_index=True)
        near[found], ways[found] = hit[order[first]], way[order[first]]
        left = np.flatnonzero(near < 0)
    return near, ways


def _pieces(lines: Geometries) -> tuple[Geometries, Ints]:
    """Cut lines into straight pieces of at most `PIECE_M`; return of which line each is."""
    long, fine = shapely.length(lines) > PIECE_M, lines.copy()
    fine[long] = shapely.segmentize(lines[long], PIECE_M)
    xy, line = shapely.get_coordinates(fine, return_index=True)
    on = np.flatnonzero(line[1:] == line[:-1])
    return np.asarray(shapely.linestrings(np.stack([xy[on], xy[on + 1]], axis=1))), line[on]
