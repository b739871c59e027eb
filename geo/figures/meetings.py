"""Who can meet where, and where those gather who cannot: the tables that point at spots."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.cells import CELL_M
from geo.coverage import FEWEST, NOBODY
from geo.measures.together import co_accessibility
from geo.measures.unmet import cells, hot_spots
from geo.paths.network import Bools, Floats
from geo.spots import spots
from geo.tables import AGES, EVERYBODY
from geo.times import Times

CHILDREN = ("young_children", "school_children")
OLDER = ("older_67_79", "older_80")
"""Groups that are told of together, of those who can meet in a place."""


def meetings(
    places: gpd.GeoDataFrame,
    times: Mapping[str, Times],
    homes: gpd.GeoDataFrame,
    *,
    within: float,
) -> gpd.GeoDataFrame:
    """
    Tell who reaches each place, and how mixed they are.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`: those that count.
    times
        By group, at its own pace, to these places.
    homes
        As `geo.tables.HOMES`.
    within
        Longest walk in minutes; exactly so long is within.

    Returns
    -------
    meetings
        On the index of the places, most people first. Columns: `name`; `kinds`;
        `people`, all ages together, or everybody at everybody's pace where ages are
        unknown; `children` and `older`, those of them; `evenness` and `likeness` of all
        groups of ages, see `geo.measures.together.Together`; `rest`, how many of all do
        not reach it; `mixed`, whether some age is a few, among those who do or do not.
    """
    people = {group: homes[group].to_numpy(dtype=float) for group in AGES}
    met = co_accessibility({group: times[group] for group in AGES}, people, within=within)
    every = {EVERYBODY: homes[EVERYBODY].to_numpy(dtype=float)}
    all_ages = co_accessibility({EVERYBODY: times[EVERYBODY]}, every, within=within)
    came = pd.DataFrame(met.people, places.index, list(met.groups))
    known = came.sum(axis=1, skipna=False).to_numpy()
    met_by = np.where(np.isnan(known), all_ages.people[:, 0], known)
    total = np.array([part.sum() for part in people.values()])
    table = gpd.GeoDataFrame(
        {
            "name": places["name"],
            "kinds": places["kinds"],
            "people": met_by,
            "children": came[list(CHILDREN)].sum(axis=1, skipna=False),
            "older": came[list(OLDER)].sum(axis=1, skipna=False),
            "evenness": met.evenness,
            "likeness": met.likeness,
            "rest": every[EVERYBODY].sum() - met_by,
            "mixed": (_few(came.to_numpy()) | _few(total - came.to_numpy())).any(axis=1),
        },
        geometry=places.geometry,
    )
    order = told(table)["people"].sort_values(ascending=False, kind="stable")
    return table.loc[order.index]


def told(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return what may be told of who can meet: `nan` for a few, and what gives them away.

    Nothing is told if all who cannot come are a few. Of their ages nothing is told if one
    is a few, or children, older people or all others are: the rest would tell how many,
    and in a place of two ages so would its evenness.

    Examples
    --------
    >>> some = {"people": [40.0, 40.0, 4.0], "children": [9.0, 3.0, 4.0], "older": 0.0}
    >>> mixed = gpd.GeoDataFrame(
    ...     {**some, "evenness": 0.5, "likeness": 0.5, "rest": 90.0, "mixed": False})
    >>> told(mixed)[["people", "children", "evenness"]].to_numpy().tolist()
    [[40.0, 9.0, 0.5], [40.0, nan, nan], [nan, nan, nan]]
    """
    people, cannot = (table[name].to_numpy(dtype=float) for name in ("people", "rest"))
    parts = table[["children", "older"]].to_numpy(dtype=float)
    others = people - parts.sum(axis=1)
    nothing = _few(people) | _few(cannot)
    some = nothing | _few(others) | _few(parts).any(axis=1) | table["mixed"].to_numpy(bool)
    shown = table.copy()
    shown.loc[some, ["children", "older", "evenness", "likeness"]] = np.nan
    shown.loc[nothing, "people"] = np.nan
    return shown


def _few(people: Floats) -> Bools:
    return np.asarray((people >= NOBODY) & (people < FEWEST))


def gathered(
    homes: gpd.GeoDataFrame,
    people: pd.Series[float],
    minutes: pd.Series[float],
    streets: gpd.GeoDataFrame,
    *,
    within: int,
    told: bool = True,
) -> gpd.GeoDataFrame:
    """
    Tell where those beyond a walk gather, more than chance would put there.

    Parameters
    ----------
    homes, people, minutes, streets, within, told
        As in `geo.spots.spots`.

    Returns
    -------
    gathered
        The rows of `geo.spots.spots` whose cell is a hot spot; see
        `geo.measures.unmet.hot_spots`. None where people are unknown.

    Examples
    --------
    Ten cells in a row; those who lack a place live in the last three:

    >>> import shapely
    >>> at = [shapely.Point(x, 125) for x in range(125, 2500, 250)]
    >>> homes = gpd.GeoDataFrame(geometry=at, crs="EPSG:25832")
    >>> street = gpd.GeoDataFrame(
    ...     {"name": ["Storgata"]}, geometry=[shapely.LineString([(0, 0), (2500, 0)])])
    >>> walk = pd.Series([5.0] * 7 + [15.0] * 3)
    >>> found = gathered(homes, pd.Series([9.0] * 10), walk, street, within=10)
    >>> found.drop(columns="geometry").to_dict("list")
    {'people': [9.0], 'minutes': [15.0], 'near': ['Storgata'], 'told': [True]}
    """
    table = hot_spots(cells(homes, people, minutes, within=within))
    every = spots(homes, people, minutes, streets, within=within, told=told)
    hot = _corners(table[table["hot"]])
    return every[_corners(every).isin(hot)].reset_index(drop=True)


def _corners(squares: gpd.GeoDataFrame) -> pd.MultiIndex:
    """Return which cells some squares are."""
    corner = (squares.bounds[["minx", "miny"]].to_numpy() / CELL_M).round()
    return pd.MultiIndex.from_arrays(corner.T)
