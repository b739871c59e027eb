"""Which stretches of the paths a walk from some doors covers, and their course."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.paths.joining import Joined
from geo.paths.network import Bools, Floats, Ints, Network


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """
    How far it is from some doors, in metres of level ground that take as long.

    Parameters
    ----------
    level_m
        What each edge costs, from end to end; `inf` where nobody passes.
    at_m
        How far each junction is from the nearest of the doors; `inf` if not reached.
    doors
        Where the walk begins.
    """

    level_m: Floats
    at_m: Floats
    doors: Joined


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """
    Stretches of edges; a stretch is a row of each.

    Parameters
    ----------
    edge
        Number of the edge. On one edge may lie several, which do not touch.
    start, end
        Shares of the edge, from its `u`, between which the stretch lies.
    """

    edge: Ints
    start: Floats
    end: Floats

    def take(self, row: Ints | Bools) -> Stretches:
        """Return only some of them."""
        return Stretches(self.edge[row], self.start[row], self.end[row])

    def whole(self) -> Bools:
        """Tell which are all of their edge."""
        return (self.start <= 0.0) & (self.end >= 1.0)


def stretches(network: Network, walk: Walk, limit_m: float) -> Stretches:
    """
    Return what of the edges lies within a limit, to the metre.

    An edge is covered from its `u` as far as the limit leads beyond that junction,
    likewise from its `v`, and to both sides of each door that lies on it. The way from
    the door to the edge counts as level. Along an edge the cost is spread evenly.

    Parameters
    ----------
    network
        Whose edges are covered.
    walk
        How far its junctions are.
    limit_m
        Longest walk, in metres of level ground; must be finite.

    Returns
    -------
    stretches
        By edge, then by where they begin; none of no length.

    Examples
    --------
    A street of 100 m with its door at 40 m, 5 m off; 25 m lead to both sides of it by 20.

    >>> street = Network(np.array([0]), np.array([1]), np.array([100.0]),
    ...                  np.array([shapely.LineString([(0, 0), (100, 0)])]), 2,
    ...                  np.array([[0.0, 0.0], [100.0, 0.0]]))
    >>> door = Joined(np.array([0]), np.array([0.4]), np.array([5.0]))
    >>> walk = Walk(np.array([100.0]), np.array([45.0, 65.0]), door)
    >>> found = stretches(street, walk, 25.0)
    >>> found.start.round(9).tolist(), found.end.round(9).tolist()
    ([0.2], [0.6])
    """
    edge = np.flatnonzero(np.isfinite(walk.level_m) & (walk.level_m > 0.0))
    on = np.flatnonzero(walk.doors.edge >= 0)
    on = on[np.isin(walk.doors.edge[on], edge)]
    door, along = walk.doors.edge[on], walk.doors.along[on]
    from_u, from_v = (
        (limit_m - walk.at_m[junction[edge]]) / walk.level_m[edge]
        for junction in (network.u, network.v)
    )
    around = (limit_m - walk.doors.gap_m[on]) / walk.level_m[door]
    found = Stretches(
        np.concatenate([edge, edge, door]),
        np.concatenate([np.zeros(len(edge)), 1.0 - from_v, along - around]).clip(0.0, 1.0),
        np.concatenate([from_u, np.ones(len(edge)), along + around]).clip(0.0, 1.0),
    )
    return _merged(found.take(found.start < found.end))


def _merged(found: Stretches) -> Stretches:
    """Return stretches of which those that overlap or touch are one."""
    if not len(found.edge):
        return found
    found = found.take(np.lexsort((found.start, found.edge)))
    # Two apart per edge, so that no stretch reaches into the next edge.
    reached = np.maximum.accumulate(found.end + 2.0 * found.edge)
    new = np.append(True, found.start[1:] + 2.0 * found.edge[1:] > reached[:-1])
    first = np.flatnonzero(new)
    return Stretches(
        found.edge[first], found.start[first], np.maximum.reduceat(found.end, first)
    )


def cut(network: Network, found: Stretches) -> NDArray[np.object_]:
    """
    Return the course of every stretch, a line.

    Parameters
    ----------
    network
        Whose edges they lie on.
    found
        The stretches.

    Examples
    --------
    >>> street = Network(np.array([0]), np.array([1]), np.array([100.0]),
    ...                  np.array([shapely.LineString([(0, 0), (60, 0), (60, 40)])]), 2,
    ...                  np.array([[0.0, 0.0], [60.0, 40.0]]))
    >>> half = Stretches(np.array([0]), np.array([0.5]), np.array([1.0]))
    >>> print(cut(street, half)[0])
    LINESTRING (50 0, 60 0, 60 40)
    """
    lines = network.lines[found.edge]
    partial = ~found.whole()
    lines[partial] = _between(lines[partial], found.start[partial], found.end[partial])
    return lines


def _between(lines: NDArray[np.object_], start: Floats, end: Floats) -> NDArray[np.object_]:
    """Return lines cut at shares of their lengths, all at once."""
    xy, line = shapely.get_coordinates(lines, return_index=True)
    step_m = np.hypot(*np.diff(xy, axis=0, prepend=xy[:1]).T)
    step_m[np.flatnonzero(np.diff(line, prepend=-1))] = 0.0
    along_m = np.cumsum(step_m)
    first = np.searchsorted(line, np.arange(len(lines)))
    share = (along_m - along_m[first][line]) / shapely.length(lines)[line]
    kept = (share > start[line]) & (share < end[line])
    ends = [
        shapely.get_coordinates(shapely.line_interpolate_point(lines, cut_at, normalized=True))
        for cut_at in (start, end)
    ]
    number = np.arange(len(lines))
    index = np.concatenate([number, line[kept], number])
    order = np.argsort(index, kind="stable")  # first its start, then what lies between, its end
    corners = np.concatenate([ends[0], xy[kept], ends[1]])
    return np.asarray(shapely.linestrings(corners[order], indices=index[order]))
