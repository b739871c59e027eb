"""The walk of squares of a town, where there are too many homes to see each."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.cells import Cells, Floats, cells_of
from geo.coverage import FEWEST


def middles(
    homes: gpd.GeoDataFrame, people: pd.Series[float], minutes: pd.Series[float]
) -> gpd.GeoDataFrame:
    """
    Return by cells of 250 m the walk that half of those who live there have, or less.

    See `geo.cells.Cells.middle`: it is a number only if half of them surely walk no longer,
    and `inf` only if most have no way, whatever the unknown ones are.

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
    >>> walks = pd.Series([4.0, 9.0, float("inf"), float("nan")])
    >>> middles(homes, pd.Series([2.0, 3.0, 9.0, 8.0]), walks)["minutes"].tolist()
    [inf, nan]
    >>> middles(homes, pd.Series([2.0, 1.0, 1.0, 8.0]), walks)["minutes"].tolist()
    [9.0, nan]
    """
    walks, living = (of.reindex(homes.index).to_numpy(dtype=float) for of in (minutes, people))
    found = cells_of(shapely.get_coordinates(homes.geometry.array))
    middle = middle_walks(found, living, walks)
    return gpd.GeoDataFrame({"minutes": middle}, geometry=found.shapes(), crs=homes.crs)


def middle_walks(cells: Cells, people: Floats, walks: Floats) -> NDArray[np.float64]:
    """
    Return by cell the walk that half of those who live there have, or less, as `middles`.

    Parameters
    ----------
    cells
        In which each home lies.
    people, walks
        By home, as in `middles`.

    Examples
    --------
    >>> one = cells_of(np.zeros((3, 2)))
    >>> middle_walks(one, np.array([2.0, 1.0, np.nan]), np.array([4.0, 9.0, np.inf])).tolist()
    [9.0]
    """
    weight = np.where(np.isnan(people), 1.0, people)
    weight[cells.total(weight)[cells.of] < FEWEST] = 1.0
    return cells.middle(walks, weight).astype(np.float64)
