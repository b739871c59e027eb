"""What candidates are measured by: who lacks a place today, and who can walk to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import geopandas as gpd
import numpy as np

from geo.answer import Catalogue, require_known
from geo.company import among
from geo.coverage import NOBODY, Bands, Reach, reach
from geo.paths.network import Bools, Floats
from geo.question import Question
from geo.scenario.candidates import walks_by_group
from geo.scenario.nearest_two import two_nearest
from geo.scenario.withholding import few_of, reaches
from geo.tables import LOW_INCOME_AREAS
from geo.times import Times
from geo.town import Sides, Town

Lacking = Mapping[str, Bools]
"""By group, which homes have no place within the limit at its pace."""


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """
    Candidates and the people whom they may serve: the same, whichever are chosen then.

    Parameters
    ----------
    question
        As it was asked.
    table
        As `geo.scenario.candidates.candidates` returns them.
    people, minutes, times
        By group, at its own pace: how many live in each home, their walk today, and their
        walks to the candidates within the limit.
    bands
        By group, how sure the people are, as those of a town.
    low
        Whether each home lies in a low-income area: 1 or 0, `nan` if that is unknown.
    before
        By group, who has a place within reach today, as `geo.answer.answer` tells it.
    """

    question: Question
    table: gpd.GeoDataFrame
    people: Mapping[str, Floats]
    minutes: Mapping[str, Floats]
    times: Mapping[str, Times]
    bands: Mapping[str, Bands]
    low: Floats
    before: Mapping[str, Reach] = field(default_factory=dict)

    @property
    def lacking(self) -> dict[str, Bools]:
        """Which homes lack a place today."""
        return {key: took > self.question.minutes for key, took in self.minutes.items()}

    def without(self, lacking: Lacking, column: int) -> dict[str, Bools]:
        """Return which homes lack a place still when one more candidate is open."""
        return {key: some & ~near(self.times[key], column) for key, some in lacking.items()}

    def reach(self, lacking: Lacking) -> dict[str, Reach]:
        """Return who of each group has a place within reach if only these homes lack one."""
        found = {}
        for key, some in lacking.items():
            took = np.where(some, self.minutes[key], 0.0)
            band = self.bands.get(key)
            found[key] = reach(self.people[key], took, within=self.question.minutes, band=band)
        return among(found)


def offered(
    town: Town,
    question: Question,
    catalogue: Catalogue,
    table: gpd.GeoDataFrame,
    *,
    now: datetime,
    side: Sides | None = None,
) -> Offered:
    """
    Measure all walks that candidates are compared by.

    Parameters
    ----------
    town, question, catalogue, now
        As in `geo.answer.answer`.
    table
        As `geo.scenario.candidates.candidates` returns it for the same.
    side
        What remembers `town.side`, if there is such a thing.

    Returns
    -------
    offered
        For `geo.scenario.bench.bench`.

    Raises
    ------
    QuestionError
        As in `geo.answer.answer`.
    """
    require_known(question, catalogue)
    walkers = {key: catalogue.walker_of(question, key) for key in catalogue.groups}
    asked = [catalogue.kinds[key] for key in question.kinds]
    terms = question.terms(catalogue.walker_of(question))
    counted, met = town.counted_as_any(asked, terms, now), side or town.side
    today = two_nearest(town, question, walkers, counted, met)
    homes = town.bundle.homes
    poor = homes[LOW_INCOME_AREAS].to_numpy(dtype=float)
    offer = Offered(
        question=question,
        table=table,
        people={key: homes[key].to_numpy(dtype=float) for key in walkers},
        minutes={key: two.minutes[:, 0] for key, two in today.items()},
        times=walks_by_group(town, table, question, walkers, met),
        bands=town.bands,
        low=np.where(np.isnan(poor), np.nan, poor > 0),
    )
    return replace(offer, before=offer.reach(offer.lacking))


def near(times: Times, column: int) -> Bools:
    """
    Tell which homes have a walk to a place.

    Examples
    --------
    >>> times = Times.of_walks([0, 2], [1, 1], [0.0, 9.0], shape=(3, 2), cutoff_min=10)
    >>> near(times, 1).tolist()
    [True, False, True]
    """
    found = np.zeros(times.homes, dtype=bool)
    stored = np.flatnonzero(times.minutes.indices == column)
    found[np.searchsorted(times.minutes.indptr, stored, side="right") - 1] = True
    return found


def gains(offer: Offered, group: str, lacking: Bools, people: Floats | None = None) -> Floats:
    """
    Add up by candidate those who lack a place and would have one if it were open.

    `lacking`: which homes lack a place; `people`: in each home, if not all of the group.
    """
    some = offer.people[group] if people is None else people
    return offer.times[group].by_place(np.where(lacking, some, 0.0))


def gaining(
    offer: Offered, group: str, lacking: Bools, alone: Floats | None = None
) -> list[Reach]:
    """
    Return for every candidate who of a group would come within reach.

    Parameters
    ----------
    offer, group, lacking
        As in `gains`.
    alone
        The gains of the same if nothing else is chosen, where these are told as well.

    Returns
    -------
    gaining
        `within` are those who gain, of all of the group. Withheld where a few are left over
        of those who lack a place, of those who can walk to the candidate, or of those who
        would gain if nothing else were chosen.
    """
    people, times = offer.people[group], offer.times[group]
    gain = gains(offer, group, lacking)
    held = few_of(people[lacking].sum() - gain) | few_of(times.by_place(people) - gain)
    if alone is not None:
        held |= few_of(alone - gain)
    held &= ~(gain < NOBODY)
    answered = offer.before[group].withheld
    return [
        replace(one, withheld=answered or ("parts" if hold else ""))
        for one, hold in zip(_reaches(offer, group, lacking, gain), held, strict=True)
    ]


def _reaches(offer: Offered, group: str, lacking: Bools, gain: Floats) -> list[Reach]:
    bands = offer.bands.get(group)
    if bands is None:
        return reaches(offer.people[group], gain)
    low, high = (gains(offer, group, lacking, end) for end in bands)
    return reaches(offer.people[group], gain, (low, high), bands)
