"""How far it is for most: percentiles of walks by people, and gaps between groups."""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import ArrayLike

from geo.paths.network import Floats


def percentiles(values: ArrayLike, people: ArrayLike, shares: ArrayLike) -> Floats:
    """
    Return the values that given shares of the people do not exceed.

    The smallest value that at least that share has, or less: always a value that
    somebody has, for there is nothing halfway between a walk and none
    (`numpy.quantile` with weights, method "inverted_cdf").

    Parameters
    ----------
    values
        One per home, as minutes; `inf` is worse than any number.
    people
        How many live there. Homes with nobody have no say.
    shares
        From 0 to 1: 0.5 is the median.

    Returns
    -------
    values
        One per share. `inf` if those people have no walk; `nan` if there is nobody,
        or if people or the value of somebody are unknown.

    Examples
    --------
    >>> from math import inf
    >>> percentiles([3.0, 9.0, inf], [5.0, 4.0, 1.0], [0.5, 0.9, 0.95]).tolist()
    [3.0, 9.0, inf]
    """
    weight, of = inhabited(people, values)
    wanted = np.asarray(shares, dtype=np.float64)
    if not len(weight) or np.isnan(weight).any() or np.isnan(of).any():
        return np.full(wanted.shape, nan)
    return np.asarray(np.quantile(of, wanted, weights=weight, method="inverted_cdf"))


def gap(
    minutes: ArrayLike,
    people: ArrayLike,
    others_minutes: ArrayLike,
    others: ArrayLike,
    *,
    share: float = 0.5,
) -> float:
    """
    Return how many minutes farther a group's walk is than that of others.

    Parameters
    ----------
    minutes, people
        The group's walks, at its own pace, and how many they are; one per home.
    others_minutes, others
        The same of those it is compared with.
    share
        Which percentile is compared: 0.5, the walk that half of them have, or less.

    Returns
    -------
    gap
        Above 0 if the group walks farther; `inf` if only the others have a way,
        `-inf` if only the group has; `nan` if neither has, or if it is unknown.

    Examples
    --------
    >>> gap([4.0, 12.0], [1.0, 3.0], [3.0, 9.0], [8.0, 2.0])
    9.0
    """
    own = percentiles(minutes, people, share).item()
    theirs = percentiles(others_minutes, others, share).item()
    return float(own - theirs)


def inhabited(people: ArrayLike, *columns: ArrayLike) -> tuple[Floats, ...]:
    """
    Return people and other columns of the homes where somebody lives, or may live.

    What is unknown of a home with nobody makes nothing unknown.

    Examples
    --------
    >>> inhabited([0.0, 2.0, nan], [nan, 5.0, 6.0])
    (array([ 2., nan]), array([5., 6.]))
    """
    weight = np.asarray(people, dtype=np.float64)
    of = (np.asarray(column, dtype=np.float64) for column in (people, *columns))
    return tuple(column[weight != 0] for column in of)
