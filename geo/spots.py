"""Where those live who are farther away than a planner accepts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

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
    far = homes.geometry.get_coordinates().assign(
        people=people.to_numpy(), minutes=minutes.to_numpy()
    )
    far = far[far["minutes"] > within].sort_values("minutes")
    corner = np.floor(far[["x", "y"]] / CELL_M) * CELL_M
    far["cell"] = corner.groupby(["x", "y"]).ngroup()
    far["weight"] = far["people"].fillna(1.0)
    cells = far.groupby("cell")
    west, south = corner.groupby(far["cell"]).first().to_numpy().reshape(-1, 2).T
    found = pd.DataFrame(
        {
            "people": cells["people"].sum(min_count=1),
            "minutes": _middle(far, cells["weight"].cumsum()),
            "near": _streets(paths, shapely.points(cells[["x", "y"]].mean())),
        }
    )
    squares = shapely.box(west, south, west + CELL_M, south + CELL_M)
    table = gpd.GeoDataFrame(found.astype(COLUMNS), geometry=squares, crs=homes.crs)
    return table.sort_values("people", ascending=False, kind="stable", ignore_index=True)


def _middle(far: pd.DataFrame, so_far: pd.Series[float]) -> pd.Series[float]:
    """
    Return by cell the walk that half of the people have, or less.

    `so_far`: how many have the walk of a row, or a shorter one; rows are sorted by it.
    """
    total = so_far.groupby(far["cell"]).transform("last")
    return far["minutes"][so_far >= total / 2].groupby(far["cell"]).first()


def _streets(paths: gpd.GeoDataFrame, spots: NDArray[np.object_]) -> list[str]:
    """Return for each spot the name of the nearest path that has one, or `""`."""
    named = paths[paths["name"] != ""]
    if named.empty:
        return [""] * len(spots)
    nearest = shapely.STRtree(named.geometry.to_numpy()).nearest(spots)
    return [str(name) for name in named["name"].to_numpy()[nearest]]
