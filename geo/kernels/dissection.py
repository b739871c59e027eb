"""
Junctions ranked by nested dissection: those that hold the town together come last.

A piece of the network is cut in two by few junctions, which are set apart, and so on
with both halves (George 1973). Along each of some directions the first and last thirds
of a piece are parted, more or less, by as few junctions as can be; a piece too large
for that, along a straight line that few streets cross.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np
from numba import njit

from geo.kernels.cuts import by_flow, by_line
from geo.kernels.elimination import Numbers
from geo.kernels.straight import Laid
from geo.paths.network import Floats, Ints

SMALL = 4
"""Pieces of so few junctions are not cut again."""

LARGE = 40_000
"""Pieces of so many junctions are cut along a straight line."""


def dissected(start: Ints, head: Numbers, xy: Floats) -> Numbers:
    """
    Rank the junctions of a network.

    Parameters
    ----------
    start, head
        Neighbours of junction `u` are `head[start[u]:start[u + 1]]`, both ways.
    xy
        Where they lie.

    Returns
    -------
    rank
        Of each junction: a number from 0, each given once.

    Examples
    --------
    Seven junctions in a row are cut in the middle, which comes last:

    >>> head = [1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5]
    >>> row = dissected(np.array([0, 1, 3, 5, 7, 9, 11, 12]), np.array(head, dtype=np.int32),
    ...     np.column_stack([np.arange(7.0), np.zeros(7)]))
    >>> sorted(row.tolist()), int(row.argmax())
    ([0, 1, 2, 3, 4, 5, 6], 2)
    """
    n, threads = len(xy), cpu_count() or 1
    member = np.arange(n, dtype=np.int32)  # junctions; a piece is a run of them
    piece = np.zeros(n, dtype=np.int32)  # the run's beginning, of every junction in one
    rank = np.empty(n, dtype=np.int32)
    bins = np.empty(n, dtype=np.int32)
    side = np.full(n, -1, dtype=np.int32)
    one, two = np.empty((2, n), dtype=np.int32), np.empty((2, 2 * n), dtype=np.int32)
    laid = (one[0], one[1], two[0], two[1])
    streets, state = (start, head, xy), (member, piece, rank, bins, side, laid)
    pieces = _cut(streets, state, 0, n, max(n // (4 * threads), SMALL))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda ends: _cut(streets, state, ends[0], ends[1], SMALL), pieces))
    return rank


State = tuple[Numbers, Numbers, Numbers, Numbers, Numbers, Laid]


@njit(cache=True, nogil=True)
def _cut(
    streets: tuple[Ints, Numbers, Floats], state: State, begin: int, end: int, small: int
) -> list[tuple[int, int]]:
    """Cut a piece until all its pieces are small, and return these; rank what parts them."""
    member, piece, rank, bins, side, laid = state
    rows = np.empty(end - begin, dtype=np.int32)
    todo, done = [(begin, end)], [(begin, begin)]
    while todo:
        begin, end = todo.pop()
        run = member[begin:end]
        if end - begin <= small:
            done.append((begin, end))
            for i in range(begin, end):
                rank[member[i]] = i
            continue
        if end - begin <= LARGE:
            where = by_flow(run, streets, (bins, side, laid))
        else:
            where = by_line(run, begin, streets, (piece, bins))
        left, right = _sorted(run, where, rows)
        # Those that part the two halves stay at the run's end, and are never cut.
        for i in range(begin + left + right, end):
            rank[member[i]] = i
            piece[member[i]] = -1
        for i in range(begin + left, begin + left + right):
            piece[member[i]] = begin + left
        todo.append((begin, begin + left))
        todo.append((begin + left, begin + left + right))
    return done


@njit(cache=True, nogil=True)
def _sorted(run: Numbers, where: Numbers, rows: Numbers) -> tuple[int, int]:
    """Sort a run, in place: left half, right half, what parts them; return both sizes."""
    sizes = np.zeros(3, dtype=np.int64)
    for part in where:
        sizes[part] += 1
    to = np.array([0, sizes[0], sizes[0] + sizes[1]])
    for k in range(len(run)):
        rows[to[where[k]]] = run[k]
        to[where[k]] += 1
    run[:] = rows[: len(run)]
    return sizes[0], sizes[1]
