"""How high the ground lies: square cells of heights, asked at any point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """
    Heights of the ground in square cells, north up, in the area's metric CRS.

    Parameters
    ----------
    heights_m
        Metres above the sea in the middle of every cell, rows from north to south;
        `nan` where unknown, as over the sea.
    west_m, north_m
        Outer corner of the first cell.
    cell_m
        Side of a cell.

    Examples
    --------
    Two cells side by side, 10 m and 20 m high:

    >>> pair = Terrain(np.array([[10, 20]], np.float32), west_m=0.0, north_m=10.0, cell_m=10.0)
    >>> pair.at(np.array([[5.0, 5.0], [10.0, 5.0], [25.0, 5.0]]))
    array([10., 15., nan])
    """

    heights_m: NDArray[np.float32]
    west_m: float
    north_m: float
    cell_m: float

    def at(self, xy: Floats) -> Floats:
        """
        Return the height at points, bilinear between the middles of the four nearest cells.

        Parameters
        ----------
        xy
            Points in rows of east and north, in the terrain's CRS.

        Returns
        -------
        heights_m
            `nan` outside the cells. An unknown cell has no say: the known ones among
            the four share its weight, so that a quay does not slide into the sea;
            `nan` where none with any weight is known.

        Examples
        --------
        >>> coast = Terrain(np.array([[4, np.nan]], np.float32), 0.0, 10.0, cell_m=10.0)
        >>> coast.at(np.array([[5.0, 5.0], [14.0, 5.0], [15.0, 5.0]]))
        array([ 4.,  4., nan])
        """
        row = (self.north_m - xy[:, 1]) / self.cell_m - 0.5
        column = (xy[:, 0] - self.west_m) / self.cell_m - 0.5
        known = np.isfinite(self.heights_m)
        where = np.stack([row, column])
        if known.all():
            heights_m = _between(self.heights_m, where)
        else:
            weight = _between(known.astype(np.float32), where)
            total = _between(np.where(known, self.heights_m, np.float32(0)), where)
            heights_m = np.full(len(xy), np.nan)
            np.divide(total, weight, out=heights_m, where=weight > 0)
        rows, columns = self.heights_m.shape
        # Written so that a point which is itself unknown lies outside too.
        inside = (abs(row - (rows - 1) / 2) <= rows / 2) & (
            abs(column - (columns - 1) / 2) <= columns / 2
        )
        return np.where(inside, heights_m, np.nan)


def _between(cells: NDArray[np.float32], where: Floats) -> Floats:
    """Interpolate linearly; the outer half of an outer cell is as high as its middle."""
    from scipy.ndimage import map_coordinates  # noqa: PLC0415 - slow, and few areas have heights

    found: Floats = map_coordinates(cells, where, output=np.float64, order=1, mode="nearest")
    return found
