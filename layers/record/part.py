"""A table of a file that may be anybody's: each value is checked as it is taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from geo.errors import SourceError

LONGEST = 2000
"""Characters of a text."""

NAME = re.compile(r"[\w.+-][\w.+ -]{0,79}", re.ASCII)
"""What files, libraries, sheets and columns are called: nothing that a terminal obeys."""


class Part:
    """
    A table of a record.

    Parameters
    ----------
    row
        What was read.
    file, where
        For the sentence about what is wrong: the file, and the way to this table in it.

    Raises
    ------
    SourceError
        If it is no table.

    Examples
    --------
    >>> Part({"rows": 3}, "a.toml", "sheets.homes").count("rows")
    3
    >>> Part({"rows": -3}, "a.toml", "sheets.homes").count("rows")
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml is no whole record: sheets.homes.rows.
    """

    def __init__(self, row: object, file: str, where: str) -> None:
        self.file, self.where = file, where
        if not isinstance(row, Mapping):
            raise self.wrong()
        self.row: Mapping[str, Any] = row

    def wrong(self, key: str = "") -> SourceError:
        """Return the error that an entry deserves."""
        entry = ".".join(filter(None, (self.where, key)))
        return SourceError("{file} is no whole record: {entry}.", file=self.file, entry=entry)

    def text(
        self, key: str, form: re.Pattern[str] | None = None, *, most: int = LONGEST
    ) -> str:
        """Return a text, bounded and, if told, of a certain form."""
        value = self.row.get(key)
        if not isinstance(value, str) or len(value) > most:
            raise self.wrong(key)
        if form and not form.fullmatch(value):
            raise self.wrong(key)
        return value

    def count(self, key: str) -> int:
        """Return a whole number from zero on."""
        value = self.row.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(key)
        return value

    def switch(self, key: str) -> bool:
        """Return what is on or off."""
        value = self.row.get(key)
        if not isinstance(value, bool):
            raise self.wrong(key)
        return value

    def part(self, key: str) -> Part:
        """Return a table within this one."""
        return Part(self.row.get(key), self.file, ".".join(filter(None, (self.where, key))))

    def parts(self, key: str) -> list[Part]:
        """Return the tables of a list."""
        rows = self.row.get(key)
        if not isinstance(rows, list):
            raise self.wrong(key)
        where = ".".join(filter(None, (self.where, key)))
        return [Part(row, self.file, where) for row in rows]

    def names(self) -> list[str]:
        """Return what the entries of this table are called."""
        for name in self.row:
            if not NAME.fullmatch(name):
                raise self.wrong()
        return list(self.row)
