"""How sure the numbers of each group are, home by home: asked once for a town."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import geopandas as gpd
import numpy as np

from geo.coverage import Bands
from geo.paths.network import Floats
from geo.people.bands import band
from geo.tables import EVERYBODY, GROUPS


def bounds(
    homes: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    incomes: gpd.GeoDataFrame,
    groups: Iterable[str] = GROUPS,
) -> dict[str, Bands]:
    """
    Return the least and the most people in each home, of groups that are not exact.

    Parameters
    ----------
    homes, zones, incomes
        As `geo.tables.HOMES`, `ZONES` and `INCOMES`; the homes name rows of the others.
    groups
        Some of `geo.tables.GROUPS`.

    Returns
    -------
    bounds
        By group. A group whose numbers are exact everywhere is not there; nor is one of
        which nothing is known anywhere, for "from nobody to everybody" says nothing.

    Examples
    --------
    Ten people live where a fifth to two fifths of them have little, and as many youths
    as nobody knows:

    >>> import pandas as pd
    >>> homes = pd.DataFrame(
    ...     {"everybody": [10.0], "youth": np.nan, "low_income": np.nan, "income": "a"})
    >>> area = pd.DataFrame({"low": [0.2], "high": [0.4]}, index=["a"])
    >>> found = bounds(homes, None, area, ["everybody", "low_income"])
    >>> {group: (low.item(), high.item()) for group, (low, high) in found.items()}
    {'low_income': (2.0, 4.0)}
    """
    everybody = homes[EVERYBODY].to_numpy(dtype=float)
    found = {
        group: _telling(*band(homes, zones, incomes, group), everybody)
        for group in groups
        if group != EVERYBODY
    }
    return {
        group: told
        for group, told in found.items()
        if told and not np.allclose(*told, rtol=0, atol=1e-9)
    }


def together(
    found: Mapping[str, Bands], homes: gpd.GeoDataFrame, groups: Iterable[str]
) -> Bands | None:
    """
    Return the least and the most people in each home of several groups that exclude another.

    Parameters
    ----------
    found
        As `bounds` returns it.
    homes
        As `geo.tables.HOMES`: what has no band is exact, or from nobody to everybody.
    groups
        To be added up.

    Returns
    -------
    bands
        `None` if nothing of them is known anywhere.

    Examples
    --------
    >>> import pandas as pd
    >>> homes = pd.DataFrame({"everybody": [9.0], "youth": [2.0], "adults": [4.0]})
    >>> youth = {"youth": (np.array([1.0]), np.array([3.0]))}
    >>> low, high = together(youth, homes, ["youth", "adults"])
    >>> low.item(), high.item()
    (5.0, 7.0)
    """
    everybody = homes[EVERYBODY].to_numpy(dtype=float)
    low, high = np.zeros((2, len(homes)))
    for group in groups:
        told = homes[group].to_numpy(dtype=float)
        least, most = found.get(
            group, (np.nan_to_num(told), np.where(np.isnan(told), everybody, told))
        )
        low, high = low + least, high + most
    return _telling(low, np.minimum(high, everybody), everybody)


def _telling(low: Floats, high: Floats, everybody: Floats) -> Bands | None:
    """Return bands, or `None` if they say nothing: from nobody to everybody, everywhere."""
    return (low, high) if low.any() or (high < everybody).any() else None
