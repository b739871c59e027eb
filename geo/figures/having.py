"""What half of a group have within their walk: the measures of access, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan

import numpy as np

from geo.coverage import FEWEST, Reach, few, reach
from geo.figures.offer import AtHome
from geo.measures.percentiles import percentiles
from geo.paths.network import Bools, Floats

HALF, MOST = 0.5, 0.9
"""Shares of a group: half of it, and all but the tenth who have it worst."""

ENOUGH_FOR_MOST = 10 * FEWEST
"""People of whom a tenth are no few: only then it is told what nine in ten have."""


@dataclass(frozen=True, slots=True)
class Access:
    """
    What a group has within its walk. Figures are medians: what half of them have.

    Parameters
    ----------
    people
        How many they are; `nan` if unknown, as is then all else.
    half_min, most_min
        Walk to the nearest place that half of them do not exceed, and nine in ten;
        however far, and `inf` if fewer have a way at all.
    choice_min
        Walk that half of them do not exceed to the third nearest place.
    places
        How many places they have within the limit, or more.
    weighted
        The same, near ones for more: see `Offer`.
    sorts
        How many families of kinds they have within the limit, or more.
    per_thousand
        Places per thousand people, if everybody shares what they can reach.
    indoors, outdoors, only_outdoors
        How many have a place indoors within the limit, one outdoors, and one outdoors
        but none indoors. A place that is both counts as each.
    """

    people: float
    half_min: float
    most_min: float
    choice_min: float
    places: float
    weighted: float
    sorts: float
    per_thousand: float
    indoors: Reach
    outdoors: Reach
    only_outdoors: Reach

    @property
    def hidden(self) -> bool:
        """Whether half of them are a few: then it is not told what half of them have."""
        return few(self.people) or few(self.people * HALF)

    @property
    def told(self) -> Access:
        """
        What may be told of it: `nan` where fewer than five people stand behind a figure.

        Half of a group of nine are a few, and so are the tenth beyond nine in ten of
        forty-nine. The three parts are told together or not at all, as two of them tell
        how many have neither. `people` stays.
        """
        parts: tuple[Reach, ...] = (self.indoors, self.outdoors, self.only_outdoors)
        neither = self.people - self.indoors.within - self.only_outdoors.within
        if few(neither) or any(part.hidden for part in parts):
            parts = (Reach(self.people, nan, nan),) * len(parts)
        if self.hidden:
            return Access(self.people, *(nan,) * 7, *parts)
        indoors, outdoors, only_outdoors = parts
        return replace(
            self,
            most_min=self.most_min if self.people >= ENOUGH_FOR_MOST else nan,
            indoors=indoors,
            outdoors=outdoors,
            only_outdoors=only_outdoors,
        )


def access(people: Floats, found: AtHome) -> Access:
    """
    Tell what half of a group have.

    Parameters
    ----------
    people
        Of the group, in each home.
    found
        What its walker has there.

    Returns
    -------
    access
        Of the whole group; `nan` if its numbers are unknown in any home, or if
        there is nobody.

    Examples
    --------
    >>> two = np.array([2.0, 9.0])
    >>> home = AtHome(two, two + 3, two, two, two, two, two > 3, two > 0)
    >>> most = access(np.array([10.0, 40.0]), home)
    >>> most.half_min, most.choice_min, most.only_outdoors.within
    (9.0, 12.0, 10.0)
    """

    def half(values: Floats) -> float:
        return percentiles(values, people, HALF).item()

    def having(those: Bools) -> Reach:
        return reach(people, np.where(those, 0.0, np.inf), within=0)

    return Access(
        people=float(people.sum()),
        half_min=half(found.nearest_min),
        most_min=percentiles(found.nearest_min, people, MOST).item(),
        choice_min=half(found.choice_min),
        places=half(found.places),
        weighted=half(found.weighted),
        sorts=half(found.sorts),
        per_thousand=half(found.per_thousand),
        indoors=having(found.indoors),
        outdoors=having(found.outdoors),
        only_outdoors=having(found.outdoors & ~found.indoors),
    )
