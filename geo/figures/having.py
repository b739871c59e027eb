"""What half of a group have within their walk: the measures of access, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isnan, nan

import numpy as np

from geo.company import company
from geo.coverage import FEWEST, Reach, few, reach
from geo.figures.offer import AtHome
from geo.measures.percentiles import percentiles
from geo.paths.network import Bools, Floats
from geo.tables import AGES, EVERYBODY

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
    withheld
        As in `Reach`: then the three are not told; nor is `people` if it is `"all"`.
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
    withheld: str = ""

    @property
    def settings(self) -> tuple[float, ...]:
        """How many have each setting, both of them, only one, and neither."""
        indoors, outdoors, only = (
            one.within for one in (self.indoors, self.outdoors, self.only_outdoors)
        )
        both = outdoors - only
        return indoors, outdoors, only, both, indoors - both, self.people - indoors - only

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
        how many have neither, and all of them how many have both. `people` stays.
        """
        parts: tuple[Reach, ...] = (self.indoors, self.outdoors, self.only_outdoors)
        alone = any(part.hidden for part in parts) or any(map(few, self.settings))
        if alone or self.withheld:
            parts = (Reach(self.people, nan, nan),) * len(parts)
        if self.hidden:
            figures = (nan,) * 7
            return Access(self.people, *figures, parts[0], parts[1], parts[2], self.withheld)
        indoors, outdoors, only_outdoors = parts
        return replace(
            self,
            most_min=self.most_min if self.people >= ENOUGH_FOR_MOST else nan,
            indoors=indoors,
            outdoors=outdoors,
            only_outdoors=only_outdoors,
        )


def among(found: Mapping[str, Access], reached: Mapping[str, Reach]) -> dict[str, Access]:
    """
    Return what groups have, with what is withheld for the sake of a few others.

    Parameters
    ----------
    found
        By group, everybody among them.
    reached
        Their reach, as `geo.company.among` returns it: what is withheld there is so here.
    """
    shown = {key: replace(one, withheld=reached[key].withheld) for key, one in found.items()}
    ages = {key: shown[key] for key in AGES if key in shown}
    told = {key: not isnan(one.told.indoors.within) for key, one in shown.items()}
    parts = {
        key: (one.people, *(one.settings if told[key] else (nan,) * len(one.settings)))
        for key, one in ages.items()
    }
    every = shown[EVERYBODY]
    whole = every.settings if told[EVERYBODY] else (nan,) * len(every.settings)
    hidden = [key for key in ages if not told[key]]
    for key in company(hidden, parts, (nan, *whole)):
        shown[key] = replace(shown[key], withheld=shown[key].withheld or "parts")
    return shown


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
