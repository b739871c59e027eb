"""Tables with more rows: those that were there keep their labels, which tells them apart."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd


def below(table: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return a table with more rows below, in its own types.

    Examples
    --------
    >>> from shapely import Point
    >>> one = gpd.GeoDataFrame({"n": [1]}, geometry=[Point(0, 0)], crs="EPSG:25832")
    >>> below(one, numbered(one, one)).index.tolist()
    [0, 1]
    """
    if more.empty:
        return table
    kept = more[table.columns].astype(table.dtypes.drop("geometry").to_dict())
    return gpd.GeoDataFrame(pd.concat([table, kept]), crs=table.crs)


def numbered(table: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return new rows, labelled by numbers that no row of a table has."""
    first = int(table.index.max()) + 1 if len(table) else 0
    return more.set_axis(range(first, first + len(more)), axis="index")
