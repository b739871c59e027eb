"""What an order is about, and the map of it: whichever way the two are had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from shapely import Polygon

from data import store
from data.cutting import read_cut
from data.dwellings import ages
from data.extract import Extract, Progress
from data.http import Fetcher
from data.lands import land_of
from data.matching import is_walkable
from data.order import Order
from data.osm_file import read_file
from data.services.service import Land
from data.wanted import wanted, wanted_tags
from geo.crs import metric_crs
from geo.errors import Message


def mapped(order: Order, *, get: Fetcher, progress: Progress) -> tuple[Land, Extract]:
    """
    Return the land of an order and its map.

    Parameters
    ----------
    order
        As in `data.build.build`.
    get
        Asks for the boundary of a municipality.
    progress
        Told how far it has come.

    Raises
    ------
    SourceError, CrsError
        If the land is not to be found, or its map cannot be read.
    """
    land = _land(order, get, progress)
    if land is None and order.osm:
        extract = read_whole(order.osm, progress)
        number, name = _number_of(order, extract), order.name or order.code
        return whole_of(extract, number=number, name=name, country=order.country), extract
    assert land is not None  # noqa: S101 - the order was checked
    return land, _extract(order, land, progress)


def _land(order: Order, get: Fetcher, progress: Progress) -> Land | None:
    """Return the land asked for; `None` if it is whatever the file holds."""
    if order.boundary:
        from data.land_files import land_of_file  # noqa: PLC0415 - few areas have a file

        land = land_of_file(order.boundary, name=order.name, country=order.country)
        return replace(land, number=order.number or order.within)
    if order.number:
        progress(0.0, Message("Asking for the boundary of {number}", {"number": order.number}))
        return land_of(order.number, order.country, get)
    return None


def whole_of(extract: Extract, *, number: str, name: str, country: str) -> Land:
    """Return all that a file holds, as the land to ask about."""
    centre = extract.boundary.centroid
    crs = metric_crs(centre.x, centre.y)
    return Land(number, name, country, cast("Polygon", extract.boundary), crs)


def _number_of(order: Order, extract: Extract) -> str:
    """Return the municipality it lies in: the one named, or the only one on the map."""
    found = [number for number in extract.municipalities if number in ages()]
    return order.within or (found[0] if len(found) == 1 else "")


def _extract(order: Order, land: Land, progress: Progress) -> Extract:
    if order.osm:
        cache = store.cache_folder() / "nodes"
        return read_cut(order.osm, land.boundary, cache=cache, progress=progress)
    from data.osm_live import read_live  # noqa: PLC0415 - osmnx takes a second to import

    return read_live(
        land.boundary,
        tags=wanted_tags(),
        keep_way=is_walkable,
        cache=store.cache_folder(),
        progress=progress,
    )


def read_whole(file: Path, progress: Progress) -> Extract:
    """Read all of a file of OpenStreetMap data."""
    return read_file(file, keep_feature=wanted, keep_way=is_walkable, progress=progress)
