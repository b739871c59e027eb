"""How many of every group depend on each place alone, as far as it may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from geo.between import summed
from geo.company import among
from geo.coverage import FEWEST, NOBODY, Reach, few, reach
from geo.figures.walked import walked
from geo.model import Walker
from geo.paths.network import Bools, Floats
from geo.question import Question
from geo.scenario.nearest_two import Two
from geo.scenario.withholding import Rows, beside, columns, few_of, reaches, told_apart
from geo.town import Sides, Town


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """
    A question as it is put to a town.

    Parameters
    ----------
    town, question
        Where, and what is asked.
    walkers
        By group, who walks.
    counted
        Which places count, by row of the bundle's places.
    side
        From a gait to how it meets the town.
    """

    town: Town
    question: Question
    walkers: Mapping[str, Walker]
    counted: Bools
    side: Sides

    def people(self, group: str) -> Floats:
        """Return how many of a group live in each home."""
        found: Floats = self.town.bundle.homes[group].to_numpy(dtype=float)
        return found

    @property
    def places(self) -> int:
        """How many places count."""
        return int(self.counted.sum())


Pairs = Mapping[str, Two]
"""By group, the two nearest places from every home."""


def reached(asking: Asking, two: Pairs) -> dict[str, Reach]:
    """Return who of each group has a place within reach, as `geo.answer.answer` tells it."""
    within, bands = asking.question.minutes, asking.town.bands
    return among(
        {
            key: reach(
                asking.people(key), one.minutes[:, 0], within=within, band=bands.get(key)
            )
            for key, one in two.items()
        }
    )


def relying(asking: Asking, two: Pairs) -> Rows:
    """
    Tell for every place that counts who of each group have no other within the limit.

    Parameters
    ----------
    asking
        What is asked.
    two
        By group, the two nearest places from every home.

    Returns
    -------
    rows
        In the order of the places; `within` are those who depend on the place, each group
        at its own pace, and `people` all of the group. What is withheld for the sake of a
        few others: a place to which a few more can walk, who have another as well, for who
        can walk there is told elsewhere (`geo.visitors`); of the asked group, places until
        all that are not told, with those who have a choice, are no few; of other groups,
        see `geo.scenario.withholding`.
    """
    asked, within = asking.question.group, asking.question.minutes
    others, answered = _others(asking, two), reached(asking, two)
    choosing = {
        key: _choosing(asking.people(key), one.choosing(within)) for key, one in two.items()
    }
    by_group = {}
    for key, one in two.items():
        alone = _depending(asking, one, asking.people(key))
        held = few_of(others[key]) & ~(alone < NOBODY)
        if key == asked:
            near = answered[key]
            beyond = near.beyond if near.hidden else 0.0
            held |= ~told_apart(alone, choosing[key] + beyond) & ~np.isnan(alone)
        withheld = [answered[key].withheld or ("parts" if one else "") for one in held]
        by_group[key] = [
            replace(one, withheld=why)
            for one, why in zip(_counted(asking, one, key, alone), withheld, strict=True)
        ]
    rows = [{key: of[n] for key, of in by_group.items()} for n in range(asking.places)]
    return columns([_settled(row, asked) for row in rows], asked, choosing)


def total(asking: Asking, two: Pairs, rows: Rows) -> Reach:
    """
    Return who of the asked group have only one place, of those who have one within reach.

    Nothing is told of it where it is not told who is within reach, and where it would tell
    of the places that are not told of: all of them together are a few.

    Parameters
    ----------
    asking, two
        As in `relying`.
    rows
        As it returned them.
    """
    asked, within = asking.question.group, asking.question.minutes
    mine, people, band = two[asked], asking.people(asked), asking.town.bands.get(asked)
    near = mine.minutes[:, 0] <= within
    alone = mine.sole(within)[near]
    found = Reach(
        people=float(people[near].sum()),
        within=float(people[near][alone].sum()),
        cut_off=0.0,
        band=None if band is None else summed(band[0][near], band[1][near], alone),
    )
    secret = float(np.nansum([row[asked].within for row in rows if row[asked].hidden]))
    withheld = reached(asking, two)[asked].hidden or few(secret)
    return replace(found, withheld="all" if withheld else "")


def _settled(row: dict[str, Reach], asked: str) -> dict[str, Reach]:
    """Return the people of a place, in company; where nobody depends on it, none is needed."""
    needed = any(not one.within < NOBODY for one in row.values())
    return beside(row, asked) if needed else row


def _depending(asking: Asking, two: Two, people: Floats) -> Floats:
    return two.depending(people, within=asking.question.minutes, places=asking.places)


def _choosing(people: Floats, several: Bools) -> float:
    """Return who have a choice; unknown if it is unknown anywhere who is within reach."""
    return nan if np.isnan(people).any() else float(people[several].sum())


def _counted(asking: Asking, two: Two, group: str, alone: Floats) -> list[Reach]:
    bands = asking.town.bands.get(group)
    if bands is None:
        return reaches(asking.people(group), alone)
    low, high = (_depending(asking, two, end) for end in bands)
    return reaches(asking.people(group), alone, (low, high), bands)


def _others(asking: Asking, two: Pairs) -> dict[str, Floats]:
    """
    Return by group, for every place, who can walk there and to another as well.

    Those whose two nearest places they are, are known already. Where they alone would be a
    few, all are counted.
    """
    within, n = asking.question.minutes, asking.places
    alone = {key: _depending(asking, one, asking.people(key)) for key, one in two.items()}
    found = {
        key: one.shared(asking.people(key), within=within, places=n) for key, one in two.items()
    }
    doubtful = np.zeros(n, dtype=bool)
    for key, some in found.items():
        doubtful |= (alone[key] >= FEWEST) & (some < FEWEST)
    if doubtful.any():
        rows = asking.counted.copy()
        rows[rows] = doubtful
        ways = walked(asking.town, asking.question, asking.walkers, rows, asking.side)
        for key, some in found.items():
            can = ways[key].times.by_place(asking.people(key))
            some[doubtful] = can - alone[key][doubtful]
    return found
