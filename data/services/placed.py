"""Rows of registers, each put where it lies: those of the land are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import geopandas as gpd
import shapely

from data.http import Get
from data.known import Known
from data.services.addresses import located
from data.services.entries import Entry
from data.services.entries import known as known_of
from data.services.service import Land, Service
from data.text import plain
from geo.crs import WGS84
from geo.errors import Message, SourceError


def near(
    service: Service, entries: Iterable[Entry], land: Land, missing: Iterable[Message] = ()
) -> Known:
    """
    Return those entries that touch the land, with texts made plain, as rows of a register.

    Examples
    --------
    >>> about = Service("toy", "Toys", "CC0", "", "", ("no",), 7, lambda land, get: Known())
    >>> land = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
    >>> inside = Entry("1", "Berg  skole", "school", shapely.Point(12.2, 65.4))
    >>> beyond = Entry("2", "Torghatten skole", "school", shapely.Point(12.2, 66.4))
    >>> near(about, [inside, beyond], land).register["name"].tolist()
    ['Berg skole']
    """
    found = [
        replace(one, ref=plain(one.ref), name=plain(one.name), address=plain(one.address))
        for one in entries
        if shapely.intersects(one.shape, land.boundary)
    ]
    return replace(known_of(service, found), missing=tuple(missing))


def settled(
    entries: Iterable[Entry], land: Land, get: Get
) -> tuple[list[Entry], tuple[str, ...]]:
    """
    Return entries that lie somewhere, and the names of those that nobody can find.

    One that has no position is looked for by its address, in the municipality. If the
    register of addresses cannot be asked, that one is not found, and the others are kept.

    Examples
    --------
    >>> land = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
    >>> lost = Entry("1", "Vik skole", "school", shapely.Point())
    >>> settled([lost], land, {}.__getitem__)
    ([], ('Vik skole',))
    """
    known: list[Entry] = []
    lost: list[Entry] = []
    for one in entries:
        (lost if shapely.is_empty(one.shape) else known).append(one)
    try:
        found = located([one.address for one in lost], number=land.number, get=get).points
    except SourceError:
        found = gpd.GeoSeries([], crs=WGS84)
    points = dict(zip(found.index, found, strict=True))
    known += [replace(one, shape=points[one.address]) for one in lost if one.address in points]
    return known, tuple(plain(one.name) for one in lost if one.address not in points)
