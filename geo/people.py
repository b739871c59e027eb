"""Residents, estimated from the buildings they live in."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.tables import AGES, EVERYBODY, HOMES, LOW_INCOME, LOW_INCOME_AREAS

FEW = 10
"""So many buildings must tell their storeys before their median speaks for the others."""


def residents(dwellings: gpd.GeoDataFrame) -> pd.Series[float]:
    """
    Estimate how many people live in each building: footprint × storeys ÷ floor area per person.

    Where storeys are not mapped, the median of the same type of building here is
    taken if at least `FEW` of them tell theirs, else the type's usual number.

    Parameters
    ----------
    dwellings
        Polygons in metres. Columns: `type`; `levels` (storeys, `nan` if unknown);
        `usual_levels` and `m2_per_person` of that type.

    Returns
    -------
    residents
        Expected people, with fractions, on the index of `dwellings`.

    Examples
    --------
    >>> from shapely import box
    >>> known = {"type": "houses", "levels": np.nan, "usual_levels": 2.0, "m2_per_person": 50.0}
    >>> house = gpd.GeoDataFrame([known], geometry=[box(0, 0, 10, 10)], crs="EPSG:25832")
    >>> residents(house).tolist()
    [4.0]
    """
    of_type = dwellings.groupby("type")["levels"]
    here = of_type.transform("median").where(of_type.transform("count") >= FEW)
    levels = dwellings["levels"].fillna(here).fillna(dwellings["usual_levels"])
    people: pd.Series[float] = dwellings.area * levels / dwellings["m2_per_person"]
    return people.rename("residents")


def homes(
    doors: gpd.GeoDataFrame,
    people: pd.Series[float],
    *,
    shares: Mapping[str, float] | None,
    total: float | None = None,
) -> gpd.GeoDataFrame:
    """
    Place the residents of every building at its doors, and share them into groups.

    Parameters
    ----------
    doors
        Points with a column `of`: the building, a label in the index of `people`.
        Every building has one or more; its residents are split evenly over them.
    people
        Residents per building.
    shares
        Share of each age group in the municipality, adding up to one; or `None`:
        ages are unknown, and stay `nan`.
    total
        Number of residents to scale to, where it was counted.

    Returns
    -------
    homes
        As `geo.tables.HOMES`.

    Examples
    --------
    >>> from shapely import Point
    >>> doors = gpd.GeoDataFrame(
    ...     {"of": ["w1", "w1"]}, geometry=[Point(0, 0), Point(9, 0)], crs="EPSG:25832")
    >>> block = homes(doors, pd.Series({"w1": 30.0}), shares=None, total=40)
    >>> block["everybody"].tolist(), block["youth"].isna().all().item()
    ([20.0, 20.0], True)
    """
    at_door = (
        people[doors["of"]].to_numpy() / doors.groupby("of")["of"].transform("size").to_numpy()
    )
    if total is not None and at_door.sum() > 0:
        at_door = at_door * (total / at_door.sum())
    groups = {
        group: at_door * (shares[group] if shares is not None else np.nan) for group in AGES
    }
    table = gpd.GeoDataFrame(
        {
            "building": doors["of"].to_numpy(),
            EVERYBODY: at_door,
            **groups,
            LOW_INCOME: np.nan,
            LOW_INCOME_AREAS: np.nan,
            "basis": "building" if total is None else "municipality",
            "zone": "",
            "income": "",
        },
        geometry=doors.geometry.to_numpy(),
        crs=doors.crs,
    )
    return HOMES.check(table)
