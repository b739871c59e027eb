"""Published classes of age become our groups: exact where they fit, with a band where not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.catalogue import groups
from geo.errors import SourceError
from geo.tables import AGES

OLDEST = 120
"""Last year of an open-ended class, as of our oldest group."""

ROUNDED = {0.0: (0.0, 2.0), 3.0: (1.0, 3.0)}
"""
What may hide behind a number where every 1 and 2 was changed to 0 or 3.

So Statistics Norway protects table 04362 and the numbers per basic unit.
"""

Class = tuple[int, int]
Floats = NDArray[np.float64]


def grouped(
    counts: pd.DataFrame,
    classes: Mapping[str, Class],
    total: pd.Series | None,
    rounded: bool = False,
) -> pd.DataFrame:
    """
    Add published numbers of people by age up to our groups, and say how sure that is.

    Parameters
    ----------
    counts
        People: one row per place, one column per class; `nan` where it is
        suppressed or not given. Columns that `classes` does not name are left alone.
    classes
        First and last year of age of each column, both included; 120 or more for an
        open end. They must not overlap, and need not cover every age.
    total
        People of all ages per row, as published; `nan` or `None` if not known. It is
        taken as exact, but not used in a row whose classes it contradicts.
    rounded
        Whether every 1 and 2 was changed to 0 or 3: 0 then means 0 to 2, and 3 means
        1 to 3.

    Returns
    -------
    ages
        On the index of `counts`: for every group of `geo.tables.AGES` its number, and
        `<group>_low` and `<group>_high`, between which the true one lies.

        * Exact: all three the same.
        * A class that lies in two groups is split by years of age, as if every year
          had as many people; its band runs from nobody to everybody of it. One with
          an open end, or one that is only what the others leave, is not split: `nan`.
        * Rounded: as published, moved no farther than the rounding allows so that all
          together make the total.
        * Suppressed: `nan`, from 0 to what is left of the total, or to `nan` if there
          is no total; but known if what is left can belong to nobody else.

    Raises
    ------
    SourceError
        If classes overlap or end before they begin.

    Notes
    -----
    With bounds l and u of every class c and the total T, a group g lies between
    max(Σ l of classes within g, T − Σ u of classes not within g) and
    min(Σ u of classes that touch g, T − Σ l of classes that do not touch g).

    Examples
    --------
    >>> zone = pd.DataFrame({"0-17": [25], "18-66": [50], "67-79": [None], "80-": [None]})
    >>> classes = {"0-17": (0, 17), "18-66": (18, 66), "67-79": (67, 79), "80-": (80, 120)}
    >>> ages = grouped(zone, classes, pd.Series([90.0]))
    >>> ages.filter(like="older_80").to_numpy().tolist()
    [[nan, 0.0, 15.0]]
    >>> ages.filter(like="young_children").round(1).to_numpy().tolist()
    [[8.3, 0.0, 25.0]]
    """
    spans, given = _spans(classes)
    touches, within, share = _shares(spans, given)
    published = _published(counts, list(classes), len(spans))
    low, high = _bounds(published, rounded)
    everybody = _trusted(_totals(total, counts), low, high)
    high = np.where(np.isnan(high), np.maximum(everybody - _sum(low), 0), high)
    least = np.fmax(low @ within, everybody - _sums(high, 1 - within))
    most = np.fmin(_sums(high, touches), everybody - low @ (1 - touches))
    counted = _moved(_filled(published, everybody, within), low, high, everybody)
    value = np.clip(_sums(counted, share), least, np.nan_to_num(most, nan=np.inf))
    value = np.where(least == most, least, value)
    columns = {
        f"{group}{end}": numbers[:, i]
        for i, group in enumerate(AGES)
        for end, numbers in (("", value), ("_low", least), ("_high", most))
    }
    return pd.DataFrame(columns, index=counts.index)


def _spans(classes: Mapping[str, Class]) -> tuple[list[Class], int]:
    """Return all classes, those of no column last, and how many of them are columns."""
    next_age, gaps = 0, []
    for first, last in sorted(classes.values()):
        if first < next_age or last < first:
            raise SourceError(
                "Classes of age overlap, or end before they begin, at {first}–{last} years.",
                first=first,
                last=last,
            )
        if first > next_age:
            gaps.append((next_age, first - 1))
        next_age = last + 1
    if next_age <= OLDEST:
        gaps.append((next_age, OLDEST))
    return [*classes.values(), *gaps], len(classes)


def _shares(spans: list[Class], given: int) -> tuple[Floats, Floats, Floats]:
    """Return by class and group: 1 if they touch, 1 if it lies within, its share of years."""
    first, last = np.array(spans).reshape(-1, 2).T[..., None]
    last = np.minimum(last, OLDEST)
    begin, end = np.array([groups()[group].ages for group in AGES]).T
    years = np.minimum(last, end) - np.maximum(first, begin) + 1
    share = np.clip(years / (last - first + 1), 0, 1)
    whole = (share == 0) | (share == 1)
    even = (np.arange(len(spans))[:, None] < given) & (last < OLDEST)
    return np.ceil(share), np.floor(share), np.where(whole | even, share, np.nan)


def _published(counts: pd.DataFrame, names: list[str], spans: int) -> Floats:
    """Return the numbers by place and class, with columns of nan for classes not given."""
    numbers = counts.reindex(columns=names).to_numpy(dtype=float, na_value=np.nan)
    nobody_knows = np.full((len(counts), spans - len(names)), np.nan)
    return np.column_stack([np.where(numbers < 0, np.nan, numbers), nobody_knows])


def _totals(total: pd.Series | None, counts: pd.DataFrame) -> Floats:
    if total is None:
        return np.full((len(counts), 1), np.nan)
    numbers = total.reindex(counts.index).to_numpy(dtype=float, na_value=np.nan)
    return np.where(numbers < 0, np.nan, numbers)[:, None]


def _bounds(published: Floats, rounded: bool) -> tuple[Floats, Floats]:
    """Return the least and the most that each number may stand for; nan if there is none."""
    low, high = np.nan_to_num(published), published.copy()
    if rounded:
        for value, (least, most) in ROUNDED.items():
            low[published == value], high[published == value] = least, most
    return low, high


def _trusted(total: Floats, low: Floats, high: Floats) -> Floats:
    """Return the totals that the classes do not contradict."""
    open_ended = np.isnan(high).any(axis=1, keepdims=True)
    fits = (_sum(low) <= total) & (open_ended | (_sum(high) >= total))
    return np.where(fits, total, np.nan)


def _filled(published: Floats, everybody: Floats, within: Floats) -> Floats:
    """Give what is left of the total to the missing classes, if one group owns them all."""
    missing = np.isnan(published)
    many = missing.sum(axis=1)
    alone = (missing.astype(float) @ within == many[:, None]).any(axis=1)
    told = ((many == 1) | alone) & (many > 0) & ~np.isnan(everybody[:, 0])
    filled = np.where(missing & told[:, None], 0, published)
    rows = np.flatnonzero(told)
    rest = np.maximum(everybody - _sum(published), 0)[rows, 0]
    filled[rows, missing[rows].argmax(axis=1)] = rest
    return filled


def _moved(counted: Floats, low: Floats, high: Floats, everybody: Floats) -> Floats:
    """Move each number by its share of the room that rounding leaves, to make the total."""
    short = everybody - counted.sum(axis=1, keepdims=True)  # nan: nothing to make up for
    room = np.where(short > 0, high - counted, counted - low)
    whole = room.sum(axis=1, keepdims=True)
    part = np.divide(room, whole, out=np.zeros_like(room), where=whole > 0)
    return np.asarray(counted + np.nan_to_num(short) * part)


def _sum(numbers: Floats) -> Floats:
    return np.asarray(np.nan_to_num(numbers).sum(axis=1, keepdims=True))


def _sums(numbers: Floats, weights: Floats) -> Floats:
    """Return weighted sums by group: nan if a number or a weight in them is."""
    told = np.nan_to_num(numbers)
    unknown = np.isnan(numbers).astype(float) @ (weights != 0) + told @ np.isnan(weights)
    return np.where(unknown > 0, np.nan, told @ np.nan_to_num(weights))
