"""
A network put in order once, so that every later search is two sweeps over flat arrays.

Junctions are ranked so that small cuts which part the town come last (nested
dissection, George 1973). Taking them away one by one in that order, and tying the
higher neighbours of each to one another, leaves arcs that only lead upwards: every
shortest way climbs along them and then descends (customizable contraction
hierarchies, Dibbelt, Strasser & Wagner 2016, doi:10.1145/2886843). Ranks and arcs
depend on the streets alone; what the arcs cost is worked out anew for each gait.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.kernels.dissection import dissected
from geo.kernels.elimination import (
    FAR,
    GRAINS_PER_M,
    Grains,
    Numbers,
    customise,
    filled,
    first_of,
    grouped,
    postorder,
    rows_of,
    tree_of,
)
from geo.paths.network import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """
    Junctions by rank, and the arcs that lead from each to higher ones.

    Parameters
    ----------
    rank
        Of every junction, from 0; whatever follows is counted in ranks.
    start, head
        The arcs of rank `v` are rows `start[v]` to `start[v + 1]`; each leads to
        the rank `head`, ascending.
    parent
        The lowest rank that an arc of each leads to, or -1: the tree of elimination.
    first
        The lowest rank of those below each in that tree, which lie side by side.
    low, high
        Of every edge, the ranks of its two ends.
    turned
        Whether an edge was drawn from its higher end to its lower one.
    arc
        Of every edge, the row of its arc; -1 for a loop.
    """

    rank: Numbers
    start: Ints
    head: Numbers
    parent: Numbers
    first: Numbers
    low: Numbers
    high: Numbers
    turned: NDArray[np.bool_]
    arc: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """
    A hierarchy with what its arcs cost one gait.

    Parameters
    ----------
    hierarchy
        The arcs.
    edge
        Grains of every edge; `FAR` where this gait cannot pass.
    arc
        Grains of every arc: of the shortest way over lower ranks.
    """

    hierarchy: Hierarchy
    edge: Grains
    arc: Grains


def hierarchy(u: Ints, v: Ints, xy: Floats, *, like: Hierarchy | None = None) -> Hierarchy:
    """
    Rank the junctions of a network, and find the arcs that lead upwards.

    Parameters
    ----------
    u, v
        Junctions at the ends of every edge, from 0. Loops and parallels are welcome.
    xy
        Where the junctions lie, in metres; only the speed depends on it.
    like
        That of a network which has grown since: new junctions come last. Ways are as long.

    Returns
    -------
    hierarchy
        For any lengths that the edges may have.

    Examples
    --------
    >>> xy = np.array([[0.0, 0.0], [9.0, 0.0], [18.0, 0.0]])
    >>> street = hierarchy(np.array([0, 1]), np.array([1, 2]), xy)
    >>> sorted(street.rank.tolist()), len(street.head)
    ([0, 1, 2], 2)
    """
    n = len(xy)
    one, other = u.astype(np.int32), v.astype(np.int32)
    if like is None:
        around = _neighbours(n, one, other)
        rank = dissected(*around, np.ascontiguousarray(xy, dtype=np.float64))
    else:
        rank = np.append(like.rank, np.arange(len(like.rank), n, dtype=like.rank.dtype))
    low, high = _ends(rank, one, other)
    # The tree's own order is as good, and puts each branch side by side.
    rank = postorder(tree_of(n, *_upwards(n, low, high)))[rank]
    low, high = _ends(rank, one, other)
    start, head = filled(n, *_upwards(n, low, high))
    parent = np.full(n, -1, dtype=np.int32)
    has = np.flatnonzero(np.diff(start))
    parent[has] = head[start[has]]
    arc = rows_of(start, head, low, high)
    turned = rank[u] > rank[v]
    return Hierarchy(rank, start, head, parent, first_of(parent), low, high, turned, arc)


def weigh(ranked: Hierarchy, edge_m: Floats) -> Weighed:
    """
    Work out what every arc costs.

    Parameters
    ----------
    ranked
        The hierarchy.
    edge_m
        Level metres of every edge, the same both ways; `inf` where there is no passing.

    Examples
    --------
    Of two parallel edges, the shorter:

    >>> twice = hierarchy(np.array([0, 0]), np.array([1, 1]), np.array([[0, 0], [9, 0.]]))
    >>> weigh(twice, np.array([30.0, 20.0])).arc / GRAINS_PER_M
    array([20.])
    """
    edge = grains(edge_m)
    arc = np.full(len(ranked.head), FAR, dtype=np.int64)
    real = ranked.arc >= 0
    np.minimum.at(arc, ranked.arc[real], edge[real])
    customise(ranked.start, ranked.head, arc)
    return Weighed(ranked, edge, arc)


def grains(metres: Floats) -> Grains:
    """
    Return metres in whole grains; what is unreachable is `FAR`.

    Examples
    --------
    >>> grains(np.array([0.5, np.inf])).tolist() == [32_000, FAR]
    True
    """
    return np.minimum(np.asarray(metres) * GRAINS_PER_M, FAR).round().astype(np.int64)


def metres(of: Grains) -> Floats:
    """
    Return grains in metres; `FAR` and beyond are `inf`.

    Examples
    --------
    >>> metres(np.array([32_000, FAR])).tolist()
    [0.5, inf]
    """
    return np.where(of < FAR, of / GRAINS_PER_M, np.inf)


def _ends(rank: Numbers, u: Numbers, v: Numbers) -> tuple[Numbers, Numbers]:
    return np.minimum(rank[u], rank[v]), np.maximum(rank[u], rank[v])


def _neighbours(n: int, u: Numbers, v: Numbers) -> tuple[Ints, Numbers]:
    """Return the neighbours of every junction: both directions, without loops."""
    real = u != v
    return grouped(n, np.concatenate([u[real], v[real]]), np.concatenate([v[real], u[real]]))


def _upwards(n: int, low: Numbers, high: Numbers) -> tuple[Ints, Numbers]:
    real = low != high
    return grouped(n, low[real], high[real])
