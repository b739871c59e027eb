"""Straight lines across a piece of land: who sees whom, past corners and holes."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from geo.paths.network import Floats, Ints

SLACK_M = 0.5
"""How far a straight line may leave the land: outlines are drawn by hand."""

MOST_SPOTS = 80
"""Above so many, only every second spot on the outline is crossed from, or every third …"""

DETOUR = 1.005
"""A line is left out where two shorter ones lead to the same spot, this much longer at most."""

ROUNDING = 1e-6

Flags = NDArray[np.bool_]


def lines_of_sight(land: Polygon, begins: Flags) -> list[tuple[int, int]]:
    """
    Return the straight lines on which a piece of land is crossed.

    They run between corners at which somebody comes onto it, as far as these see
    each other, and by the corners round which they do not. Together with the outline
    they give the shortest ways across, up to `DETOUR`. The number of lines grows with
    the square of the number of corners, so above `MOST_SPOTS` some are left out: from
    those one walks along the outline to the next.

    Parameters
    ----------
    land
        In metres; it may have holes.
    begins
        For every coordinate of its rings, outer ring first, each closed: whether a way
        begins there.

    Returns
    -------
    lines
        Pairs of numbers of coordinates, the lower one first.

    Examples
    --------
    A square of 30 m with ways at two opposite corners is crossed by one line; one with
    a fountain in the middle, past a corner of the fountain on either side.

    >>> ways = np.array([True, False, True, False, True])
    >>> lines_of_sight(shapely.box(0, 0, 30, 30), ways)
    [(0, 2)]
    >>> round_it = shapely.box(0, 0, 30, 30).difference(shapely.box(10, 10, 20, 20))
    >>> past = lines_of_sight(round_it, np.concatenate([ways, np.zeros(5, dtype=bool)]))
    >>> len([line for line in past if min(line) < 5])  # the others run along the fountain
    4
    """
    xy = shapely.get_coordinates(land)
    _, first = np.unique(xy, axis=0, return_index=True)  # a ring ends where it began
    bends, before, after = _bends(land, xy)
    distinct = np.isin(np.arange(len(xy)), first)
    spots = _thinned(np.flatnonzero(distinct & (begins | bends)))
    a, b = (spots[n] for n in np.triu_indices(len(spots), 1))
    useful = [
        begins[end] | _tangent(xy, end, other, (before, after))
        for end, other in ((a, b), (b, a))
    ]
    a, b = a[useful[0] & useful[1]], b[useful[0] & useful[1]]
    wide = land.buffer(SLACK_M, join_style="mitre")
    shapely.prepare(wide)
    seen = shapely.covers(wide, shapely.linestrings(np.stack([xy[a], xy[b]], axis=1)))
    return _needed(xy, spots, a[seen], b[seen])


def _thinned(spots: Ints) -> Ints:
    return spots[:: max(1, math.ceil(len(spots) / MOST_SPOTS))]


def _bends(land: Polygon, xy: Floats) -> tuple[Flags, Floats, Floats]:
    """
    Tell which coordinates are corners that stand in the way: they point into the land.

    And return where the outline, drawn more plainly, comes from and goes to at each.
    """
    row = {spot: n for n, spot in enumerate(map(tuple, xy.tolist()))}
    bends, before, after = np.zeros(len(xy), dtype=bool), xy.copy(), xy.copy()
    plain = shapely.orient_polygons(shapely.simplify(land, SLACK_M / 2))
    for ring in shapely.get_rings(plain):
        corner = shapely.get_coordinates(ring)[:-1]
        at = [row[spot] for spot in map(tuple, corner.tolist())]
        before[at], after[at] = np.roll(corner, 1, axis=0), np.roll(corner, -1, axis=0)
        bends[at] = _cross(corner - before[at], after[at] - corner) < 0
    # A ring is closed with its first corner once more: that one stands for both.
    for n, spot in enumerate(map(tuple, xy.tolist())):
        bends[n], before[n], after[n] = bends[row[spot]], before[row[spot]], after[row[spot]]
    return bends, before, after


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _tangent(xy: Floats, corner: Ints, other: Ints, sides: tuple[Floats, Floats]) -> Flags:
    """Tell whether a line grazes a corner, as every shortest way does that bends there."""
    along = xy[corner] - xy[other]
    left, right = (_cross(along, side[corner] - xy[corner]) for side in sides)
    return np.asarray(left * right >= -ROUNDING)


def _needed(xy: Floats, spots: Ints, a: Ints, b: Ints) -> list[tuple[int, int]]:
    """Leave out lines that two shorter ones replace."""
    order = np.argsort(np.hypot(*(xy[a] - xy[b]).T), kind="stable")
    row = np.full(len(xy), -1)
    row[spots] = np.arange(len(spots))
    length_m = np.full((len(spots), len(spots)), np.inf)
    kept = []
    for i, j in zip(a[order].tolist(), b[order].tolist(), strict=True):
        m, n = row[i], row[j]
        straight = float(np.hypot(*(xy[i] - xy[j])))
        if (length_m[m] + length_m[n]).min(initial=np.inf) > DETOUR * straight:
            length_m[m, n] = length_m[n, m] = straight
            kept.append((i, j))
    return sorted(kept)
