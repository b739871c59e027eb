"""What readers of small areas share: codes of age, and the tables of zones and of incomes."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd

from data.ageclasses import OLDEST
from data.services.registers import changed
from data.text import plain

SLIVER = 0.01
"""An area with a smaller share of it in the land is a neighbour's: drawn by another hand."""


def years(code: str, url: str) -> tuple[int, int]:
    """
    Return the first and last year of age that a code stands for.

    Raises
    ------
    SourceError
        If it is no such code.

    Examples
    --------
    >>> [years(code, "https://x") for code in ("007", "105+", "-4", "65-69", "80-")]
    [(7, 7), (105, 120), (0, 4), (65, 69), (80, 120)]
    """
    found = re.fullmatch(r"(?=.*[0-9])([0-9]{0,3})([-+]?)([0-9]{0,3})", code)
    if not found:
        raise changed(url)
    first, to, last = found.groups()
    return int(first or 0), int(last or OLDEST) if to else int(first)


def zones(
    areas: gpd.GeoDataFrame, ages: pd.DataFrame, people: pd.Series, *, source: str, name: str
) -> gpd.GeoDataFrame:
    """
    Return areas with their people by age, as `geo.tables.ZONES` but for the CRS.

    Parameters
    ----------
    areas
        With their official number as index.
    ages
        From `data.ageclasses.grouped`, on the same index.
    people
        Of all ages, on the same index; `nan` where unknown.
    source
        Key of the service.
    name
        Column of `areas` with what they are called.

    Examples
    --------
    >>> from shapely import Point
    >>> area = gpd.GeoDataFrame({"nimi": ["Karhula"]}, geometry=[Point(27, 60).buffer(1)])
    >>> ages = pd.DataFrame({"youth": [3.0]})
    >>> zones(area, ages, pd.Series([90.0]), source="paavo", name="nimi").columns.tolist()
    ['name', 'source', 'people', 'youth', 'geometry']
    """
    called = areas[name].astype(str).map(plain)
    told = ages.assign(name=called, source=source, people=people.astype(float))
    columns = ["name", "source", "people", *ages]
    return gpd.GeoDataFrame(told[columns], geometry=areas.geometry, crs=areas.crs)


def incomes(
    areas: gpd.GeoDataFrame, value: pd.Series, *, source: str, name: str, measure: str, of: str
) -> gpd.GeoDataFrame:
    """
    Return areas with their incomes, as `geo.tables.INCOMES` but for the CRS.

    Parameters
    ----------
    areas
        With their official number as index.
    value
        As published, on the same index; `nan` if suppressed. A percentage of
        `"persons"` or `"households"` gives the share as well; an amount, `"other"`,
        gives none.
    source
        Key of the service.
    name
        Column of `areas` with what they are called.
    measure, of
        What it is, in words, and a share of whom.

    Examples
    --------
    >>> from shapely import Point
    >>> area = gpd.GeoDataFrame({"desokod": ["2505A0010"]}, geometry=[Point(23, 66).buffer(1)])
    >>> table = incomes(
    ...     area, pd.Series([12.0]), source="scb", name="desokod", measure="low", of="persons"
    ... )
    >>> table[["value", "share", "low", "high"]].to_numpy().tolist()
    [[12.0, 0.12, 0.12, 0.12]]
    """
    amount = value.astype(float)
    share = amount * np.nan if of == "other" else amount / 100
    return gpd.GeoDataFrame(
        {
            "name": areas[name].astype(str).map(plain),
            "source": source,
            "measure": measure,
            "of": of,
            "value": amount,
            "share": share,
            "low": share.fillna(0.0),
            "high": share.fillna(1.0),
            "area_class": "unknown",  # until somebody compares them, see `geo.incomes`
        },
        index=areas.index,
        geometry=areas.geometry,
        crs=areas.crs,
    )
