"""Who depends on one place alone: who would lose it if it closed, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.answer import Catalogue, require_known
from geo.coverage import NOBODY, Reach, few
from geo.question import Question
from geo.scenario.nearest_two import Two, middle_next, two_nearest
from geo.scenario.relying import Asking, relying, total
from geo.scenario.withholding import foremost_first
from geo.spots import spots
from geo.town import Sides, Town


@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """
    What only one place gives: of every place that counts, those who have no other in reach.

    Parameters
    ----------
    question
        As it was asked.
    table
        On the ids of the places that count, most people first, then by id. Columns:
        `name`; `kind`, the first asked kind that it is of; `people` of the asked group for
        whom it is the only place within the limit; `next_min`, the walk to their next one,
        of the middle one of them (`geo.cells.Cells.middle`: `inf` if most have no other at
        all, `nan` if there is nobody); `none`, those who have no other however far; `told`,
        whether `people` may be told. Numbers as they are: see `told`.
    reach
        By place, then by group, each at its own pace: `within` are those for whom it is the
        only place, with what is withheld for the sake of a few others.
    total
        Of those of the asked group who have a place within reach, those who have only one.
    sole, next_min
        On the index of the homes, for the asked group: the place that a home depends on, or
        `""`; the walk to the next one, if it depends on one, else `nan`.
    """

    question: Question
    table: gpd.GeoDataFrame
    reach: Mapping[str, Mapping[str, Reach]]
    total: Reach
    sole: pd.Series[str]
    next_min: pd.Series[float]


def dependence(
    town: Town,
    question: Question,
    catalogue: Catalogue,
    *,
    now: datetime,
    side: Sides | None = None,
) -> Dependence:
    """
    Tell for every place that counts who depends on it: those beyond reach if it closed.

    A home depends on a place if that is within the limit, and the second nearest is not.
    All are found in one search for the two nearest places of every home.

    Parameters
    ----------
    town, question, catalogue, now
        As in `geo.answer.answer`.
    side
        What remembers `town.side`, if there is such a thing.

    Returns
    -------
    dependence
        Of two places equally far, nobody depends on either.

    Raises
    ------
    QuestionError
        As in `geo.answer.answer`.
    """
    require_known(question, catalogue)
    kind = _lead(town, question, catalogue, now)
    counted = (kind != "").to_numpy()
    walkers = {key: catalogue.walker_of(question, key) for key in catalogue.groups}
    met = side or town.side
    two = two_nearest(town, question, walkers, counted, met)
    asking = Asking(town, question, walkers, counted, met)
    places = town.bundle.places[counted]
    rows = relying(asking, two)
    mine = two[question.group]
    table = _table(places.assign(kind=kind[counted]), asking, mine)
    table["told"] = [not row[question.group].hidden for row in rows]
    order = foremost_first(table["people"], table["told"].to_numpy())
    alone = mine.sole(question.minutes)
    homes = town.bundle.homes.index
    ids = np.append(places.index.to_numpy(dtype=object), "")
    return Dependence(
        question=question,
        table=table.loc[order],
        reach=dict(zip(places.index, rows, strict=True)),
        total=total(asking, two, rows),
        sole=pd.Series(
            ids[np.where(alone, mine.place[:, 0], -1)], homes, name="sole", dtype=str
        ),
        next_min=pd.Series(np.where(alone, mine.minutes[:, 1], np.nan), homes, name="next_min"),
    )


def _lead(
    town: Town, question: Question, catalogue: Catalogue, now: datetime
) -> pd.Series[str]:
    """Return of every place the first asked kind as which it counts, or `""`."""
    terms = question.terms(catalogue.walker_of(question))
    lead = pd.Series("", town.bundle.places.index, dtype=str)
    for key in reversed(question.kinds):
        lead[town.counted(catalogue.kinds[key], terms, now)] = key
    return lead


def _table(places: gpd.GeoDataFrame, asking: Asking, two: Two) -> gpd.GeoDataFrame:
    people, within = asking.people(asking.question.group), asking.question.minutes
    n = len(places)
    nowhere = np.isinf(two.minutes[:, 1])
    return gpd.GeoDataFrame(
        {
            "name": places["name"],
            "kind": places["kind"],
            "people": two.depending(people, within=within, places=n),
            "next_min": middle_next(two, people, within=within, places=n),
            "none": two.depending(np.where(nowhere, people, 0.0), within=within, places=n),
        },
        geometry=places.geometry,
    )


def told(found: Dependence) -> gpd.GeoDataFrame:
    """
    Return the table of a dependence with `nan` for what may not be told.

    Of whom it is not told how many they are, nothing is. Those without any other place are
    not told of if they are a few, or if all others who depend on it are.

    Examples
    --------
    >>> from math import inf
    >>> table = gpd.GeoDataFrame(
    ...     {"people": [40.0, 30.0, 3.0], "next_min": [14.0, inf, 12.0],
    ...      "none": [0.0, 27.0, 0.0], "told": [True, True, False]})
    >>> found = Dependence(Question("x", ()), table, {}, Reach(0, 0, 0), None, None)
    >>> told(found)[["people", "next_min", "none"]].to_numpy().tolist()
    [[40.0, 14.0, 0.0], [30.0, inf, nan], [nan, nan, nan]]
    """
    table = found.table
    rest = table["people"] - table["none"]
    alone = table["told"] & ~table["none"].map(few) & ~rest.map(few)
    return table.assign(
        people=table["people"].where(table["told"]),
        next_min=table["next_min"].where(table["told"] & ~(table["people"] < NOBODY)),
        none=table["none"].where(alone),
    )


def dependents(town: Town, found: Dependence, place: str) -> gpd.GeoDataFrame:
    """
    Return the cells in which those live who depend on a place.

    Parameters
    ----------
    town
        The one that was asked.
    found
        What it answered.
    place
        Id of a place that counts.

    Returns
    -------
    cells
        As `geo.spots.spots`: `people` who depend on it, `minutes` to their next place, of
        the middle one of them.
    """
    question, homes = found.question, town.bundle.homes
    return spots(
        homes,
        homes[question.group],
        found.next_min.where(found.sole == place, 0.0),
        town.streets,
        within=question.minutes,
        told=not found.reach[place][question.group].hidden,
    )
