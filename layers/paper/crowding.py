"""Where signs stand on paper so that none hides another: pushed aside, or gathered."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from layers.paper.frame import PIXEL_MM

APART = 0.95
"""How far apart signs stand, as a share of their size: their shapes do not fill their box."""
TOUCHING = 0.75
"""Signs that are closer than this after all are gathered."""
PUSHES, PUSH = 40, 0.3
"""How often signs push each other, and by what share of what is missing."""
GOLDEN = 2.4
"""The golden angle: signs of one spot part in all directions."""
FULL = 0.5
"""Share of the map that signs may fill and still be pushed: beyond, it is vain and slow."""
CROWD = 4
"""Signs in a square of half their size; more are gathered at once."""
DISCS_PX = ((10, 28), (100, 34), (np.inf, 42))
"""Below how many places a disc has which diameter, as on the web map."""

Points = NDArray[np.float64]


def disc(count: int) -> float:
    """
    Return the diameter of a disc for so many places, in millimetres.

    Examples
    --------
    >>> [round(disc(n), 1) for n in (2, 10, 100)]
    [3.7, 4.5, 5.6]
    """
    return next(px for below, px in DISCS_PX if count < below) * PIXEL_MM


def spread(xy: Points, size: float, box: Points) -> tuple[Points, NDArray[np.intp]]:
    """
    Return where signs of a size go, and which of them go together.

    Each is pushed by at most half its size, and not over the edge; none is where signs would
    fill more than half of the map. What is closer to another
    than three quarters of its size even so is gathered, the closest first, in the middle of
    the spots it stands for.

    Parameters
    ----------
    xy
        Where they should be, in millimetres from the upper left corner of the map.
    size
        Width and height of each.
    box
        Width and height of the map.

    Returns
    -------
    places, group
        Where each goes, or its disc; numbers that are equal for what goes together.

    Examples
    --------
    >>> spots = np.array([[10.0, 10.0], [12.0, 10.0], [30.0, 10.0]])
    >>> places, group = spread(spots, 4.0, np.array([50.0, 50.0]))
    >>> len(set(group.tolist())), places[2].round(2).tolist()
    (3, [30.0, 9.99])
    """
    group = _crowds(xy, size)
    first = np.unique(group)
    at = _within(xy, size, box)
    if len(first) * size**2 < FULL * box.prod():
        at[first] = _pushed(xy[first], size, box)
    return _gathered(xy, at, group, size, box)


def _crowds(xy: Points, size: float) -> NDArray[np.intp]:
    """Return together what no push could part: more than a few in half of a sign's width."""
    square = np.floor(xy / (size / 2)).astype(np.int64)
    _, first, of, many = np.unique(
        square, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    of = of.ravel()
    return np.where(many[of] > CROWD, first[of], np.arange(len(xy)))


def _pushed(xy: Points, size: float, box: Points) -> Points:
    """Return signs after they have pushed each other, a little in each turn."""
    turns = np.arange(len(xy)) * GOLDEN
    at = _within(xy + 0.01 * np.column_stack([np.cos(turns), np.sin(turns)]), size, box)
    for _ in range(PUSHES):
        one, other = _near(at, APART * size).T
        if not len(one):
            break
        way = at[one] - at[other]
        far = np.maximum(np.hypot(*way.T), 1e-9)[:, np.newaxis]
        push = way / far * (APART * size - far) * PUSH
        moved = at.copy()
        np.add.at(moved, one, push)
        np.add.at(moved, other, -push)
        off = moved - xy
        length = np.maximum(np.hypot(*off.T), 1e-9)[:, np.newaxis]
        at = _within(xy + off * np.minimum(1, size / 2 / length), size, box)
    return at


def _within(at: Points, size: float, box: Points) -> Points:
    """Return middles of marks moved so that no mark is cut off by the edge of the map."""
    inside: Points = np.clip(at, np.minimum(size, box) / 2, box - np.minimum(size, box) / 2)
    return inside


def _gathered(
    xy: Points, at: Points, group: NDArray[np.intp], size: float, box: Points
) -> tuple[Points, NDArray[np.intp]]:
    """Join what stands too close, the closest first, until nothing does."""
    into, places = group.copy(), at.copy()
    count = np.bincount(group, minlength=len(xy))
    total = np.zeros_like(xy)
    np.add.at(total, group, xy)
    joined = np.flatnonzero(count > 1).tolist()
    while True:
        for one in joined:
            places[one] = _within(total[one] / count[one], disc(count[one]), box)
        alive = np.flatnonzero(count)
        pairs = alive[_too_close(places[alive], count[alive], size)]
        if not len(pairs):
            return places[into], into
        joined = _joined(pairs, into, count, total)


def _joined(
    pairs: NDArray[np.intp], into: NDArray[np.intp], count: NDArray[np.intp], total: Points
) -> list[int]:
    """Join pairs, each mark at most once, and return which marks have grown."""
    taken: set[int] = set()
    goes = np.arange(len(into))
    for one, other in pairs.tolist():
        if one not in taken and other not in taken:
            taken |= {one, other}
            goes[other] = one
            count[one], count[other] = count[one] + count[other], 0
            total[one] += total[other]
    into[:] = goes[into]
    return [one for one in taken if count[one]]


def _too_close(places: Points, count: NDArray[np.intp], size: float) -> NDArray[np.intp]:
    """Return pairs of marks that are in each other's way, the closest first."""
    sizes = np.where(count == 1, size, [disc(n) for n in count])
    pairs = _near(places, sizes.max(initial=0))
    far = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    signs = (count[pairs] == 1).all(axis=1)
    need = np.where(signs, TOUCHING, 1) * sizes[pairs].mean(axis=1)
    close = pairs[far < need]
    ordered: NDArray[np.intp] = close[np.argsort(far[far < need], kind="stable")]
    return ordered


def _near(places: Points, reach: float) -> NDArray[np.intp]:
    """Return the pairs of places that are at most so far from each other."""
    if not len(places):
        return np.empty((0, 2), dtype=np.intp)
    pairs: NDArray[np.intp] = cKDTree(places).query_pairs(reach, output_type="ndarray")
    return pairs
