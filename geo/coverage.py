"""Who has a place within reach: people and shares of a group."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from geo.paths.network import Floats

FEWEST = 5
"""Smaller groups are never told as a number: it would point at somebody."""

NOBODY = 0.5
"""An expected number below this is nobody; from here up to `FEWEST` it is a few."""


def few(people: float) -> bool:
    """
    Tell whether so many people are too few to be told as a number.

    Examples
    --------
    >>> few(0.2), few(3.0), few(5.0)
    (False, True, False)
    """
    return NOBODY <= people < FEWEST


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How a group of people is placed against a limit.

    Parameters
    ----------
    people
        How many they are; `nan` if unknown.
    within
        Those whose walk is at most the limit.
    cut_off
        Those who have no way on foot at all, whatever the time.

    Examples
    --------
    >>> children = Reach(people=40.0, within=10.0, cut_off=4.0)
    >>> children.beyond, children.share
    (30.0, 0.25)
    """

    people: float
    within: float
    cut_off: float

    @property
    def beyond(self) -> float:
        """Those who are not within reach, the cut off among them."""
        return self.people - self.within

    @property
    def hidden(self) -> bool:
        """Whether a few are among them: then no part is told, for one gives away another."""
        return any(few(n) for n in (self.people, self.within, self.beyond))

    @property
    def told(self) -> Reach:
        """
        What may be told of it: `nan` for a few, and for what would give a few away.

        Examples
        --------
        >>> Reach(people=40.0, within=37.0, cut_off=0.0).told
        Reach(people=40.0, within=nan, cut_off=nan)
        """
        return Reach(
            people=nan if few(self.people) else self.people,
            within=nan if self.hidden else self.within,
            cut_off=nan if self.hidden or few(self.cut_off) else self.cut_off,
        )

    @property
    def share(self) -> float:
        """Share of those within; `nan` if there is nobody, or nobody knows."""
        return self.within / self.people if self.people else nan


def reach(people: Floats, minutes: Floats, *, within: float) -> Reach:
    """
    Count a group within a limit; a walk exactly as long as the limit is within.

    Parameters
    ----------
    people
        Of the group, in each home; one `nan` makes the sums `nan`.
    minutes
        Their walk; `inf` where there is no way.
    within
        The limit in minutes.

    Examples
    --------
    >>> reach(np.array([2.0, 3.0, 4.0]), np.array([10.0, 10.1, np.inf]), within=10)
    Reach(people=9.0, within=2.0, cut_off=4.0)
    """
    counted = (np.ones(len(people)), minutes <= within, np.isinf(minutes))
    return Reach(*(float((people * those).sum()) for those in counted))  # nan × 0 stays nan
