"""How far one gets from the asked places in the asked time: as areas."""

from __future__ import annotations

from datetime import datetime

import geopandas as gpd
import numpy as np

from geo.answer import Catalogue
from geo.areas.catchments import catchments
from geo.areas.stretches import Walk
from geo.paths.walking import level_along
from geo.question import Question
from geo.search.access import spread_from
from geo.town import Side, Town

PARTS = 3
"""The asked minutes are drawn in so many steps: a third, two thirds, all of them."""


def steps(minutes: int) -> list[int]:
    """
    Return the walking times that are drawn, in whole minutes.

    Examples
    --------
    >>> steps(10), steps(15), steps(1)
    ([3, 7, 10], [5, 10, 15], [1])
    """
    return sorted({max(1, round(minutes * part / PARTS)) for part in range(1, PARTS + 1)})


def reachable(
    town: Town,
    question: Question,
    catalogue: Catalogue,
    *,
    now: datetime,
    side: Side | None = None,
) -> gpd.GeoDataFrame:
    """
    Return from where the asked walker reaches one of the asked places in time.

    The places are those that count in the answer to the same question. Each area lies
    inside the next; see `geo.areas.catchments.catchments` for what belongs to it.

    Parameters
    ----------
    town, catalogue, now
        As in `geo.answer.answer`.
    question
        Known to make sense: see `geo.answer.require_known`.
    side
        `town.side` of the walker's gait, if it is at hand.

    Returns
    -------
    areas
        Column `minutes`, ascending; in the CRS of the area. Those of no extent are left
        out, so the table is empty where no place counts.
    """
    walker = catalogue.walker_of(question)
    terms = question.terms(walker)
    side = side or town.side(terms.gait)
    kinds = [catalogue.kinds[key] for key in question.kinds]
    counted = town.counted_as_any(kinds, terms, now)
    doors = side.entrances.take(np.flatnonzero(counted[town.place_of]))
    backdrop = town.bundle.backdrop
    found = catchments(
        town.network,
        Walk(
            level_m=level_along(town.bundle.paths, terms.gait, town.along),
            at_m=spread_from(side.weighed, doors),
            doors=doors,
        ),
        {n: walker.level_m(n) for n in steps(question.minutes)},
        crs=town.bundle.area.crs,
        water=backdrop.geometry[backdrop["what"] == "water"],
    )
    return found[~found.is_empty].reset_index(drop=True)
