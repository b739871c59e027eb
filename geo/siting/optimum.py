"""The best choice, proven; or how far it may be from the best when time is up."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np

from geo.siting.coverage import pieces, solve
from geo.siting.gains import TINY, Found, Gains
from geo.siting.greedy import at_most, greedy, lowest
from geo.siting.prices import bound

KERNEL = 20
"""So many promising candidates, or three for each to be chosen, are asked about at first."""


@dataclass(frozen=True, slots=True)
class Best:
    """
    The best choice that was found.

    Parameters
    ----------
    found
        What it is, and what it brings.
    most
        No choice of so many brings more.
    """

    found: Found
    most: float

    @property
    def gap(self) -> float:
        """By which share of the most it may fall short; 0 if it is proven to be the best."""
        if self.most <= self.found.worth * (1 + TINY):
            return 0.0
        return 1 - self.found.worth / self.most


def optimum(gains: Gains, count: int, *, seconds: float, start: Found | None = None) -> Best:
    """
    Choose the candidates that bring most together.

    One after the other (`geo.siting.greedy`) to begin with; then prices bound what is
    possible and rule out candidates (`geo.siting.prices`); of those that remain, the
    most promising are solved exactly (`geo.siting.coverage`), and again twice as many,
    until no other can have a part in anything better. Candidates are ruled out only
    where that is proven, so the result is that of the whole model.

    Parameters
    ----------
    gains
        What candidates bring.
    count
        How many to choose. Fewer are, if no other brings anything more.
    seconds
        How long to look. What is found in no time is returned in any case.
    start
        A choice that is known, of that many or fewer.

    Returns
    -------
    best
        In the order of what sites add to those before. Of choices that bring as much,
        one of which no site can be exchanged for a candidate of a lower row. The same
        every time, unless time was up.

    Examples
    --------
    The middle one brings most alone, but the outer two together bring more:

    >>> table = np.array([0, 1, 1, 2, 2, 3]), np.array([0, 0, 1, 1, 2, 2]), np.full(6, 4.0)
    >>> gains = Gains(*table[:2], table[2] + np.array([-1, 0, 0, 0, 0, -1]), 4, 3)
    >>> greedy(gains, 2).worth, optimum(gains, 2, seconds=60).found
    (11.0, Found(chosen=(0, 2), worth=14.0))
    """
    end = monotonic() + seconds
    found = greedy(gains, count)
    if len(gains.useful) <= count:
        return Best(found, found.worth)
    if start is not None:
        found = max(found, greedy(gains, count, start.chosen), key=lambda one: one.worth)
    best = _proven(gains, count, found, end)
    chosen = np.array(lowest(gains, best.found).chosen, dtype=np.intp)
    return Best(greedy(gains.only(chosen), count), best.most)


def _proven(gains: Gains, count: int, found: Found, end: float) -> Best:
    left, price, size = gains.useful, None, max(KERNEL, 3 * count)
    most = at_most(gains, found.chosen, count)
    while monotonic() < end:
        some = gains.only(left)
        lowest_bound, found = bound(some, count, found, end=end, price=price)
        having, price = lowest_bound.having, lowest_bound.price
        most = min(most, max(lowest_bound.most, found.worth))
        left = left[having[left] > found.worth * (1 + TINY)]
        if not len(left):
            return Best(found, found.worth)
        promising = left[np.argsort(-having[left], kind="stable")]
        kernel, others = np.sort(promising[:size]), promising[size:]
        solved = solve(pieces(some, kernel), count, end=end)
        found = max(found, gains.found(solved.chosen), key=lambda one: one.worth)
        inside = found.worth if solved.proven else solved.most
        outside = float(having[others].max(initial=0.0))
        most = min(most, max(found.worth, inside, outside))
        if not solved.proven or outside <= found.worth * (1 + TINY):
            break
        left, size = left[having[left] > found.worth * (1 + TINY)], 2 * size
    return Best(found, most)
