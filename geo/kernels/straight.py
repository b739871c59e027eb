# ruff: noqa: C901 - a call costs more than the few steps it would take out of a loop
"""Sides of a piece of network, and the first ways laid between them."""

from __future__ import annotations

from numba import njit

from geo.kernels.elimination import Numbers
from geo.paths.network import Ints

FREE, END = -1, -2
"""A junction that no way passes; and where a way begins or ends."""

LEFT, MIDDLE, RIGHT = 0, 1, 2

UNSEEN, USED = -1, -2
"""Instead of how many steps a door is from the left: nobody came; or nothing is behind it."""

Near = tuple[Ints, Numbers]
Laid = tuple[Numbers, Numbers, Numbers, Numbers]
"""
Of each junction, the one before it and the one after it on the way through it, and which
street to try next; of its two doors, in and out, how many steps they are from the left.
"""


@njit(cache=True, nogil=True)
def lay_straight(
    run: Numbers, side: Numbers, near: Near, laid: Laid, along: Numbers, way: Numbers
) -> int:
    """Lay ways that lead onwards as they can, each past the others: most are found so."""
    before, after, seen, _ = laid
    start, head = near
    for u in run:
        seen[u] = 0
    ways = 0
    for first in run:
        if side[first] != LEFT:
            continue
        way[0], length = first, 1
        while length and side[way[length - 1]] != RIGHT:
            u, onward = way[length - 1], -1
            for i in range(start[u], start[u + 1]):
                w = head[i]
                if side[w] > LEFT and not seen[w] and (onward < 0 or along[w] > along[onward]):
                    onward = w
            if onward < 0:
                length -= 1
            else:
                seen[onward] = 1
                way[length] = onward
                length += 1
        if length:
            ways += 1
            before[first], after[way[length - 1]] = END, END
            for i in range(length - 1):
                after[way[i]], before[way[i + 1]] = way[i + 1], way[i]
    return ways
