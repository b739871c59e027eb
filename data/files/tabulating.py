"""Rows of text cells become a table: which row is the header, and which rows do not fit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from data.files.limits import LONGEST_CELL, check_size, shown
from data.files.numbers import number
from data.files.raw import Raw, filled, named
from data.files.report import Fault
from geo.errors import Message, SourceError

Line = Sequence[str]

LOOKED_AT = 40
"""Rows among which the header is looked for: titles and blank rows may stand above it."""

HALF = 0.5
STEP = 1000
"""So many rows are taken before it is looked again whether they are too many."""


def tabulated(lines: Iterable[Line], name: str) -> Raw:
    """
    Return a table from all rows of a sheet, as they stand in it.

    The header is the first row that has more than half as many filled cells as
    the fullest row near the top, and not only numbers. Empty rows are skipped, and counted:
    row numbers are those that a spreadsheet shows. A row with filled cells beyond the
    header is told of and left out, since its cells may have slipped. One that is shorter
    is read, and told of unless it ends where others do.

    Raises
    ------
    SourceError
        If there is nothing below the header, or too much of anything.

    Examples
    --------
    >>> lines = [["Schools 2026"], [], ["name", "lat"], ["Vik", "65"], ["x", "", "9"]]
    >>> raw = tabulated(lines, "a.csv")
    >>> raw.cells.to_dict("list"), raw.rows.tolist(), raw.faults[0].row
    ({'name': ['Vik'], 'lat': ['65']}, [4], 5)
    """
    kept: list[tuple[int, Line]] = []
    widest = 1
    for at, line in enumerate(lines, 1):
        if any(map(str.strip, line)):
            kept.append((at, line))
            if len(line) > widest or not len(kept) % STEP:
                widest = max(widest, len(line))
                check_size(len(kept), widest, name)
    if not kept:
        raise SourceError("{file} is empty.", file=shown(name))
    top = _header(kept)
    names = _trimmed(kept[top][1]) if top >= 0 else [""] * widest
    body, faults = [], []
    for at, line in kept[top + 1 :]:
        fault = _fault(at, line, len(names))
        faults.extend(fault)
        if not fault or fault[0].used:
            body.append((at, line))
    cells = {
        column: [line[at] if at < len(line) else "" for _, line in body]
        for at, column in enumerate(named(names))
    }
    if any(len(cell) > LONGEST_CELL for column in cells.values() for cell in column):
        raise SourceError(
            "{file} has a cell of more than {most} characters.",
            file=shown(name),
            most=LONGEST_CELL,
        )
    rows = np.array([at for at, _ in body], dtype=np.int64)
    frame = pd.DataFrame(cells, dtype=object)
    return filled(Raw(shown(name), frame, rows, faults=tuple(faults)))


def _header(kept: list[tuple[int, Line]]) -> int:
    """Return which of the rows has the names of columns; -1 for none."""
    near = [_trimmed(line) for _, line in kept[:LOOKED_AT]]
    full = [sum(bool(cell.strip()) for cell in line) for line in near]
    for at, line in enumerate(near):
        if full[at] > HALF * max(full):
            told = [cell for cell in line if cell.strip()]
            years = all(cell.strip().isdecimal() and len(cell.strip()) == 4 for cell in told)
            only_numbers = all(number(cell) is not None for cell in told)
            return -1 if at == 0 and only_numbers and not years else at
    return 0


def _trimmed(line: Line) -> Line:
    """Return a row without empty cells at its end."""
    last = len(line)
    while last and not line[last - 1].strip():
        last -= 1
    return line[:last]


def _fault(at: int, line: Line, wide: int) -> list[Fault]:
    beyond = _trimmed(line)[wide:]
    if beyond:
        reason = Message(
            "The row has {n} cells where the header has {wide}, so its cells may have slipped.",
            {"n": wide + len(beyond), "wide": wide},
        )
        return [Fault(at, "", next(filter(str.strip, beyond), ""), reason)]
    if len(line) < wide:
        reason = Message(
            "The row has {n} cells where the header has {wide}; the rest count as empty.",
            {"n": len(line), "wide": wide},
        )
        return [Fault(at, "", line[-1] if line else "", reason, used=True)]
    return []
