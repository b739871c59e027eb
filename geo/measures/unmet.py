"""Where need is not met: people beyond a walk by cells, and where they gather."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.cells import CELL_M, cells_of
from geo.crs import require_metric
from geo.paths.network import Floats

LEVEL = 0.05
"""At most this share of the cells that are called hot may be so by chance."""

NEIGHBOURS = 1.5
"""Cells whose middles lie this many cells apart are neighbours: the eight around."""


def cells(
    homes: gpd.GeoDataFrame,
    people: pd.Series[float],
    minutes: pd.Series[float],
    *,
    within: float,
) -> gpd.GeoDataFrame:
    """
    Add up a group by cells of 250 m: how many live there, how many beyond a walk.

    Parameters
    ----------
    homes
        Points in metres.
    people, minutes
        On their index: how many of the group live there, and their walk; `inf` if
        there is none, `nan` if unknown.
    within
        Longest walk in minutes that is still accepted; exactly so long is.

    Returns
    -------
    cells
        Squares of the area's own projection in which somebody of the group lives,
        most people beyond first, unknown ones last. Columns: `people`; `beyond`,
        those of them whose walk is longer, or who have none. `nan` where either of
        a home is unknown. Expected numbers, with fractions.

    Raises
    ------
    CrsError
        If the homes are not in metres.

    Examples
    --------
    >>> from shapely import Point
    >>> homes = gpd.GeoDataFrame(
    ...     geometry=[Point(10, 10), Point(20, 20), Point(600, 10)], crs="EPSG:25832")
    >>> town = cells(homes, pd.Series([8.0, 4.0, 5.0]), pd.Series([12.0, 3.0, 3.0]), within=10)
    >>> town.drop(columns="geometry").to_dict("list")
    {'people': [12.0, 5.0], 'beyond': [8.0, 0.0]}
    """
    require_metric(homes)
    count, took = people.to_numpy(dtype=float), minutes.to_numpy(dtype=float)
    far = np.where(np.isnan(took) & (count != 0), np.nan, took > within) * count
    found = cells_of(shapely.get_coordinates(homes.geometry.array))
    sums = {"people": found.total(count), "beyond": found.total(far)}
    table = gpd.GeoDataFrame(sums, geometry=found.shapes(), crs=homes.crs)
    table = table[table["people"] != 0]
    return table.sort_values("beyond", ascending=False, kind="stable", ignore_index=True)


def hot_spots(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Tell where people beyond a walk gather: more, in a cell and those around, than by chance.

    Getis-Ord Gi* (Getis & Ord 1992; as a standard score by Ord & Getis 1995), with the
    eight cells around as neighbours, from `esda.getisord.G_Local`. As every cell is
    a test of its own, their p-values are adjusted to a false discovery rate of `LEVEL`
    (Benjamini & Hochberg 1995, `scipy.stats.false_discovery_control`).

    Parameters
    ----------
    table
        As `cells` gives it.

    Returns
    -------
    hot_spots
        The same rows with three more columns. `z`: standard score of the people
        beyond in and around the cell; `p`: the chance of a score as high or higher
        if they were shuffled among the cells, adjusted; `hot`: whether `p` is at most
        `LEVEL`. `z` and `p` are `nan`, and nothing is hot, where people are unknown and
        where there is nothing to compare: all cells the same, or all neighbours.

    Notes
    -----
    Scores are of counts, not shares: a hot spot is where many who lack a place live
    side by side, so where building one serves most. They assume roughly normal sums,
    and are a guide to the eye in areas of a few dozen cells.

    Examples
    --------
    Ten cells in a row; those who lack a place live in the last three:

    >>> row = gpd.GeoDataFrame(
    ...     {"people": [9.0] * 10, "beyond": [0.0] * 7 + [9.0] * 3},
    ...     geometry=[shapely.box(x, 0, x + 250, 250) for x in range(0, 2500, 250)])
    >>> hot_spots(row)["hot"].tolist()
    [False, False, False, False, False, False, False, False, True, False]
    """
    beyond = table["beyond"].to_numpy(dtype=float)
    known = ~np.isnan(beyond)
    middle = shapely.get_coordinates(shapely.centroid(table.geometry.to_numpy()))
    z = np.full(len(table), np.nan)
    z[known] = _scores(middle[known], beyond[known])
    p = np.full(len(table), np.nan)
    scored = ~np.isnan(z)
    if scored.any():
        from scipy.stats import false_discovery_control, norm  # noqa: PLC0415 - slow

        p[scored] = false_discovery_control(norm.sf(z[scored]))
    return table.assign(z=z, p=p, hot=p <= LEVEL)


def _scores(middle: Floats, beyond: Floats) -> Floats:
    """Return Gi* as standard scores, by the formula: no shuffling, so no chance in it."""
    if not len(beyond) or beyond.min() == beyond.max():
        return np.full(len(beyond), np.nan)
    from esda.getisord import G_Local  # noqa: PLC0415 - PySAL takes two seconds to import
    from libpysal.graph import Graph  # noqa: PLC0415

    around = Graph.build_distance_band(middle, CELL_M * NEIGHBOURS)
    with np.errstate(divide="ignore", invalid="ignore"):  # a cell beside all others
        scores = G_Local(beyond, around, transform="B", star=True, permutations=0).Zs
    return np.where(np.isfinite(scores), scores, np.nan)
