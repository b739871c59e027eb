"""Numbers and identifiers out of text, as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from math import isfinite, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.text import plain

UNKNOWN = frozenset(
    ("", ".", "..", "...", ":", "-", "–", "*", "**", "nan", "na", "n/a", "#n/a", "null", "none")
)
"""
What stands where a number is not known, or not shown.

Statistics Norway writes `-` for nothing and `:` for what is confidential; others write
`-` for both. What may be unknown is not taken for 0.
"""

BLANKS = re.compile(r"[\s'’]")
GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:[\s'’][0-9]{3})+(?:[.,][0-9]+)?")
FEWER = re.compile(r"(?:<|under |færre enn |fewer than )\s*[0-9]+", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
THOUSANDS = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
}
LONGEST = 60


def number(text: str, decimal: str = ".") -> float | None:
    """
    Return the number that a cell holds; `nan` if it says unknown, `None` if it is no number.

    Parameters
    ----------
    text
        The cell. A per cent sign after it is left out: see the recipe's unit.
    decimal
        `"."` or `","`; the other one then parts thousands. What can only be read with
        the other one is read so.

    Examples
    --------
    >>> number("1 234,5", ","), number("1.234", ","), number("59.9195", ","), number("12 %")
    (1234.5, 1234.0, 59.9195, 12.0)
    >>> number(":"), number("<5"), number("=1+1"), number("inf"), number("1;2")
    (nan, nan, None, None, None)
    """
    if len(text) > LONGEST:
        return None
    told = text.strip().replace("\u2212", "-").removesuffix("%").rstrip()
    if told.casefold() in UNKNOWN or FEWER.fullmatch(told):
        return nan
    if GROUPS.fullmatch(told):
        told = BLANKS.sub("", told)
    other = "," if decimal == "." else "."
    if THOUSANDS[decimal].fullmatch(told):
        told = told.replace(other, "")
    told = told.replace(",", ".")
    if not NUMBER.fullmatch(told):
        return None
    value = float(told)
    return value if isfinite(value) else None


def numbers(
    column: pd.Series[str], decimal: str = "."
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """
    Return a column as numbers, `nan` where there is none, and where it was understood.

    Examples
    --------
    >>> values, understood = numbers(pd.Series(["3,5", "", "x3"]), ",")
    >>> values.tolist(), understood.tolist()
    ([3.5, nan, nan], [True, True, False])
    """
    read = {text: number(text, decimal) for text in column.unique()}
    found = [read[text] for text in column]
    values = np.array([nan if one is None else one for one in found], dtype=float)
    return values, np.array([one is not None for one in found], dtype=bool)


def identifier(text: str) -> str:
    """
    Return a number that stands for something, without the marks of a decimal.

    Examples
    --------
    >>> identifier("881503972.0"), identifier("8.81503972E8"), identifier(" 0301 ")
    ('881503972', '881503972', '0301')
    >>> identifier("St. 1.5"), identifier("1.25")
    ('St. 1.5', '1.25')
    """
    told = plain(text)
    if not re.fullmatch(r"[0-9]+[.,]0*|[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}", told):
        return told
    try:
        exact = Decimal(told.replace(",", ".").rstrip("."))
    except InvalidOperation:
        return told
    return str(int(exact)) if exact == exact.to_integral_value() else told


def identifiers(column: pd.Series[str]) -> pd.Series[str]:
    """
    Return a column of identifiers.

    Examples
    --------
    >>> identifiers(pd.Series(["975016528.0", ""])).tolist()
    ['975016528', '']
    """
    read = {text: identifier(text) for text in column.unique()}
    return pd.Series([read[text] for text in column], index=column.index, dtype=object)


def decimal_mark(cells: Iterable[str]) -> str:
    """
    Guess whether decimals of a file have a comma or a point: what most cells show.

    Numbers of three digits after the mark may be thousands, and do not count.

    Examples
    --------
    >>> decimal_mark(["12,5", "0301", "7,25", "1.000"]), decimal_mark(["12.5"])
    (',', '.')
    """
    commas = points = 0
    for told in cells:
        if not 2 < len(told) <= LONGEST:
            continue
        told_of = re.fullmatch(r"-?[0-9]+([.,])([0-9]+) ?%?", told.strip())
        if told_of and len(told_of[2]) != 3:
            commas += told_of[1] == ","
            points += told_of[1] == "."
    return "," if commas > points else "."
