"""
Taking junctions away one by one, as elimination does with unknowns: kernels.

Nodes are ranks: whatever has the lower rank is taken away first. An arc leads from a
node to a higher one; arcs lie in rows, those of `v` from `start[v]` to `start[v + 1]`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from geo.paths.network import Ints

GRAINS_PER_M = 64_000
"""Ways are added up in whole grains of 1/64 mm: sums are exact, in whichever order."""

FAR = 1 << 40
"""Grains to where there is no way: more than the length of any, 17,000 km."""

Numbers = NDArray[np.int32]
Grains = NDArray[np.int64]


@njit(cache=True, nogil=True)
def grouped(n: int, key: Numbers, value: Numbers) -> tuple[Ints, Numbers]:
    """Return values by their key, as the start of each key's and all values."""
    start = np.zeros(n + 1, dtype=np.int64)
    for i in range(len(key)):
        start[key[i] + 1] += 1
    for k in range(n):
        start[k + 1] += start[k]
    at = start[:-1].copy()
    grouped = np.empty(len(value), dtype=np.int32)
    for i in range(len(key)):
        grouped[at[key[i]]] = value[i]
        at[key[i]] += 1
    return start, grouped


@njit(cache=True, nogil=True)
def tree_of(n: int, start: Ints, head: Numbers) -> Numbers:
    """Return the tree of elimination (Liu 1986), without making the arcs."""
    below_start, below = _turned(n, start, head)
    parent = np.full(n, -1, dtype=np.int32)
    root = np.full(n, -1, dtype=np.int32)  # of each branch so far, with shortened ways
    for v in range(n):
        for i in range(below_start[v], below_start[v + 1]):
            x = below[i]
            while root[x] != -1 and root[x] != v:
                above = root[x]
                root[x] = v
                x = above
            if root[x] == -1:
                root[x] = v
                parent[x] = v
    return parent


@njit(cache=True, nogil=True)
def _turned(n: int, start: Ints, head: Numbers) -> tuple[Ints, Numbers]:
    tail = np.empty(len(head), dtype=np.int32)
    for v in range(n):
        tail[start[v] : start[v + 1]] = v
    return grouped(n, head, tail)


@njit(cache=True, nogil=True)
def postorder(parent: Numbers) -> Numbers:
    """Return a new rank for each old one: every branch side by side, its root last."""
    size = _sizes(parent)
    rank = np.empty(len(parent), dtype=np.int32)
    free = np.empty(len(parent), dtype=np.int32)  # the highest rank left in each branch
    left = len(parent) - 1
    for v in range(len(parent) - 1, -1, -1):
        above = parent[v]
        if above < 0:
            rank[v] = left
            left -= size[v]
        else:
            rank[v] = free[above]
            free[above] -= size[v]
        free[v] = rank[v] - 1
    return rank


@njit(cache=True, nogil=True)
def _sizes(parent: Numbers) -> Numbers:
    size = np.ones(len(parent), dtype=np.int32)
    for v in range(len(parent)):
        if parent[v] >= 0:
            size[parent[v]] += size[v]
    return size


@njit(cache=True, nogil=True)
def first_of(parent: Numbers) -> Numbers:
    """Return the lowest rank of each branch, once every branch lies side by side."""
    return np.arange(len(parent)).astype(np.int32) - _sizes(parent) + np.int32(1)


@njit(cache=True, nogil=True)
def filled(n: int, edge_start: Ints, edge_head: Numbers) -> tuple[Ints, Numbers]:
    """Return all arcs: to higher neighbours, and to those of lower ones taken away."""
    start = np.zeros(n + 1, dtype=np.int64)
    head = np.empty(max(4 * len(edge_head), 16), dtype=np.int32)
    child = np.full(n, -1, dtype=np.int32)  # the last branch to hang on each
    beside = np.full(n, -1, dtype=np.int32)  # the branch before it
    seen = np.full(n, -1, dtype=np.int32)
    for v in range(n):
        room = edge_start[v + 1] - edge_start[v]
        below = child[v]
        while below >= 0:
            room += start[below + 1] - start[below]
            below = beside[below]
        if start[v] + room > len(head):
            more = np.empty(2 * (start[v] + room), dtype=np.int32)
            more[: start[v]] = head[: start[v]]
            head = more
        seen[v] = v
        end = _unseen(v, edge_head[edge_start[v] : edge_start[v + 1]], seen, head, start[v])
        below = child[v]
        while below >= 0:
            end = _unseen(v, head[start[below] : start[below + 1]], seen, head, end)
            below = beside[below]
        head[start[v] : end].sort()
        start[v + 1] = end
        if end > start[v]:
            beside[v] = child[head[start[v]]]
            child[head[start[v]]] = v
    return start, head[: start[n]].copy()


@njit(cache=True, nogil=True)
def _unseen(v: int, given: Numbers, seen: Numbers, head: Numbers, end: int) -> int:
    """Write to `head`, from `end`, those given that `v` has not seen; return the new end."""
    for u in given:
        if seen[u] != v:
            seen[u] = v
            head[end] = u
            end += 1
    return end


@njit(cache=True, nogil=True)
def rows_of(start: Ints, head: Numbers, low: Numbers, high: Numbers) -> Ints:
    """Return the row of the arc between each pair of ranks, or -1 for a loop."""
    arc = np.full(len(low), -1, dtype=np.int64)
    for i in range(len(low)):
        if low[i] != high[i]:
            above = head[start[low[i]] : start[low[i] + 1]]
            arc[i] = start[low[i]] + np.searchsorted(above, high[i])
    return arc


@njit(cache=True, nogil=True)
def customise(start: Ints, head: Numbers, arc: Grains) -> None:
    """Shorten each arc, in place, by the ways over lower ranks; these are done by then."""
    for v in range(len(start) - 1):
        for i in range(start[v], start[v + 1]):
            if arc[i] >= FAR:
                continue
            at = start[head[i]]
            for j in range(i + 1, start[v + 1]):
                while head[at] < head[j]:
                    at += 1
                arc[at] = min(arc[at], arc[i] + arc[j])
