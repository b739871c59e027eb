"""Who keeps a few people company: what is told of others must not give them away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import isnan

import numpy as np

from geo.coverage import NOBODY, Reach, few
from geo.tables import AGES, EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS


def company(
    hidden: Collection[str], parts: Mapping[str, Sequence[float]], whole: Sequence[float]
) -> frozenset[str]:
    """
    Return what has to be hidden so that a whole, less what is told, is never a few.

    The smallest part that is told joins the hidden ones, until they are enough. So
    statistics offices suppress a second cell of a row whose sum they publish (secondary
    suppression); to take the smallest is ours.

    Parameters
    ----------
    hidden
        What is hidden for its own sake.
    parts
        By key, numbers of people, the first of which tells how many they are; `nan` is not
        told.
    whole
        The same numbers of all of them, told elsewhere; `nan` if it is not.

    Examples
    --------
    >>> sorted(company({"a"}, {"a": (3.0,), "b": (20.0,), "c": (9.0,)}, (32.0,)))
    ['a', 'c']
    >>> sorted(company({"a", "b"}, {"a": (3.0,), "b": (4.0,), "c": (9.0,)}, (16.0,)))
    ['a', 'b']
    """
    together = set(hidden)
    for key in sorted(parts, key=lambda key: np.nan_to_num(parts[key][0], nan=np.inf)):
        told = [parts[one] for one in parts if one not in together]
        rest = [
            of - sum(n for n in numbers if not isnan(n))
            for of, *numbers in zip(whole, *told, strict=True)
        ]
        if not any(map(few, rest)):
            break
        if parts[key][0] >= NOBODY:
            together.add(key)
    return frozenset(together)


def among(found: Mapping[str, Reach]) -> dict[str, Reach]:
    """
    Return the reach of groups, with what is withheld for the sake of a few others.

    All ages together are everybody, and so are those in low-income areas and all others,
    or those with low income and all others. Everybody is told of in full.

    Parameters
    ----------
    found
        By group, everybody among them.

    Returns
    -------
    found
        With `withheld` where it must be; else as it was.

    Examples
    --------
    >>> found = {"everybody": Reach(60.0, 40.0, 0.0), "youth": Reach(3.0, 3.0, 0.0),
    ...     "adults": Reach(50.0, 30.0, 0.0), "older_80": Reach(7.0, 7.0, 0.0)}
    >>> {key: reach.withheld for key, reach in among(found).items()}
    {'everybody': '', 'youth': '', 'adults': '', 'older_80': 'all'}
    """
    shown = _ages(found)
    every = found[EVERYBODY]
    for key in (LOW_INCOME, LOW_INCOME_AREAS):
        if key in found and few(every.people - found[key].told.people):
            shown[key] = replace(found[key], withheld="all")
        elif key in found and _others_few(every.told, found[key].told):
            shown[key] = replace(found[key], withheld="parts")
    return shown


def beside(shown: Mapping[str, Reach], residents: Mapping[str, Reach]) -> dict[str, Reach]:
    """
    Return the reach of groups where new homes stand beside those of today.

    How many move in is told, so what may not be told of today's residents is not told of
    all together either.

    Parameters
    ----------
    shown, residents
        By group, with those who move in and without them, each as `among` returns it.

    Examples
    --------
    >>> today, grown = {"everybody": Reach(43.0, 3.0, 0)}, {"everybody": Reach(90.0, 50.0, 0)}
    >>> beside(among(grown), among(today))["everybody"].withheld
    'parts'
    """
    found = dict(shown)
    for key, one in residents.items():
        if one.people == found[key].people:
            continue  # nobody of them moves in
        if few(one.people) or one.withheld == "all":
            found[key] = replace(found[key], withheld="all")
        elif one.hidden and not found[key].hidden:
            found[key] = replace(found[key], withheld="parts")
    return found


def _ages(found: Mapping[str, Reach]) -> dict[str, Reach]:
    shown, every = dict(found), found[EVERYBODY]
    ages = {key: found[key] for key in AGES if key in found}
    nameless = company(
        [key for key, reach in ages.items() if few(reach.people)],
        {key: (reach.people,) for key, reach in ages.items()},
        (every.people,),
    )
    for key in nameless:
        if not few(ages[key].people):
            shown[key] = replace(ages[key], withheld="all")
    parts = {key: (ages[key].people, *_parts(shown[key].told)) for key in ages}
    hidden = [key for key in ages if shown[key].hidden]
    # How many they are is told in another column: the sums here are of the other three.
    for key in company(hidden, parts, (float("nan"), *_parts(every.told))):
        if not shown[key].hidden:
            shown[key] = replace(shown[key], withheld="parts")
    return shown


def _parts(told: Reach) -> tuple[float, ...]:
    return told.within, told.beyond, told.cut_off


def _others_few(every: Reach, told: Reach) -> bool:
    """Tell whether those who are not of a group are a few, within or beyond."""
    ends = [] if told.band is None else [told.band.within[1], told.band.beyond[1]]
    others = [all_ - n for all_, n in zip(_parts(every), _parts(told), strict=True)]
    others += [all_ - n for all_, n in zip(_parts(every), ends, strict=False)]
    return any(map(few, others))
