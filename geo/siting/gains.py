"""What each candidate would bring to each home: the one table that every search reduces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.paths.network import Bools, Floats, Ints
from geo.siting.demand import Aim, Demand

TINY = 1e-9
"""Differences below this share are noise of sums, and decide nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """Some candidates, and what they bring together."""

    chosen: tuple[int, ...]
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """
    What candidates bring to homes, only where it is more than nothing.

    A home has the most that any chosen candidate brings it: several do not add up. So
    what a choice S is worth is Σ_i max_{j ∈ S} g_ij, whatever is gained.

    Parameters
    ----------
    home, candidate, gain
        Rows of the table, in no order; a home and a candidate meet once at most.
    homes, candidates
        How many there are of each, with or without a gain.

    Examples
    --------
    The first home has 5 of one candidate and 3 of the other, the second 4 of the other:

    >>> table = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 3.0, 4.0])
    >>> gains = Gains(*table, homes=2, candidates=2)
    >>> [gains.worth(chosen) for chosen in ([], [0], [1], [0, 1])]
    [0.0, 5.0, 7.0, 9.0]
    >>> gains.added(gains.best([1])).tolist()
    [2.0, 0.0]
    """

    home: Ints
    candidate: Ints
    gain: Floats
    homes: int
    candidates: int

    @property
    def useful(self) -> Ints:
        """Return the candidates that bring anybody anything, lowest first."""
        return np.flatnonzero(np.bincount(self.candidate, minlength=self.candidates))

    def best(self, chosen: Sequence[int] | Ints) -> Floats:
        """Return, by home, the most that it has of some candidates."""
        most = np.zeros(self.homes)
        theirs = self._is(chosen)[self.candidate]
        np.maximum.at(most, self.home[theirs], self.gain[theirs])
        return most

    def worth(self, chosen: Sequence[int] | Ints) -> float:
        """Return what some candidates bring together."""
        return float(self.best(chosen).sum())

    def found(self, chosen: Sequence[int] | Ints) -> Found:
        """Return some candidates, lowest first, with what they bring together."""
        return Found(tuple(sorted(int(one) for one in chosen)), self.worth(chosen))

    def added(self, best: Floats) -> Floats:
        """Return, by candidate, what it would bring to homes that have so much already."""
        more = np.maximum(self.gain - best[self.home], 0.0)
        return np.bincount(self.candidate, more, self.candidates).astype(np.float64)

    def only(self, candidates: Ints) -> Gains:
        """Return what some candidates bring; all keep their numbers."""
        kept = self._is(candidates)[self.candidate]
        table = self.home[kept], self.candidate[kept], self.gain[kept]
        return Gains(*table, self.homes, self.candidates)

    def _is(self, chosen: Sequence[int] | Ints) -> Bools:
        mask = np.zeros(self.candidates, dtype=bool)
        mask[np.asarray(chosen, dtype=np.intp)] = True
        return mask


ByAim = Mapping[Aim, Gains]
"""What candidates bring, by what is to be most."""


def gains_of(demand: Demand, aim: Aim) -> Gains:
    """
    Return what candidates bring: people within who were not, or their minutes saved.

    Parameters
    ----------
    demand
        Who is to be served.
    aim
        `"within"`: the people of a home that is beyond the limit today, if the
        candidate is within. `"walk"`: people × minutes by which the candidate is nearer
        than the nearest place today; longer walks are as long as the cut-off.

    Returns
    -------
    gains
        In people, or in person-minutes for one way.

    Examples
    --------
    >>> from geo.times import Times
    >>> times = Times.of_walks([0, 1], [0, 0], [5, 9], shape=(2, 1), cutoff_min=15)
    >>> demand = Demand(np.array([4.0, 2.0]), np.array([np.inf, 10.0]), times, within=10)
    >>> [gains_of(demand, aim).gain.tolist() for aim in ("within", "walk")]
    [[4.0], [40.0, 2.0]]
    """
    walks = demand.times.minutes
    home = np.repeat(np.arange(demand.times.homes), np.diff(walks.indptr))
    candidate, took = walks.indices.astype(np.intp), walks.data
    now = np.minimum(demand.now_min, demand.times.cutoff_min)[home]
    if aim == "within":
        newly = (demand.now_min[home] > demand.within) & (took <= demand.within)
        each = newly.astype(np.float64)
    else:
        each = now - took
    kept = demand.counted[home] & (each > 0)
    gain = demand.people[home[kept]] * each[kept]
    return Gains(home[kept], candidate[kept], gain, demand.times.homes, demand.times.places)


def gains_by_aim(demand: Demand) -> ByAim:
    """
    Return what candidates bring, by both aims.

    Examples
    --------
    >>> from geo.times import Times
    >>> times = Times.of_walks([0], [0], [5.0], shape=(1, 1), cutoff_min=15)
    >>> both = gains_by_aim(Demand(np.array([4.0]), np.array([12.0]), times, within=10))
    >>> {aim: gains.worth([0]) for aim, gains in both.items()}
    {'within': 4.0, 'walk': 28.0}
    """
    return {"within": gains_of(demand, "within"), "walk": gains_of(demand, "walk")}
