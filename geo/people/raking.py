"""Numbers made to add up: iterative proportional fitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.paths.network import Floats, Ints

ROUNDS = 1000
"""Margins that contradict each other are never all met; nobody waits for them longer."""

STILL = 1e-14
"""Share of everybody that has to move in one round for the next to be worth while."""


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """
    Totals that numbers have to add up to, by group.

    Parameters
    ----------
    of
        Group of each number, from 0; -1: in none, and left as it is.
    totals
        By group; `nan` is not known, and leaves its numbers as they are.
    """

    of: Ints
    totals: Floats


def rake(seed: Floats, margins: Sequence[Margin]) -> Floats:
    """
    Scale numbers group by group until they add up to all margins at once.

    Iterative proportional fitting (W. E. Deming and F. F. Stephan 1940), worked out on
    the sums of what shares all its groups: homes of one cell and one zone always get
    the same factor. Zeros stay zero. Margins that contradict each other make it swing
    between them for ever (F. Pukelsheim 2012, preprint 02/2012, Augsburg; abstract
    seen): then the end of a round is taken.

    Parameters
    ----------
    seed
        What is known beforehand of every number, at least zero.
    margins
        The last one is met exactly wherever its group has any number above zero; the
        others as far as they do not contradict it: see `off`.

    Returns
    -------
    raked
        In the order of `seed`.

    Examples
    --------
    Two rows add up to 3 and 7, two columns to 4 and 6:

    >>> rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> both = [Margin(columns, np.array([4.0, 6.0])), Margin(rows, np.array([3.0, 7.0]))]
    >>> rake(np.ones(4), both).round(9).tolist()
    [1.2, 1.8, 2.8, 4.2]
    """
    if not len(seed):
        return seed
    kinds, kind = np.unique(
        np.column_stack([margin.of for margin in margins]), axis=0, return_inverse=True
    )
    start = np.bincount(kind.ravel(), weights=seed).astype(np.float64)
    now = start
    for _ in range(ROUNDS):
        before = now
        for of, margin in zip(kinds.T, margins, strict=True):
            now = now * _factors(now, of, margin.totals)
        if np.abs(now - before).max() <= STILL * now.sum():
            break
    factor = np.divide(now, start, out=np.zeros_like(now), where=start > 0)
    raked: Floats = seed * factor[kind.ravel()]
    return raked


def _factors(now: Floats, of: Ints, totals: Floats) -> Floats:
    """Return what each number is to be multiplied by, so that its group adds up."""
    asked = np.append(totals, np.nan)  # -1 is the last: no group asks for anything
    have = np.bincount(np.where(of < 0, len(totals), of), weights=now, minlength=len(asked))
    wanted = np.isfinite(asked) & (have > 0)
    factor: Floats = np.divide(asked, have, out=np.ones_like(have), where=wanted)[of]
    return factor


def off(numbers: Floats, margin: Margin) -> Floats:
    """
    Tell how far each group ends from its total: (sum − total) ÷ total.

    `nan` where no total is known; `inf` where it is zero and the sum is not.

    Examples
    --------
    >>> off(np.array([1.0, 2.0]), Margin(np.array([0, 0]), np.array([4.0, np.nan]))).tolist()
    [-0.25, nan]
    """
    inside = margin.of >= 0
    have = np.bincount(margin.of[inside], weights=numbers[inside], minlength=len(margin.totals))
    apart = have - margin.totals
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(apart == 0, 0.0, apart / margin.totals)
