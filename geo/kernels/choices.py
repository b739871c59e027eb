"""Kernels that keep the few smallest of many: walks to the nearest places one could choose."""

from __future__ import annotations

import numpy as np
from numba import njit

from geo.kernels.elimination import FAR, Grains, Numbers
from geo.kernels.sweeps import NO_WAY, TAG_BITS, TAGS
from geo.paths.network import Floats, Ints


@njit(cache=True, nogil=True)
def spread_several(start: Ints, head: Numbers, arc: Grains, at: Grains) -> None:
    """
    Carry the nearest few sources to every rank, in place; each source once.

    Parameters
    ----------
    start, head, arc
        A weighed hierarchy.
    at
        Ranks × how many: as in `geo.kernels.sweeps.spread`, ascending in each row.

    Examples
    --------
    >>> start, head, arc = np.array([0, 1, 1]), np.array([1], dtype=np.int32), np.array([5])
    >>> at = np.full((2, 2), NO_WAY)
    >>> at[0] = (7 << TAG_BITS) + 3, (9 << TAG_BITS) + 4
    >>> at[1, 0] = (1 << TAG_BITS) + 4
    >>> spread_several(start, head, arc, at)
    >>> (at >> TAG_BITS).tolist(), (at % TAGS).tolist()
    ([[6, 7], [1, 12]], [[4, 3], [4, 3]])
    """
    n = len(at)
    for v in range(n):
        for i in range(start[v], start[v + 1]):
            _merge(at, v, head[i], arc[i])
    for v in range(n - 1, -1, -1):
        for i in range(start[v], start[v + 1]):
            _merge(at, head[i], v, arc[i])


@njit(cache=True, nogil=True)
def _merge(at: Grains, source: int, target: int, arc: int) -> None:
    if arc < FAR:
        for k in range(at.shape[1]):
            if at[source, k] >= NO_WAY:
                break
            insert(at[target], at[source, k] + (arc << TAG_BITS))


@njit(cache=True, nogil=True)
def insert(row: Grains, value: int) -> None:
    """Put a tagged way among ascending ones, in place, if it is news to them."""
    last = len(row) - 1
    if value >= row[last]:
        return
    hole = last
    for k in range(len(row)):
        if row[k] % TAGS == value % TAGS and row[k] < NO_WAY:
            if row[k] <= value:
                return
            hole = k
            break
    while hole > 0 and row[hole - 1] > value:
        row[hole] = row[hole - 1]
        hole -= 1
    row[hole] = value


@njit(cache=True, nogil=True)
def insert_all(at: Grains, row: Ints | Numbers, value: Grains) -> None:
    """Put each value into its row of `at`."""
    for i in range(len(row)):
        insert(at[row[i]], value[i])


@njit(cache=True, nogil=True)
def merged(at: Grains, low: Numbers, high: Numbers, to_low: Grains, to_high: Grains) -> Grains:
    """Return the nearest few of points between two ranks each."""
    found = np.full((len(low), at.shape[1]), NO_WAY)
    for i in range(len(low)):
        for k in range(at.shape[1]):
            if at[low[i], k] < NO_WAY:
                insert(found[i], at[low[i], k] + (to_low[i] << TAG_BITS))
            if at[high[i], k] < NO_WAY:
                insert(found[i], at[high[i], k] + (to_high[i] << TAG_BITS))
    return found


@njit(cache=True, nogil=True)
def smallest(start: Ints, minutes: Floats, count: int) -> Floats:
    """Return the `count`-th smallest of every row, keeping only so many in order."""
    rows = len(start) - 1
    found = np.full(rows, np.inf)
    least = np.empty(count)
    for row in range(rows):
        least[:] = np.inf
        for walk in range(start[row], start[row + 1]):
            at = count - 1
            if minutes[walk] >= least[at]:
                continue
            while at > 0 and least[at - 1] > minutes[walk]:
                least[at] = least[at - 1]
                at -= 1
            least[at] = minutes[walk]
        found[row] = least[count - 1]
    return found
