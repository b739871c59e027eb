"""A table as a file holds it: every cell as text, rows numbered as its reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS

from data.files.limits import check_size
from data.files.report import Fault
from data.text import plain
from geo.errors import SourceError

Rows = NDArray[np.int64]
Shapes = NDArray[np.object_]

WHOLE = 2.0**53
"""Up to here a 64-bit decimal holds every whole number."""


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """
    One table of a file.

    Parameters
    ----------
    file
        Name as shown.
    layer, layers
        Which of its layers or sheets this is, and all it has.
    cells
        Text, `""` where there is nothing; columns have different names.
    rows
        Number of each row, as the reader of the file sees it.
    shapes
        A geometry or `None` for each row; or `None` if the file has none at all.
    crs
        As declared, or `None`.
    encoding, separator
        As guessed, `""` where a file tells or has none.
    faults
        Rows that are not as wide as the header.
    """

    file: str
    cells: pd.DataFrame
    rows: Rows
    layer: str = ""
    layers: tuple[str, ...] = ()
    shapes: Shapes | None = None
    crs: CRS | None = None
    encoding: str = ""
    separator: str = ""
    faults: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def take(self, keep: NDArray[np.bool_]) -> Raw:
        """Return the table with only the rows that are marked."""
        return replace(
            self,
            cells=self.cells[keep].reset_index(drop=True),
            rows=self.rows[keep],
            shapes=None if self.shapes is None else self.shapes[keep],
        )

    def column(self, name: str) -> pd.Series[str]:
        """
        Return one column.

        Raises
        ------
        SourceError
            If there is none of that name: files change from year to year.
        """
        if name not in self.cells.columns:
            raise SourceError(
                "{file} has no column {column}, which its recipe names."
                " It has {known}. Choose the columns again.",
                file=self.file,
                column=plain(name),
                known=", ".join(map(plain, self.cells.columns[:20])),
            )
        return self.cells[name]


def filled(raw: Raw) -> Raw:
    """
    Return `raw` if it has rows.

    Raises
    ------
    SourceError
        If it has none, or too many.
    """
    if not len(raw):
        raise SourceError("{file} has no rows.", file=raw.file)
    check_size(len(raw), len(raw.cells.columns), raw.file)
    return raw


def named(names: Iterable[object]) -> list[str]:
    r"""
    Return names of columns, each different from all others.

    Examples
    --------
    >>> named(["navn", "", " navn\u202e ", None])
    ['navn', 'column 2', 'navn (2)', 'column 4']
    """
    taken: set[str] = set()
    found = []
    for at, told in enumerate(names, 1):
        first = name = plain("" if told is None else str(told)) or f"column {at}"
        again = 1
        while name in taken:
            again += 1
            name = f"{first} ({again})"
        taken.add(name)
        found.append(name)
    return found


def texts(values: NDArray[np.generic]) -> list[str]:
    """
    Return typed values as text: whole numbers without decimals, nothing as `""`.

    Examples
    --------
    >>> texts(np.array([22637506642000.0, 0.25, np.nan]))
    ['22637506642000', '0.25', '']
    >>> texts(np.array([1, "a", None], dtype=object))
    ['1', 'a', '']
    """
    if values.dtype.kind == "M":
        return ["" if np.isnat(value) else str(value) for value in values]
    return [text_of(value) for value in values.tolist()]


def text_of(value: object) -> str:
    """
    Return one typed value as text.

    Examples
    --------
    >>> text_of(881503972.0), text_of(1e300), text_of(True), text_of(b"abc")
    ('881503972', '1e+300', 'true', '')
    """
    if value is None or isinstance(value, bytes | bytearray | memoryview):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - not a number
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < WHOLE else repr(value)
    return str(value)
