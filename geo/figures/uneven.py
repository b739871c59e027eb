"""How evenly access is spread: the indices of inequality, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from geo.coverage import FEWEST
from geo.measures.equity import TOP, concentration, curve, gini, palma
from geo.paths.network import Floats

ENOUGH = 0.5
"""Share of the people whose rank must be known: else the index tells of a minority. Ours."""

LORENZ_STEPS = 11
"""Points of the Lorenz curve that is kept: from nobody to everybody, by tenths."""


@dataclass(frozen=True, slots=True)
class Unranked:
    """
    In place of a concentration index where it is not known what to rank homes by.

    Parameters
    ----------
    ranked
        Share of the people of whom it is known: less than `ENOUGH`, or 0 if nobody
        told of any.
    """

    ranked: float = 0.0


@dataclass(frozen=True, slots=True)
class Uneven:
    """
    How unevenly something is spread among people.

    Parameters
    ----------
    people
        How many they are.
    gini, palma
        See `geo.measures.equity`.
    lorenz
        What share of it all the tenth who have least have, the two tenths and so on,
        from 0 to 1.
    concentration
        Whether those whom the ranking puts high have more; `Unranked` without one.
    ranked
        Share of the people of whom that is told: the others' rank is not known.
    """

    people: float
    gini: float
    palma: float
    lorenz: tuple[float, ...]
    concentration: float | Unranked
    ranked: float = 1.0

    @property
    def least(self) -> float:
        """Share of it all that the half who have least have."""
        return self.lorenz[LORENZ_STEPS // 2]

    @property
    def told(self) -> Uneven:
        """
        What may be told of it: `nan` where fewer than five people stand behind it.

        Examples
        --------
        >>> few = uneven([1.0, 3.0], [4.0, 4.0])
        >>> few.gini, few.told.gini, few.told.least
        (0.25, nan, nan)
        """
        shown = self
        if self.people * self.ranked / 2 < FEWEST and not isinstance(
            self.concentration, Unranked
        ):
            shown = replace(self, concentration=nan)
        if self.people * TOP >= FEWEST:
            return shown
        if self.people / 2 >= FEWEST:
            return replace(shown, palma=nan, lorenz=_middle_only(self.lorenz))
        return replace(shown, gini=nan, palma=nan, lorenz=(nan,) * LORENZ_STEPS)


def uneven(values: ArrayLike, people: ArrayLike, rank: ArrayLike | None = None) -> Uneven:
    """
    Measure how unevenly access is spread.

    Parameters
    ----------
    values
        Access per person in each home, from 0 up, the more the better.
    people
        How many live there.
    rank
        What homes are ranked by for the concentration index, as income. Homes where
        it is `nan` are left out of that index; if most people live there, there is none.

    Returns
    -------
    uneven
        `nan` if nobody has anything, or if something is unknown.

    Examples
    --------
    >>> found = uneven([0.0, 4.0], [30.0, 10.0])
    >>> found.gini, found.palma, found.least, found.concentration
    (0.75, inf, 0.0, Unranked(ranked=0.0))
    """
    who, what = curve(values, people, values)
    steps = np.linspace(0, 1, LORENZ_STEPS)
    of = np.asarray(people, dtype=np.float64)
    index, ranked = _ranked(values, of, rank)
    return Uneven(
        people=float(of.sum()),
        gini=gini(values, people),
        palma=palma(values, people, values),
        lorenz=tuple(np.interp(steps, who, what).tolist()),
        concentration=index,
        ranked=ranked,
    )


def _ranked(
    values: ArrayLike, people: Floats, rank: ArrayLike | None
) -> tuple[float | Unranked, float]:
    """Return the concentration index of those whose rank is known, and what share they are."""
    if rank is None:
        return Unranked(), 0.0
    by = np.asarray(rank, dtype=np.float64)
    known = ~np.isnan(by)
    share = float(people[known].sum() / people.sum()) if people.sum() else 1.0
    if share < ENOUGH:
        return Unranked(share), share
    of = np.asarray(values, dtype=np.float64)
    return concentration(of[known], people[known], by[known]), share


def _middle_only(lorenz: tuple[float, ...]) -> tuple[float, ...]:
    """Keep the ends and the middle of a curve whose tenths are few people."""
    kept = {0, LORENZ_STEPS // 2, LORENZ_STEPS - 1}
    return tuple(share if n in kept else nan for n, share in enumerate(lorenz))
