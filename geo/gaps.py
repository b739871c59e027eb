"""Gaps one by one: a name that lasts, the nearest place, and what is within reach anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Polygon

from geo.answer import Answer
from geo.cells import CELL_M
from geo.measures.percentiles import percentiles
from geo.model import Walker
from geo.paths.network import Bools
from geo.search.access import Nearest


@dataclass(frozen=True, slots=True)
class Gap:
    """
    A cell of 250 m where people live beyond reach, of whom it may be told.

    Parameters
    ----------
    key
        Easting and northing of its south-western corner: the same in every answer.
    people
        Of the asked group, beyond reach.
    minutes
        The middle walk of those people; `inf` if most of them have no way on foot.
    near
        A street, or `""`.
    place
        Id of the place that is the nearest one for most of them, or `""`.
    square
        The cell, in metres.
    """

    key: str
    people: float
    minutes: float
    near: str
    place: str
    square: Polygon


def gaps(answer: Answer, homes: gpd.GeoDataFrame) -> dict[str, Gap]:
    """
    Return the gaps that may be told of, by key, most people first.

    Parameters
    ----------
    answer
        What was found; its `spots` say which may be told.
    homes
        As `geo.tables.HOMES`, those that were asked about.

    Examples
    --------
    Forty live farther from the park than is accepted:

    >>> from types import SimpleNamespace
    >>> import shapely
    >>> from geo.spots import spots
    >>> homes = gpd.GeoDataFrame(
    ...     {"everybody": [40.0]}, geometry=[shapely.Point(900, 10)], crs="EPSG:25833")
    >>> street = gpd.GeoDataFrame(
    ...     {"name": ["Storgata"]}, geometry=[shapely.LineString([(0, 0), (900, 0)])])
    >>> walk, asked = pd.Series([12.0]), SimpleNamespace(group="everybody", minutes=10)
    >>> found = SimpleNamespace(
    ...     question=asked, minutes=walk, place=pd.Series(["n1"]),
    ...     spots=spots(homes, homes["everybody"], walk, street, within=10))
    >>> [(gap.key, gap.people, gap.near, gap.place) for gap in gaps(found, homes).values()]
    [('750_0', 40.0, 'Storgata', 'n1')]
    """
    spots = answer.spots[answer.spots["told"]]
    place = _places(answer, homes)
    corners = spots.bounds[["minx", "miny"]].to_numpy()
    keys = [f"{west:.0f}_{south:.0f}" for west, south in corners]
    columns = (spots[name] for name in ("people", "minutes", "near", "geometry"))
    return {
        key: Gap(key, float(people), float(minutes), near, place.get(key, ""), square)
        for key, people, minutes, near, square in zip(keys, *columns, strict=True)
    }


def _places(answer: Answer, homes: gpd.GeoDataFrame) -> Mapping[str, str]:
    """Return by key the place that most of those beyond are nearest to."""
    beyond = (answer.minutes > answer.question.minutes).to_numpy()
    far = homes[beyond]
    corner = np.floor(far.geometry.get_coordinates().to_numpy() / CELL_M) * CELL_M
    table = pd.DataFrame(
        {
            "west": corner[:, 0],
            "south": corner[:, 1],
            "place": answer.place.to_numpy()[beyond],
            "people": far[answer.question.group].fillna(1.0).to_numpy(),
        }
    )
    table = table[table["place"] != ""]
    total = table.groupby(["west", "south", "place"], sort=True)["people"].sum().reset_index()
    most = total.sort_values("people", ascending=False, kind="stable")
    most = most.drop_duplicates(["west", "south"])
    return {
        f"{west:.0f}_{south:.0f}": place
        for west, south, place in zip(most["west"], most["south"], most["place"], strict=True)
    }


def lives_in(gap: Gap, answer: Answer, homes: gpd.GeoDataFrame) -> Bools:
    """
    Tell which homes are those of a gap: in its cell, and beyond reach.

    Parameters
    ----------
    gap
        One of `gaps` of the same answer and homes.
    answer, homes
        As in `gaps`.
    """
    west, south, _, _ = gap.square.bounds
    corner = np.floor(homes.geometry.get_coordinates().to_numpy() / CELL_M) * CELL_M
    inside: Bools = (corner == (west, south)).all(axis=1)
    beyond: Bools = (answer.minutes > answer.question.minutes).to_numpy(dtype=bool)
    return inside & beyond


def within_anyway(
    walks: Mapping[str, Nearest], walker: Walker, people: pd.Series[float], *, within: float
) -> dict[str, float]:
    """
    Tell which kinds of place half of some people have within reach, the nearest first.

    Parameters
    ----------
    walks
        By kind, the walk from every home, as `geo.town.Town.walk` returns it.
    walker
        Who walks.
    people
        How many live in each home, in the order of the walks; nobody in those that are
        not asked about. Unknown counts as one.
    within
        Minutes that are still within reach.

    Returns
    -------
    minutes
        By kind, the walk that half of the people do not exceed.

    Examples
    --------
    >>> adult = Walker("adult", "Adult", 1.0, slope="none", wheels="", source="-")
    >>> door = np.array([0, 0, 0])
    >>> walks = {
    ...     "park": Nearest(np.array([300.0, 240.0, 60.0]), door),
    ...     "sauna": Nearest(np.array([900.0, np.inf, 60.0]), door),
    ... }
    >>> within_anyway(walks, adult, pd.Series([7.0, 9.0, 0.0]), within=10)
    {'park': 4.0}
    """
    weight = people.fillna(1.0).to_numpy(dtype=float)
    some = weight > 0
    if not some.any():
        return {}
    half = {
        kind: percentiles(walker.minutes(near.distance_m[some]), weight[some], 0.5).item()
        for kind, near in walks.items()
    }
    order = sorted(half.items(), key=lambda pair: pair[1])
    return {kind: minutes for kind, minutes in order if minutes <= within}
