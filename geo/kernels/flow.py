"""
The fewest junctions that part one side of a piece of network from the other.

As many ways as possible are laid from one side to the other, no two through the same
junction; where no more fit, the junctions that stop them are the cut (Menger 1927, Ford
& Fulkerson 1956). That the sides are told by a direction on the map makes it an inertial
flow (Schild & Sommer 2015).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from geo.kernels.elimination import Numbers
from geo.kernels.straight import END, FREE, LEFT, RIGHT, UNSEEN, USED, Laid, Near, lay_straight


@njit(cache=True, nogil=True)
def fewest(
    run: Numbers, side: Numbers, near: Near, laid: Laid, along: Numbers, most: int
) -> int:
    """
    Lay ways from the left of a piece to its right until no more fit (Dinic 1970).

    Parameters
    ----------
    run
        The junctions of the piece.
    side
        Of every junction: `LEFT`, `MIDDLE` or `RIGHT`; below 0 if it is of another piece.
    near
        Neighbours of every junction.
    laid
        Room to work in; tells what was found.
    along
        How far each junction lies from left to right.
    most
        So many ways are too many: the search is given up.

    Returns
    -------
    fewest
        How many junctions part the sides; `most` if that or more.
    """
    before, after, turn, _ = laid
    for u in run:
        before[u] = after[u] = FREE
    doors = np.empty(2 * len(run), dtype=np.int32)
    ways = lay_straight(run, side, near, laid, along, doors)
    while _count_steps(run, side, near, laid, doors):
        for u in run:
            turn[u] = 0
        for u in run:
            if side[u] == LEFT and before[u] == FREE:
                ways += _lay(u, side, near, laid, doors)
                if ways >= most:
                    return most
    return ways


@njit(cache=True, nogil=True)
def halves(run: Numbers, side: Numbers, laid: Laid, where: Numbers) -> None:
    """Tell of each junction, when no more ways fit: 0, left; 1, right; 2, it parts them."""
    before, _, _, steps = laid
    for k in range(len(run)):
        u = run[k]
        begins = side[u] == LEFT and before[u] == END
        if steps[2 * u + 1] >= 0:
            where[k] = 0
        elif begins or steps[2 * u] >= 0:
            where[k] = 2
        else:
            where[k] = int(side[u] != LEFT)


@njit(cache=True, nogil=True)
def _count_steps(run: Numbers, side: Numbers, near: Near, laid: Laid, queue: Numbers) -> bool:
    """
    Count the steps from the left to every door; return whether the right is reached.

    One goes in at a junction and out of it if it is free, else back along the way that
    passes it; out to all neighbours, and, where one has come back along a way, on back.
    """
    before, after, _, steps = laid
    start, head = near
    end = 0
    for u in run:
        steps[2 * u] = steps[2 * u + 1] = UNSEEN
        if side[u] == LEFT and before[u] == FREE:
            steps[2 * u] = 0
            queue[end] = 2 * u
            end += 1
    begin, reached = 0, False
    while begin < end:
        door = queue[begin]
        begin += 1
        u, further = door >> 1, steps[door] + 1
        if door & 1:
            reached |= side[u] == RIGHT
            for i in range(start[u], start[u + 1]):
                w = head[i]
                if side[w] > LEFT and w != after[u] and steps[2 * w] == UNSEEN:
                    steps[2 * w] = further
                    queue[end] = 2 * w
                    end += 1
            behind = 2 * u if before[u] != FREE else -1
        else:
            behind = 2 * (u if before[u] == FREE else before[u]) + 1
        if behind >= 0 and steps[behind] == UNSEEN:
            steps[behind] = further
            queue[end] = behind
            end += 1
    return reached


@njit(cache=True, nogil=True)
def _lay(first: int, side: Numbers, near: Near, laid: Laid, way: Numbers) -> int:
    """Lay a way from a junction to the right, if there is one left; return how many: 1 or 0."""
    before, after, turn, steps = laid
    start, head = near
    way[0], length = 2 * first, 1
    while length:
        door = way[length - 1]
        u, further, onward = door >> 1, steps[door] + 1, -1
        if door & 1:
            if side[u] == RIGHT:
                _keep(way[:length], before, after, steps)
                return 1
            while onward < 0 and turn[u] < start[u + 1] - start[u]:
                w = head[start[u] + turn[u]]
                turn[u] += 1
                if side[w] > LEFT and w != after[u] and steps[2 * w] == further:
                    onward = 2 * w
            behind = 2 * u if before[u] != FREE else -1
        else:
            behind = 2 * (u if before[u] == FREE else before[u]) + 1
        if onward < 0 <= behind and steps[behind] == further:
            onward = behind
        if onward < 0:
            steps[door] = USED
            length -= 1
        else:
            way[length] = onward
            length += 1
    return 0


@njit(cache=True, nogil=True)
def _keep(way: Numbers, before: Numbers, after: Numbers, steps: Numbers) -> None:
    """Write down a way, in place; those it runs back along are laid anew."""
    before[way[0] // 2], after[way[-1] // 2] = END, END
    for i in range(len(way) - 1):
        u, w = way[i] // 2, way[i + 1] // 2
        if way[i] % 2 == 1 and u == w:  # both its doors were passed backwards: free again
            before[u] = after[u] = FREE
        elif way[i] % 2 == 1:
            after[u], before[w] = w, u
    for door in way:
        steps[door] = USED
