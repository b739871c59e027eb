"""Between what and what a number of people lies, where statistics are rounded or suppressed."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose, isnan, nan

from geo.paths.network import Bools, Floats

FEWEST = 5
"""Smaller groups are never told as a number: it would point at somebody."""

NOBODY = 0.5
"""An expected number below this is nobody; from here up to `FEWEST` it is a few."""

Pair = tuple[float, float]
"""The least and the most that a number may be."""


def few(people: float) -> bool:
    """
    Tell whether so many people are too few to be told as a number.

    Examples
    --------
    >>> few(0.2), few(3.0), few(5.0)
    (False, True, False)
    """
    return NOBODY <= people < FEWEST


@dataclass(frozen=True, slots=True)
class Band:
    """
    What a group's numbers lie between: their sum over homes is no surer than its parts.

    Parameters
    ----------
    within, beyond
        The least and the most who are within a limit, and beyond it.

    Examples
    --------
    >>> band = Band(within=(10.0, 20.0), beyond=(30.0, 40.0))
    >>> band.people, band.share
    ((40.0, 60.0), (0.2, 0.4))
    """

    within: Pair
    beyond: Pair

    @property
    def people(self) -> Pair:
        """The least and the most that all of them are."""
        return self.within[0] + self.beyond[0], self.within[1] + self.beyond[1]

    @property
    def share(self) -> Pair:
        """
        The least and the most of them that are within, as a share.

        Cautious: the least within are set against the most beyond, and the other way
        about. `nan` if there may be nobody at all.
        """
        (low, high), (near, far) = self.within, self.beyond
        if not low + far or not high + near:
            return nan, nan
        return low / (low + far), high / (high + near)

    @property
    def told(self) -> Band:
        """
        What may be told of it: an end that is a few is widened to nobody, or to five.

        And so are ends that lie less than five apart: that many live where it is unknown.

        Examples
        --------
        >>> Band(within=(3.0, 20.0), beyond=(0.0, 2.0)).told
        Band(within=(0.0, 20.0), beyond=(0.0, 5.0))
        """
        return Band(_widened(self.within), _widened(self.beyond))


def _widened(pair: Pair) -> Pair:
    low, high = pair
    low, high = 0.0 if few(low) else low, float(FEWEST) if few(high) else high
    close = not isclose(low, high, abs_tol=1e-9) and high - low < FEWEST
    return low, max(high, low + FEWEST) if close and high >= NOBODY else high


def summed(low: Floats, high: Floats, within: Bools) -> Band | None:
    """
    Add up what homes lie between.

    Parameters
    ----------
    low, high
        The least and the most that live in each home.
    within
        Whether it is within the limit.

    Returns
    -------
    band
        `None` if all is exact, or if an end is unknown: then there is no band.

    Examples
    --------
    >>> import numpy as np
    >>> low, high, near = np.array([2.0, 3.0]), np.array([2.0, 9.0]), np.array([True, False])
    >>> summed(low, high, near)
    Band(within=(2.0, 2.0), beyond=(3.0, 9.0))
    >>> summed(high, high, near), summed(low * np.nan, high, near)
    (None, None)
    """
    ends = [float(end[those].sum()) for those in (within, ~within) for end in (low, high)]
    least, most, near, far = ends
    exact = isclose(least, most, abs_tol=1e-9) and isclose(near, far, abs_tol=1e-9)
    if exact or any(isnan(end) for end in ends):
        return None
    return Band((least, most), (near, far))
