"""Text that leaves the program: no formula, no letter that a file may not hold, no half one."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs what begins so; an apostrophe makes it text."""

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, Char) has no way to write; NUL also ends a text in C."""

REPLACED = "\ufffd"
"""Unicode's own sign for a character that could not be kept."""


def legal(text: str) -> str:
    r"""
    Return a text that every format can hold: what none may, is replaced by `REPLACED`.

    Examples
    --------
    >>> legal("Bø\x00\x1f"), legal("a\tb\n")
    ('Bø��', 'a\tb\n')
    """
    return FORBIDDEN.sub(REPLACED, text)


def defused(text: str) -> str:
    """
    Return a text that no spreadsheet takes for a formula, be it opened, copied or pasted.

    Examples
    --------
    >>> defused("=1+1"), defused("Bø")
    ("'=1+1", 'Bø')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def safe(sheet: pd.DataFrame) -> pd.DataFrame:
    """
    Return a sheet in which no text is a formula; numbers stay numbers.

    Examples
    --------
    >>> safe(pd.DataFrame({"name": ["@x"], "gap": [-2]})).to_dict("list")
    {'name': ["'@x"], 'gap': [-2]}
    """
    return sheet.map(lambda value: defused(value) if isinstance(value, str) else value)


def cut(text: str, most: int, encoding: str = "utf-8") -> str:
    r"""
    Return as much of a text as takes `most` bytes, and no half letter at its end.

    A letter goes with the marks that stand on it.

    Parameters
    ----------
    text
        Without lone surrogates, as `legal` leaves it.
    most
        Bytes in `encoding`.
    encoding
        One without a mark at the beginning, e.g. `"utf-16-le"`.

    Examples
    --------
    >>> cut("Bø", 2), cut("Bø", 3), cut("a\u0301b", 2)
    ('B', 'Bø', '')
    """
    whole = text.encode(encoding)
    if len(whole) <= most:
        return text
    end = len(whole[:most].decode(encoding, errors="ignore"))
    while end and unicodedata.combining(text[end]):
        end -= 1
    return text[:end]
