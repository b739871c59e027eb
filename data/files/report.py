"""What was read of a file, and row by row what was not understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from data.text import plain
from geo.errors import Message

COLUMNS = ("row", "column", "value", "used", "reason")
MANY_ROWS = 5
"""So many row numbers stand in a sentence; the table has them all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing in a file that was not understood.

    Parameters
    ----------
    row
        As the file shows it: the line of a sheet, whose header has the first; or the
        number of a feature, from 1. 0 for the file as a whole.
    column
        As the file calls it, or `""`.
    value
        What stood there, plain and bounded.
    reason
        Why, in words.
    used
        Whether the row was used all the same.
    """

    row: int
    column: str
    value: str
    reason: Message
    used: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "column", plain(self.column))
        object.__setattr__(self, "value", plain(self.value))


@dataclass(frozen=True, slots=True)
class Report:
    """
    How much of a file was read.

    Parameters
    ----------
    file
        Its name, as shown.
    read, used
        Rows in it, and rows that ended up in the area.
    faults
        In the order of rows.
    notes
        What holds for the whole file.

    Examples
    --------
    >>> odd = Fault(7, "lat", "north", Message("This is no number."))
    >>> report = Report("skoler.csv", read=20, used=19, faults=(odd,))
    >>> [str(sentence) for sentence in report.summary()]
    ['19 of 20 rows of skoler.csv were used.', 'Row 7: This is no number.']
    """

    file: str
    read: int
    used: int
    faults: tuple[Fault, ...] = ()
    notes: tuple[Message, ...] = ()

    def summary(self) -> tuple[Message, ...]:
        """Return what there is to say, like faults together."""
        used = Message(
            "{used} of {read} rows of {file} were used.",
            {"used": self.used, "read": self.read, "file": self.file},
        )
        groups: defaultdict[str, list[Fault]] = defaultdict(list)
        for fault in self.faults:
            groups[str(fault.reason)].append(fault)
        return (used, *self.notes, *(_together(faults) for faults in groups.values()))

    def table(self, say: Callable[[Message], str] = str) -> pd.DataFrame:
        """
        Return the faults as a table, to be saved and worked through.

        Its texts are the file's own: whoever writes them into a spreadsheet has to see
        to it that none is taken for a formula, as `layers.formats.text.safe` does.
        """
        rows = [(f.row, f.column, f.value, f.used, say(f.reason)) for f in self.faults]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def unread(faults: Iterable[Fault]) -> set[int]:
    """
    Return the numbers of rows that could not be used.

    Examples
    --------
    >>> unread([Fault(3, "", "", Message("-")), Fault(4, "", "", Message("-"), used=True)])
    {3}
    """
    return {fault.row for fault in faults if not fault.used}


def _together(faults: list[Fault]) -> Message:
    rows = list(dict.fromkeys(fault.row for fault in faults))
    reason = faults[0].reason
    if rows == [0]:
        return reason
    named = ", ".join(map(str, rows[:MANY_ROWS]))
    if len(rows) == 1:
        return Message("Row {rows}: {reason}", {"rows": named, "reason": reason})
    if len(rows) <= MANY_ROWS:
        return Message("Rows {rows}: {reason}", {"rows": named, "reason": reason})
    return Message(
        "{n} rows, the first of them {rows}: {reason}",
        {"n": len(rows), "rows": named, "reason": reason},
    )
