"""How everybody stands in one of two towns: as it is, or as it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.answer import Answer, Catalogue
from geo.coverage import Bands
from geo.model import Walker
from geo.paths.network import Bools, Floats
from geo.search.access import closest
from geo.town import Town, Walk


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """
    What a question was answered with in a town, and the walk of every group.

    Parameters
    ----------
    town
        With the homes that were asked about.
    answer
        What was found.
    walks
        By group, on the index of the homes: minutes at its own pace to the nearest place
        that counts; `inf` where there is no way.
    """

    town: Town
    answer: Answer
    walks: Mapping[str, pd.Series[float]]

    @property
    def homes(self) -> gpd.GeoDataFrame:
        """The homes of the town, as `geo.tables.HOMES`."""
        return self.town.bundle.homes

    def people(self, group: str, rows: Bools) -> Floats:
        """Return how many of a group live in some of the homes."""
        return np.asarray(self.homes[group], dtype=np.float64)[rows]

    def band(self, group: str, rows: Bools) -> Bands | None:
        """Return between what these numbers lie; `None` where they are exact, or unknown."""
        band = self.town.bands.get(group)
        return None if band is None else (band[0][rows], band[1][rows])

    def minutes(self, group: str, homes: pd.Index[str]) -> Floats:
        """Return the walks of a group from some of the homes, in their order."""
        return np.asarray(self.walks[group].reindex(homes), dtype=np.float64)


def standing(
    town: Town,
    answer: Answer,
    catalogue: Catalogue,
    *,
    now: datetime,
    walk: Walk | None = None,
) -> Standing:
    """
    Return how everybody stands: an answer holds the walks of the asked group alone.

    Parameters
    ----------
    town
        Of which the question was asked.
    answer
        Of `geo.answer.answer` about this town.
    catalogue, now, walk
        As `answer` was given them; with `walk` nothing is measured twice.
    """
    question = answer.question
    asked = {key: catalogue.kinds[key] for key in question.kinds}
    walk = cache(walk or (lambda terms: town.walk(terms, asked, now)))
    homes = town.bundle.homes

    @cache
    def minutes(walker: Walker) -> pd.Series[float]:
        found = walk(question.terms(walker))
        near = closest([found[kind] for kind in question.kinds], homes=len(homes))
        return pd.Series(walker.minutes(near.distance_m), homes.index, name="minutes")

    walks = {key: minutes(catalogue.walker_of(question, key)) for key in catalogue.groups}
    return Standing(town, answer, walks)


def residents(homes: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> Bools:
    """
    Tell which homes another town has as well, in the same spot: those of today.

    Examples
    --------
    >>> def at(**east):
    ...     spots = gpd.points_from_xy(list(east.values()), [0.0] * len(east))
    ...     return gpd.GeoDataFrame(geometry=spots, index=list(east), crs="EPSG:25833")
    >>> residents(at(a=1.0, b=2.0, new=9.0), at(b=2.0, a=1.0, new=8.0)).tolist()
    [True, True, False]
    """
    row = others.index.get_indexer(homes.index)
    one, other = (shapely.get_coordinates(side.geometry.array) for side in (homes, others))
    found: Bools = row >= 0
    found[found] = (one[found] == other[row[found]]).all(axis=1)
    return found
