"""What an order is about, and the map of it: whichever way the two are had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from data import store
from data.cutting import read_cut
from data.dwellings import ages
from data.extract import Extract, Progress
from data.http import Fetcher
from data.land_names import Tell
from data.lands import land_of, pieced_together
from data.matching import is_walkable
from data.order import Order
from data.osm_file import read_file
from data.services.service import Land
from data.wanted import wanted, wanted_tags
from geo.crs import WGS84, metric_crs
from geo.errors import Message, NotFoundError, SourceError


def mapped(
    order: Order, *, get: Fetcher, progress: Progress, tell: Tell | None = None
) -> tuple[Land, Extract]:
    """
    Return the land of an order and its map.

    An area that is there is never replaced by a poorer one. But of a new one the services
    may tell enough without its map, or without its exact boundary: then the map is empty,
    or the boundary put together of smaller units.

    Parameters
    ----------
    order
        As in `data.build.build`.
    get
        Asks for the boundary of a municipality.
    progress
        Told how far it has come.
    tell
        Told what could not be had, and what stands in for it. Nothing does if nobody
        is to be told.

    Raises
    ------
    SourceError, CrsError
        If the land is not to be found, or its map cannot be read, and nothing stands in.
    """
    poorer = tell if order.services and order.code not in store.codes() else None
    land = _land(order, get, progress, poorer)
    if tell and get.aged:
        values = {"service": Message("Boundaries of municipalities"), "date": min(get.aged)}
        tell(Message("{service}: no answer now; that of {date} is used.", values))
    if land is None and order.osm:
        extract = read_whole(order.osm, progress)
        number, name = _number_of(order, extract), order.name or order.code
        return whole_of(extract, number=number, name=name, country=order.country), extract
    assert land is not None  # noqa: S101 - the order was checked
    return land, _extract(order, land, progress, poorer)


def _land(order: Order, get: Fetcher, progress: Progress, poorer: Tell | None) -> Land | None:
    """Return the land asked for; `None` if it is whatever the file holds."""
    if order.boundary:
        from data.land_files import land_of_file  # noqa: PLC0415 - few areas have a file

        land = land_of_file(order.boundary, name=order.name, country=order.country)
        return replace(land, number=order.number or order.within)
    if order.number:
        progress(0.0, Message("Asking for the boundary of {number}", {"number": order.number}))
        try:
            return land_of(order.number, order.country, get)
        except SourceError as error:
            gone = isinstance(error.__cause__, NotFoundError)  # there is no such municipality
            if poorer is None or gone or order.country != "no":
                raise
            return _pieced_together(order.number, get, error, poorer)
    return None


def _pieced_together(number: str, get: Fetcher, error: SourceError, tell: Tell) -> Land:
    """Return a municipality of basic units, or raise what was wrong with its boundary."""
    try:
        land = pieced_together(number, get)
    except SourceError:  # what was wrong first tells more
        raise error from error.__cause__
    text = (
        "{service}: nothing could be had. The boundary is put together of basic statistical"
        " units, and may differ along the edge. {reason}"
    )
    service = Message("Boundaries of municipalities")
    tell(Message(text, {"service": service, "reason": error.message}))
    return land


def whole_of(extract: Extract, *, number: str, name: str, country: str) -> Land:
    """Return all that a file holds, as the land to ask about."""
    centre = extract.boundary.centroid
    crs = metric_crs(centre.x, centre.y)
    return Land(number, name, country, cast("Polygon", extract.boundary), crs)


def _number_of(order: Order, extract: Extract) -> str:
    """Return the municipality it lies in: the one named, or the only one on the map."""
    found = [number for number in extract.municipalities if number in ages()]
    return order.within or (found[0] if len(found) == 1 else "")


def _extract(order: Order, land: Land, progress: Progress, poorer: Tell | None) -> Extract:
    if order.osm:
        cache = store.cache_folder() / "nodes"
        return read_cut(order.osm, land.boundary, cache=cache, progress=progress)
    from data.osm_live import read_live  # noqa: PLC0415 - osmnx takes a second to import
    from data.overpass import outline  # noqa: PLC0415

    tags = wanted_tags()
    outline(land.boundary, tags)  # refuses a land that is too large, which is no failure
    try:
        return read_live(
            land.boundary,
            tags=tags,
            keep_way=is_walkable,
            cache=store.cache_folder(),
            progress=progress,
        )
    except SourceError as error:
        if poorer is None:
            raise
        text = (
            "{service}: nothing could be had. Paths and buildings are missing, and all places"
            " that no register has: build the area again. {reason}"
        )
        poorer(Message(text, {"service": "OpenStreetMap", "reason": error.message}))
        return _blank(land.boundary)


def _blank(boundary: BaseGeometry) -> Extract:
    """Return a map of nothing."""
    numbers, places = np.empty((0, 3), dtype=np.int64), np.empty((0, 2))
    way, node = (pd.Index(numbers[:, 0], name=name) for name in ("way", "node"))
    return Extract(
        features=gpd.GeoDataFrame(
            {"tags": [], "updated": pd.array([], dtype=str)},
            index=pd.Index([], dtype=str, name="osm_id"),
            geometry=[],
            crs=WGS84,
        ),
        ways=pd.DataFrame({"tags": []}, index=way),
        segments=pd.DataFrame(numbers, columns=["way", "u", "v"]),
        nodes=pd.DataFrame(places, index=node, columns=["lon", "lat"]),
        boundary=boundary,
        date="",
        warnings=(),
    )


def read_whole(file: Path, progress: Progress) -> Extract:
    """Read all of a file of OpenStreetMap data."""
    return read_file(file, keep_feature=wanted, keep_way=is_walkable, progress=progress)
