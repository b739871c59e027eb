"""People who depend on a place, or would gain one: in a cell of a table, and as a circle."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd

from geo.answer import Catalogue
from geo.coverage import FEWEST, NOBODY, Reach, few
from layers import palette
from layers.layer import Class
from layers.telling import people_between
from layers.thematic import PEOPLE_STEPS
from words.speaker import Speaker

SIZES = (4.0, 5.2, 6.8, 9.0)
"""Radius of circles in pixels, each a third larger than the one before: told without colour."""


def counted(one: Reach, say: Speaker) -> str:
    """
    Return in words how many of a group count at a place.

    Parameters
    ----------
    one
        `within` are those who do.
    say
        The language.

    Examples
    --------
    >>> from geo.between import Band
    >>> from words.speaker import speaker
    >>> say = speaker("en")
    >>> [counted(Reach(90.0, n, 0.0), say) for n in (40.2, 3.0, 0.0, 88.0)]
    ['about 40', 'fewer than 5', '0', 'Too few to tell']
    >>> counted(Reach(float("nan"), float("nan"), 0.0), say)
    'Unknown'
    >>> counted(Reach(90.0, 40.0, 0.0, Band((30.0, 50.0), (40.0, 60.0))), say)
    '40 (between 30 and 50)'
    """
    band = one.told.band
    if isnan(one.within) and band is None:
        return say("Unknown")
    if few(one.within):
        return say.people(one.within)
    if one.hidden:
        return say("Too few to tell")
    if band is not None or one.within < NOBODY:
        return people_between(one.within, band.within if band else None, say)
    return say("about {n}", n=say.people(one.within))


def group_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `group_rows`."""
    return [say("Group"), say("People")]


def group_rows(
    found: Mapping[str, Reach], catalogue: Catalogue, say: Speaker
) -> dict[str, list[str]]:
    """
    Return how many of every group count at one place, by the group's key.

    Parameters
    ----------
    found
        By group, as `geo.scenario` gives it for a place or a candidate.
    catalogue, say
        What groups are called; the language.
    """
    return {
        key: [say(catalogue.groups[key].label), counted(one, say)] for key, one in found.items()
    }


def classed(people: pd.Series[float], told: pd.Series[bool]) -> list[str]:
    """
    Return the class of places by their people.

    Examples
    --------
    >>> people = pd.Series([140.0, 20.0, 60.0, 3.0, 0.1, float("nan")])
    >>> classed(people, pd.Series([True, True, False, False, True, True]))
    ['from_100', 'from_20', 'few', 'few', 'nobody', 'unknown']
    """
    steps = pd.cut(people, [*PEOPLE_STEPS, np.inf], right=False, labels=list(PEOPLE_STEPS))
    named = [f"from_{step}" for step in steps.astype(object)]
    return list(
        np.select(
            [people.isna(), people < NOBODY, ~told | (people < FEWEST)],
            ["unknown", "nobody", "few"],
            np.array(named, dtype=object),
        )
    )


def circles(colours: tuple[str, ...], nobody: str, say: Speaker) -> tuple[Class, ...]:
    """
    Return classes of places by people: the more, the larger and darker; most lie on top.

    Parameters
    ----------
    colours
        From few to many, the last one for the edge of all.
    nobody
        What those of nobody are called, already translated.
    say
        The language.
    """
    edge = colours[-1]
    classes = [
        Class("nobody", nobody, palette.UNKNOWN, "ring", size=2.2),
        Class("unknown", say("Unknown"), palette.UNKNOWN, "ring", size=5),
        Class("few", say("Too few to tell"), edge, "ring", size=3),
    ]
    ends = (*PEOPLE_STEPS[1:], None)
    for low, high, colour, size in zip(PEOPLE_STEPS, ends, colours, SIZES, strict=True):
        label = (
            say("{low} to {high} people", low=low, high=high - 1)
            if high
            else say("{low} people or more", low=low)
        )
        classes.append(Class(f"from_{low}", label, colour, size=size, edge=edge))
    return tuple(classes)
