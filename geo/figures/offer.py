"""What the places offer that count, and what somebody has of it at every home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.figures.walked import Walked
from geo.measures.decay import Decay, Exponential
from geo.measures.opportunities import cumulative, gravity
from geo.measures.supply import Zones, e2sfca
from geo.measures.together import reached, variety
from geo.paths.network import Bools, Floats
from geo.times import Times

THOUSAND = 1000
"""People whom places are told for: one person's part of a place is too little to read."""


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """
    What the places that count offer; a place is a row of each.

    Parameters
    ----------
    families
        Places by families: which place is of which.
    settings
        Places by `geo.measures.together.SETTINGS`.
    per_person
        A place's part for each who shares it; 0 if nobody reaches it.
    within
        The limit in minutes.
    """

    families: Bools
    settings: Bools
    per_person: Floats
    within: float

    @property
    def decay(self) -> Decay:
        """How walks weigh: half for every half of the limit; none are beyond it."""
        return Exponential(self.within / 2)


def shared(times: Times, people: Floats, *, within: float) -> Floats:
    """
    Share every place among all who reach it, the far ones for less.

    The first step of `geo.measures.supply.e2sfca`, with three equal zones of the limit.
    OpenStreetMap does not tell how many a place has room for, so that every place is
    taken to have the same: one place.

    Parameters
    ----------
    times
        Everybody's walks to the places.
    people
        Everybody in each home.
    within
        The limit in minutes.

    Returns
    -------
    per_person
        By place: its part for each; 0 if nobody reaches it.

    Examples
    --------
    >>> times = Times.of_walks([0, 1], [0, 0], [2.0, 4.0], shape=(2, 2), cutoff_min=15)
    >>> shared(times, np.array([10.0, 40.0]), within=15).tolist()
    [0.02, 0.0]
    """
    found = e2sfca(times, people, np.ones(times.places), Zones.thirds(within))
    return np.where(found.demand == 0, 0.0, found.per_person)


@dataclass(frozen=True, slots=True, eq=False)
class AtHome:
    """What somebody has at every home; a home is a row of each."""

    nearest_min: Floats
    choice_min: Floats
    places: Floats
    weighted: Floats
    sorts: Floats
    per_thousand: Floats
    indoors: Bools
    outdoors: Bools


def at_home(walked: Walked, offer: Offer) -> AtHome:
    """
    Measure what a walker has at every home.

    Parameters
    ----------
    walked
        Its walks.
    offer
        What the places offer.

    Returns
    -------
    at_home
        One row per home of each.
    """
    times, within = walked.times, offer.within
    zones = Zones.thirds(within)(times.minutes.data)
    has = reached(times, offer.settings, within=within)
    return AtHome(
        nearest_min=walked.nearest_min[:, 0],
        choice_min=walked.nearest_min[:, -1],
        places=cumulative(times, within=within),
        weighted=gravity(times, offer.decay),
        sorts=variety(times, offer.families, within=within).astype(np.float64),
        per_thousand=THOUSAND * times.by_home(offer.per_person, zones),
        indoors=has[:, 0],
        outdoors=has[:, 1],
    )
