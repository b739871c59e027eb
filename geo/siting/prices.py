"""How much the best choice can bring at most, and which candidates have no part in it."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np

from geo.paths.network import Floats, Ints
from geo.siting.gains import TINY, Found, Gains

ROUNDS = 600
"""Prices are changed so often at most: on real areas they have settled by then."""

PATIENCE = 20
"""After so many rounds without a lower bound, steps become shorter."""

SHORTER = 1.5
"""By this they do."""

MEMORY = 0.7
"""How much of the last direction is kept, so that prices do not swing to and fro."""

BETTER = 1e-6
"""A bound that is lower by a smaller share is no progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """
    What no choice can exceed.

    Parameters
    ----------
    most
        The most that any so many candidates bring together.
    having
        By candidate: the most that any so many bring of which it is one. Where that is
        no more than what is found already, it needs no further thought.
    price
        By home, what led to these; where to go on from.
    top
        The candidates that are worth most at these prices.
    """

    most: float
    having: Floats
    price: Floats
    top: Ints


def at_prices(gains: Gains, count: int, price: Floats) -> Bound:
    """
    Return the bound that some prices give.

    Each home pays a price once, and has from every chosen candidate what that brings it
    above the price: Σ_i u_i + the `count` largest of Σ_i max(0, g_ij − u_i). That is no
    less than what the candidates bring, for all u_i ≥ 0: the Lagrangian relaxation of
    "a home has the most, not the sum" (Cornuéjols, Fisher & Nemhauser 1977).

    Parameters
    ----------
    gains, count
        As in `geo.siting.greedy.greedy`; `count` at most the candidates.
    price
        By home, u_i.

    Examples
    --------
    Two candidates that bring one home the same are not worth twice:

    >>> table = np.array([0, 0]), np.array([0, 1]), np.array([5.0, 5.0])
    >>> gains = Gains(*table, homes=1, candidates=2)
    >>> [at_prices(gains, 2, np.array([price])).most for price in (0.0, 5.0)]
    [10.0, 5.0]
    """
    above = np.maximum(gains.gain - price[gains.home], 0.0)
    each = np.bincount(gains.candidate, above, gains.candidates)
    top = np.argsort(-each, kind="stable")[:count]
    paid, last = price.sum(), each[top[-1]]
    total = each[top].sum()
    having = paid + total - np.maximum(last - each, 0.0)
    return Bound(float(paid + total), having, price, top)


def bound(
    gains: Gains, count: int, found: Found, *, end: float, price: Floats | None = None
) -> tuple[Bound, Found]:
    """
    Look for the prices with the lowest bound, and for better choices on the way.

    Subgradients (Held, Wolfe & Crowder 1974, 10.1007/BF01580223), with a memory of the
    last direction (Camerini, Fratta & Maffioli 1975). Whatever
    prices it ends with, the bound holds.

    Parameters
    ----------
    gains, count
        As in `at_prices`.
    found
        A choice to begin with.
    end
        When to stop, by `time.monotonic`.
    price
        By home, what to begin with; else what they have of `found`.

    Returns
    -------
    bound, found
        The lowest bound, and the best choice that was met.

    Examples
    --------
    >>> table = np.array([0, 0]), np.array([0, 1]), np.array([5.0, 4.0])
    >>> gains = Gains(*table, homes=1, candidates=2)
    >>> lowest, best = bound(gains, 1, gains.found([1]), end=monotonic() + 1)
    >>> lowest.most, best
    (5.0, Found(chosen=(0,), worth=5.0))
    """
    price = gains.best(found.chosen) if price is None else price
    best = now = at_prices(gains, count, price)
    turn, step, idle = np.zeros(gains.homes), 1.0, 0
    for _ in range(ROUNDS):
        if best.most - found.worth <= TINY * best.most or monotonic() > end:
            break
        if now is best:
            found = max(found, gains.found(best.top), key=lambda one: one.worth)
        turn = _turn(gains, now, turn)
        length = float(turn @ turn)
        if not length:
            break
        price = now.price - step * (now.most - found.worth) / length * turn
        now = at_prices(gains, count, np.maximum(price, 0.0))
        idle = 0 if now.most < best.most * (1 - BETTER) else idle + 1
        best = min(best, now, key=lambda one: one.most)
        if idle == PATIENCE:
            now, turn, step, idle = best, np.zeros(gains.homes), step / SHORTER, 0
    return best, found


def _turn(gains: Gains, now: Bound, last: Floats) -> Floats:
    """Return by how much prices are too high: paid by all, had back from the top."""
    topped = np.zeros(gains.candidates, dtype=bool)
    topped[now.top] = True
    had = topped[gains.candidate] & (gains.gain > now.price[gains.home])
    turn = 1.0 - np.bincount(gains.home[had], minlength=gains.homes) + MEMORY * last
    return np.where((now.price <= 0) & (turn > 0), 0.0, turn)
