"""From a town and a question to everything that is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.access import NOWHERE, Nearest
from geo.errors import QuestionError
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
        The places that count, as `geo.tables.PLACES`.
    reach
        One row per group, the asked walk being each group's own unless the
        question names a walker. Columns: `people`; `within`, `beyond` and
        `cut_off`, parts of them (`cut_off` has no way on foot, whatever the
        time); `share`, of those within; `gap`, that share less everybody's.
        All `nan` where the group's number is unknown, shares also where it is 0.
    by_kind
        One row per asked kind. Columns: `places`, how many lie inside the area;
        `within` and `share`, as above, for the asked group and that kind alone.
    spots
        Where those beyond live; see `geo.spots.spots`.
    """

    question: Question
    minutes: pd.Series[float]
    place: pd.Series[str]
    places: gpd.GeoDataFrame
    reach: pd.DataFrame
    by_kind: pd.DataFrame
    spots: gpd.GeoDataFrame


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
    walker = {group: _walker(question, catalogue, group) for group in catalogue.groups}
    asked = walker[question.group]
    by_kind = {kind: walk(kind, asked.steps) for kind in question.kinds}
    here = _closest(list(by_kind.values()), len(town.bundle.homes))
    homes, entrances = town.bundle.homes, town.bundle.entrances
    ids = np.append(entrances["place_id"].to_numpy(dtype=object), "")
    minutes = pd.Series(asked.minutes(here.distance_m), homes.index, name="minutes")
    every = {
        group: one.minutes(
            _closest([walk(kind, one.steps) for kind in question.kinds], len(homes)).distance_m
        )
        for group, one in walker.items()
    }
    reach = pd.DataFrame(
        {group: _reach(homes[group], at, question.minutes) for group, at in every.items()}
    ).T
    return Answer(
        question=question,
        minutes=minutes,
        place=pd.Series(ids[here.door], homes.index, name="place", dtype=str),
        places=_chosen(town, question),
        reach=reach.assign(gap=reach["share"] - reach.loc[EVERYBODY, "share"]),
        by_kind=_by_kind(town, question, asked, by_kind),
        spots=spots(
            homes, homes[question.group], minutes, town.bundle.paths, within=question.minutes
        ),
    )


def require_known(question: Question, catalogue: Catalogue) -> None:
    """Raise `QuestionError` if a question speaks of what does not exist."""
    asked = (
        ("kind", catalogue.kinds, question.kinds),
        ("group", catalogue.groups, (question.group,)),
        ("walker", catalogue.walkers, (question.walker,) if question.walker else ()),
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


def _closest(found: list[Nearest], homes: int) -> Nearest:
    """Return the nearest of several: whichever kind is closest to each home."""
    if not found:
        return Nearest(np.full(homes, np.inf), np.full(homes, NOWHERE, dtype=np.intp))
    distance_m = np.stack([one.distance_m for one in found])
    best, row = distance_m.argmin(axis=0), np.arange(homes)
    return Nearest(distance_m[best, row], np.stack([one.door for one in found])[best, row])


def _reach(people: pd.Series[float], minutes: Floats, within_min: int) -> dict[str, float]:
    """Add up a group; where one home does not know its number, nor does the sum."""
    everybody = people.to_numpy()
    total, within, cut_off = (  # nan times nobody stays nan
        float((everybody * counted).sum())
        for counted in (np.ones(len(people)), minutes <= within_min, np.isinf(minutes))
    )
    return {
        "people": total,
        "within": within,
        "beyond": total - within,
        "cut_off": cut_off,
        "share": within / total if total else np.nan,
    }


def _chosen(town: Town, question: Question) -> gpd.GeoDataFrame:
    ids = {i for kind in question.kinds for i in town.places_of(kind)}
    places = town.bundle.places
    return places[places.index.isin(ids)]


def _by_kind(
    town: Town, question: Question, walker: Walker, found: Mapping[str, Nearest]
) -> pd.DataFrame:
    people = town.bundle.homes[question.group]
    inside = town.bundle.places["inside"]
    rows = {
        kind: {
            "places": int(inside[town.places_of(kind)].sum()),
            **_reach(people, walker.minutes(near.distance_m), question.minutes),
        }
        for kind, near in found.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["places", "within", "share"])
