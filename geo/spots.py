"""Where those live who are farther away than a planner accepts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

CELL_M = 250.0
"""Side of the cells that people are added up in: the size that statistics are published in."""


COLUMNS = {"people": "float64", "minutes": "float64", "near": "str"}


def spots(
    homes: gpd.GeoDataFrame,
    people: pd.Series[float],
    minutes: pd.Series[float],
    paths: gpd.GeoDataFrame,
    *,
    within: int,
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
    paths
        As `geo.tables.PATHS`: gives every cell the name of a street to be known by.
    within
        Longest walk in minutes that is still accepted.

    Returns
    -------
    spots
        Square cells, most people first. Columns: `people`; `minutes`, the middle
        walk of those people (`inf` if most of them have no way on foot); `near`,
        a street, or `""`.

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
    {'people': [12.0], 'minutes': [12.0], 'near': ['Storgata']}
    """
    rows = homes.geometry.get_coordinates().assign(
        people=people.to_numpy(), minutes=minutes.to_numpy()
    )
    rows = rows[rows["minutes"] > within].sort_values("minutes")
    column, row = np.floor(rows["x"] / CELL_M), np.floor(rows["y"] / CELL_M)
    named = paths[paths["name"] != ""]
    found = [
        {
            "people": cell["people"].sum(min_count=1),
            "minutes": _middle(cell),
            "near": _street(named, shapely.Point(cell["x"].mean(), cell["y"].mean())),
            "geometry": shapely.box(*(CELL_M * np.array([x, y, x + 1, y + 1]))),
        }
        for (x, y), cell in rows.groupby([column.rename("column"), row.rename("row")])
    ]
    table = gpd.GeoDataFrame(found, columns=[*COLUMNS, "geometry"], crs=homes.crs)
    table = table.astype(COLUMNS)
    return table.sort_values("people", ascending=False, kind="stable", ignore_index=True)


def _middle(cell: pd.DataFrame) -> float:
    """Return the walk that half of the people have, or less; rows come sorted by minutes."""
    weight = cell["people"].fillna(1.0).cumsum()
    return float(cell["minutes"].iloc[int(np.searchsorted(weight, weight.iloc[-1] / 2))])


def _street(named: gpd.GeoDataFrame, where: shapely.Point) -> str:
    """Return the name of the nearest of the paths that have one, or `""`."""
    nearest = named.sindex.nearest(where, return_all=False)[1]
    return str(named["name"].iloc[nearest[0]]) if len(nearest) else ""
