"""Whether there is room for all: what places offer, shared among those who reach them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike

from geo.errors import QuestionError
from geo.measures.decay import Decay
from geo.paths.network import Floats
from geo.times import Times

ZONE_WEIGHTS = (1.0, 0.68, 0.22)
"""Weights of three zones, near to far, as PySAL's `access` gives them for its steps."""


@dataclass(frozen=True, slots=True)
class Zones:
    """
    A decay by zones of time: up to and with `limits_min[n]` a walk weighs `weights[n]`.

    Raises
    ------
    QuestionError
        If limits do not grow, if weights grow or are below 0, or if one lacks the other.

    Examples
    --------
    >>> Zones((5, 10, 15), ZONE_WEIGHTS)(np.array([5.0, 6.0, 15.0, 16.0])).tolist()
    [1.0, 0.68, 0.22, 0.0]
    >>> Zones.thirds(15) == Zones((5, 10, 15), ZONE_WEIGHTS)
    True
    """

    limits_min: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse zones that are no zones."""
        growing = all(a < b for a, b in pairwise((-inf, *self.limits_min)))
        falling = all(a >= b for a, b in pairwise((*self.weights, 0.0)))
        paired = len(self.weights) == len(self.limits_min) > 0
        if not (growing and falling and paired):
            raise QuestionError(
                "Zones need limits that grow and weights that do not: {limits}; {weights}.",
                limits=", ".join(map(str, self.limits_min)),
                weights=", ".join(map(str, self.weights)),
            )

    @classmethod
    def thirds(cls, catchment_min: float) -> Zones:
        """Return three equal zones of a catchment, with `ZONE_WEIGHTS`."""
        return cls(tuple(catchment_min * n / 3 for n in (1, 2, 3)), ZONE_WEIGHTS)

    def __call__(self, minutes: Floats) -> Floats:
        """Return the weights of walks."""
        zone = np.searchsorted(np.asarray(self.limits_min, dtype=np.float64), minutes)
        return np.array([*self.weights, 0.0])[zone]

    @property
    def reach_min(self) -> float:
        """Longest walk that weighs anything."""
        return self.limits_min[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """
    How the room in some places is shared among people.

    Parameters
    ----------
    demand
        By place: people who reach it, the far ones for less.
    per_person
        By place: its room for each of them; `nan` if nobody reaches it.
    at_home
        By home: the room that each who lives there finds, in all places together.
    """

    demand: Floats
    per_person: Floats
    at_home: Floats


def e2sfca(times: Times, people: ArrayLike, room: ArrayLike, decay: Decay) -> Supply:
    """
    Share what places offer among people: enhanced two-step floating catchment area.

    First every place is divided among those who reach it, R_j = S_j ÷ Σ_i P_i·W(t_ij);
    then every home adds up its places, A_i = Σ_j R_j·W(t_ij) (Luo & Qi 2009,
    10.1016/j.healthplace.2009.06.002). All that is offered is given out, once:
    Σ_i P_i·A_i is the room of all places that anybody reaches.

    Parameters
    ----------
    times
        Walks to the places that count.
    people
        Of the group, in each home.
    room
        What each place offers: seats, square metres; `nan` if unknown.
    decay
        What a walk weighs, W. Luo & Qi use `Zones`; with `geo.measures.decay.Step` it is the
        plain two-step measure (Luo & Wang 2003).

    Returns
    -------
    supply
        In units of `room` per person. Unknown people or room make unknown what
        they have a part in. A home that reaches no place finds 0. A place that
        nobody reaches gives nobody anything.

    Raises
    ------
    QuestionError
        If the decay ends beyond the cut-off.

    Examples
    --------
    Two homes share a hall of 30 seats; the far one counts for half as much:

    >>> times = Times.of_walks([0, 1], [0, 0], [2.0, 8.0], shape=(3, 1), cutoff_min=15)
    >>> shared = e2sfca(times, [10.0, 10.0, 5.0], [30.0], Zones((5, 10), (1.0, 0.5)))
    >>> shared.demand.tolist(), shared.per_person.tolist(), shared.at_home.tolist()
    ([15.0], [2.0], [2.0, 1.0, 0.0])
    """
    if isfinite(decay.reach_min):
        times.require(decay.reach_min)
    weights = decay(times.minutes.data)
    demand = times.by_place(people, weights)
    nobody = demand == 0
    unshared = np.full(times.places, np.nan)
    per_person = np.divide(np.asarray(room, float), demand, out=unshared, where=~nobody)
    given = np.where(nobody, 0.0, per_person)
    return Supply(demand, per_person, times.by_home(given, weights))
