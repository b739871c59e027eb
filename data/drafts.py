"""An order that is still being written: where it will be, and whether its files can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import geopandas as gpd
import osmium
import shapely
from shapely import Polygon

from data.dwellings import ages
from data.files.report import Report
from data.http import Get
from data.land_files import land_of_file
from data.lands import land_of
from data.matching import is_walkable
from data.order import Order
from data.osm_file import read_file
from data.own_files import read_own
from data.services.service import Land
from data.wanted import wanted
from geo.crs import WGS84, metric_crs
from geo.errors import Message, MoteplassError, SourceError

MAIN = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})
"""Streets that are enough to know a town by."""

LARGEST_BYTES = 40 * 1024 * 1024
"""A file of OpenStreetMap data above this takes too long to be read for its streets alone."""

LENDS = Message("It lends its borders to the figures of another file.")


def land_for(order: Order, get: Get) -> Land:
    """
    Return where the area of an order will be, before it is built.

    Of a file of OpenStreetMap data this is the box that it covers; its number is found
    as `data.build` finds it.

    Raises
    ------
    SourceError, CrsError
        If that cannot be told, or would take too long.
    """
    if order.boundary:
        land = land_of_file(order.boundary, name=order.name, country=order.country)
        return replace(land, number=order.number or order.within)
    if order.number:
        return land_of(order.number, order.country, get)
    if not order.osm:
        raise SourceError("Name a municipality, an outline, or a file of OpenStreetMap data.")
    _, box, numbers = streets(order.osm)
    found = [n for n in numbers if n in ages()]
    number = order.within or (found[0] if len(found) == 1 else "")
    crs = metric_crs(box.centroid.x, box.centroid.y)
    return Land(number, order.name or order.code, order.country, box, crs)


def streets(file: Path) -> tuple[gpd.GeoSeries, Polygon, tuple[str, ...]]:
    """
    Return the main streets of a file of OpenStreetMap data, its box, and its municipalities.

    Raises
    ------
    SourceError
        If it cannot be read, or is larger than `LARGEST_BYTES`.
    """
    if file.is_file() and file.stat().st_size > LARGEST_BYTES:
        raise SourceError(
            "{file} is large: where it lies is seen when the area is built.", file=file.name
        )
    # A box that no header declares is that of all that a build reads.
    keep = (_none, _main) if _declared(file) else (wanted, is_walkable)
    found = read_file(file, keep_feature=keep[0], keep_way=keep[1])
    main = found.segments["way"].map(found.ways["tags"].map(_main))
    segments = found.segments[main.astype(bool)]
    ends = [found.nodes.loc[segments[end], ["lon", "lat"]].to_numpy() for end in "uv"]
    lines = shapely.linestrings([*zip(*ends, strict=True)]) if len(segments) else []
    return (
        gpd.GeoSeries([*lines], crs=WGS84),
        cast("Polygon", found.boundary),
        found.municipalities,
    )


def _declared(file: Path) -> bool:
    """Tell whether a file says itself what box it covers."""
    try:
        with osmium.io.Reader(str(file), osmium.osm.NOTHING) as reader:
            return bool(reader.header().box().valid())
    except (RuntimeError, ValueError, OSError):  # no map: whoever reads it says so
        return True


def _none(tags: Mapping[str, str]) -> bool:  # noqa: ARG001 - a filter for all tags
    return False


def _main(tags: Mapping[str, str]) -> bool:
    return tags.get("highway", "").removesuffix("_link") in MAIN


def tried(
    files: Sequence[Path], land: Land, get: Get | None = None
) -> dict[Path, Report | Message]:
    """
    Read files as a build would.

    Files are read together, for figures of one may need the borders of another. Only if
    that fails is each read by itself, so that one bad file does not hide the others.

    Parameters
    ----------
    files
        Each read by the recipe that was kept for it, else as guessed.
    land
        The area they are for.
    get
        Asks for addresses; `None`: they stay unknown.

    Returns
    -------
    told
        Of each file what became of its rows, or why they cannot be read; `LENDS` for one
        that only lends its borders.
    """
    try:
        return _together(files, land, get)
    except MoteplassError:
        return {file: _alone(file, files, land, get) for file in files}


def _together(
    files: Sequence[Path], land: Land, get: Get | None
) -> dict[Path, Report | Message]:
    reports = {report.file: report for report in read_own(files, land, get)[1]}
    return {file: reports.get(file.name, LENDS) for file in files}


def _alone(file: Path, files: Sequence[Path], land: Land, get: Get | None) -> Report | Message:
    """Read a file, with another that may lend it borders if it has none."""
    fault = None
    for others in ([], *([one] for one in files if one != file)):
        try:
            return _together([file, *others], land, get)[file]
        except MoteplassError as error:
            fault = fault or error.message
    return fault or LENDS
