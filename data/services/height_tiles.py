"""Which cells a service of heights is asked for: square, aligned, and in tiles it can bear."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rasterio import Affine
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from data.raster import MAX_CELLS

CRS = "EPSG:25833"
"""The whole country in one zone: what crosses a border of zones needs no second service."""

CELLS_M = (10, 20, 50, 100)
"""The service resamples its 1 m model to the cell that is asked for; 10 m is its DTM10."""

TILE = 1000
"""Cells along a tile at most. The service takes 2000, and does not manage 3000 in time."""

NARROWEST_M = 1500
"""A narrower box is refused."""


@dataclass(frozen=True, slots=True)
class Grid:
    """
    Square cells from a north-western corner, in the metres of `CRS`.

    Parameters
    ----------
    west_m, north_m
        Whole numbers of cells, so that neighbouring areas ask for the same cells.
    cell_m
        Side of a cell.
    columns, rows
        How many there are.
    """

    west_m: int
    north_m: int
    cell_m: int
    columns: int
    rows: int

    @property
    def transform(self) -> Affine:
        """Where its cells lie."""
        return Affine(self.cell_m, 0, self.west_m, 0, -self.cell_m, self.north_m)

    def tiles(self) -> Iterator[Window]:
        """
        Yield windows of about equal size, none with more than `TILE` cells along a side.

        Examples
        --------
        >>> [(w.col_off, w.width) for w in Grid(0, 0, 10, 2001, 900).tiles()]
        [(0, 667), (667, 667), (1334, 667)]
        """
        across, down = (math.ceil(n / TILE) for n in (self.columns, self.rows))
        x = [self.columns * n // across for n in range(across + 1)]
        y = [self.rows * n // down for n in range(down + 1)]
        for top, bottom in pairwise(y):
            for left, right in pairwise(x):
                yield Window(left, top, right - left, bottom - top)

    def box(self, tile: Window) -> tuple[float, float, float, float]:
        """Return west, south, east and north of a tile."""
        west = self.west_m + tile.col_off * self.cell_m
        north = self.north_m - tile.row_off * self.cell_m
        return west, north - tile.height * self.cell_m, west + tile.width * self.cell_m, north


def grid_of(land: BaseGeometry) -> Grid:
    """
    Return the finest of `CELLS_M` that covers the box of a land in `MAX_CELLS` cells.

    Parameters
    ----------
    land
        In `CRS`. A coarser cell than the last is not asked for, however large it is.

    Examples
    --------
    >>> from shapely import box
    >>> grid_of(box(474_003, 7_463_003, 480_000, 7_470_000))
    Grid(west_m=474000, north_m=7470000, cell_m=10, columns=600, rows=700)
    >>> grid_of(box(400_000, 7_400_000, 500_000, 7_500_000)).cell_m
    20
    """
    for cell_m in CELLS_M:
        west, south = (math.floor(side / cell_m) for side in land.bounds[:2])
        east, north = (math.ceil(side / cell_m) for side in land.bounds[2:])
        least = math.ceil(NARROWEST_M / cell_m)
        columns, rows = max(east - west, least), max(north - south, least)
        if columns * rows <= MAX_CELLS:
            break
    return Grid(west * cell_m, north * cell_m, cell_m, columns, rows)
