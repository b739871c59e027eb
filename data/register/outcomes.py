"""What becomes of rows that have no name to be known by: buildings and surveys."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.register import limits
from data.register.kinds import SAME, fit
from data.register.merging import place_id
from data.register.pairs import distances
from data.register.repeating import repeats

OUTCOME = ("place_id", "status", "rivals", "distance_m", "likeness")
"""What matching finds out of a row: the columns of `geo.tables.REGISTER` after `updated`."""


def alone(rows: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Return the outcome of rows of which nothing is found.

    Examples
    --------
    >>> alone(gpd.GeoDataFrame(geometry=[], index=[]))["status"].tolist()
    []
    """
    empty = {"place_id": "", "status": "alone", "rivals": ""}
    return pd.DataFrame({**empty, "distance_m": np.nan, "likeness": np.nan}, index=rows.index)


def put(
    found: pd.DataFrame,
    at: int,
    status: str,
    place: str = "",
    distance_m: float = np.nan,
    likeness: float = np.nan,
) -> None:
    """
    Write the outcome of one row, in place.

    Examples
    --------
    >>> found = alone(gpd.GeoDataFrame(geometry=[None]))
    >>> put(found, 0, "left_out")
    >>> found["status"].tolist()
    ['left_out']
    """
    told: tuple[str | float, ...] = (place, status, "", distance_m, likeness)
    for column, value in zip(OUTCOME, told, strict=True):
        found.loc[at, column] = value


def buildings(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Give nameless buildings to the places they belong to, as many as there are.

    A building on the grounds of a place, of a kind that may be found there, is that
    place; one within `data.register.limits.BUILDING_M` if its kind is the place's.
    Those left, if so near each other, are one place together.

    Parameters
    ----------
    rows, places
        As in `data.register.pairs.pairs`.

    Returns
    -------
    outcome
        Columns `OUTCOME`, on the index of `rows`.
    """
    kind, kinds = rows["kind"].to_numpy(), places["kinds"].to_numpy()

    def belongs(row: int, place: int, distance_m: float) -> bool:
        of_kind = fit(kind[row], kinds[place])
        return of_kind == SAME or bool(of_kind and distance_m == 0)

    found = _nearest(rows, places, limits.BUILDING_M, belongs)
    left = rows[found["status"] == "alone"]
    spots, kind = left.geometry.to_numpy(), left["kind"].to_numpy()
    near = shapely.STRtree(spots).query(spots, "dwithin", distance=limits.BUILDING_M)
    same = [fit(kind[one], kind[other]) == SAME for one, other in near.T]
    first = repeats(left, near[:, np.array(same, dtype=bool)])
    keys = list(zip(left["source"], left["ref"], strict=True))
    for n in np.flatnonzero(first != np.arange(len(left))):
        metres = float(shapely.distance(spots[n], spots[first[n]]))
        put(found, left.index[n], "matched", place_id(*keys[first[n]]), metres)
    return found


def surveys(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Give surveys to the places they tell of: the nearest, and of several the smallest.

    Parameters
    ----------
    rows, places
        As in `data.register.pairs.pairs`; `kind` does not matter.

    Returns
    -------
    outcome
        As in `buildings`; alone if none lies within `data.register.limits.SURVEY_M`.
    """
    large = (places["area_m2"] > limits.SURVEY_LARGEST_M2).to_numpy()
    told = ~large | (places["setting"] != "outdoor").to_numpy()
    return _nearest(rows, places, limits.SURVEY_M, lambda _row, place, _m: bool(told[place]))


def _nearest(
    rows: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    reach_m: float,
    will_do: Callable[[int, int, float], bool],
) -> pd.DataFrame:
    """Return for each row the nearest place that will do; the smaller one, then by id."""
    found = alone(rows)
    shapes, spots = places.geometry.to_numpy(), rows.geometry.to_numpy()
    row, place = shapely.STRtree(shapes).query(spots, "dwithin", distance=reach_m)
    metres = distances(spots[row], shapes[place])
    near = pd.DataFrame({"row": row, "place": place, "distance_m": metres})
    near = near[near["distance_m"] <= reach_m]
    will = [will_do(int(r), int(p), m) for r, p, m in near.itertuples(index=False)]
    near = near[np.array(will, dtype=bool)]
    near = near.assign(
        size=shapely.area(shapes[near["place"]]),
        place_id=places.index.to_numpy()[near["place"]],
    )
    near = near.sort_values(["row", "distance_m", "size", "place_id"]).drop_duplicates("row")
    at = rows.index[near["row"]]
    found.loc[at, "place_id"] = near["place_id"].to_numpy()
    found.loc[at, "status"] = "matched"
    found.loc[at, "distance_m"] = near["distance_m"].to_numpy()
    return found
