"""The walks of all who are compared, each at its own pace: one search for each gait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from geo.model import Gait, Walker
from geo.paths.network import Bools, Floats
from geo.question import Question
from geo.search.choices import choices
from geo.search.matrix import walks
from geo.times import Times
from geo.town import Side, Sides, Town

CHOICE = 3
"""So many places are a choice: with one fewer, it is this or that."""


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """
    What one walker meets.

    Parameters
    ----------
    times
        Minutes from homes to the places that count, within the question's limit.
    nearest_min
        Homes × `CHOICE`: minutes to the nearest place, the second and so on, however
        far they are; `inf` where there is none.
    """

    times: Times
    nearest_min: Floats


def walked(
    town: Town, question: Question, walkers: Mapping[str, Walker], counted: Bools, side: Sides
) -> dict[str, Walked]:
    """
    Walk from every home to the places that count, as every group does.

    Whoever shares a gait shares the way, and differs in speed only: the fastest of
    them searches, and the others take longer for the same metres.

    Parameters
    ----------
    town, question
        Where, and how far.
    walkers
        By group, who walks.
    counted
        Which places count, by row of the bundle's places.
    side
        From a gait to how it meets the town.

    Returns
    -------
    walked
        By group; groups of one pace share one answer.
    """
    by_gait: dict[Gait, list[Walker]] = {}
    for walker in walkers.values():
        by_gait.setdefault(question.terms(walker).gait, []).append(walker)
    found: dict[Walker, Walked] = {}
    for gait, some in by_gait.items():
        found |= _of_a_gait(town, some, counted, question.minutes, side(gait))
    return {group: found[walker] for group, walker in walkers.items()}


def _of_a_gait(
    town: Town, walkers: Iterable[Walker], counted: Bools, within: float, side: Side
) -> dict[Walker, Walked]:
    row = np.flatnonzero(counted[town.place_of])
    doors, of = side.entrances.take(row), (np.cumsum(counted) - 1)[town.place_of[row]]
    fastest = max(walkers, key=lambda walker: walker.speed_m_s)
    metres = walks(
        side.weighed,
        side.homes,
        doors,
        of=of,
        places=int(counted.sum()),
        cutoff_m=fastest.level_m(within),
    )
    near = choices(side.weighed, side.homes, doors, of=of, count=CHOICE).distance_m

    def at_the_pace_of(walker: Walker) -> Walked:
        stored = (walker.minutes(metres.data), metres.indices, metres.indptr)
        searched = within * (fastest.speed_m_s / walker.speed_m_s)
        times = Times(csr_array(stored, shape=metres.shape), searched)
        return Walked(times.at_most(within), walker.minutes(near))

    paces = {walker.speed_m_s: walker for walker in walkers}
    found = {speed: at_the_pace_of(walker) for speed, walker in paces.items()}
    return {walker: found[walker.speed_m_s] for walker in walkers}
