"""What is told of people who depend on a place, or would gain one: never of a few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from geo.between import Band
from geo.company import among
from geo.coverage import FEWEST, NOBODY, Bands, Reach, few
from geo.paths.network import Bools, Floats
from geo.spots import tellable
from geo.tables import EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS

NOISE = 6
"""Decimals of people that are no noise of sums: places with as many stand side by side."""

Rows = list[dict[str, Reach]]
"""Of every place, the people who count there, by group."""


def few_of(people: Floats) -> Bools:
    """Tell where people are a few, see `geo.between.few`; unknown ones are not."""
    return np.asarray((people >= NOBODY) & (people < FEWEST))


def told_apart(parts: Floats, rest: float) -> Bools:
    """
    Tell of which parts the people may be told, if no two parts share anybody.

    All of them with the rest are told elsewhere, the rest alone is not. So a part of a few
    could be found only where the rest is no more than a few, too: then the smallest others
    are not told either, see `geo.spots.tellable`. Of nobody it is told that it is nobody.

    Parameters
    ----------
    parts
        People; `nan` is unknown, and not told.
    rest
        Who are of no part, but counted with them elsewhere; `nan` if that is not known.

    Examples
    --------
    >>> parts = np.array([40.0, 30.0, 3.0, 0.0])
    >>> told_apart(parts, 90.0).tolist(), told_apart(parts, 1.0).tolist()
    ([True, True, False, True], [True, False, False, True])
    """
    people = pd.Series(parts)
    told = (people >= FEWEST) | (people < NOBODY)
    if rest < FEWEST:
        some = people[~(people < NOBODY)]
        told[some.index] = tellable(some, rest)
    return told.to_numpy(dtype=bool)


def beside(found: Mapping[str, Reach], asked: str) -> dict[str, Reach]:
    """
    Return the people of one place by group, with what is withheld for the sake of others.

    Whoever is asked about goes first: where telling of them and of others would give a few
    away, the others are not told of. Nor are they where the asked ones are not.

    Parameters
    ----------
    found
        By group, everybody among them: all of them, and those who count at the place.
    asked
        Key of the group that is asked about.

    Examples
    --------
    >>> found = {"everybody": Reach(90.0, 40.0, 0.0), "youth": Reach(20.0, 3.0, 0.0),
    ...     "adults": Reach(70.0, 37.0, 0.0)}
    >>> for asked in found:
    ...     print([key for key, one in beside(found, asked).items() if not one.hidden])
    ['everybody']
    []
    ['adults']
    """
    shown = found if found[asked].hidden else among(found)
    if not shown[asked].hidden:
        return dict(shown)
    return {key: one if key == asked else _untold(one) for key, one in found.items()}


def columns(rows: Rows, asked: str, choosing: Mapping[str, float]) -> Rows:
    """
    Withhold other groups everywhere where all their places together would give a few away.

    Whoever knows how many of a group are within reach, and of all places but some how many
    depend on it, knows how many are left: those of the other places, and those who have a
    choice. How many have a choice is told of the asked group only, so this is safe while
    they are no few.

    Parameters
    ----------
    rows
        As `beside` returns them; no two places share anybody.
    asked
        The group whose own column is known to be safe.
    choosing
        By group, who have two places or more within reach.
    """
    if not any(_open(rows, group, choosing) for group in choosing if group != asked):
        return rows
    return [
        {key: one if key == asked else _untold(one) for key, one in row.items()} for row in rows
    ]


def _open(rows: Rows, group: str, choosing: Mapping[str, float]) -> bool:
    """Tell whether the rest of a group is so small that hidden numbers could be found."""
    rest = [choosing[group]]
    if group in {LOW_INCOME, LOW_INCOME_AREAS}:
        rest.append(choosing[EVERYBODY] - choosing[group])
    hidden = any(row[group].hidden and row[group].within >= NOBODY for row in rows)
    return any(few(n) or (n < FEWEST and hidden) for n in rest)


def _untold(one: Reach) -> Reach:
    return replace(one, withheld=one.withheld or "parts")


def reaches(
    people: Floats,
    counts: Floats,
    ends: tuple[Floats, Floats] | None = None,
    bands: Bands | None = None,
) -> list[Reach]:
    """
    Return for every place who of a group count there, against all of them.

    Parameters
    ----------
    people
        Of the group, in each home.
    counts
        By place, those who count there.
    ends, bands
        The least and the most that these may be, by place; and that live in each home.
        Left out where they are as exact as the homes.

    Examples
    --------
    >>> reaches(np.array([9.0, 30.0]), np.array([9.0, 0.0]))[0].beyond
    30.0
    """
    total = float(people.sum())
    if ends is None or bands is None:
        return [Reach(total, n, 0.0) for n in counts.tolist()]
    least, most = (float(end.sum()) for end in bands)
    return [
        Reach(total, n, 0.0, _band((low, high), (least - low, most - high)))
        for n, low, high in zip(counts.tolist(), *(end.tolist() for end in ends), strict=True)
    ]


def _band(within: tuple[float, float], beyond: tuple[float, float]) -> Band | None:
    exact = np.isclose(*within, rtol=0, atol=1e-9) and np.isclose(*beyond, rtol=0, atol=1e-9)
    return None if exact or np.isnan([*within, *beyond]).any() else Band(within, beyond)


def foremost_first(people: pd.Series[float], told: Sequence[bool] | Bools) -> pd.Index[str]:
    """
    Return the index of places, most people first; then by id.

    Those who are not told of come behind all that are, in the order of their ids: where
    they stand must not tell. Then come places of nobody, and last what is unknown.

    Examples
    --------
    >>> people = pd.Series({"n2": 9.0, "n1": 9.0, "w1": 3.0, "w0": 2.0, "r1": 0.0})
    >>> foremost_first(people, people >= 5).tolist()
    ['n1', 'n2', 'w0', 'w1', 'r1']
    """
    shown = people.round(NOISE).where(np.asarray(told, dtype=bool), NOBODY)
    shown = shown.mask(people < NOBODY, 0.0).mask(people.isna(), -1.0)
    order = pd.DataFrame({"most": -shown, "id": people.index.astype(str)}, people.index)
    found: pd.Index[str] = order.sort_values(["most", "id"], kind="stable").index
    return found
