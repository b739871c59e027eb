"""On whom a gain falls: on areas of low income, and on those who had the longest walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from geo.coverage import NOBODY, few
from geo.crossed import CLASSES, ELSEWHERE
from geo.measures.equity import curve
from geo.paths.network import Floats
from geo.scenario.by_area import changes_by
from geo.scenario.difference import Difference
from geo.scenario.discreet import parted
from geo.scenario.gained import NO_ONE, Change
from geo.scenario.standing import Standing
from geo.tables import EVERYBODY

WORST = 0.2
"""Share of the people who are worst off: the fifth with the longest walk. Ours."""


@dataclass(frozen=True, slots=True)
class Fairness:
    """
    On whom of a group a gain falls.

    Parameters
    ----------
    whole
        The change of the group.
    classes
        The same by `geo.crossed.CLASSES` of the areas that they live in; together they are
        all of the group, each once.
    to_worst
        Share of the gain that goes to the fifth of the group with the longest walk
        before the change: 0.2 if it fell evenly. `nan` if nobody gains, or if it is not
        known who lives where.
    """

    whole: Change
    classes: Mapping[str, Change]
    to_worst: float

    @property
    def told_to_worst(self) -> float:
        """
        What may be told of `to_worst`: `nan` if a few of either side gain, or are so many.

        Examples
        --------
        >>> from geo.coverage import Reach
        >>> some = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 60.0, 0.0), 40.0, 0.0)
        >>> [Fairness(some, {}, share).told_to_worst for share in (0.5, 0.1)]
        [0.5, nan]
        """
        gains = self.whole.told.gains
        sides = (gains * self.to_worst, gains * (1 - self.to_worst))
        some = (self.whole.before.people * WORST, *sides)
        return nan if isnan(gains) or any(map(few, some)) else self.to_worst

    @property
    def to_low(self) -> float:
        """
        Share of the gain that goes to areas of low income; `nan` where it may not be told.

        Of those alone whose area has a known income.
        """
        return self._low([one.told.gains for one in self._known])

    @property
    def live_low(self) -> float:
        """Share of the group who live in areas of low income, of the same people."""
        return self._low([one.told.before.people for one in self._known])

    @property
    def unknown(self) -> float:
        """Share of those who gain whose area has no known income; `nan` if not told."""
        gains = self.whole.told.gains
        return self.classes["unknown"].told.gains / gains if gains >= NOBODY else nan

    @property
    def _known(self) -> list[Change]:
        return [self.classes[key] for key in CLASSES if key != "unknown"]

    def _low(self, numbers: list[float]) -> float:
        whole = sum(numbers)
        return numbers[0] / whole if whole >= NOBODY else nan


def fairness(before: Standing, after: Standing, found: Difference) -> Fairness:
    """
    Tell on whom of the asked group a gain falls.

    Parameters
    ----------
    before, after
        As `geo.scenario.difference.difference` compared them.
    found
        What it returned: no class gives away what that does not tell.

    Returns
    -------
    fairness
        Where nothing is known of incomes everybody is of the class `"unknown"`.
    """
    known, question = before.town.bundle, found.question
    of = before.homes["income"].map(known.incomes["area_class"].to_dict()).astype(object)
    rows = dict.fromkeys(CLASSES, Change(NO_ONE, NO_ONE, 0.0, 0.0))
    rows |= changes_by(of.fillna("unknown").astype(str), before, after)
    # Residents of low-income areas are a group as well, which is told of beside them.
    last = ELSEWHERE if question.group == EVERYBODY else ()
    was, now = (found.walks[side].to_numpy() for side in ("before", "after"))
    people = np.asarray(before.homes.loc[found.walks.index, question.group], dtype=float)
    gains = (was > question.minutes) & (now <= question.minutes)
    return Fairness(
        found.asked, parted(rows, found.asked, last=last), to_worst(people, was, gains)
    )


def to_worst(people: Floats, before: Floats, gains: np.ndarray) -> float:
    """
    Return what share of a gain goes to the fifth of the people with the longest walk.

    Read off the concentration curve of `geo.measures.equity.curve`, where people stand in
    order of their walk before the change, no way at all first, then the longest. Homes with
    the same walk are one step: if the fifth ends within it, its gain is parted evenly.

    Parameters
    ----------
    people
        In each home.
    before
        Their walk in minutes; `inf` where there is no way.
    gains
        Which homes come within reach.

    Returns
    -------
    share
        0.2 if the gain falls evenly; `nan` if nobody gains, or if people are unknown.

    Examples
    --------
    >>> people, walks = np.array([80.0, 10.0, 10.0]), np.array([11.0, 30.0, np.inf])
    >>> to_worst(people, walks, np.array([False, True, True]))
    1.0
    >>> round(to_worst(people, walks, np.array([True, True, True])), 6)
    0.2
    """
    who, what = curve(gains.astype(float), people, by=-before)
    return float(np.interp(WORST, who, what))
