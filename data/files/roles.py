"""Which column is for what: by its name first, and by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.files.numbers import numbers
from data.files.raw import Raw
from data.files.vocabulary import columns_for
from data.files.years import age_columns

NUMERIC, TEXTUAL = 0.8, 0.5
"""Share of filled cells that are numbers; what has fewer is text."""

SAMPLE = 2000
WKT = re.compile(
    r"\s*(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*(?:[ZM]{1,2}\s*)?\(", re.I
)
PAIR = re.compile(r"\s*\(?\s*-?\d+(?:[.,]\d+)?\s*[,; ]\s*-?\d+(?:[.,]\d+)?\s*\)?\s*")
CELL = re.compile(r"[12]\d{13}(?:\.0+)?")
SPANS = {
    ("lat", "lon"): ((54.0, 72.0), (3.0, 33.0)),
    ("north", "east"): ((5_900_000.0, 8_000_000.0), (-100_000.0, 1_300_000.0)),
}
"""Where the numbers of both columns must lie for a pair of columns to be coordinates."""

TEXTS = ("address", "postcode", "town", "wheelchair", "opening_hours", "updated", "sex")
"""Roles that only a column's name can tell."""

Spread = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """
    What the columns of a table hold, looked at once.

    Parameters
    ----------
    numeric
        Columns of numbers, and their lowest and highest.
    filled
        Columns in which anything stands.
    """

    numeric: dict[str, Spread]
    filled: tuple[str, ...]


def looked_at(raw: Raw, decimal: str) -> Columns:
    """
    Look at the columns of a table.

    Examples
    --------
    >>> cells = pd.DataFrame({"a": ["1", "3"], "b": ["x", ""], "c": ["", ""]})
    >>> looked_at(Raw("a.csv", cells, np.array([2, 3])), ".")
    Columns(numeric={'a': (1.0, 3.0)}, filled=('a', 'b'))
    """
    numeric, filled = {}, []
    step = max(len(raw) // SAMPLE, 1)
    for name in raw.cells.columns:
        told = raw.cells[name].iloc[::step]
        told = told[told.str.strip() != ""]
        if told.empty:
            continue
        filled.append(name)
        values, understood = numbers(told, decimal)
        known = values[np.isfinite(values)]
        hidden = int((understood & np.isnan(values)).sum())
        if len(known) and len(known) >= NUMERIC * (len(told) - hidden):
            numeric[name] = (float(known.min()), float(known.max()))
    return Columns(numeric, tuple(filled))


def roles_of(raw: Raw, decimal: str) -> dict[str, str]:
    """
    Return which column has which role; roles that none has are left out.

    Examples
    --------
    >>> cells = pd.DataFrame({"Navn": ["Vik"], "Breddegrad": ["65,3"], "Lengde": ["12,2"]})
    >>> roles_of(Raw("a.csv", cells, np.array([2])), ",")
    {'lat': 'Breddegrad', 'lon': 'Lengde', 'name': 'Navn'}
    """
    seen = looked_at(raw, decimal)
    texts = [name for name in seen.filled if name not in seen.numeric]
    ages = age_columns(list(seen.numeric))
    counts = [name for name in seen.numeric if name not in ages]
    found = {} if raw.shapes is not None else _coordinates(raw, seen, texts)
    _first(found, "cell", [name for name in seen.filled if _is_cell(raw.cells[name])])
    for role in TEXTS:
        _first(found, role, columns_for(role, seen.filled))
    _first(found, "name", columns_for("name", texts))
    _first(found, "code", _telling(raw, columns_for("code", seen.filled)))
    _first(found, "ref", columns_for("ref", seen.filled))
    _first(found, "age", columns_for("age", seen.filled))
    _first(found, "measure", columns_for("measure", texts))
    _first(found, "year", [c for c in columns_for("year", counts) if _is_year(seen, c)])
    for role in ("share", "people", "value"):
        of_role = [c for c in columns_for(role, counts) if c not in found.values()]
        _first(found, role, [c for c in of_role if not _is_year(seen, c)])
    return found


def _telling(raw: Raw, columns: list[str]) -> list[str]:
    """Prefer numbers that no two shapes share: a shared one is that of something larger."""
    if raw.shapes is None:
        return columns
    return [one for one in columns if raw.cells[one].is_unique] or columns


def _first(found: dict[str, str], role: str, columns: list[str]) -> None:
    if columns:
        found[role] = columns[0]


def _coordinates(raw: Raw, seen: Columns, texts: list[str]) -> dict[str, str]:
    """Return the columns that say where a row is."""
    for first, second in SPANS:
        pair = [columns_for(role, seen.numeric) for role in (first, second)]
        if all(pair):
            return {first: pair[0][0], second: pair[1][0]}
    for name in [*columns_for("spot", texts), *texts]:
        if _is_spot(raw.cells[name]):
            return {"spot": name}
    for (first, second), (span, other) in SPANS.items():
        for a, b in permutations(list(seen.numeric)[:20], 2):
            if _within(seen.numeric[a], span) and _within(seen.numeric[b], other):
                return {first: a, second: b}
    return {}


def _is_spot(column: pd.Series[str]) -> bool:
    told = [cell for cell in column.iloc[:SAMPLE] if cell.strip()]
    fits = [bool(WKT.match(cell) or PAIR.fullmatch(cell)) for cell in told]
    return bool(told) and float(np.mean(fits)) >= NUMERIC


def _is_cell(column: pd.Series[str]) -> bool:
    told = [cell for cell in column.iloc[:SAMPLE] if cell.strip()]
    fits = [bool(CELL.fullmatch(cell.strip())) for cell in told]
    return bool(told) and float(np.mean(fits)) >= NUMERIC


def _is_year(seen: Columns, column: str) -> bool:
    return _within(seen.numeric[column], (1900.0, 2100.0))


def _within(spread: Spread, span: Spread) -> bool:
    return span[0] <= spread[0] and spread[1] <= span[1]


def spots_of(
    column: pd.Series[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Return both numbers of cells such as `59.91, 10.75`, in their order; `nan` for others.

    Examples
    --------
    >>> [one.tolist() for one in spots_of(pd.Series(["59,91; 10,75", "(59.9, 10.7)", "here"]))]
    [[59.91, 59.9, nan], [10.75, 10.7, nan]]
    """
    pairs = np.full((len(column), 2), np.nan)
    for at, cell in enumerate(column):
        if len(cell) < 80 and PAIR.fullmatch(cell):
            bare = cell.strip(" ()")
            parts = re.split(r"\s*;\s*|,\s+|\s+", bare, maxsplit=1)
            if len(parts) != 2:
                parts = bare.split(",") if bare.count(",") == 1 else []
            if len(parts) == 2:
                pairs[at] = [float(part.replace(",", ".")) for part in parts]
    return pairs[:, 0], pairs[:, 1]
