"""All measures of access for one question: computed when somebody opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.answer import Catalogue, require_known
from geo.company import among, beside
from geo.coverage import Bands, Reach, reach
from geo.figures import having
from geo.figures.having import Access, access
from geo.figures.meetings import gathered, meetings
from geo.figures.offer import AtHome, Offer, at_home, shared
from geo.figures.uneven import Uneven, uneven
from geo.figures.walked import Walked, walked
from geo.measures.together import settings
from geo.model import Kind
from geo.paths.network import Bools, Floats
from geo.people.settled import residents
from geo.question import Question
from geo.tables import EVERYBODY
from geo.town import Sides, Town


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """
    All measures of access for one question.

    Parameters
    ----------
    question
        As it was asked.
    access
        By group, what it has within its walk.
    spread
        How unevenly everybody has `"places"` within the limit; and the same
        `"weighted"`, near ones for more.
    meetings
        Who can meet in each place; see `geo.figures.meetings.meetings`.
    beyond
        The asked group's reach: who is beyond it.
    gathered
        Where those beyond gather; see `geo.figures.meetings.gathered`.
    both
        Whether kinds indoors and kinds outdoors are asked for: else it says nothing
        to have only one of them.
    rough
        Groups whose numbers rest on statistics that are rounded or suppressed: where
        they live, and so what half of them have, is no surer than that.
    """

    question: Question
    access: Mapping[str, Access]
    spread: Mapping[str, Uneven]
    meetings: gpd.GeoDataFrame
    beyond: Reach
    gathered: gpd.GeoDataFrame
    both: bool
    rough: frozenset[str] = frozenset()


def figures(
    town: Town,
    question: Question,
    catalogue: Catalogue,
    *,
    now: datetime,
    side: Sides | None = None,
    rank: Floats | None = None,
) -> Figures:
    """
    Compute every measure for a question.

    Parameters
    ----------
    town, question, catalogue, now
        As in `geo.answer.answer`.
    side
        What remembers `town.side`, if there is such a thing.
    rank
        What homes are ranked by for the concentration index, as
        `geo.incomes.rank` returns it; left out, there is no such index.

    Returns
    -------
    figures
        Of all homes and the places that count. A group whose numbers are unknown has
        unknown figures.

    Raises
    ------
    QuestionError
        As in `geo.answer.answer`.
    """
    require_known(question, catalogue)
    homes, limit, group = town.bundle.homes, question.minutes, question.group
    of = [catalogue.kinds[key] for key in question.kinds]
    counted = town.counted_as_any(of, question.terms(catalogue.walker_of(question)), now)
    walkers = {key: catalogue.walker_of(question, key) for key in catalogue.groups}
    ways = walked(town, question, walkers, counted, side or town.side)
    people = {key: homes[key].to_numpy(dtype=float) for key in ways}
    places, every = town.bundle.places[counted], ways[EVERYBODY].times
    per_person = shared(every, people[EVERYBODY], within=limit)
    offer = Offer(_families(places, of), settings(places["setting"]), per_person, limit)
    walk = pd.Series(ways[group].nearest_min[:, 0], homes.index, name="minutes")
    found = {way: at_home(way, offer) for way in set(ways.values())}
    reached = beside(
        *(_reached(ways, of, town.bands, limit) for of in (homes, residents(homes)))
    )
    what = {key: access(people[key], found[way]) for key, way in ways.items()}
    return Figures(
        question=question,
        access=having.among(what, reached),
        spread=_spread(found[ways[EVERYBODY]], people[EVERYBODY], rank),
        meetings=meetings(places, {k: w.times for k, w in ways.items()}, homes, within=limit),
        beyond=reached[group],
        gathered=gathered(
            *(homes, homes[group], walk, town.streets),
            within=limit,
            told=not reached[group].withheld,
        ),
        both=bool(settings([kind.setting for kind in of]).any(axis=0).all()),
        rough=frozenset(town.bands),
    )


def _spread(found: AtHome, people: Floats, rank: Floats | None) -> dict[str, Uneven]:
    has = {"places": found.places, "weighted": found.weighted}
    return {key: uneven(one, people, rank) for key, one in has.items()}


def _reached(
    ways: Mapping[str, Walked],
    homes: pd.DataFrame,
    bands: Mapping[str, Bands],
    limit: float,
) -> dict[str, Reach]:
    """Return the reach of every group, with what is withheld for the sake of others."""
    return among(
        {
            key: reach(
                homes[key].to_numpy(dtype=float),
                way.nearest_min[:, 0],
                within=limit,
                band=bands.get(key),
            )
            for key, way in ways.items()
        }
    )


def _families(places: gpd.GeoDataFrame, asked: Sequence[Kind]) -> Bools:
    """Return places by the families of the asked kinds: which is of which."""
    of = [set(kinds.split(";")) for kinds in places["kinds"]]
    families: dict[str, set[str]] = {}
    for kind in asked:
        families.setdefault(kind.family, set()).add(kind.key)
    member = [[bool(kinds & family) for family in families.values()] for kinds in of]
    return np.array(member, dtype=bool).reshape(len(places), len(families))
