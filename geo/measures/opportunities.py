"""What a home reaches, as the literature names it: nearest, dual, cumulative, gravity."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike

from geo.errors import QuestionError
from geo.kernels.choices import smallest
from geo.measures.decay import Decay, Step
from geo.paths.network import Floats
from geo.times import Times


def nearest(times: Times) -> Floats:
    """
    Return the walk from every home to its nearest place.

    Parameters
    ----------
    times
        Walks to the places that count.

    Returns
    -------
    minutes
        One per home; `inf` if no place lies within the cut-off.

    Examples
    --------
    >>> times = Times.of_walks([0, 0], [0, 1], [7.0, 0.0], shape=(2, 2), cutoff_min=15)
    >>> nearest(times).tolist()
    [0.0, inf]
    """
    start = times.minutes.indptr
    some = start[:-1] < start[1:]
    found = np.full(times.homes, inf)
    if some.any():
        found[some] = np.minimum.reduceat(times.minutes.data, start[:-1][some])
    return found


def dual(times: Times, *, count: int) -> Floats:
    """
    Return the walk after which so many places have been within reach: dual access.

    Where cumulative opportunities fix the minutes and count places, this fixes the
    count and tells the minutes (Cui & Levinson 2020, 10.1111/gean.12220).

    Parameters
    ----------
    times
        Walks to the places that count.
    count
        How many places, from 1 up: 1 is the nearest, 3 is some choice. Places
        equally far are as many as they are.

    Returns
    -------
    minutes
        One per home; `inf` if fewer lie within the cut-off.

    Raises
    ------
    QuestionError
        If `count` is below 1.

    Examples
    --------
    >>> walks = [0, 0, 0], [0, 1, 2], [7.0, 0.0, 7.0]
    >>> times = Times.of_walks(*walks, shape=(1, 3), cutoff_min=15)
    >>> [dual(times, count=count).item() for count in (1, 2, 3, 4)]
    [0.0, 7.0, 7.0, inf]
    """
    if count < 1:
        raise QuestionError("A choice is of one place or more, not {got}.", got=count)
    if count > times.places:
        return np.full(times.homes, inf)
    minutes = np.asarray(times.minutes.data, dtype=np.float64)
    return smallest(times.minutes.indptr.astype(np.intp), minutes, count)


def cumulative(times: Times, *, within: float, worth: ArrayLike | None = None) -> Floats:
    """
    Count the places that every home reaches within a walk: cumulative opportunities.

    A_i = Σ_j O_j · [t_ij ≤ T] (Hansen 1959 with a step for his decay; the measure is
    also called isochrone or contour measure).

    Parameters
    ----------
    times
        Walks to the places that count.
    within
        The limit T in minutes; a walk exactly so long is within.
    worth
        What each place is worth, O_j: seats, square metres. One each if left out;
        an unknown worth (`nan`) makes the sums unknown that it has a part in.

    Returns
    -------
    reached
        One per home; 0 if there is no place within the limit.

    Raises
    ------
    QuestionError
        If the limit lies beyond the cut-off: walks so long were not looked for.

    Examples
    --------
    >>> times = Times.of_walks([0, 0], [0, 1], [0.0, 10.0], shape=(2, 2), cutoff_min=15)
    >>> cumulative(times, within=10).tolist()
    [2.0, 0.0]
    >>> cumulative(times, within=9, worth=[30.0, float("nan")]).tolist()
    [30.0, 0.0]
    """
    return gravity(times, Step(within), worth=worth)


def gravity(times: Times, decay: Decay, *, worth: ArrayLike | None = None) -> Floats:
    """
    Add up the places that every home reaches, near ones for more: Hansen's measure.

    A_i = Σ_j O_j · f(t_ij) (Hansen 1959, 10.1080/01944365908978307).

    Parameters
    ----------
    times
        Walks to the places that count.
    decay
        The function f, from `geo.measures.decay`. One that weighs walks of any length is cut
        short at the cut-off: choose one that has come near 0 by then.
    worth
        As in `cumulative`.

    Returns
    -------
    access
        One per home, in places' worth at the door; 0 if there is none. Good for
        comparing homes, with the same decay only.

    Raises
    ------
    QuestionError
        If the decay ends beyond the cut-off.

    Examples
    --------
    A place at the door counts one, and one ten minutes off counts half:

    >>> from geo.measures.decay import Exponential
    >>> times = Times.of_walks([0, 0], [0, 1], [0.0, 10.0], shape=(1, 2), cutoff_min=60)
    >>> gravity(times, Exponential(10)).tolist()
    [1.5]
    """
    if isfinite(decay.reach_min):
        times.require(decay.reach_min)
    of = np.ones(times.places) if worth is None else worth
    return times.by_home(of, decay(times.minutes.data))
