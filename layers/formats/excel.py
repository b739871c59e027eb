"""Excel: one workbook with a sheet per table, ready to be read, filtered and printed."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.formats.readable import readable
from layers.formats.rows import is_number
from layers.formats.text import cut, defused
from words import Speaker

MOST_ROWS = 1_048_576
"""Of a sheet, its heading among them."""
MOST_LETTERS = 32_767
"""Of a cell, in the two-byte units that Excel counts in."""
MOST_NAME = 31
A4 = 9
"""As Excel numbers sizes of paper."""
WIDEST, NARROWEST = 60, 8
"""Of a column, in letters."""
LOOKED_AT = 500
"""Rows that decide how wide a column is and how many decimals it shows."""

ASIDE = {"min": "0.0", "%": "0.0", "°": "0.000000"}
"""How numbers of a unit are shown; they keep all their decimals."""


def write(export: Export, folder: Path, say: Speaker) -> None:
    """
    Write one workbook: what it is about first, then tables, then map layers as rows.

    Headings have units, stay in view, filter, and stand on every printed page. Texts
    are texts: never formulas or links, and cut where a cell is full. Empty is what is
    no number; yes and no are words. Of a table longer than a sheet the last row says
    how many rows are missing.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    xlsxwriter.exceptions.XlsxWriterException
        If the file cannot be written.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(folder / f"{export.stem}.xlsx", options)
    book.set_properties(
        {
            "title": cut(export.title, 255, "utf-16-le"),
            "subject": export.area.name,
            "author": "Møteplass",
            "comments": "\n".join(one.attribution or one.name for one in export.area.sources)[
                :255
            ],
            "created": datetime.fromisoformat(export.day),
        }
    )
    names: set[str] = set()
    for sheet in readable(export, say, sourced=False):
        page = book.add_worksheet(sheet_name(sheet.name, names))
        _fill(page, sheet, _Styles(book), say)
    book.close()


class _Styles:
    """The formats of cells in one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.heading = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})

    def number(self, shown: str) -> Format:
        """Return the format of a number."""
        return self._book.add_format({"num_format": shown, "valign": "top"})


def _fill(page: Worksheet, sheet: Sheet, styles: _Styles, say: Speaker) -> None:
    """Write one table."""
    rows = min(len(sheet.table), MOST_ROWS - 1)
    missing = len(sheet.table) - rows
    rows -= missing > 0  # the last one says so
    for n, (key, column) in enumerate(sheet.columns.items()):
        values = sheet.table[key].iloc[:rows]
        page.write_string(0, n, defused(column.heading), styles.heading)
        page.set_column(n, n, _width(column.heading, values))
        if is_number(values):
            style = styles.number(_shown(key, column.unit, values))
            for at, value in enumerate(values.tolist(), 1):
                if value == value:  # noqa: PLR0124 - nan is no number
                    page.write_number(at, n, value, style)
        else:
            for at, text in enumerate(values.tolist(), 1):
                if text:
                    page.write_string(at, n, _cell(text), styles.text)
    if missing:
        told = say("{n} rows more do not fit in a sheet.", n=say.number(missing + 1))
        page.write_string(rows + 1, 0, told, styles.text)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, rows, max(len(sheet.columns) - 1, 0))


def _cell(text: str) -> str:
    return cut(defused(text), 2 * MOST_LETTERS, "utf-16-le")


def _shown(key: str, unit: str, values: pd.Series) -> str:
    """
    Return how Excel shows the numbers of a column; codes and years have no thousands.

    Examples
    --------
    >>> people, ratio = pd.Series([1200.0]), pd.Series([0.25])
    >>> _shown("people", "", people), _shown("id", "", people), _shown("gini", "", ratio)
    ('#,##0', '0', '0.00#')
    >>> _shown("minutes", "min", people)
    '0.0'
    """
    looked = values.iloc[:LOOKED_AT].dropna()
    if (looked % 1 == 0).all() and unit not in ("min", "°"):
        return "0" if re.search(r"(^|_)(id|year|code|number)$", key) else "#,##0"
    return ASIDE.get(unit, "0.00#")


def _width(heading: str, values: pd.Series) -> float:
    """Return how wide a column is: its heading may break at blanks, and texts wrap."""
    words = max(map(len, heading.split()), default=0) + 4  # beside the button of the filter
    longest = max((len(str(value)) for value in values.iloc[:LOOKED_AT]), default=0) + 1
    return float(min(max(words, longest, NARROWEST), WIDEST))


def sheet_name(name: str, taken: set[str]) -> str:
    """
    Return a name that Excel accepts and that no other sheet has; it is taken then.

    Parameters
    ----------
    name
        Any text.
    taken
        Names that are given, in small letters; the new one is added.

    Examples
    --------
    >>> taken = set()
    >>> sheet_name("Who: 10/15 [min]", taken), sheet_name("WHO  10 15  min", taken)
    ('Who 10 15 min', 'WHO 10 15 min 2')
    >>> len(sheet_name("x" * 40, taken)), sheet_name("'", taken), sheet_name("History", taken)
    (31, 'Sheet', 'History 2')
    """
    plain = re.sub(r"[\[\]:*?/\\\s\x00-\x1f]+", " ", name).strip(" '") or "Sheet"
    n, made = 1, cut(plain, 2 * MOST_NAME, "utf-16-le").rstrip(" '")
    while made.casefold() in taken | {"history"}:  # Excel keeps that one to itself
        n += 1
        made = cut(plain, 2 * (MOST_NAME - len(f" {n}")), "utf-16-le") + f" {n}"
    taken.add(made.casefold())
    return made
