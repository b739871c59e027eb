"""What is known of incomes, brought to the homes of an area."""

from __future__ import annotations

import geopandas as gpd

from data.known import Known
from geo.contract import Table
from geo.crs import to_metric
from geo.incomes import classed, with_incomes
from geo.tables import EVERYBODY, INCOMES


def incomes_of(
    homes: gpd.GeoDataFrame, known: Known, crs: str
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """
    Return homes that know their income area, and the areas, compared with each other.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`.
    known
        Its incomes, in any CRS.
    crs
        The area's metric CRS.
    """
    incomes = checked(known.incomes, INCOMES, crs)
    if incomes.empty:
        return homes, incomes
    people = with_incomes(homes, incomes).groupby("income")[EVERYBODY].sum()
    incomes = classed(incomes, people)
    return with_incomes(homes, incomes), incomes


def checked(table: gpd.GeoDataFrame | None, contract: Table, crs: str) -> gpd.GeoDataFrame:
    """
    Return a table in the area's CRS through its contract; none is one of no rows.

    Raises
    ------
    TableError
        If it breaks its contract.
    """
    return contract.none(crs) if table is None else contract.check(to_metric(table, crs))
