"""The walk of squares of a town, where there are too many homes to see each."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.coverage import FEWEST
from geo.spots import CELL_M

SUMS = 1e-9
"""Of the people of a cell: so far sums may be off."""


def middles(
    homes: gpd.GeoDataFrame, people: pd.Series[float], minutes: pd.Series[float]
) -> gpd.GeoDataFrame:
    """
    Return by cells of 250 m the walk that half of those who live there have, or less.

    Homes stand in the order of their walk: known minutes, then unknown ones, then no way.
    The middle walk is that of the first home with which half of the cell's people are
    counted (the lower weighted median). So it is a number only if half of them surely walk
    no longer, and `inf` only if most have no way, whatever the unknown ones are.

    No number of people is returned. In cells of fewer than 5 each home counts the same, so
    that nothing is told there but the walk of one of the homes, which are shown themselves.
    In others it can be learned which homes have half of a cell's people, not how many.

    Parameters
    ----------
    homes
        Points in metres.
    people, minutes
        On their index: how many live there, and their walk; `nan` is unknown, `inf` no way.
        A home whose people are unknown counts as one.

    Returns
    -------
    cells
        Squares as those of `geo.spots.spots`, with `minutes`.

    Examples
    --------
    >>> from shapely import Point
    >>> homes = gpd.GeoDataFrame(
    ...     geometry=[Point(10, 10), Point(20, 20), Point(30, 30), Point(600, 10)],
    ...     crs="EPSG:25832")
    >>> walks = pd.Series([4.0, 9.0, np.inf, np.nan])
    >>> middles(homes, pd.Series([2.0, 3.0, 9.0, 8.0]), walks)["minutes"].tolist()
    [inf, nan]
    >>> middles(homes, pd.Series([2.0, 1.0, 1.0, 8.0]), walks)["minutes"].tolist()
    [9.0, nan]
    """
    walks = minutes.reindex(homes.index)
    found = homes.geometry.get_coordinates().assign(
        minutes=walks.to_numpy(),
        people=people.reindex(homes.index).fillna(1.0).to_numpy(),
        last=np.select([walks.isna(), np.isinf(walks)], [1, 2], 0),
    )
    corner = np.floor(found[["x", "y"]] / CELL_M) * CELL_M
    found["cell"] = corner.groupby(["x", "y"]).ngroup()
    everybody = found.groupby("cell")["people"].transform("sum")
    found["weight"] = found["people"].where(everybody >= FEWEST, 1.0)
    found = found.sort_values(["last", "minutes"], kind="stable")
    cells = found.groupby("cell")
    half = cells["weight"].transform("sum") * (0.5 - SUMS)
    counted = found[cells["weight"].cumsum() >= half]
    middle = counted.groupby("cell")["minutes"].agg(lambda walk: walk.iloc[0])
    west, south = corner.groupby(found["cell"]).first().to_numpy().reshape(-1, 2).T
    squares = shapely.box(west, south, west + CELL_M, south + CELL_M)
    return gpd.GeoDataFrame(
        {"minutes": middle.to_numpy(dtype=float)}, geometry=squares, crs=homes.crs
    )
