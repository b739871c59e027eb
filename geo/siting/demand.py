"""Who would be served by new places, and from where: what every siting is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.errors import QuestionError
from geo.paths.network import Bools, Floats
from geo.times import Times

Aim = Literal["within", "walk"]
"""What is to be most: people newly within the limit, or minutes of walking saved."""


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """
    People, how far they walk today, and how far they would walk to each candidate.

    Parameters
    ----------
    people
        By home: how many are to be served, in expected numbers; a group, or a mix of
        groups by weight. 0 and `nan`, unknown, count for nothing.
    now_min
        By home: the walk to the nearest place that there is; `inf` if there is no way,
        `nan` if unknown: then the home counts for nothing, too.
    times
        Walks from homes to candidates. A walk beyond the cut-off, and none at all, is
        counted as one of the cut-off, today as after: no more is known of walks to
        candidates, and the two have to be measured alike.
    within
        Longest walk in minutes that is still accepted; exactly so long is.

    Raises
    ------
    QuestionError
        If the limit lies beyond the cut-off: walks so long were not looked for.
    ValueError
        If the homes are not as many, or people are fewer than none.

    Examples
    --------
    Four homes and one candidate; the last home is counted by nobody:

    >>> times = Times.of_walks([0, 1, 3], [0, 0, 0], [5, 9, 1], shape=(4, 1), cutoff_min=15)
    >>> people, now = np.array([4.0, 2.0, 8.0, np.nan]), np.array([12.0, 3.0, np.inf, 20.0])
    >>> demand = Demand(people, now, times, within=10)
    >>> demand.beyond, demand.out_of_reach, demand.unknown
    (12.0, 8.0, 1)
    """

    people: Floats
    now_min: Floats
    times: Times
    within: float

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        self.times.require(self.within)
        if not len(self.people) == len(self.now_min) == self.times.homes:
            raise ValueError("people, now_min and times must be of the same homes")
        if (self.people < 0).any():
            raise ValueError("people must be 0 or more in every home")

    @property
    def counted(self) -> Bools:
        """Which homes count: somebody is known to live there, and how far they walk."""
        return (self.people > 0) & ~np.isnan(self.now_min)

    @property
    def unknown(self) -> int:
        """How many homes count for nothing because their people or their walk is unknown."""
        nobody = self.people == 0
        return int((~nobody & (np.isnan(self.people) | np.isnan(self.now_min))).sum())

    @property
    def beyond(self) -> float:
        """How many people are beyond the limit today."""
        return float(self.people[self._beyond].sum())

    @property
    def out_of_reach(self) -> float:
        """How many of those beyond no candidate brings within, were all of them built."""
        reached = np.diff(self.times.at_most(self.within).minutes.indptr) > 0
        return float(self.people[self._beyond & ~reached].sum())

    @property
    def _beyond(self) -> Bools:
        return self.counted & (self.now_min > self.within)


def require_count(count: int) -> None:
    """
    Raise `QuestionError` unless there is at least one place to be sited.

    Examples
    --------
    >>> require_count(1)
    """
    if count < 1:
        raise QuestionError("Choose one place or more, not {got}.", got=count)
