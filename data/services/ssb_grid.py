"""How many people live in every square of 250 m, from Statistics Norway."""

from __future__ import annotations

import math

import geopandas as gpd
import shapely

from data.http import Get, host_of
from data.known import Known
from data.services.gml import Feature
from data.services.service import Land, Service
from data.services.wfs import Layer, features
from data.ssbid import CRS, Ints, cells_of, ssbid, whole
from geo.crs import WGS84, to_metric
from geo.errors import Message, SourceError

URL = "https://kart.ssb.no/api/mapserver/v1/wfs/befolkning_paa_rutenett"
YEARS = (2026, 2025)
"""The newest first; its layer may not be there yet, and old ones go some day."""

SYSTEM = "EPSG:4326"
"""This service puts latitude first although it is named in the short way."""


def read(land: Land, get: Get) -> Known:
    """
    Return the cells that touch the land, with their people on 1 January.

    Cells nobody lives in are not published. Those who have no fixed address are
    counted in no cell.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`, if a cell has no number of people, or no year
        can be had: then with what the service said of the last.
    """
    year, cells = _cells(land, get)
    if not cells:
        text = "{service}: nothing is published for {land}."
        return Known(missing=(Message(text, {"service": SERVICE.name, "land": land.name}),))
    people = [one.number("pop_tot", "popTot") for one in cells]
    if any(math.isnan(number) for number in people):
        raise SourceError(
            "{host} gives no number of people for some cells."
            " The service may have changed: look for a newer version of the program.",
            host=host_of(URL),
        )
    numbers = _numbers(cells)
    grid = gpd.GeoDataFrame({"ssbid": numbers, "people": people}, geometry=cells_of(numbers))
    grid = grid.drop_duplicates("ssbid", ignore_index=True)
    source = SERVICE.source(date=f"{year}-01-01", rows=len(grid))
    return Known(grid=grid, sources=(source,))


def _cells(land: Land, get: Get) -> tuple[int, list[Feature]]:
    """Return the newest year that can be had, and its cells."""
    for year in YEARS[:-1]:
        try:
            return year, features(_layer(year), land, get)
        except SourceError:  # says so by an exception report, or by one of several statuses
            continue
    return YEARS[-1], features(_layer(YEARS[-1]), land, get)


def _layer(year: int) -> Layer:
    return Layer(URL, f"befolkning_250m_{year}", SYSTEM)


def _numbers(cells: list[Feature]) -> Ints:
    """Return the cells' own numbers; if they have none, those of the cells they lie on."""
    told = [one.text("ssbid250m", "ssbid") for one in cells]
    if all(told):
        return whole(told)
    middles = gpd.GeoDataFrame(geometry=shapely.centroid([c.shape for c in cells]), crs=WGS84)
    x, y = shapely.get_coordinates(to_metric(middles, CRS).geometry.to_numpy()).T
    return ssbid(x, y)


SERVICE = Service(
    key="ssb_grid",
    name="Population on a grid of 250 m",
    licence="CC BY 4.0",
    attribution="Kilde: Statistisk sentralbyrå",
    url="https://www.ssb.no/natur-og-miljo/geodata",
    countries=("no",),
    days=30,
    read=read,
)
