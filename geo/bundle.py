"""All tables of an area together: what a build makes, and what a question is asked of."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geo.contract import Table
from geo.errors import Message
from geo.paths.terrain import Terrain
from geo.tables import (
    BACKDROP,
    BARRIERS,
    BOUNDARY,
    ENTRANCES,
    HOMES,
    INCOMES,
    PATHS,
    PLACES,
    REGISTER,
    ZONES,
)

CONTRACTS: dict[str, Table] = {
    table.name: table
    for table in (
        *(BOUNDARY, PLACES, ENTRANCES, HOMES, PATHS, BARRIERS, BACKDROP),
        *(ZONES, INCOMES, REGISTER),
    )
}
"""The contract of each table, by the name of its field below and of its file on disk."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from: named on every screen and in every file."""

    name: str
    licence: str
    attribution: str
    date: str
    rows: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """
    A figure that holds for an area as a whole, as published.

    Parameters
    ----------
    key
        What it is, e.g. `"low_income_share"`: see `data.services`.
    label
        In English, translated where shown.
    value
        `nan` if it is suppressed.
    unit
        `"%"`, `"people"` or `""`: a plain number.
    source, date
        Attribution of who published it; the day or year it is of.
    """

    key: str
    label: str
    value: float
    unit: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Area:
    """
    A municipality, or any other piece of land that was built into a bundle.

    Parameters
    ----------
    code, name
        Folder name, e.g. `"1804"`; the name as shown, e.g. `"Bodø"`.
    crs
        The metric CRS of every table, e.g. `"EPSG:25833"`.
    built
        When the bundle was made: ISO date and time, UTC.
    sources
        What it rests on.
    notes
        What has to stand beside every figure, e.g. that it is estimated.
    warnings
        What else a reader has to know, e.g. what was mended.
    facts
        Figures of the whole, which no smaller part has.
    missing
        Sources that were asked and did not answer, each in words.
    """

    code: str
    name: str
    crs: str
    built: str
    sources: tuple[Source, ...] = ()
    notes: tuple[Message, ...] = field(default=(), hash=False)
    warnings: tuple[Message, ...] = field(default=(), hash=False)
    facts: tuple[Fact, ...] = ()
    missing: tuple[Message, ...] = field(default=(), hash=False)


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """
    An area and its tables, each as its contract in `geo.tables`, in one metric CRS.

    `terrain` is `None` where heights are not known. Nobody writes into any of it:
    it is shared by everybody who asks.
    """

    area: Area
    boundary: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    homes: gpd.GeoDataFrame
    paths: gpd.GeoDataFrame
    barriers: gpd.GeoDataFrame
    backdrop: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    incomes: gpd.GeoDataFrame
    register: gpd.GeoDataFrame
    terrain: Terrain | None = None


def blank(area: Area, land: BaseGeometry) -> Bundle:
    """
    Return an area of which nothing is known but where it lies.

    Parameters
    ----------
    area
        What it says of itself.
    land
        Its outline, in metres of its CRS.

    Examples
    --------
    >>> import shapely
    >>> here = blank(Area("1804", "Bodø", "EPSG:25833", ""), shapely.box(0, 0, 900, 900))
    >>> len(here.boundary), len(here.homes)
    (1, 0)
    """
    tables = {name: contract.none(area.crs) for name, contract in CONTRACTS.items()}
    boundary = BOUNDARY.check(gpd.GeoDataFrame(geometry=[land], crs=area.crs))
    return Bundle(area, **{**tables, "boundary": boundary})
