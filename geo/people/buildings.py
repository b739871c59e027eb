"""Residents, estimated from the buildings they live in."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.paths.network import Floats

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
    >>> import numpy as np
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


def at_doors(of: pd.Series[str], people: pd.Series[float]) -> Floats:
    """
    Split the residents of every building evenly over its doors.

    Parameters
    ----------
    of
        The building of every door, a label in the index of `people`.
    people
        Residents per building.

    Returns
    -------
    people
        At each door, in the order of `of`. A building without a door has nobody.

    Examples
    --------
    >>> at_doors(pd.Series(["w1", "w1", "w2"]), pd.Series({"w1": 30.0, "w2": 7.0})).tolist()
    [15.0, 15.0, 7.0]
    """
    split: Floats = people[of].to_numpy() / of.groupby(of).transform("size").to_numpy()
    return split
