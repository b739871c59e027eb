"""Text files with one row per line: separated by semicolons, commas, tabs or bars."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from data.files.encodings import decoded
from data.files.limits import LONGEST_CELL, check_size, shown
from data.files.raw import Raw
from data.files.tabulating import tabulated
from geo.errors import SourceError

SEPARATORS = ";\t,|"
SAMPLE_LINES, SAMPLE = 200, 400_000

csv.field_size_limit(LONGEST_CELL)  # the module has one limit for all, and no other way


def delimited(data: bytes, name: str, *, encoding: str = "", separator: str = "") -> Raw:
    r"""
    Return the table of a text file.

    Parameters
    ----------
    data, name
        The file.
    encoding, separator
        As remembered; `""` to guess.

    Raises
    ------
    SourceError
        If it is no text, has no rows, or has a cell that never ends.

    Examples
    --------
    >>> raw = delimited("navn;tall\nBodø;3,5\n".encode("cp1252"), "a.csv")
    >>> raw.cells.to_dict("records"), raw.encoding, raw.separator
    ([{'navn': 'Bodø', 'tall': '3,5'}], 'cp1252', ';')
    """
    text, written = decoded(data, name, encoding)
    check_size(text.count("\n") - 1, 1, name)  # what is far too long is not even taken apart
    mark = separator or separator_of(text)
    raw = tabulated(_lines(text, mark, name), name)
    return replace(raw, encoding=written, separator=mark)


def separator_of(text: str) -> str:
    r"""
    Guess what parts the cells: what gives most rows the same number of cells, above one.

    Examples
    --------
    >>> separator_of("a;b\n1,5;2,5\n3;4"), separator_of('a,b\n"x;y;z",2'), separator_of("a\n1")
    (';', ',', ';')
    """
    return max(SEPARATORS, key=lambda mark: _regular(text[:SAMPLE], mark))


def _regular(text: str, mark: str) -> tuple[float, int]:
    """Return the share of rows that have as many cells as most rows, and that number."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        wide = [len(line) for line in islice(lines, SAMPLE_LINES) if line]
    except csv.Error:
        return 0.0, 0
    cells, times = max(Counter(wide).items(), key=lambda one: (one[1], one[0]), default=(1, 0))
    return (times / len(wide), cells) if cells > 1 else (0.0, 0)


def _lines(text: str, mark: str, name: str) -> Iterator[list[str]]:
    # So only \n, \r and both together end a line: splitlines() knows signs within cells too.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        yield from reader
    except csv.Error as error:
        raise SourceError(
            "{file}, line {line}: a cell does not end. Look for a lone quotation mark.",
            file=shown(name),
            line=reader.line_num,
        ) from error
