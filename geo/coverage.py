"""Who has a place within reach: people and shares of a group."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from geo.network import Floats


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
