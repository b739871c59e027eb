"""From a town and a question to everything that is shown of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.access import Nearest, closest
from geo.coverage import Reach, reach
from geo.errors import Message, QuestionError
from geo.model import Group, Kind, Question, Walker
from geo.network import Floats
from geo.people import EVERYBODY
from geo.spots import spots
from geo.town import Town, Walk


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
        those that were asked for, if a place is of several.
    reach
        By group. Each walks at its own pace, unless the question names a walker.
    by_kind
        By asked kind: the asked group's reach of that kind alone.
    count
        By asked kind: how many places of it lie inside the area.
    spots
        Where those beyond live; see `geo.spots.spots`.
    """

    question: Question
    minutes: pd.Series[float]
    place: pd.Series[str]
    places: gpd.GeoDataFrame
    reach: Mapping[str, Reach]
    by_kind: Mapping[str, Reach]
    count: Mapping[str, int]
    spots: gpd.GeoDataFrame

    def gap(self, group: str) -> float:
        """Return a group's share within reach, less everybody's; `nan` if unknown."""
        return self.reach[group].share - self.reach[EVERYBODY].share


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a question may speak of, each by its key."""

    kinds: Mapping[str, Kind]
    groups: Mapping[str, Group]
    walkers: Mapping[str, Walker]


def answer(
    town: Town, question: Question, catalogue: Catalogue, *, walk: Walk | None = None
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
    walk
        `town.walk`, or something that remembers what it said.

    Returns
    -------
    answer
        Everything that a map, a table or a file of it needs.

    Raises
    ------
    QuestionError
        If it speaks of a kind, group or walker that does not exist.
    """
    require_known(question, catalogue)
    walk = cache(walk or town.walk)
    walkers = {group: _walker(question, catalogue, group) for group in catalogue.groups}
    homes, limit = town.bundle.homes, question.minutes

    def nearest_of(kinds: Sequence[str], walker: Walker) -> Nearest:
        return closest([walk(kind, walker.steps) for kind in kinds], homes=len(homes))

    def reached(kinds: Sequence[str], group: str) -> Reach:
        minutes = _minutes(walkers[group], nearest_of(kinds, walkers[group]))
        return reach(homes[group].to_numpy(), minutes, within=limit)

    asked = walkers[question.group]
    near = nearest_of(question.kinds, asked)
    minutes = pd.Series(_minutes(asked, near), homes.index, name="minutes")
    ids = np.append(town.bundle.entrances["place_id"].to_numpy(dtype=object), "")
    inside = town.bundle.places["inside"]
    return Answer(
        question=question,
        minutes=minutes,
        place=pd.Series(ids[near.door], homes.index, name="place", dtype=str),
        places=_chosen(town, question, catalogue),
        reach={group: reached(question.kinds, group) for group in walkers},
        by_kind={kind: reached([kind], question.group) for kind in question.kinds},
        count={kind: int(inside[town.places_of(kind)].sum()) for kind in question.kinds},
        spots=spots(homes, homes[question.group], minutes, town.bundle.paths, within=limit),
    )


def require_known(question: Question, catalogue: Catalogue) -> None:
    """Raise `QuestionError` if a question speaks of what does not exist."""
    asked = (
        (Message("kind"), catalogue.kinds, question.kinds),
        (Message("group"), catalogue.groups, (question.group,)),
        (Message("walker"), catalogue.walkers, (question.walker,) if question.walker else ()),
    )
    for what, known, keys in asked:
        for key in keys:
            if key not in known:
                raise QuestionError(
                    "There is no {what} {key}: choose from {known}.",
                    what=what,
                    key=key[:40],
                    known=", ".join(known),
                )


def _walker(question: Question, catalogue: Catalogue, group: str) -> Walker:
    return catalogue.walkers[question.walker or catalogue.groups[group].walker]


def _minutes(walker: Walker, near: Nearest) -> Floats:
    """Return minutes without the noise of sums: a walk of exactly ten minutes is ten."""
    return walker.minutes(near.distance_m).round(6)


def _chosen(town: Town, question: Question, catalogue: Catalogue) -> gpd.GeoDataFrame:
    """Return the places that count, each as the first kind that was asked for."""
    places = town.bundle.places
    kind = pd.Series(
        {i: key for key in reversed(question.kinds) for i in town.places_of(key)}, dtype=str
    )
    found = places[places.index.isin(kind.index)]
    kind = kind.reindex(found.index)
    return found.assign(kind=kind, family=[catalogue.kinds[key].family for key in kind])
