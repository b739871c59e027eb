"""Who has a place within reach: people and shares of a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan

import numpy as np

from geo.between import FEWEST, NOBODY, Band, few, summed
from geo.paths.network import Floats

__all__ = ["FEWEST", "NOBODY", "Reach", "few", "reach"]

Bands = tuple[Floats, Floats]
"""The least and the most that live in each home, as `geo.people.bands.band` returns them."""


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How a group of people is placed against a limit.

    Parameters
    ----------
    people
        How many they are; `nan` if unknown.
    within
        Those whose walk is at most the limit.
    cut_off
        Those who have no way on foot at all, whatever the time.
    band
        Between what these lie where they rest on numbers that are rounded or
        suppressed; `None` where they are as exact as the homes, or nothing is known.
    withheld
        What is not told for the sake of a few others, see `geo.company`: `""` nothing,
        `"parts"` who is within and beyond, `"all"` how many they are, too.

    Examples
    --------
    >>> children = Reach(people=40.0, within=10.0, cut_off=4.0)
    >>> children.beyond, children.share
    (30.0, 0.25)
    """

    people: float
    within: float
    cut_off: float
    band: Band | None = None
    withheld: str = field(default="", repr=False)

    @property
    def beyond(self) -> float:
        """Those who are not within reach, the cut off among them."""
        return self.people - self.within

    @property
    def hidden(self) -> bool:
        """Whether a few are among them: then no part is told, for one gives away another."""
        few_among = any(few(n) for n in (self.people, self.within, self.beyond))
        return bool(self.withheld) or few_among

    @property
    def told(self) -> Reach:
        """
        What may be told of it: `nan` for a few, and for what would give a few away.

        What is hidden has no band either: it would tell between what a few lie. Who is
        cut off is not told either if the others beyond are a few.

        Examples
        --------
        >>> Reach(people=40.0, within=37.0, cut_off=0.0).told
        Reach(people=40.0, within=nan, cut_off=nan, band=None)
        """
        far = few(self.cut_off) or few(self.beyond - self.cut_off)
        return Reach(
            people=nan if few(self.people) or self.withheld == "all" else self.people,
            within=nan if self.hidden else self.within,
            cut_off=nan if self.hidden or far else self.cut_off,
            band=None if self.hidden or self.band is None else self.band.told,
        )

    @property
    def share(self) -> float:
        """Share of those within; `nan` if there is nobody, or nobody knows."""
        return self.within / self.people if self.people else nan


def reach(
    people: Floats, minutes: Floats, *, within: float, band: Bands | None = None
) -> Reach:
    """
    Count a group within a limit; a walk exactly as long as the limit is within.

    Parameters
    ----------
    people
        Of the group, in each home; one `nan` makes the sums `nan`.
    minutes
        Their walk; `inf` where there is no way.
    within
        The limit in minutes.
    band
        The least and the most that live in each home; left out, the numbers are exact,
        or nothing is known of them.

    Returns
    -------
    reach
        With a band if the sums are no more exact than that; a band of unknown people
        may be known, when their numbers are suppressed in a few places only.

    Examples
    --------
    >>> reach(np.array([2.0, 3.0, 4.0]), np.array([10.0, 10.1, np.inf]), within=10)
    Reach(people=9.0, within=2.0, cut_off=4.0, band=None)
    >>> suppressed = (np.array([8.0, 0.0]), np.array([8.0, 6.0]))
    >>> reach(np.array([8.0, np.nan]), np.array([1.0, 1.0]), within=10, band=suppressed).band
    Band(within=(8.0, 14.0), beyond=(0.0, 0.0))
    """
    near = minutes <= within
    return Reach(
        people=float(people.sum()),
        within=float((people * near).sum()),  # nan × 0 stays nan
        cut_off=float((people * np.isinf(minutes)).sum()),
        band=None if band is None else summed(*band, within=near),
    )
