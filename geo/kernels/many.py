"""All homes and all places at once: the kernel behind the matrix of travel times."""

from __future__ import annotations

import numpy as np
from numba import njit

from geo.kernels.elimination import Numbers
from geo.kernels.given import Arcs, Direct, Homes, Sources
from geo.paths.network import Ints

LANES = 16
"""Places whose searches share a sweep: as many small numbers as fit side by side."""

FAR = (1 << 30) - 1
"""Grains beyond any cut-off, 16.7 km; twice as much is still a small number."""

State = tuple[Numbers, Numbers, Numbers, int]


Found = tuple[Ints, Numbers, Numbers]
"""
Of every `LANES` places, where their homes begin and end; the row of each of these homes;
and, homes × lanes, the grains to each of the places, some of them beyond the cut-off.
"""


@njit(cache=True, nogil=True)
def search(
    arcs: Arcs, sources: Sources, homes: Homes, direct: Direct, places: Ints, cutoff: int
) -> Found:
    """
    Find the homes within a cut-off of each of some places.

    Places that lie near one another should follow each other: `LANES` of them
    share a sweep. Whatever branch of the hierarchy no way leads into within the
    cut-off is passed over whole.

    Parameters
    ----------
    arcs, sources, homes, direct
        See there. `direct` counts homes by where they stand in `homes`.
    places
        Which places, and in which order.
    cutoff
        Grains, at most `FAR - 1`.
    """
    n, batches = len(arcs.parent), -(-len(places) // LANES)
    at = np.empty((n, LANES), dtype=np.int32)
    near = np.empty(n, dtype=np.int32)  # the least of all lanes
    batch = np.full(n, -1, dtype=np.int32)  # in which a rank was last above a source
    above = np.empty(n, dtype=np.int32)
    short = np.full((len(homes.row), LANES + 1), FAR, dtype=np.int32)  # and whether any is
    short[:, LANES] = 0
    start = np.zeros(batches + 1, dtype=np.int64)
    row = np.empty(1024, dtype=np.int32)
    ways = np.empty((1024, LANES), dtype=np.int32)
    for b in range(batches):
        reached = 0
        for k, place in enumerate(places[b * LANES : (b + 1) * LANES]):
            reached = _start(arcs, sources, place, k, (at, batch, above, b), reached)
            for i in range(direct.start[place], direct.start[place + 1]):
                home = direct.home[i]
                short[home, k] = min(short[home, k], direct.grains[i])
                short[home, LANES] = 1
        above[:reached].sort()
        _climb(arcs, above[:reached], at, near, cutoff)
        if start[b] + len(homes.row) > len(row):
            row = _longer(row, 2 * start[b] + len(homes.row))
            ways = _longer(ways, 2 * start[b] + len(homes.row))
        new = row[start[b] :], ways[start[b] :]
        start[b + 1] = start[b] + _descend(
            arcs, homes, (at, near, batch, b), short, new, cutoff
        )
    return start, row[: start[-1]], ways[: start[-1]]


@njit(cache=True, nogil=True)
def _longer(old: Numbers, size: int) -> Numbers:
    new = np.empty((size, *old.shape[1:]), dtype=np.int32)
    new[: len(old)] = old
    return new


@njit(cache=True, nogil=True)
def _start(arcs: Arcs, sources: Sources, place: int, k: int, state: State, reached: int) -> int:
    """Set the sources of a place in its lane, and note all ranks above them."""
    at, batch, above, begin = state
    for i in range(sources.start[place], sources.start[place + 1]):
        rank = sources.rank[i]
        v = rank
        while v >= 0 and batch[v] != begin:
            batch[v] = begin
            at[v, :] = FAR
            above[reached] = v
            reached += 1
            v = arcs.parent[v]
        at[rank, k] = min(at[rank, k], sources.grains[i])
    return reached


@njit(cache=True, nogil=True)
def _climb(arcs: Arcs, above: Numbers, at: Numbers, near: Numbers, cutoff: int) -> None:
    """Carry what is known upwards, lowest rank first."""
    for v in above:
        near[v] = at[v].min()
        if near[v] > cutoff:
            continue
        for i in range(arcs.start[v], arcs.start[v + 1]):
            u, more = arcs.head[i], arcs.arc[i]
            for k in range(LANES):
                at[u, k] = min(at[u, k], np.int32(at[v, k] + more))


@njit(cache=True, nogil=True)
def _descend(  # noqa: C901 - a call would cost more than these few steps
    arcs: Arcs,
    homes: Homes,
    state: State,
    short: Numbers,
    found: tuple[Numbers, Numbers],
    cutoff: int,
) -> int:
    """Carry it downwards, highest rank first, meet the homes at each, and count these."""
    at, near, batch, begin = state
    start, head, arc, _, first = arcs
    met, v = 0, len(near) - 1
    while v >= 0:
        some = batch[v] == begin
        if not some:  # does any way within the cut-off lead into this branch at all?
            for i in range(start[v], start[v + 1]):
                some = some or near[head[i]] <= cutoff
            at[v, :] = FAR
        if not some:
            v = first[v] - 1
            continue
        for i in range(start[v], start[v + 1]):
            u, more = head[i], arc[i]
            if near[u] <= cutoff:
                for k in range(LANES):
                    at[v, k] = min(at[v, k], np.int32(at[u, k] + more))
        near[v] = at[v].min()
        if homes.start[v] < homes.start[v + 1]:
            met = _meet(homes, v, at, short, (found[0], found[1], met))
        v -= 1
    return met


@njit(cache=True, nogil=True)
def _meet(
    homes: Homes, v: int, at: Numbers, short: Numbers, found: tuple[Numbers, Numbers, int]
) -> int:
    """Find the ways to the homes on edges whose lower end this is; return how many so far."""
    row, ways, met = found
    for i in range(homes.start[v], homes.start[v + 1]):
        high, to_low, to_high = homes.high[i], homes.to_low[i], homes.to_high[i]
        row[met] = homes.row[i]
        for k in range(LANES):
            ways[met, k] = min(np.int32(at[v, k] + to_low), np.int32(at[high, k] + to_high))
        if short[i, LANES]:  # a door stands on the same edge
            for k in range(LANES):
                ways[met, k] = min(ways[met, k], short[i, k])
            short[i, :LANES], short[i, LANES] = FAR, 0
        met += 1
    return met
