"""The two nearest places of every home: whoever has but one of them in reach depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo.cells import Cells
from geo.model import Gait, Walker
from geo.paths.network import Bools, Floats, Ints
from geo.question import Question
from geo.search.choices import Choices, choices
from geo.town import Sides, Town


@dataclass(frozen=True, slots=True, eq=False)
class Two:
    """
    The two nearest distinct places from every home, nearest first, however far they are.

    Parameters
    ----------
    place
        Homes × 2: number of the place among those that count; `NOWHERE` if there is none.
    minutes
        Homes × 2: the walk there; `inf` if there is none.

    Examples
    --------
    Three homes; the second is as far from both, the third reaches none:

    >>> two = Two(np.array([[0, 1], [0, 1], [1, -1]]),
    ...           np.array([[4.0, 12.0], [9.0, 9.0], [30.0, np.inf]]))
    >>> two.sole(10).tolist(), two.choosing(10).tolist()
    ([True, False, False], [False, True, False])
    >>> two.depending(np.array([7.0, 8.0, 9.0]), within=10, places=2).tolist()
    [7.0, 0.0]
    """

    place: Ints
    minutes: Floats

    def sole(self, within: float) -> Bools:
        """Tell which homes have exactly one place within a limit."""
        alone: Bools = (self.minutes[:, 0] <= within) & (self.minutes[:, 1] > within)
        return alone

    def choosing(self, within: float) -> Bools:
        """Tell which homes have two places or more within a limit."""
        several: Bools = self.minutes[:, 1] <= within
        return several

    def depending(self, people: Floats, *, within: float, places: int) -> Floats:
        """Add up by place the people who have no other within a limit; unknown stays so."""
        alone = self.sole(within)
        return np.bincount(self.place[alone, 0], people[alone], places).astype(float)

    def shared(self, people: Floats, *, within: float, places: int) -> Floats:
        """Add up by place the people who have it and another as their two nearest in reach."""
        several = self.choosing(within)
        both = np.repeat(people[several], 2)
        return np.bincount(self.place[several].ravel(), both, places).astype(float)


def two_nearest(
    town: Town, question: Question, walkers: Mapping[str, Walker], counted: Bools, side: Sides
) -> dict[str, Two]:
    """
    Find the two nearest places that count, for every group at its own pace.

    Whoever shares a gait shares a search (`geo.search.choices`), and differs in speed only.

    Parameters
    ----------
    town, question
        Where, and under which conditions.
    walkers
        By group, who walks.
    counted
        Which places count, by row of the bundle's places.
    side
        From a gait to how it meets the town.

    Returns
    -------
    two
        By group; places are numbered in the order of those that count.
    """
    row = np.flatnonzero(counted[town.place_of])
    of = (np.cumsum(counted) - 1)[town.place_of[row]]
    found: dict[Gait, Choices] = {}

    def searched(gait: Gait) -> Choices:
        if gait not in found:
            met = side(gait)
            doors = met.entrances.take(row)
            found[gait] = choices(met.weighed, met.homes, doors, of=of, count=2)
        return found[gait]

    paces: dict[Walker, Two] = {}
    for walker in walkers.values():
        if walker not in paces:
            near = searched(question.terms(walker).gait)
            paces[walker] = Two(near.place, walker.minutes(near.distance_m))
    return {group: paces[walker] for group, walker in walkers.items()}


def middle_next(two: Two, people: Floats, *, within: float, places: int) -> Floats:
    """
    Return by place the walk to the next one, of the middle one of those who depend on it.

    The order is that of `geo.cells.Cells.middle`: no way at all comes last, so the middle
    is `inf` only if most have none. A home whose people are unknown counts as one.

    Parameters
    ----------
    two, people
        Of one group.
    within, places
        As in `Two.depending`.

    Returns
    -------
    minutes
        `nan` where nobody depends on it.

    Examples
    --------
    >>> two = Two(np.array([[0, 1], [0, 1], [0, -1]]),
    ...           np.array([[4.0, 12.0], [9.0, 19.0], [8.0, np.inf]]))
    >>> middle_next(two, np.array([2.0, 3.0, 2.0]), within=10, places=2).tolist()
    [19.0, nan]
    """
    alone = np.flatnonzero(two.sole(within) & (people != 0))
    found = np.full(places, np.nan)
    some, of = np.unique(two.place[alone, 0], return_inverse=True)
    weight = np.where(np.isnan(people), 1.0, people)[alone]
    found[some] = Cells(np.zeros((len(some), 2)), of).middle(two.minutes[alone, 1], weight)
    return found
