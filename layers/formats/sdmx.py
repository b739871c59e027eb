"""
Tables in long form for programs: one figure per row, with a code for why one is missing.

Columns are those of SDMX-CSV 2.0 (field guide of the SDMX Technical Working Group), codes
those of its list CL_OBS_STATUS. It is like SDMX and no more: no registry knows the
structure that the rows name.
"""

from __future__ import annotations

import pandas as pd

from geo.coverage import FEWEST
from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.formats.readable import LAT, LON
from layers.formats.rows import is_number
from layers.formats.text import defused
from layers.telling import no_way
from words import Speaker

NORMAL = "A"
MISSING = "O"
CANNOT_EXIST = "M"
"""Missing value; data cannot exist: of minutes where no way leads."""
SUPPRESSED = "Q"
"""Missing value; suppressed."""

WORDS = {"minutes": ("reach", "walk"), "value": ("text",)}
"""Columns of words that stand beside a number under a name of their own."""

COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "TIME_PERIOD", "ROW", "MEASURE"),
    *("OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "COMMENT_OBS"),
)


def observations(sheet: Sheet, export: Export, say: Speaker) -> pd.DataFrame:
    """
    Return every number of a table as a row of its own.

    Parameters
    ----------
    sheet
        As `readable` makes it.
    export
        Which area and day it is of.
    say
        The language of its words: by them it is known why a number is missing.

    Returns
    -------
    long
        With `COLUMNS`. `ROW` is the key of the row in the table, `MEASURE` the name of
        the column, `UNIT_MEASURE` its unit; `OBS_STATUS` is `NORMAL`, or says why
        `OBS_VALUE` is empty, and `COMMENT_OBS` says it in words. Longitude and latitude
        are no figures. Texts are no formulas. Empty if the table has no numbers.
    """
    key, keys = _keys(sheet)
    measures = [
        column
        for column in sheet.columns
        if column not in (LON, LAT, key) and is_number(sheet.table[column])
    ]
    found = [_measured(sheet, column, keys, say) for column in measures]
    if not found:
        return pd.DataFrame(columns=list(COLUMNS))
    long = pd.concat(found, ignore_index=True)
    fixed = {
        "STRUCTURE": "DATAFLOW",
        "STRUCTURE_ID": f"MOTEPLASS:{sheet.key.upper()}(1.0)",
        "ACTION": "I",
        "REF_AREA": export.area.code,
        "TIME_PERIOD": export.day,
    }
    return long.assign(**fixed)[list(COLUMNS)]


def _measured(sheet: Sheet, column: str, keys: list[str], say: Speaker) -> pd.DataFrame:
    """Return the figures of one column."""
    values = sheet.table[column]
    words = _beside(sheet, column)
    statuses = [
        _status(word, say) if gone else NORMAL
        for word, gone in zip(words, values.isna(), strict=True)
    ]
    return pd.DataFrame(
        {
            "ROW": [defused(key) for key in keys],
            "MEASURE": column.upper(),
            "OBS_VALUE": [_written(value) for value in values],
            "OBS_STATUS": statuses,
            "UNIT_MEASURE": sheet.columns[column].unit,
            "COMMENT_OBS": [defused(word) for word in words.where(values.isna(), "")],
        }
    )


def _beside(sheet: Sheet, column: str) -> pd.Series:
    """Return the words that say of a number what it is, where there is none."""
    for words in (f"{column}_text", *WORDS.get(column, ()), "note"):
        if words in sheet.columns and not is_number(sheet.table[words]):
            return sheet.table[words].fillna("").astype(str)
    return pd.Series("", index=sheet.table.index)


def _status(word: str, say: Speaker) -> str:
    """Return why there is no number, by the word beside it."""
    if word in (say("fewer than {n}", n=FEWEST), say("Too few to tell")):
        return SUPPRESSED
    none = [no_way(say, certain=certain) for certain in (False, True)]
    return CANNOT_EXIST if word in none else MISSING


def _keys(sheet: Sheet) -> tuple[str, list[str]]:
    """Return the column that tells rows apart, and what it says; else `""` and numbers."""
    first = next(iter(sheet.columns), "")
    keys = sheet.table[first] if first else pd.Series(dtype=object)
    if first and keys.is_unique and keys.notna().all() and (keys.astype(str) != "").all():
        return first, [_written(key) for key in keys]
    return "", [str(n) for n in range(1, len(sheet.table) + 1)]


def _written(value: object) -> str:
    """
    Return a number or a key as plain text, a decimal point where it has decimals.

    Examples
    --------
    >>> _written(12.0), _written(10.3), _written(float("nan")), _written("n1")
    ('12', '10.3', '', 'n1')
    """
    if isinstance(value, float):
        return "" if value != value else repr(value).removesuffix(".0")  # noqa: PLR0124
    return str(value)
