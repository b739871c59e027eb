"""
The kernel behind the nearest of many: one sweep up a hierarchy and one down.

Many searches share the sweeps, side by side in lanes, as an arc is read once for all
of them (PHAST, Delling, Goldberg, Nowatzyk & Werneck 2011). Nothing here knows homes
or places: nodes are ranks, ways are grains.
"""

from __future__ import annotations

from numba import njit

from geo.kernels.elimination import FAR, GRAINS_PER_M, Grains, Numbers
from geo.paths.network import Floats, Ints

LANES = 8
"""Searches that share a sweep: as many numbers as a processor fetches at a time."""

TAG_BITS = 21
"""A way carries in its lowest bits which source it comes from."""

TAGS = 1 << TAG_BITS
"""Sources that can be told apart."""

NO_WAY = FAR << TAG_BITS
"""No way from anywhere; three times as much is still a number."""


@njit(cache=True, nogil=True)
def spread(start: Ints, head: Numbers, arc: Grains, at: Grains) -> None:
    """
    Carry the nearest source to every rank, in place, in every lane.

    Grains and source are one number, so that the smaller of two ways is found
    without asking, and of two as long the one from the lower source.

    Parameters
    ----------
    start, head, arc
        A weighed hierarchy.
    at
        Ranks × `LANES`: grains to a source beside the rank `<< TAG_BITS`, plus the
        source's number; `NO_WAY` elsewhere.

    Examples
    --------
    >>> import numpy as np
    >>> start, head, arc = np.array([0, 1, 1]), np.array([1], dtype=np.int32), np.array([5])
    >>> at = np.full((2, LANES), NO_WAY)
    >>> at[0, 0] = (7 << TAG_BITS) + 3
    >>> spread(start, head, arc, at)
    >>> int(at[1, 0] >> TAG_BITS), int(at[1, 0] % TAGS)
    (12, 3)
    """
    n = len(at)
    for v in range(n):
        for i in range(start[v], start[v + 1]):
            u, more = head[i], arc[i] << TAG_BITS
            for k in range(LANES):
                at[u, k] = min(at[u, k], at[v, k] + more)
    for v in range(n - 1, -1, -1):
        for i in range(start[v], start[v + 1]):
            u, more = head[i], arc[i] << TAG_BITS
            for k in range(LANES):
                at[v, k] = min(at[v, k], at[u, k] + more)


@njit(cache=True, nogil=True)
def least(at: Grains, row: Ints | Numbers, lane: Ints, value: Grains) -> None:
    """Keep in `at[row, lane]`, in place, the least of what is there and each value."""
    for i in range(len(row)):
        at[row[i], lane[i]] = min(at[row[i], lane[i]], value[i])


@njit(cache=True, nogil=True)
def meet(
    at: Grains, low: Numbers, high: Numbers, to_low: Grains, to_high: Grains, ways: Grains
) -> None:
    """Find the shorter way from points between two ranks each, over either, in all lanes."""
    for i in range(len(low)):
        for k in range(LANES):
            ways[i, k] = min(
                at[low[i], k] + (to_low[i] << TAG_BITS),
                at[high[i], k] + (to_high[i] << TAG_BITS),
            )


@njit(cache=True, nogil=True)
def tell(
    ways: Grains, home: Ints, door: Ints, lane: int, distance_m: Floats, source: Ints
) -> None:
    """Take metres and source of a lane apart again, and write them to the rows of homes."""
    for i in range(len(home)):
        if ways[i, lane] < NO_WAY:
            distance_m[home[i]] = (ways[i, lane] >> TAG_BITS) / GRAINS_PER_M
            source[home[i]] = door[ways[i, lane] % TAGS]
