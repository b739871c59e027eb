"""Between which two numbers the people at a home must lie."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.paths.network import Floats
from geo.people.composition import sizes
from geo.tables import AGES, EVERYBODY, LOW_INCOME

Band = tuple[Floats, Floats]


def band(
    homes: pd.DataFrame,
    zones: gpd.GeoDataFrame,
    incomes: gpd.GeoDataFrame,
    group: str,
) -> Band:
    """
    Tell how few and how many people of a group there may be at each home.

    That is the lowest and the highest share of its zone × everybody at the home, and
    what is told of the home always lies between. An exact share is its own band. The
    band knows what statistics hide or round, not how people differ within a zone.

    Parameters
    ----------
    homes, zones, incomes
        As `geo.tables.HOMES`, `ZONES` and `INCOMES`, where `homes["zone"]` and
        `homes["income"]` name rows of the other two.
    group
        One of `geo.tables.GROUPS`.

    Returns
    -------
    low, high
        People at each home, 0 ≤ low ≤ high ≤ everybody. Where a group is unknown and
        nothing bounds it: 0 and everybody.

    Examples
    --------
    A zone of 10 people, 0 to 2 of them youths, and a home of 5:

    >>> zones = pd.DataFrame({"people": 10.0, "youth": np.nan, "youth_low": 0.0,
    ...     "youth_high": 2.0, "adults": 10.0}, index=["z"]).reindex(
    ...     columns=["people", "youth_low", "youth_high", *AGES])
    >>> homes = pd.DataFrame({"everybody": [5.0], "youth": [np.nan], "zone": ["z"]})
    >>> [end.tolist() for end in band(homes, zones, None, "youth")]
    [[0.0], [1.0]]
    """
    everybody = homes[EVERYBODY].to_numpy(dtype=np.float64)
    told = homes[group].to_numpy(dtype=np.float64)
    low = high = np.full(len(homes), np.nan)
    if group in AGES:
        # Of the people as published: the sum of ages is rounded if they are.
        people = zones["people"].fillna(pd.Series(sizes(zones), zones.index))
        of = (f"{group}_low", f"{group}_high")
        low, high = _shares(homes["zone"], zones, of, people.to_numpy(dtype=np.float64))
    elif group == LOW_INCOME:
        low, high = _shares(homes["income"], incomes, ("low", "high"), np.ones(len(incomes)))
    # Where a share is told but no band is, it is exact; fmin and fmax pass over nan.
    low, high = np.fmin(low * everybody, told), np.fmax(high * everybody, told)
    low, high = np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), everybody, high)
    return np.clip(low, 0.0, everybody), np.clip(high, 0.0, everybody)


def _shares(
    of: pd.Series[str], lands: pd.DataFrame, columns: tuple[str, str], size: Floats
) -> Band:
    """Return two columns of the land each home lies in, as shares; `nan` where none is."""
    row = lands.index.astype(str).get_indexer(pd.Index(of))
    low, high = (
        np.append(
            np.divide(
                lands[column].to_numpy(dtype=np.float64),
                size,
                out=np.full(len(lands), np.nan),
                where=size > 0,
            ),
            np.nan,
        )[row]
        for column in columns
    )
    return low, high
