"""Cells of a town in which people are added up, and the walk in the middle of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

CELL_M = 250.0
"""Side of the cells: the size that statistics are published in."""

SUMS = 1e-9
"""Of the people of a cell: so far sums may be off."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """
    Which points lie in which square cell.

    Parameters
    ----------
    corner
        Column and row of each cell, counted from the origin of the CRS; sorted.
    of
        By point: row of its cell in `corner`.

    Examples
    --------
    >>> found = cells_of(np.array([[10.0, 10.0], [600.0, 10.0], [20.0, 20.0]]))
    >>> found.of.tolist(), [shape.bounds for shape in found.shapes()]
    ([0, 1, 0], [(0.0, 0.0, 250.0, 250.0), (500.0, 0.0, 750.0, 250.0)])
    """

    corner: Floats
    of: NDArray[np.intp]

    def total(self, amount: Floats) -> Floats:
        """Return by cell the sum of an amount that each point has."""
        return np.bincount(self.of, amount, minlength=len(self.corner)).astype(float)

    def middle(self, walks: Floats, weight: Floats) -> Floats:
        """
        Return by cell the walk of the middle one of its people.

        Points stand in the order of their walk: known minutes, then unknown ones, then no
        way. The middle walk is that of the first point with which half of the weight is
        counted (the lower weighted median).

        Examples
        --------
        >>> one = cells_of(np.zeros((3, 2)))
        >>> walks = np.array([np.inf, 4.0, np.nan])
        >>> one.middle(walks, np.array([3.0, 6.0, 2.0]))
        array([4.])
        >>> one.middle(walks, np.array([3.0, 5.0, 3.0]))
        array([nan])
        """
        last = np.select([np.isnan(walks), np.isinf(walks)], [1, 2], 0)
        row = np.lexsort((walks, last, self.of))
        cell = self.of[row]
        # Each cell from nought: sums of a whole town would blur who is the middle one.
        so_far = pd.Series(weight[row]).groupby(cell).cumsum().to_numpy()
        counted = np.flatnonzero(so_far >= (self.total(weight) * (0.5 - SUMS))[cell])
        first = np.searchsorted(cell, np.arange(len(self.corner)))
        found: Floats = walks[row][counted[np.searchsorted(counted, first)]]
        return found

    def shapes(self) -> NDArray[np.object_]:
        """Return the cells as squares."""
        west, south = self.corner.T * CELL_M
        found: NDArray[np.object_] = shapely.box(west, south, west + CELL_M, south + CELL_M)
        return found


def cells_of(points: Floats) -> Cells:
    """Return the cells that points lie in; `points`: a row of metres for each."""
    corner = np.floor(points / CELL_M)
    if not len(corner):
        return Cells(corner, np.empty(0, dtype=np.intp))
    # One number per cell, in the order of columns and rows: ten times as fast as pairs.
    column, row = (corner - corner.min(axis=0)).T
    number = column * (row.max() + 1) + row
    _, first, of = np.unique(number, return_index=True, return_inverse=True)
    return Cells(corner[first], of)
