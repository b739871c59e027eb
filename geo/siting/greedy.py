"""One place after the other: what is quick, what order sites have, and which of equals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.paths.network import Floats, Ints
from geo.siting.gains import TINY, Found, Gains


def greedy(gains: Gains, count: int, start: Sequence[int] = ()) -> Found:
    """
    Add the candidate that brings most, again and again.

    Brings at least 1 − 1/e, 63 %, of what the best choice brings (Cornuéjols, Fisher &
    Nemhauser 1977, 10.1287/mnsc.23.8.789; Nemhauser, Wolsey & Fisher 1978,
    10.1007/BF01588971).

    Parameters
    ----------
    gains
        What candidates bring.
    count
        How many to choose, those of `start` among them. Fewer are, if no other brings
        anything more.
    start
        What is chosen already.

    Returns
    -------
    found
        In the order of choosing; of those that bring the same, the lowest row.

    Examples
    --------
    >>> table = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 3.0, 4.0])
    >>> greedy(Gains(*table, homes=2, candidates=3), 3)
    Found(chosen=(1, 0), worth=9.0)
    """
    chosen = [int(one) for one in start]
    best = gains.best(chosen)
    while len(chosen) < count:
        added = gains.added(best)
        most = added.max(initial=0.0)
        if most <= TINY * best.sum():
            break
        chosen.append(_first(added, most * (1 - TINY)))
        best = np.maximum(best, gains.best(chosen[-1:]))
    return Found(tuple(chosen), float(best.sum()))


def ordered(gains: Gains, chosen: Sequence[int] | Ints) -> tuple[int, ...]:
    """
    Put sites in the order of what each adds to those before it, equal ones by row.

    Examples
    --------
    >>> table = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 3.0, 4.0])
    >>> ordered(Gains(*table, homes=2, candidates=3), [0, 1, 2])
    (1, 0, 2)
    """
    some = np.asarray(chosen, dtype=np.intp)
    first = greedy(gains.only(some), len(some)).chosen
    return (*first, *sorted({int(one) for one in some} - set(first)))


def lowest(gains: Gains, found: Found) -> Found:
    """
    Exchange sites for candidates of a lower row as long as nothing is lost by one of them.

    So that of candidates that do the same the first is named, whatever a solver
    happened to meet. Where only two exchanges at once would do, it stays.

    Examples
    --------
    >>> table = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 5.0, 0.0])
    >>> lowest(Gains(*table, homes=2, candidates=2), Found((1,), 5.0))
    Found(chosen=(0,), worth=5.0)
    """
    chosen, target = sorted(found.chosen), found.worth * (1 - TINY)
    changed = True
    while changed:
        changed = False
        for one in reversed(chosen):
            rest = [other for other in chosen if other != one]
            best = gains.best(rest)
            worth = best.sum() + gains.added(best)
            worth[rest] = -np.inf
            low = _first(worth, min(target, worth[one]))
            if low < one:
                chosen, changed = sorted([*rest, low]), True
                break
    return gains.found(chosen)


def at_most(gains: Gains, chosen: Sequence[int], count: int) -> float:
    """
    Return a bound on what any so many candidates bring, from a choice of any length.

    To what some of the chosen bring, others together add no more than the sum of what
    each alone would (Nemhauser, Wolsey & Fisher 1978).

    Examples
    --------
    >>> table = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 3.0, 4.0])
    >>> at_most(Gains(*table, homes=2, candidates=2), [1], 1)
    7.0
    """
    bounds = []
    for end in range(len(chosen) + 1):
        best = gains.best(chosen[:end])
        bounds.append(best.sum() + np.sort(gains.added(best))[::-1][:count].sum())
    return float(min(bounds))


def _first(values: Floats, least: float) -> int:
    return int(np.flatnonzero(values >= least)[0])
