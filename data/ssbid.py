"""The numbers of Statistics Norway's grid cells: a corner of a square, in fourteen digits."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.errors import SourceError

Ints = NDArray[np.int64]

CRS = "EPSG:25833"
"""Of the grid, all over Norway: ETRS89 / UTM zone 33N."""

SIDE_M = 250
DIGITS = 14
EAST_M, SHIFT = 2_000_000, 10_000_000
"""A number is (EAST_M + x) * SHIFT + y; the two millions keep the west coast positive."""

REACH_M = (-200_000, 6_400_000, 1_200_000, 9_000_000)
"""West, south, east, north of Norway with Svalbard: a number from elsewhere was rounded."""


def ssbid(x_m: ArrayLike, y_m: ArrayLike, *, side_m: int = SIDE_M) -> Ints:
    """
    Return the number of the cell in which each point lies.

    A point on an edge belongs to the cell east and north of it. The formula is
    that of Statistics Norway's own library ssb-sgis (`make_ssb_grid`).

    Parameters
    ----------
    x_m, y_m
        East and north in EPSG:25833; finite.
    side_m
        Side of a cell: 250, 1000 or 5000.

    Examples
    --------
    >>> ssbid([108_000.0, 108_249.9, -0.1], [6_729_000.0, 6_729_249.9, 6_729_250.0]).tolist()
    [21080006729000, 21080006729000, 19997506729250]
    """
    # floor, not truncation: west of x = 0 they differ, and int64 holds all fourteen digits
    west = np.floor_divide(np.asarray(x_m, dtype=float), side_m).astype(np.int64) * side_m
    south = np.floor_divide(np.asarray(y_m, dtype=float), side_m).astype(np.int64) * side_m
    numbers: Ints = (EAST_M + west) * SHIFT + south
    return numbers


def cell(number: object, *, side_m: int = SIDE_M) -> tuple[int, int, int, int]:
    """
    Return west, south, east and north of one cell: metres in EPSG:25833.

    Raises
    ------
    SourceError
        As `whole`.

    Examples
    --------
    >>> cell(21080006729000)
    (108000, 6729000, 108250, 6729250)
    >>> cell("19997506729250.0", side_m=250)
    (-250, 6729250, 0, 6729500)
    """
    one = int(whole([number], side_m=side_m)[0])
    west, south = one // SHIFT - EAST_M, one % SHIFT
    return west, south, west + side_m, south + side_m


def cells_of(numbers: Iterable[object], *, side_m: int = SIDE_M) -> gpd.GeoSeries:
    """
    Return the square of each cell in EPSG:25833, on the index of `numbers` if it has one.

    Raises
    ------
    SourceError
        As `whole`.

    Examples
    --------
    >>> cells_of(["21080006729000"]).total_bounds.tolist()
    [108000.0, 6729000.0, 108250.0, 6729250.0]
    """
    index = numbers.index if isinstance(numbers, pd.Series) else None
    exact = whole(numbers, side_m=side_m)
    west, south = exact // SHIFT - EAST_M, exact % SHIFT
    squares = shapely.box(west, south, west + side_m, south + side_m)
    return gpd.GeoSeries(squares, index=index, crs=CRS)


def whole(numbers: Iterable[object], *, side_m: int = SIDE_M) -> Ints:
    """
    Return cell numbers as whole numbers, once it is sure that none was rounded.

    Spreadsheets show `2.108E+13`, and a 32-bit decimal is a million off: such a
    number names another cell, mostly one that looks right. So each has to have all
    its digits, lie on the grid, and lie in Norway.

    Parameters
    ----------
    numbers
        Whole numbers, 64-bit decimals or text, such as `"21080006729000"`.
    side_m
        Side of the cells.

    Raises
    ------
    SourceError
        Naming the first that is none, and its row from 1.

    Examples
    --------
    >>> whole(["21080006729000", 21080006729250.0, 21080006729500]).tolist()
    [21080006729000, 21080006729250, 21080006729500]
    >>> whole(["2.1080007E+13"])
    Traceback (most recent call last):
    geo.errors.SourceError: Row 1: 2.1080007E+13 is not the whole number of a grid cell \
of 250 m. Keep it as text of fourteen digits: spreadsheets round it.
    """
    values = list(numbers)
    exact = np.array([_exact(value) for value in values], dtype=np.int64)
    west, south = exact // SHIFT - EAST_M, exact % SHIFT
    sound = (west % side_m == 0) & (south % side_m == 0)
    sound &= (west >= REACH_M[0]) & (west < REACH_M[2])
    sound &= (south >= REACH_M[1]) & (south < REACH_M[3])
    if not sound.all():
        row = int(np.argmin(sound))
        raise SourceError(
            "Row {row}: {number} is not the whole number of a grid cell of {side_m} m."
            " Keep it as text of fourteen digits: spreadsheets round it.",
            row=row + 1,
            number=str(values[row])[:40],
            side_m=side_m,
        )
    return exact


def _exact(value: object) -> int:
    """Return a number that has all its digits, else 0, which is no cell."""
    if isinstance(value, bool | np.bool_ | np.float32 | np.float16):
        return 0
    if isinstance(value, str):
        written = value.strip().replace(",", ".")
        digits = sum(sign.isdigit() for sign in written.upper().partition("E")[0])
        if digits < DIGITS:
            return 0
    elif isinstance(value, int | float | np.integer):
        written = str(value)
    else:
        return 0
    try:
        number = Decimal(written)
    except InvalidOperation:
        return 0
    fits = number.is_finite() and number == number.to_integral_value()
    return int(number) if fits and 0 < number < 10**DIGITS else 0
