"""What a file is and how it is read: a recipe that people check, kept for next year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from data.files.limits import shown
from data.files.years import Class

WHATS = ("places", "zones", "grid", "incomes", "boundary", "unknown")
"""What a file may be. Rasters of heights are no tables, and are given elsewhere."""

OF, UNITS = ("persons", "households", "other"), ("%", "share", "amount")
SIDES = (250, 1000, 5000)
"""Of the cells of grids, in metres."""

NEWEST = "newest"
"""In place of a year to pick: the last one that has figures, also in next year's file."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    How one file becomes a part of an area.

    Parameters
    ----------
    what
        One of `WHATS`.
    pattern
        Its file name, with a `*` in place of each run of digits: next year's file fits.
    layer, encoding, separator
        As in `data.files.opening.opened`.
    decimal
        `"."` or `","`.
    crs, swapped
        Of its coordinates; whether north stands before east.
    columns
        Which column is for what: from a role of `vocabulary.toml` to the column's name.
    ages
        Columns with people of an age, and their first and last year.
    pick
        Rows that count: the columns that must hold a value, or `NEWEST`.
    kind
        Of all its places, where no column tells; or `""`.
    kinds
        What the values of the column `kind` stand for; what is not named is left out.
    side_m
        Of the cells of a grid.
    rounded
        Whether 1 and 2 were changed to 0 or 3 before it was published.
    measure, of, unit
        Of incomes: in words; a share of whom; `"%"`, `"share"` (0 to 1) or `"amount"`.
    source, licence, attribution, date, url
        Who made it, and of which day.
    confirmed
        Whether a person has looked at it.
    """

    what: str
    pattern: str
    layer: str = ""
    encoding: str = ""
    separator: str = ""
    decimal: str = "."
    crs: str = ""
    swapped: bool = False
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    ages: Mapping[str, Class] = field(default_factory=dict, hash=False)
    pick: Mapping[str, str] = field(default_factory=dict, hash=False)
    kind: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict, hash=False)
    side_m: int = 250
    rounded: bool = False
    measure: str = ""
    of: str = "persons"
    unit: str = "%"
    source: str = ""
    licence: str = ""
    attribution: str = ""
    date: str = ""
    url: str = ""
    confirmed: bool = False


def pattern_of(name: str) -> str:
    """
    Return a file's name with its digits left open.

    Examples
    --------
    >>> pattern_of("uploads/Befolkning_250m_2023.shp")
    'befolkning_*m_*.shp'
    """
    return re.sub("[0-9]+", "*", _called(name))


def fits(recipe: Recipe, name: str) -> bool:
    """
    Tell whether a file of that name is one of those a recipe is for.

    Examples
    --------
    >>> fits(Recipe("grid", "befolkning_*m_*.shp"), "Befolkning_250m_2026.shp")
    True
    """
    parts = map(re.escape, recipe.pattern.split("*"))
    return re.fullmatch("[0-9]+".join(parts), _called(name)) is not None


def _called(name: str) -> str:
    return shown(name).casefold().replace("*", "") or "file"
