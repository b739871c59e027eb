"""Who can meet where: the people who reach a place, how mixed they are, what a home has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, nan

import numpy as np
from scipy.special import entr

from geo.measures.decay import Step
from geo.paths.network import Bools, Floats, Ints
from geo.times import Times

SETTINGS = ("indoor", "outdoor")
"""Columns of `settings`; a place that is both counts as each."""


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """
    Who can meet in some places; a place is a row of each.

    Parameters
    ----------
    groups
        What the columns of `people` are of.
    people
        How many of each group have the place within reach.
    evenness
        From 0, all of one group, to 1, as many of each; `nan` if nobody reaches
        it or a group is unknown.
    likeness
        From 0 to 1, as many of each as live in the area: 0.9 says that a tenth
        would have to be of other groups for that. `nan` likewise.
    """

    groups: tuple[str, ...]
    people: Floats
    evenness: Floats
    likeness: Floats


def co_accessibility(
    times: Mapping[str, Times], people: Mapping[str, Floats], *, within: float
) -> Together:
    """
    Count by group who reaches each place, and tell how mixed they are.

    A place's co-accessibility is its power to bring different people together
    (Milias, Psyllidis & Bozzon 2024, 10.1016/j.jtrangeo.2024.104027). `evenness` is
    the entropy −Σ s_g·ln s_g of the groups' shares ÷ ln of how many groups there are,
    as in Milias & Psyllidis 2022 (10.1016/j.compenvurbsys.2022.101829).
    `likeness` is 1 − ½·Σ|s_g − a_g| with a_g the group's share of the area: it blames
    no place for an area with few children (half the sum of differences is the index
    of dissimilarity, Duncan & Duncan 1955, here of one place from its area).

    Parameters
    ----------
    times
        By group, at its own pace, to the same places.
    people
        By group, how many live in each home. Groups that do not overlap, as ages;
        together they are everybody who is counted.
    within
        Longest walk in minutes; exactly so long is within.

    Returns
    -------
    together
        For the places in their order.

    Raises
    ------
    QuestionError
        If the limit lies beyond the cut-off.

    Examples
    --------
    >>> times = Times.of_walks([0, 1], [0, 0], [0.0, 9.0], shape=(2, 2), cutoff_min=15)
    >>> people = {"young": np.array([6.0, 4.0]), "old": np.array([0.0, 10.0])}
    >>> met = co_accessibility(dict.fromkeys(people, times), people, within=10)
    >>> met.people.tolist(), met.evenness.tolist(), met.likeness.tolist()
    ([[10.0, 10.0], [0.0, 0.0]], [1.0, nan], [1.0, nan])
    """
    groups = tuple(people)
    came = np.stack([_within(times[group], people[group], within) for group in groups], axis=1)
    shares = _shares(came)
    area = _shares(np.array([[people[group].sum() for group in groups]]))
    ways = log(len(groups)) if len(groups) > 1 else nan
    evenness = entr(shares).sum(axis=1) / ways + 0.0  # no −0.0
    likeness = 1 - np.abs(shares - area).sum(axis=1) / 2
    return Together(groups, came, evenness, likeness)


def reached(times: Times, member: Bools, *, within: float) -> Bools:
    """
    Tell which sorts of places every home has within a walk.

    Parameters
    ----------
    times
        Walks to the places.
    member
        Places by sorts: which place is of which. A place may be of several, as
        `kinds.str.get_dummies(";") > 0` makes them, or of none.
    within
        Longest walk in minutes; exactly so long is within.

    Returns
    -------
    reached
        Homes by sorts.

    Raises
    ------
    QuestionError
        If the limit lies beyond the cut-off.

    Examples
    --------
    >>> times = Times.of_walks([0, 0], [0, 1], [0.0, 9.0], shape=(2, 2), cutoff_min=15)
    >>> reached(times, settings(["both", "indoor"]), within=10).tolist()
    [[True, True], [False, False]]
    """
    times.require(within)
    walks = Step(within)(times.minutes.data)
    return times.by_home(np.asarray(member, dtype=np.float64), walks) > 0


def variety(times: Times, member: Bools, *, within: float) -> Ints:
    """
    Count the sorts of places that every home has within a walk.

    Five parks are one sort: it tells whether there is something for different people
    and different days, where `geo.measures.opportunities.cumulative` tells how much there is. A
    count, known in ecology as richness; no share, for how many sorts there could be
    is up to the catalogue.

    Parameters
    ----------
    times, member, within
        As in `reached`.

    Returns
    -------
    variety
        One per home, from 0 to as many sorts as `member` has columns.

    Examples
    --------
    >>> times = Times.of_walks([0, 0], [0, 1], [0.0, 9.0], shape=(2, 2), cutoff_min=15)
    >>> parks_and_library = np.array([[True, False], [True, False]])
    >>> variety(times, parks_and_library, within=10).tolist()
    [1, 0]
    """
    return np.asarray(reached(times, member, within=within).sum(axis=1), dtype=np.intp)


def settings(of: Sequence[str]) -> Bools:
    """
    Tell which places are indoors and which outdoors: the columns `SETTINGS`.

    Parameters
    ----------
    of
        Of every place: `"indoor"`, `"outdoor"` or `"both"`, which is each.

    Examples
    --------
    >>> settings(["indoor", "both"]).tolist()
    [[True, False], [True, True]]
    """
    told = np.asarray(of, dtype=np.str_)[:, None]
    return np.asarray((told == np.array(SETTINGS)) | (told == "both"))


def _within(times: Times, people: Floats, within: float) -> Floats:
    times.require(within)
    return times.by_place(people, Step(within)(times.minutes.data))


def _shares(counts: Floats) -> Floats:
    """Return each count's share of its row; `nan` where the row is empty or unknown."""
    whole = counts.sum(axis=1, keepdims=True)
    empty = np.full(counts.shape, nan)
    return np.asarray(np.divide(counts, whole, out=empty, where=whole > 0))
