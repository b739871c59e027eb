"""What could be opened: rooms that do not count today, and buildings of one's own list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import geopandas as gpd
import numpy as np

from geo.answer import Catalogue, require_known
from geo.figures.walked import walked
from geo.model import Kind, Walker
from geo.question import Question
from geo.scenario.own_list import OWN
from geo.times import Times
from geo.town import Sides, Town

ROOMS = ("indoor", "both")
"""Settings of kinds that have a room."""

LOCKED = ("told", "school")
"""Hours of kinds that somebody opens and locks up, see `geo.model.Kind`."""


def openable(kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """
    Return the kinds that have a room which somebody may open to others, or not.

    Their setting is indoors, or both, and the catalogue does not say that they are always
    open. So cafés are among them: whoever wants public buildings only leaves them out.

    Parameters
    ----------
    kinds
        The catalogue's, by key.

    Examples
    --------
    >>> def kind(setting, hours):
    ...     return Kind("-", "-", "-", setting, (), "dot", (), (), "-", hours)
    >>> openable({"school": kind("both", "school"), "library": kind("indoor", "told"),
    ...           "park": kind("outdoor", "always")})
    ('school', 'library')
    """
    return tuple(
        key for key, kind in kinds.items() if kind.setting in ROOMS and kind.hours in LOCKED
    )


def candidates(
    town: Town,
    question: Question,
    catalogue: Catalogue,
    *,
    now: datetime,
    kinds: Collection[str] | None = None,
) -> gpd.GeoDataFrame:
    """
    Return the places that do not count today, but would if they were opened.

    Parameters
    ----------
    town, question, catalogue, now
        As in `geo.answer.answer`.
    kinds
        Keys of the kinds to look among; left out, those of `openable`.

    Returns
    -------
    candidates
        On the ids of the places, in the town's order: those inside the area that are of
        such a kind, or of somebody's own list (`geo.scenario.own_list`); and of no asked
        kind, or closed at the moment asked about. Columns `name`; `kind`, the leading one;
        `row`, that of the town's places; geometry.

    Raises
    ------
    QuestionError
        As in `geo.answer.answer`.
    """
    require_known(question, catalogue)
    terms = question.terms(catalogue.walker_of(question))
    asked = [catalogue.kinds[key] for key in question.kinds]
    places = town.bundle.places
    among = np.zeros(len(places), dtype=bool)
    for key in (OWN, *(openable(catalogue.kinds) if kinds is None else kinds)):
        among |= town.of_kind(key)
    among &= places["inside"].to_numpy(dtype=bool)
    row = np.flatnonzero(among & ~town.counted_as_any(asked, terms, now))
    return places.iloc[row][["name", "kind", "geometry"]].assign(row=row)


def walks_to(
    town: Town,
    table: gpd.GeoDataFrame,
    question: Question,
    catalogue: Catalogue,
    *,
    side: Sides | None = None,
    group: str = "",
) -> Times:
    """
    Measure the walk from every home to every candidate within the question's limit.

    Parameters
    ----------
    town
        As `candidates` was asked about.
    table
        As it returned them, or some of its rows, in any order.
    question, catalogue
        How far, who walks, and under which conditions.
    side
        What remembers `town.side`, if there is such a thing.
    group
        Who walks, by key; left out, the asked group.

    Returns
    -------
    times
        Homes × rows of the table.
    """
    key = group or question.group
    walkers = {key: catalogue.walker_of(question, key)}
    return walks_by_group(town, table, question, walkers, side or town.side)[key]


def walks_by_group(
    town: Town,
    table: gpd.GeoDataFrame,
    question: Question,
    walkers: Mapping[str, Walker],
    side: Sides,
) -> dict[str, Times]:
    """
    Measure as `walks_to` for several groups: whoever shares a gait shares a search.

    Parameters
    ----------
    town, table, question, side
        As in `walks_to`.
    walkers
        By group, who walks.
    """
    row = table["row"].to_numpy(dtype=np.intp)
    mask = np.zeros(len(town.bundle.places), dtype=bool)
    mask[row] = True
    found = {key: way.times for key, way in walked(town, question, walkers, mask, side).items()}
    column = np.searchsorted(np.flatnonzero(mask), row)
    if np.array_equal(column, np.arange(len(row))):
        return found
    return {key: times.of_places(column) for key, times in found.items()}
