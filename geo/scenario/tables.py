"""Tables with more rows: those that were there keep their labels, which tells them apart."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd


def below(table: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return a table with more rows below, in its own types.

    Parameters
    ----------
    table
        As it is.
    more
        With all its columns, and labels that it has not.

    Examples
    --------
    >>> from shapely import Point
    >>> one = gpd.GeoDataFrame({"n": [1]}, geometry=[Point(0, 0)], crs="EPSG:25832")
    >>> below(one, numbered(one, one)).index.tolist()
    [0, 1]
    """
    if more.empty:
        return table
    kept = more[list(table.columns)]
    types = zip(table.columns, table.dtypes, kept.dtypes, strict=True)
    if others := {name: type_ for name, type_, was in types if was != type_}:
        kept = kept.astype(others)
    return gpd.GeoDataFrame(pd.concat([table, kept]), crs=table.crs)


def numbered(table: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return new rows, labelled by numbers that no row of a table has.

    Parameters
    ----------
    table
        Labelled by numbers.
    more
        The new rows.

    Examples
    --------
    >>> from shapely import Point
    >>> two = gpd.GeoDataFrame(geometry=[Point(0, 0), Point(9, 9)], crs="EPSG:25832")
    >>> numbered(two.iloc[1:], two).index.tolist()
    [2, 3]
    """
    first = int(table.index.max()) + 1 if len(table) else 0
    return more.set_axis(range(first, first + len(more)), axis="index")
