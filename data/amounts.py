"""Numbers with units, as mappers write them."""

from __future__ import annotations

import math
import re

STEEPEST = 1.0
"""A slope above 45° is a typing error."""

_INCLINE = re.compile(r"([+-]?)(\d+(?:[.,]\d+)?) ?([%°])")
_WIDTH = re.compile(r"(\d+(?:[.,]\d+)?) ?(m|cm)?")


def incline_of(text: str) -> float:
    """
    Return a slope as a fraction without sign; `nan` if no number with a unit is told.

    Examples
    --------
    >>> incline_of("6%"), incline_of("-6,5 %"), round(incline_of("45°"), 6), incline_of("up")
    (0.06, 0.065, 1.0, nan)
    """
    found = _INCLINE.fullmatch(text.strip())
    if not found:
        return math.nan
    number = float(found[2].replace(",", "."))
    steep = number / 100 if found[3] == "%" else math.tan(math.radians(min(number, 89.0)))
    return steep if steep <= STEEPEST + 1e-9 else math.nan


def width_of(text: str) -> float:
    """
    Return a width in metres; `nan` if it is told in no known way.

    Examples
    --------
    >>> width_of("1.2"), width_of("80 cm"), width_of("wide")
    (1.2, 0.8, nan)
    """
    found = _WIDTH.fullmatch(text.strip())
    if not found:
        return math.nan
    return float(found[1].replace(",", ".")) / (100 if found[2] == "cm" else 1)
