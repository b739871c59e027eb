"""Who can meet where, and where those gather who cannot: the tables that point at spots."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.coverage import FEWEST, NOBODY
from geo.measures.together import co_accessibility
from geo.measures.unmet import cells, hot_spots
from geo.paths.network import Bools, Floats
from geo.spots import CELL_M, spots
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
        groups of ages, see `geo.measures.together.Together`.
    """
    people = {group: homes[group].to_numpy(dtype=float) for group in AGES}
    met = co_accessibility({group: times[group] for group in AGES}, people, within=within)
    every = {EVERYBODY: homes[EVERYBODY].to_numpy(dtype=float)}
    all_ages = co_accessibility({EVERYBODY: times[EVERYBODY]}, every, within=within)
    came = pd.DataFrame(met.people, places.index, list(met.groups))
    known = came.sum(axis=1, skipna=False).to_numpy()
    table = gpd.GeoDataFrame(
        {
            "name": places["name"],
            "kinds": places["kinds"],
            "people": np.where(np.isnan(known), all_ages.people[:, 0], known),
            "children": came[list(CHILDREN)].sum(axis=1, skipna=False),
            "older": came[list(OLDER)].sum(axis=1, skipna=False),
            "evenness": met.evenness,
            "likeness": met.likeness,
        },
        geometry=places.geometry,
    )
    return table.sort_values("people", ascending=False, kind="stable")


def told(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return what may be told of who can meet: `nan` for a few, and what gives them away.

    Neither children nor older people are told of if one of them, or all others
    together, are a few: the rest would tell how many.

    Examples
    --------
    >>> some = {"people": [40.0, 40.0, 4.0], "children": [9.0, 3.0, 4.0], "older": 0.0}
    >>> mixed = gpd.GeoDataFrame({**some, "evenness": 0.5, "likeness": 0.5})
    >>> told(mixed)[["people", "children", "evenness"]].to_numpy().tolist()
    [[40.0, 9.0, 0.5], [40.0, nan, 0.5], [nan, nan, nan]]
    """
    people = table["people"].to_numpy(dtype=float)
    parts = table[["children", "older"]].to_numpy(dtype=float)
    rest = people - parts.sum(axis=1)
    nobody = _few(people)
    some = nobody | _few(rest) | _few(parts).any(axis=1)
    shown = table.copy()
    shown.loc[some, ["children", "older"]] = np.nan
    shown.loc[nobody, ["people", "evenness", "likeness"]] = np.nan
    return shown


def _few(people: Floats) -> Bools:
    return np.asarray((people >= NOBODY) & (people < FEWEST))


def gathered(
    homes: gpd.GeoDataFrame,
    people: pd.Series[float],
    minutes: pd.Series[float],
    paths: gpd.GeoDataFrame,
    *,
    within: int,
) -> gpd.GeoDataFrame:
    """
    Tell where those beyond a walk gather, more than chance would put there.

    Parameters
    ----------
    homes, people, minutes, paths, within
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
    {'people': [9.0], 'minutes': [15.0], 'near': ['Storgata']}
    """
    table = hot_spots(cells(homes, people, minutes, within=within))
    hot = table[table["hot"]].geometry
    inside = _inside(homes, hot)
    return spots(homes[inside], people[inside], minutes[inside], paths, within=within)


def _inside(homes: gpd.GeoDataFrame, squares: gpd.GeoSeries) -> Bools:
    """Tell which homes lie in some cells; on an edge, in the one to the east or north."""
    corner = np.floor(homes.geometry.get_coordinates().to_numpy() / CELL_M)
    wanted = (squares.bounds[["minx", "miny"]].to_numpy() / CELL_M).round()
    return pd.MultiIndex.from_arrays(corner.T).isin(pd.MultiIndex.from_arrays(wanted.T))
