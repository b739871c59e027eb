"""
The exact model of the best choice, as spopt has it: Church & ReVelle's maximal covering.

Minutes saved are people covered, too: a home whose walk becomes 12, 9 or 5 minutes instead
of 15 is three pieces, the first of which is had from any candidate within 12 minutes, the
second within 9, the third within 5: the p-median of Cornuéjols, Nemhauser & Wolsey 1980, and
of Elloumi 2010, whose linear relaxation bounds as well as the usual one. Pieces of the same
candidates are one, exactly.

spopt's own `PMedian` has a variable for every home and candidate, 1.2 million for 6,000 × 200,
and its `KNearestPMedian` measures straight lines itself, so it cannot be given walks. Even
pieces are too many to be solved at once: minutes saved in central Oslo, 5,914 homes × 278
candidates, are 80,000 pieces × 250. spopt would write for a minute and a half, and HiGHS takes
40 s for half of them. So `geo.siting.optimum` asks about a few promising candidates at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from geo.paths.network import Bools, Floats, Ints
from geo.siting.gains import Gains

CELLS_A_SECOND = 150_000
"""Pieces × candidates that spopt writes down in a second, on a slow machine."""

Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """
    What can be had, in pieces: each is had from any of its candidates.

    Parameters
    ----------
    candidates
        Numbers of the candidates that are asked about, lowest first.
    members
        Pieces × those candidates: from which each piece is had.
    worth
        Of each piece.
    """

    candidates: Ints
    members: Bools
    worth: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """
    What the solver answers.

    Parameters
    ----------
    chosen
        Numbers of candidates; none if it found nothing in time.
    most
        No choice of those asked about brings more.
    proven
        Whether it is the best.
    """

    chosen: tuple[int, ...]
    most: float
    proven: bool


def pieces(gains: Gains, candidates: Ints) -> Pieces:
    """
    Divide what some candidates bring into pieces, those of the same candidates as one.

    Parameters
    ----------
    gains
        What candidates bring.
    candidates
        Which of them are asked about, lowest first.

    Examples
    --------
    A home has 5 of one candidate and 3 of the other: 3 of either, 2 of the first alone.

    >>> table = np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 3.0, 4.0])
    >>> found = pieces(Gains(*table, homes=2, candidates=2), np.array([0, 1]))
    >>> found.members.tolist(), found.worth.tolist()
    ([[True, False], [False, True], [True, True]], [2.0, 4.0, 3.0])
    """
    some = gains.only(candidates)
    order = np.lexsort((some.candidate, -some.gain, some.home))
    home, gain = some.home[order], some.gain[order]
    number = np.searchsorted(candidates, some.candidate[order])
    first = np.searchsorted(home, home)  # where each row's home begins
    words = _sets(number, first, len(candidates))
    next_home, next_gain = np.append(home[1:], -1), np.append(gain[1:], 0.0)
    worth = gain - np.where(next_home == home, next_gain, 0.0)
    real = worth > 0
    found, which = np.unique(words[real], axis=0, return_inverse=True)
    bits = np.unpackbits(found.view(np.uint8), axis=1, bitorder="little")
    members = bits[:, : len(candidates)].astype(bool)
    summed = np.bincount(which.ravel(), worth[real], len(found)).astype(np.float64)
    return Pieces(candidates, members, summed)


def _sets(number: Ints, first: Ints, count: int) -> Words:
    """Return, by row, the set of its home's candidates up to it, as bits of 64."""
    words = np.zeros((len(number), max(-(-count // 64), 1)), dtype="<u8")
    row = np.arange(len(number))
    words[row, number // 64] = np.left_shift(np.uint64(1), (number % 64).astype("<u8"))
    so_far = np.bitwise_xor.accumulate(words, axis=0)  # each bit once a home
    before = np.where((first > 0)[:, None], so_far[first - 1], np.uint64(0))
    return np.bitwise_xor(so_far, before)


def solve(found: Pieces, count: int, *, end: float) -> Solved:
    """
    Choose the candidates that bring most, as spopt's `MCLP` by HiGHS.

    Parameters
    ----------
    found
        What can be had of which.
    count
        How many to choose; all if there are no more.
    end
        When to stop, by `time.monotonic`. A model that could not be written down by
        then is not begun.

    Examples
    --------
    >>> either = Pieces(np.array([3, 7]), np.array([[True, True], [False, True]]), np.ones(2))
    >>> solve(either, 1, end=monotonic() + 60)
    Solved(chosen=(7,), most=2.0, proven=True)
    """
    total = float(found.worth.sum())
    if monotonic() + found.members.size / CELLS_A_SECOND > end:
        return Solved((), total, proven=False)
    import highspy  # noqa: PLC0415 - spopt takes two seconds to import
    import pulp  # noqa: PLC0415
    from spopt.locate import MCLP  # noqa: PLC0415

    count = min(count, len(found.candidates))
    walks = np.where(found.members, 0.0, inf)
    model = MCLP.from_cost_matrix(walks, found.worth, service_radius=0.0, p_facilities=count)
    for piece in model.cli_vars:
        piece.cat = pulp.LpContinuous  # whole anyway where sites are, and quicker so
    solver = pulp.HiGHS(msg=False, gapRel=0, gapAbs=0, timeLimit=max(end - monotonic(), 0.0))
    model.problem.solve(solver)
    highs = model.problem.solverModel
    proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if model.problem.status != pulp.LpStatusOptimal:
        return Solved((), total, proven=False)
    chosen = found.candidates[[site.value() > 0.5 for site in model.fac_vars]]
    most = min(-highs.getInfo().mip_dual_bound, total)
    return Solved(tuple(chosen.tolist()), most, proven)
