"""How hills stretch or shorten the time of a walk: published functions of the slope."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from geo.paths.network import Floats

STEEPEST = 0.45
"""
Slopes beyond this, up or down, count as this: the steepest that Minetti et al. measured.
Tobler names no limit. What is steeper is mapped as stairs, or beside the path.
"""

MINETTI = (280.5, -58.7, -76.8, 51.9, 19.6, 2.5)
"""Joules to walk a metre with a kilogram, as powers of the slope from the fifth down."""


def tobler(slope: Floats) -> Floats:
    """
    Return time by Tobler's hiking function, relative to level ground.

    Parameters
    ----------
    slope
        Rise over run in the direction of the walk; downhill is negative.

    Returns
    -------
    factor
        exp(−3.5 × 0.05) ÷ exp(−3.5 × |slope + 0.05|): W. Tobler, Three presentations on
        geographical analysis and modeling, 1993. Least, 0.84, where it falls by 5 %.

    Examples
    --------
    >>> tobler(np.array([-0.1, -0.05, 0.0, 0.1])).round(2).tolist()
    [1.0, 0.84, 1.0, 1.42]
    """
    factor: Floats = np.exp(3.5 * (abs(_within(slope) + 0.05) - 0.05))
    return factor


def minetti(slope: Floats) -> Floats:
    """
    Return the energy of walking, relative to level ground: a stand-in for time.

    Parameters
    ----------
    slope
        As in `tobler`.

    Returns
    -------
    factor
        The polynomial `MINETTI`, by its value at 0: A. E. Minetti et al., Energy cost of
        walking and running at extreme uphill and downhill slopes, 2002,
        doi:10.1152/japplphysiol.01177.2001. Measured on ten mountain runners; of use to
        compare efforts, not to predict minutes.

    Examples
    --------
    >>> minetti(np.array([-0.1, 0.0, 0.1])).round(2).tolist()
    [0.45, 1.0, 1.96]
    """
    joules: Floats = np.polyval(np.array(MINETTI), _within(slope))
    return joules / MINETTI[-1]


def _within(slope: Floats) -> Floats:
    return np.clip(slope, -STEEPEST, STEEPEST)


SLOPES: dict[str, Callable[[Floats], Floats]] = {
    "tobler": tobler,
    "minetti": minetti,
    "none": np.ones_like,
}
"""Time by signed slope, relative to level ground, by the key that a walker has in its row."""
