"""What some sites bring, site by site, and how near that is to the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.siting.demand import Aim
from geo.siting.gains import ByAim
from geo.siting.optimum import Best


@dataclass(frozen=True, slots=True)
class Step:
    """
    What one more site brings, after those before it.

    Parameters
    ----------
    candidate
        Its number.
    people
        How many come within the limit who were not; expected numbers, with fractions.
    person_minutes
        Minutes of walking, one way, that it saves all people together.
    """

    candidate: int
    people: float
    person_minutes: float


@dataclass(frozen=True, slots=True)
class Siting:
    """
    Some sites, and what they bring.

    Parameters
    ----------
    steps
        Site by site.
    gap
        By which share of what is possible the sites may fall short of the best: 0 if
        they are proven to be the best, to a millionth.
    stopped
        Whether the best was sought, and time was up before it was proven.

    Examples
    --------
    >>> Siting((Step(3, 20.0, 90.0), Step(1, 5.0, 40.0)), gap=0.0, stopped=False).chosen
    (3, 1)
    """

    steps: tuple[Step, ...]
    gap: float
    stopped: bool

    @property
    def chosen(self) -> tuple[int, ...]:
        """Numbers of the candidates, in the order of the steps."""
        return tuple(step.candidate for step in self.steps)

    @property
    def people(self) -> float:
        """How many come within the limit, of all sites together."""
        return sum(step.people for step in self.steps)

    @property
    def person_minutes(self) -> float:
        """Minutes of walking, one way, that all sites together save all people."""
        return sum(step.person_minutes for step in self.steps)


def steps(gains: ByAim, chosen: Sequence[int]) -> tuple[Step, ...]:
    """
    Tell what each site brings after those before it.

    Examples
    --------
    >>> from geo.siting.demand import Demand
    >>> from geo.siting.gains import gains_by_aim
    >>> from geo.times import Times
    >>> times = Times.of_walks([0, 0], [0, 1], [5.0, 9.0], shape=(1, 2), cutoff_min=15)
    >>> demand = Demand(np.array([4.0]), np.array([12.0]), times, within=10)
    >>> steps(gains_by_aim(demand), [1, 0])  # doctest: +NORMALIZE_WHITESPACE
    (Step(candidate=1, people=4.0, person_minutes=12.0),
     Step(candidate=0, people=0.0, person_minutes=16.0))
    """

    def added(aim: Aim) -> list[float]:
        worth = [gains[aim].worth(chosen[:end]) for end in range(len(chosen) + 1)]
        return [float(more) for more in np.diff(worth)]

    both = added("within"), added("walk")
    return tuple(Step(*step) for step in zip(chosen, *both, strict=True))


def told(gains: ByAim, best: Best, *, sought: bool = True) -> Siting:
    """Tell what some sites bring, and how sure it is that they are the best."""
    stopped = sought and best.gap > 0
    return Siting(steps(gains, best.found.chosen), best.gap, stopped=stopped)
