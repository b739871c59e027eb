"""Where to cut a piece of network in two: along a line, or where fewest junctions part it."""

from __future__ import annotations

import numpy as np
from numba import njit

from geo.kernels.elimination import Numbers
from geo.kernels.flow import fewest, halves
from geo.kernels.straight import LEFT, MIDDLE, RIGHT, Laid
from geo.paths.network import Floats, Ints

BINS = 1024
"""Places along a direction at which a cut is tried."""

LEAST = 0.3
"""A half has at least this share of its piece, more or less."""

ANGLES = np.arange(4) * np.pi / 4
DIRECTIONS = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])

Streets = tuple[Ints, Numbers, Floats]
"""Neighbours of every junction, and where it lies."""


@njit(cache=True, nogil=True)
def by_flow(run: Numbers, streets: Streets, state: tuple[Numbers, Numbers, Laid]) -> Numbers:
    """Return of each junction of a run: 0 or 1, its half; 2, if it parts them."""
    start, head, xy = streets
    bins, side, laid = state
    where, best = np.zeros(len(run), dtype=np.int32), len(run)
    for way in range(len(DIRECTIONS)):
        _sides(run, xy, way, bins, side)
        ways = fewest(run, side, (start, head), laid, bins, best)
        if ways < best:
            best = ways
            halves(run, side, laid, where)
    for u in run:
        side[u] = -1
    if best == len(run):  # nothing smaller parts them
        where[:] = 2
    return where


@njit(cache=True, nogil=True)
def _sides(run: Numbers, xy: Floats, way: int, bins: Numbers, side: Numbers) -> None:
    """Tell the sides of a piece along a direction, and what lies between, in place."""
    inside = _bins(run, xy, way, bins)
    left, low = inside[0], 0
    while left < LEAST * len(run):
        low += 1
        left += inside[low]
    right, high = inside[-1], len(inside) - 1
    while right < LEAST * len(run):
        high -= 1
        right += inside[high]
    for u in run:
        side[u] = LEFT if bins[u] <= low else RIGHT if bins[u] >= high else MIDDLE


@njit(cache=True, nogil=True)
def by_line(
    run: Numbers, begin: int, streets: Streets, state: tuple[Numbers, Numbers]
) -> Numbers:
    """As `by_flow`, where few streets cross a straight line."""
    start, head, xy = streets
    piece, bins = state
    way, at = _best_line(run, begin, start, head, (xy, piece, bins))
    _bins(run, xy, way, bins)
    where = np.zeros(len(run), dtype=np.int32)
    edge = np.zeros(2, dtype=np.int64)  # junctions of each half with a street to the other
    for k in range(len(run)):
        where[k] = bins[run[k]] > at
        if _crosses(run[k], begin, at, (start, head), (piece, bins)):
            where[k] += 2
            edge[where[k] - 2] += 1
    parting = 3 if edge[1] < edge[0] else 2
    for k in range(len(run)):
        where[k] = 2 if where[k] == parting else where[k] % 2
    return where


@njit(cache=True, nogil=True)
def _bins(run: Numbers, xy: Floats, way: int, bins: Numbers) -> Ints:
    """Sort a piece roughly along a direction; return how many lie in each bin."""
    count = min(BINS, 2 * len(run))
    x, y = DIRECTIONS[way]
    along = np.empty(len(run))
    for k in range(len(run)):
        along[k] = x * xy[run[k], 0] + y * xy[run[k], 1]
    least, most = along.min(), along.max()
    scale = 0.0 if most == least else (count - 1) / (most - least)
    inside = np.zeros(count, dtype=np.int64)
    for k in range(len(run)):
        bins[run[k]] = int((along[k] - least) * scale)
        inside[bins[run[k]]] += 1
    if inside.max() > LEAST * len(run):  # crowded, or one far off: by order, not by metres
        order = np.argsort(along)
        inside[:] = 0
        for k in range(len(run)):
            bins[run[order[k]]] = k * count // len(run)
            inside[bins[run[order[k]]]] += 1
    return inside


@njit(cache=True, nogil=True)
def _best_line(
    run: Numbers, begin: int, start: Ints, head: Numbers, state: tuple[Floats, Numbers, Numbers]
) -> tuple[int, int]:
    """Return the direction, and the last bin before the cut, that cut fewest streets."""
    xy, piece, bins = state
    best, best_way, best_at = np.inf, 0, 0
    for way in range(len(DIRECTIONS)):
        inside = _bins(run, xy, way, bins)
        crossing = np.zeros(len(inside) + 1, dtype=np.int64)
        for u in run:
            for i in range(start[u], start[u + 1]):
                w = head[i]
                if piece[w] == begin and bins[w] > bins[u]:
                    crossing[bins[u]] += 1
                    crossing[bins[w]] -= 1
        left, cut = 0, 0
        for at in range(len(inside) - 1):
            left += inside[at]
            cut += crossing[at]
            smaller = min(left, len(run) - left)
            if smaller >= LEAST * len(run) and cut < best * smaller:
                best, best_way, best_at = cut / smaller, way, at
    return best_way, best_at


@njit(cache=True, nogil=True)
def _crosses(
    u: int, begin: int, at: int, near: tuple[Ints, Numbers], state: tuple[Numbers, Numbers]
) -> bool:
    """Tell whether a street leads from a junction to the other half of its piece."""
    start, head = near
    piece, bins = state
    for i in range(start[u], start[u + 1]):
        if piece[head[i]] == begin and (bins[head[i]] > at) != (bins[u] > at):
            return True
    return False
