"""From a town and a question to everything that is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.asking import Asking
from geo.catalogue import Catalogue, require_known
from geo.company import beside
from geo.coverage import Reach
from geo.hours import states
from geo.people.settled import residents
from geo.question import Question
from geo.search.access import Nearest
from geo.spots import spots
from geo.tables import EVERYBODY
from geo.town import Town, Walk

__all__ = ["Answer", "Catalogue", "answer", "require_known"]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """
    What a question was answered with.

    Parameters
    ----------
    question
        As it was asked.
    minutes
        On the index of the homes: the asked group's walk to the nearest place of
        any asked kind. `inf` if there is no way on foot.
    place
        On the same index: id of that place, or `""`.
    places
        The places that count, as `geo.tables.PLACES`; `kind` and `family` are
        those that were asked for, if a place is of several. One more column,
        `state`: `"open"` or `"unknown"` at the moment asked about.
    reach
        By group. Each walks at its own pace, unless the question names a walker. As in
        `sure` and `by_kind`, with a band where statistics are rounded or suppressed.
    sure
        The asked group's reach if only what is known counts: ways known to be
        passable, places known to be open. At most `reach`.
    by_kind
        By asked kind: the asked group's reach of that kind alone.
    count
        By asked kind: how many of the places that count lie inside the area.
    spots
        Where those beyond live; see `geo.spots.spots`.
    """

    question: Question
    minutes: pd.Series[float]
    place: pd.Series[str]
    places: gpd.GeoDataFrame
    reach: Mapping[str, Reach]
    sure: Reach
    by_kind: Mapping[str, Reach]
    count: Mapping[str, int]
    spots: gpd.GeoDataFrame

    def gap(self, group: str) -> float:
        """Return a group's share within, less everybody's; `nan` if one is not told."""
        return self.reach[group].told.share - self.reach[EVERYBODY].told.share


def answer(
    town: Town,
    question: Question,
    catalogue: Catalogue,
    *,
    now: datetime,
    walk: Walk | None = None,
) -> Answer:
    """
    Answer a question.

    Parameters
    ----------
    town
        The area asked about, made ready.
    question
        What to show.
    catalogue
        Kinds, groups and walkers, as the data room knows them.
    now
        When it is asked: decides which day a moment of the question is on.
    walk
        What remembers `town.walk` of the catalogue's kinds, if there is such a thing.

    Returns
    -------
    answer
        Everything that a map, a table or a file of it needs.

    Raises
    ------
    QuestionError
        If it speaks of a kind, group, walker or moment that does not exist.
    """
    require_known(question, catalogue)
    asked = {key: catalogue.kinds[key] for key in question.kinds}
    walk = cache(walk or (lambda terms: town.walk(terms, asked, now)))
    walkers = {group: catalogue.walker_of(question, group) for group in catalogue.groups}
    asking, homes = Asking(town, question, walkers, walk), town.bundle.homes
    today, who = residents(homes), walkers[question.group]
    near = asking.nearest(question.kinds, question.terms(who))
    minutes = pd.Series(who.minutes(near.distance_m), homes.index, name="minutes")
    places, count = _counted(town, question, catalogue, now)
    reaches, surely, by_kind = (
        beside(*(ask(of) for of in (homes, today)))
        for ask in (asking.by_group, asking.surely, asking.by_kind)
    )
    found = Answer(
        question=question,
        minutes=minutes,
        place=_place(town, near),
        places=places,
        reach=reaches,
        sure=surely[question.group],
        by_kind=by_kind,
        count=count,
        spots=spots(
            homes, homes[question.group], minutes, town.streets, within=question.minutes
        ),
    )
    return _discreet(found)


def _discreet(found: Answer) -> Answer:
    """Return an answer that withholds everywhere what it withholds of the asked group."""
    withheld = found.reach[found.question.group].withheld
    if not withheld:
        return found
    return replace(
        found,
        sure=replace(found.sure, withheld=withheld),
        by_kind={kind: replace(one, withheld=withheld) for kind, one in found.by_kind.items()},
        spots=found.spots.assign(told=False),
    )


def _place(town: Town, near: Nearest) -> pd.Series[str]:
    """Return for every home the id of the place that its nearest door leads to, or `""`."""
    ids = np.append(town.bundle.entrances["place_id"].to_numpy(dtype=object), "")
    return pd.Series(ids[near.door], town.bundle.homes.index, name="place", dtype=str)


def _counted(
    town: Town, question: Question, catalogue: Catalogue, now: datetime
) -> tuple[gpd.GeoDataFrame, dict[str, int]]:
    """Return the places that count, each as the first kind asked for, and how many of each."""
    terms = question.terms(catalogue.walker_of(question))
    asked = {key: catalogue.kinds[key] for key in question.kinds}
    places = town.bundle.places
    counted = {key: town.counted(kind, terms, now) for key, kind in asked.items()}
    lead = np.full(len(places), "", dtype=object)
    for key in reversed(question.kinds):
        lead[counted[key]] = key
    found = places[lead != ""]
    kind = pd.Series(lead[lead != ""], found.index, dtype=str)
    told = states(found, terms.when, schools=terms.schools, kinds=asked, now=now)
    family = [catalogue.kinds[key].family for key in kind]
    inside = places["inside"].to_numpy()
    count = {key: int((inside & those).sum()) for key, those in counted.items()}
    return found.assign(kind=kind, family=family, state=told), count
