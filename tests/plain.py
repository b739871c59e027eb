"""Walks the long way: a graph cut at every door, and a textbook search with a heap."""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import pairwise

import networkx as nx
import numpy as np
import shapely

from geo.paths.crossing import TOUCH_M
from geo.paths.joining import JOIN_LIMIT_M, PIECE_M
from geo.paths.network import ISLAND_M

SLACK_M = 1e-6


class Plain:
    """
    The same paths as a graph of named spots; nothing of the program's own search is used.

    `ends`: pairs of junctions; `level_m`: of every edge, `inf` where there is no passing.
    """

    def __init__(self, ends, level_m):
        self._ends = list(ends)
        self._level_m = [float(metres) for metres in level_m]
        self._cuts = defaultdict(set)
        self._doors = []

    def tie(self, key, joined, row):
        """Tie a point to its edge; unconnected points stay alone."""
        edge, share = int(joined.edge[row]), float(joined.along[row])
        if edge >= 0 and np.isfinite(self._level_m[edge]):
            self._cuts[edge].add(share)
            self._doors.append((key, (edge, share), float(joined.gap_m[row])))
        elif edge >= 0 and share in (0.0, 1.0):  # in a junction: other edges lead on
            junction = (-1, self._ends[edge][int(share)])
            self._doors.append((key, junction, float(joined.gap_m[row])))

    def graph(self):
        """Return neighbours and metres of every spot."""
        near = defaultdict(list)
        for edge, ((u, v), level_m) in enumerate(zip(self._ends, self._level_m, strict=True)):
            if not np.isfinite(level_m):
                continue
            spots, before = [(-1, u)], 0.0
            for share in sorted(self._cuts.get(edge, ())):
                spots.append((edge, share))
                self._both(near, *spots[-2:], (share - before) * level_m)
                before = share
            self._both(near, spots[-1], (-1, v), (1.0 - before) * level_m)
        for key, spot, gap_m in self._doors:
            self._both(near, key, spot, gap_m)
        return near

    @staticmethod
    def _both(near, one, other, metres):
        near[one].append((other, metres))
        near[other].append((one, metres))


def dijkstra(near, sources):
    """
    Return metres from the nearest of the sources to every spot it reaches.

    A door hangs on one spot only, so nobody walks through a building to get ahead.
    """
    found, queue = {}, [(0.0, n, key) for n, key in enumerate(sources)]
    count = len(queue)
    while queue:
        metres, _, spot = heapq.heappop(queue)
        if spot in found:
            continue
        found[spot] = metres
        for other, m in near[spot]:
            if other not in found:
                count += 1
                heapq.heappush(queue, (metres + m, count, other))
    return found


def mainland(ends, length_m, usable):
    """Return the edges that something may join: usable, and of no island."""
    graph = nx.MultiGraph()
    graph.add_weighted_edges_from((*ends[n], length_m[n]) for n in np.flatnonzero(usable))
    size = {}
    for part in nx.connected_components(graph):
        metres = graph.subgraph(part).size("weight")
        size |= dict.fromkeys(part, metres)
    least = min(ISLAND_M, max(size.values(), default=0.0))
    return [n for n in np.flatnonzero(usable) if size[ends[n][0]] >= least]


def is_free(way, walls):
    """Tell whether a straight way crosses no wall, but for a touch at its ends."""
    if way.length <= 2 * TOUCH_M or not len(walls.geometries):
        return True
    ends = [way.interpolate(TOUCH_M), way.interpolate(way.length - TOUCH_M)]
    return not len(walls.query(shapely.LineString(ends), "intersects"))


def is_joined_well(point, joined, lines, edges, walls):
    """
    Tell whether a point has joined where it should: nothing free lies nearer.

    `joined`: edge, share of it, and gap. `lines`: by edge. `edges`: an STRtree of those
    that may be joined, and their numbers.
    """
    (edge, along, gap_m), (tree, numbers) = joined, edges
    if edge >= 0:
        way = shapely.LineString([point, lines[edge].interpolate(along, normalized=True)])
        if abs(way.length - gap_m) > SLACK_M or not is_free(way, walls):
            return False
    limit_m = min(gap_m, JOIN_LIMIT_M)
    near = tree.query(point, "dwithin", distance=limit_m + SLACK_M)
    nearer = tree.geometries[near][shapely.distance(tree.geometries[near], point) < limit_m]
    for piece in (piece for line in nearer for piece in _pieces(line)):
        way = shapely.shortest_line(point, piece)
        if way.length < limit_m - SLACK_M and is_free(way, walls):
            return False
    return edge < 0 or edge in numbers[near]


def _pieces(line):
    """Cut a line at its bends, and where it is straight at least every `PIECE_M`."""
    for one, other in pairwise(line.coords):
        many = max(int(np.ceil(np.hypot(other[0] - one[0], other[1] - one[1]) / PIECE_M)), 1)
        cuts = np.linspace(one, other, many + 1)
        yield from (shapely.LineString(pair) for pair in pairwise(cuts))
