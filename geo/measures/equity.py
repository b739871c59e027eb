"""How evenly access is spread among people: the indices of inequality."""

from __future__ import annotations

from math import inf, nan

import numpy as np
from numpy.typing import ArrayLike

from geo.errors import QuestionError
from geo.measures.percentiles import inhabited
from geo.paths.network import Floats

TOP, BOTTOM = 0.1, 0.4
"""Shares of the people whom Palma compares: the best off tenth, the worst off four tenths."""


def curve(values: ArrayLike, people: ArrayLike, by: ArrayLike) -> tuple[Floats, Floats]:
    """
    Return the concentration curve: who, from the lowest `by` up, has how much of it all.

    Ordered by the values themselves it is the Lorenz curve (as Delbosc & Currie 2011
    draw it for public transport).

    Parameters
    ----------
    values
        Access per person in each home, from 0 up, the more the better: places within
        reach, or 1 and 0 for having one or none. Not minutes.
    people
        How many live there.
    by
        What orders them, as income; homes with the same are one step of the curve,
        so that their order does not matter.

    Returns
    -------
    people, access
        Cumulative shares, both from 0 to 1. Only `nan` if there is nobody, nobody has
        anything, or anything is unknown or infinite of a home where somebody lives.
        To leave such homes out is up to the caller, who then says so.

    Examples
    --------
    >>> who, what = curve([1.0, 3.0], [10.0, 10.0], by=[1.0, 2.0])
    >>> who.tolist(), what.tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.25, 1.0])
    """
    weight, of, order = inhabited(people, values, by)
    if not _known(weight, of, order) or not of @ weight > 0:
        return np.array([nan, nan]), np.array([nan, nan])
    step = np.unique(order, return_inverse=True)[1]
    shares = [np.bincount(step, part) for part in (weight, of * weight)]
    who, what = (np.concatenate([[0.0], np.cumsum(part)]) for part in shares)
    return who / who[-1], what / what[-1]


def gini(values: ArrayLike, people: ArrayLike) -> float:
    """
    Return the Gini index: twice the area between the Lorenz curve and even shares.

    Parameters
    ----------
    values, people
        As in `curve`.

    Returns
    -------
    gini
        0 if everybody has the same, near 1 if one has it all; `nan` as in `curve`.
        Says how uneven access is, not who has little of it.

    Examples
    --------
    >>> gini([0.0, 4.0], [30.0, 10.0])
    0.75
    """
    return concentration(values, people, by=values)


def concentration(
    values: ArrayLike,
    people: ArrayLike,
    by: ArrayLike,
    *,
    bounds: tuple[float, float] | None = None,
) -> float:
    """
    Return the concentration index: whether those with a high or a low `by` have more.

    C = 1 − 2·(area under `curve`) = 2 ÷ μ · Σ_i p_i·h_i·(R_i − ½), with p_i a home's
    share of the people, h_i its access, μ the mean, and R_i the share of people who
    rank below plus half of those who rank the same (Kakwani, Wagstaff & van
    Doorslaer 1997). With bounds a and b it is corrected: E = 4μ ÷ (b − a) · C (Erreygers 2009,
    10.1016/j.jhealeco.2008.02.003), which says the same of having as of
    lacking, and can be compared between areas with little and with much.

    Parameters
    ----------
    values, people, by
        As in `curve`.
    bounds
        Least and most access that anybody could have, as 0 and 1 for a share: gives
        the corrected index. Left out, the usual one.

    Returns
    -------
    index
        From −1 to 1; above 0 if those with a high `by` have more, below 0 if those
        with a low one have; `nan` as in `curve`. With bounds, nobody having anything is
        as even as everybody having it: 0.

    Raises
    ------
    QuestionError
        If somebody's access lies outside the bounds.

    Examples
    --------
    Only the half with the higher income has a place, or only the other half:

    >>> income, people = [300.0, 500.0], [10.0, 10.0]
    >>> concentration([0.0, 1.0], people, by=income)
    0.5
    >>> concentration([1.0, 0.0], people, by=income, bounds=(0, 1))
    -1.0
    """
    weight, of, order = inhabited(people, values, by)
    if not _known(weight, of, order):
        return nan
    part = weight / weight.sum()
    step = np.unique(order, return_inverse=True)[1]
    share = np.bincount(step, part)
    rank = (np.cumsum(share) - share / 2)[step]
    lean, mean = float(2 * part @ (of * (rank - 0.5))), float(part @ of)
    if bounds is None:
        return lean / mean if mean > 0 else nan
    low, high = bounds
    if not low <= of.min() <= of.max() <= high or low == high:
        raise QuestionError(
            "Access must lie between its bounds, {low} and {high}, to be compared.",
            low=low,
            high=high,
        )
    return 4 * lean / (high - low)


def palma(values: ArrayLike, people: ArrayLike, by: ArrayLike) -> float:
    """
    Return the Palma ratio: mean access of the top tenth ÷ that of the bottom four tenths.

    As transport planning uses it (`palma_ratio` of the R package *accessibility*).
    J. G. Palma's own ratio, of sums, is a quarter of this, and 0.25 where all is even.
    A step of `curve` that lies astride a border is parted evenly.

    Parameters
    ----------
    values, people, by
        As in `curve`.

    Returns
    -------
    ratio
        1 if both have the same; `inf` if only the top has any; `nan` as in `curve`,
        and if neither has any.

    Examples
    --------
    >>> palma([1.0, 1.0, 3.0], [4.0, 5.0, 1.0], by=[1.0, 2.0, 3.0])
    3.0
    """
    who, what = curve(values, people, by)
    low, below_top = np.interp([BOTTOM, 1 - TOP], who, what)
    top = max(1 - below_top, 0.0) / TOP
    if low > 0:
        return float(top * BOTTOM / low)
    return inf if top > 0 else nan


def _known(people: Floats, values: Floats, by: Floats) -> bool:
    """Tell whether there is somebody, and all is known that an index is made of."""
    told = np.isfinite(people).all() and np.isfinite(values).all() and not np.isnan(by).any()
    return bool(told and len(people))
