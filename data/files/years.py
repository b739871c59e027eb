"""Ages as files write them: `0`, `0.0`, `05Til09`, `80 år og over`."""

from __future__ import annotations

import re
from collections.abc import Iterable

OLDEST = 120
TWO = re.compile(r"(?<!\d)(\d{1,3})\s*(?:-|–|_|til|to|t o m|tom)\s*(\d{1,3})(?!\d)")
OPEN = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:\+|pluss|plus|(?:år|years)?\s*(?:(?:og|eller|och|eller)\s*)?"
    r"(?:over|eldre|äldre|older|and over|or more))"
)
UNDER = re.compile(r"(?:under|below|<)\s*(\d{1,3})(?!\d)")
ONE = re.compile(r"(?:(?:age|alder|år|f)[ _]?)?0{0,2}(\d{1,3})(?:[.,]0+)?(?:\s*år)?")
FEWEST_COLUMNS, FEWEST_SINGLE = 2, 10

Class = tuple[int, int]


def years(text: str) -> Class | None:
    """
    Return the first and last year of age that a text tells, or `None` if it tells none.

    Examples
    --------
    >>> years("0.0"), years("67–79 år"), years("80 år og over"), years("105+"), years("under 6")
    ((0, 0), (67, 79), (80, 120), (105, 120), (0, 5))
    >>> years("befolkning05Til09År"), years("F00-04"), years("2024"), years("total")
    ((5, 9), (0, 4), None, None)
    """
    told = text.strip().casefold()
    if two := TWO.search(told):
        return _ordered(int(two[1]), int(two[2]))
    if from_on := OPEN.search(told):
        return _ordered(int(from_on[1]), OLDEST)
    if under := UNDER.fullmatch(told.removesuffix("år").strip()):
        return _ordered(0, int(under[1]) - 1)
    one = ONE.fullmatch(told)
    return _ordered(int(one[1]), int(one[1])) if one else None


def _ordered(first: int, last: int) -> Class | None:
    return (first, last) if first <= last <= OLDEST else None


def age_columns(columns: Iterable[str]) -> dict[str, Class]:
    """
    Return the columns that hold people of an age, if they can be taken together.

    Of classes that overlap, those that come first stay. Bare numbers are ages only where
    there are at least ten of them: a few may be anything.

    Examples
    --------
    >>> age_columns(["navn", "0-5 år", "6-15 år", "80+", "0-15 år"])
    {'0-5 år': (0, 5), '6-15 år': (6, 15), '80+': (80, 120)}
    >>> age_columns(["1", "2", "3"])
    {}
    """
    found = {column: span for column in columns if (span := years(column))}
    bare = [column for column in found if column.strip().isdecimal()]
    if len(bare) < FEWEST_SINGLE:
        found = {column: span for column, span in found.items() if column not in bare}
    taken: set[int] = set()
    kept = {}
    for column, (first, last) in found.items():
        ages = set(range(first, last + 1))
        if not ages & taken:
            kept[column] = (first, last)
            taken |= ages
    return kept if len(kept) >= FEWEST_COLUMNS else {}
