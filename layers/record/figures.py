"""Figures as fingerprints: whether two tables say the same, whichever file they lie in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.export.sheet import Sheet

SIGNIFICANT = 10
"""Digits of a number that are compared: more than anybody reads, fewer than sums have noise."""

DECIMALS_M = 3
"""Decimals of metres that are compared: where a shape is, to the millimetre."""


@dataclass(frozen=True, slots=True)
class Figures:
    """
    The fingerprint of one sheet.

    Parameters
    ----------
    rows
        How many there are.
    columns
        SHA-256 of each column, in the order of the sheet; `"geometry"` for the shapes.
    """

    rows: int
    columns: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole: of its rows, and of the names and figures of its columns."""
        return hashed([self.rows, *self.columns.items()])

    def other(self, before: Figures) -> tuple[str, ...]:
        """
        Return the columns that differ, or are only in one of the two.

        Examples
        --------
        >>> now = Figures(2, {"id": "a", "minutes": "b", "kind": "c"})
        >>> now.other(Figures(2, {"id": "a", "minutes": "x", "floor": "y"}))
        ('minutes', 'kind', 'floor')
        """
        known = {**self.columns, **before.columns}
        return tuple(
            name for name in known if self.columns.get(name) != before.columns.get(name)
        )


def figures_of(sheet: Sheet) -> Figures:
    """
    Take the fingerprint of a sheet: its cells and shapes, whatever the files' names and times.

    Numbers are compared to ten significant digits, and 1 is 1.0. Shapes are compared to the
    millimetre of the sheet's own CRS, wherever a ring begins. Order of rows and columns counts;
    what columns are called for readers does not.

    Parameters
    ----------
    sheet
        As it is written.

    Returns
    -------
    figures
        The same on every system, if the figures are.

    Examples
    --------
    >>> def sheet(*minutes):
    ...     return Sheet("homes", "Homes", pd.DataFrame({"minutes": minutes}), {})
    >>> figures_of(sheet(1.0, 10.3)) == figures_of(sheet(1, 10.3 + 1e-12))
    True
    >>> figures_of(sheet(1.0, 10.3)).other(figures_of(sheet(1.0, 10.4)))
    ('minutes',)
    """
    table = sheet.table
    return Figures(
        len(table),
        {str(name): _column(table.iloc[:, n]) for n, name in enumerate(table.columns)},
    )


def hashed(value: object) -> str:
    """
    Return the SHA-256 of a value of lists, texts and numbers, written in one way only.

    Examples
    --------
    >>> hashed(["æ", 1]) == hashed(("æ", 1)), hashed(["a", "b"]) == hashed(["ab"])
    (True, False)
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _column(cells: pd.Series[Any]) -> str:
    if isinstance(cells, gpd.GeoSeries):
        return hashed(_shapes(cells.to_numpy()))
    return hashed([_cell(value) for value in cells])


def _cell(value: object) -> object:
    """Return a cell as it is compared: a text is never a number, nothing is never a text."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, Real):  # NumPy's numbers are, too
        number = float(f"{float(value):.{SIGNIFICANT}g}") + 0.0  # and no minus before zero
        return None if np.isnan(number) else number
    return str(value)


def _shapes(shapes: NDArray[np.object_]) -> list[str | None]:
    """Return shapes as hexadecimal WKB, each with its rings and parts in one order."""
    rounded = shapely.transform(
        shapes,
        lambda xy: np.round(xy, DECIMALS_M) + 0.0,
        include_z=bool(shapely.has_z(shapes).any()),
    )
    told: list[str | None] = shapely.to_wkb(
        shapely.normalize(rounded), hex=True, byte_order=1
    ).tolist()
    return told
