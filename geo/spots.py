"""Where those live who are farther away than a planner accepts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.cells import cells_of
from geo.coverage import FEWEST, NOBODY, few
from geo.people.settled import settled


def spots(
    homes: gpd.GeoDataFrame,
    people: pd.Series[float],
    minutes: pd.Series[float],
    streets: gpd.GeoDataFrame,
    *,
    within: int,
    told: bool = True,
) -> gpd.GeoDataFrame:
    """
    Add up the people beyond a walk, by cells of 250 m.

    Parameters
    ----------
    homes
        Points in metres.
    people, minutes
        On their index: how many of a group live there, and their walk; `nan` and
        `inf` as always.
    streets
        Paths with a `name`, see `geo.town.Town`: every cell is known by the nearest.
    within
        Longest walk in minutes that is still accepted.
    told
        Whether any number may be told; see `geo.company`.

    Returns
    -------
    spots
        Square cells, most people first, then those whose people are not told. Columns:
        `people`; `minutes`, the middle walk of those people (`inf` if most of them have
        no way on foot); `near`, a street, or `""`; `told`, whether the number may be
        told, see `tellable`.

    Examples
    --------
    >>> from shapely import Point
    >>> homes = gpd.GeoDataFrame(
    ...     geometry=[Point(10, 10), Point(20, 20), Point(600, 10)], crs="EPSG:25832")
    >>> street = gpd.GeoDataFrame(
    ...     {"name": ["Storgata"]}, geometry=[shapely.LineString([(0, 0), (900, 0)])])
    >>> found = spots(
    ...     homes, pd.Series([8.0, 4.0, 5.0]), pd.Series([12.0, 30.0, 3.0]), street, within=10)
    >>> found.drop(columns="geometry").to_dict("list")
    {'people': [12.0], 'minutes': [12.0], 'near': ['Storgata'], 'told': [True]}
    """
    far = (minutes > within).to_numpy()
    at, walks = shapely.get_coordinates(homes.geometry.array)[far], minutes.to_numpy()[far]
    count, found = people.to_numpy(dtype=float)[far], cells_of(at)
    known = ~np.isnan(count)
    x, y = (found.total(along) / found.total(np.ones(len(at))) for along in at.T)
    total = found.total(np.where(known, count, 0.0))
    table = gpd.GeoDataFrame(
        {
            "people": np.where(found.total(known.astype(float)) > 0, total, np.nan),
            "minutes": found.middle(walks, np.where(known, count, 1.0)),
            "near": pd.Series(_nearest(streets, np.array(shapely.points(x, y))), dtype=str),
        },
        geometry=found.shapes(),
        crs=homes.crs,
    )
    every, close = people.to_numpy(dtype=float), (minutes <= within).to_numpy()
    may = tellable(table["people"], float(every[close].sum())) & told
    here = settled(homes)
    if not here.all():  # how many move in is told: what is left would be those of today
        residents = pd.Series(found.total(np.where(known & here[far], count, 0.0)))
        near = float(every[close & here].sum())
        may &= tellable(residents, near) | (residents < NOBODY)
    table = table.assign(told=may)
    order = table["people"].where(table["told"]).sort_values(ascending=False, kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def tellable(people: pd.Series[float], near: float) -> pd.Series[bool]:
    """
    Tell of which cells the number of people may be told.

    All of them together are told elsewhere, with those who are near enough. So a cell of
    a few could be found as the rest; therefore the smallest others are not told either,
    until all that are not told are together no few.

    Parameters
    ----------
    people
        In each cell; `nan` if unknown.
    near
        Who lives within reach; if they are a few, they are not told.

    Examples
    --------
    >>> tellable(pd.Series([40.0, 30.0, 3.0]), 90.0).tolist()
    [True, False, False]
    >>> tellable(pd.Series([40.0, 3.0, 4.0]), 90.0).tolist()
    [True, False, False]
    """
    told = people >= FEWEST
    rest = float(people[~told].sum()) + (near if few(near) else 0.0)
    hidden = []
    for cell, more in people[told].sort_values(kind="stable").items():
        if not few(rest):
            break
        hidden.append(cell)
        rest += more
    return told & ~people.index.isin(hidden)


def _nearest(streets: gpd.GeoDataFrame, spots: NDArray[np.object_]) -> list[str]:
    """Return for each spot the name of the nearest street, or `""` if there is none."""
    if streets.empty or not len(spots):
        return [""] * len(spots)
    _, row = streets.sindex.nearest(spots, return_all=False)
    return list(map(str, streets["name"].array[row]))
