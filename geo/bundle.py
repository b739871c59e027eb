"""All tables of an area together: what a build makes, and what a question is asked of."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from geo.model import Area
from geo.tables import BACKDROP, BOUNDARY, ENTRANCES, HOMES, PATHS, PLACES, Table

CONTRACTS: dict[str, Table] = {
    table.name: table for table in (BOUNDARY, PLACES, ENTRANCES, HOMES, PATHS, BACKDROP)
}
"""The contract of each table, by the name of its field below and of its file on disk."""


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """
    An area and its tables, each as its contract in `geo.tables`, in one metric CRS.

    Nobody writes into them: they are shared by everybody who asks.
    """

    area: Area
    boundary: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    homes: gpd.GeoDataFrame
    paths: gpd.GeoDataFrame
    backdrop: gpd.GeoDataFrame
