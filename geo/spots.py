"""Where those live who are farther away than a planner accepts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

CELL_M = 250.0
"""Side of the cells that people are added up in: the size that statistics are published in."""


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
    x, y = homes.geometry.x.to_numpy(), homes.geometry.y.to_numpy()
    rows = pd.DataFrame(
        {
            "people": people.to_numpy(),
            "minutes": minutes.to_numpy(),
            "x": x,
            "y": y,
            "column": np.floor(x / CELL_M),
            "row": np.floor(y / CELL_M),
        }
    )
    rows = rows[rows["minutes"] > within].sort_values("minutes")
    cells = rows.groupby(["column", "row"])
    if rows.empty:
        return gpd.GeoDataFrame(
            {"people": [], "minutes": [], "near": np.array([], dtype=str)},
            geometry=[],
            crs=homes.crs,
        )
    found = pd.DataFrame(
        {
            "people": cells["people"].sum(min_count=1),
            "minutes": cells[["people", "minutes"]].apply(_middle),
            "x": cells["x"].mean(),
            "y": cells["y"].mean(),
        }
    ).reset_index()
    corner = found[["column", "row"]].to_numpy() * CELL_M
    table = gpd.GeoDataFrame(
        {
            "people": found["people"],
            "minutes": found["minutes"],
            "near": _street(paths, shapely.points(found[["x", "y"]].to_numpy())),
        },
        geometry=shapely.box(*corner.T, *(corner + CELL_M).T),
        crs=homes.crs,
    )
    return table.sort_values("people", ascending=False, kind="stable", ignore_index=True)


def _middle(cell: pd.DataFrame) -> float:
    """Return the walk that half of the people have, or less; rows come sorted by minutes."""
    weight = cell["people"].fillna(1.0).cumsum()
    return float(cell["minutes"].iloc[int(np.searchsorted(weight, weight.iloc[-1] / 2))])


def _street(paths: gpd.GeoDataFrame, where: np.ndarray) -> np.ndarray:
    """Return the name of the nearest path that has one."""
    named = paths[paths["name"] != ""]
    if named.empty:
        return np.full(len(where), "", dtype=object)
    tree = shapely.STRtree(named.geometry.to_numpy())
    return named["name"].to_numpy()[tree.nearest(where)]
