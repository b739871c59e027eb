"""The file door to OpenStreetMap: .osm.pbf, .osm, .osm.gz and .osm.bz2 through pyosmium."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.extract import Extract, Progress, silent
from data.mend import mended
from data.osm_elements import NEVER, Keep, Seen, line_of
from geo.crs import WGS84
from geo.errors import Message, SourceError

ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
EVERY = 200_000
"""Elements between two words of progress."""

UNREADABLE = (RuntimeError, ValueError, OSError, osmium.InvalidLocationError)
"""What the library raises over a file that is no map, or a broken one."""

SPECK_DEGREES = 1e-4
"""Room given to a box that is a mere spot or line: some metres."""


def read_file(
    path: Path, *, keep_feature: Keep, keep_way: Keep, progress: Progress = silent
) -> Extract:
    """
    Read a piece of OpenStreetMap from a file.

    Parameters
    ----------
    path
        A file with one of `ENDINGS`.
    keep_feature, keep_way
        Which elements become features, and which ways somebody can walk on.
    progress
        Told how far the reading has come.

    Returns
    -------
    extract
        Its boundary is the box that the file declares, else the extent of its nodes.

    Raises
    ------
    SourceError
        If there is no such file, it is of another type, broken, or empty.
    """
    _require_map(path)
    progress(0.0, Message("Reading {file}", {"file": path.name}))
    seen = Seen(keep_feature, keep_way)
    try:
        header = osmium.io.Reader(_opened(path), osmium.osm.NOTHING).header()
        _walk(path, seen, progress)
        features, warnings = _features(path, seen)
    except UNREADABLE as error:
        raise SourceError(
            "{file} cannot be read: it is damaged, cut short, or not OpenStreetMap data."
            " Download it again. ({reason})",
            file=path.name,
            reason=_plain(error),
        ) from error
    if seen.ways and not seen.segments:
        raise SourceError(
            "{file} names its nodes after the ways that need them, or not at all."
            " Sort it first, for example with: osmium sort",
            file=path.name,
        )
    if not seen.box_degrees:
        raise SourceError("{file} holds no map data.", file=path.name)
    return _extract(seen, features, header.box(), warnings)


def _require_map(path: Path) -> None:
    """Refuse what cannot be a map, before anything is read."""
    if not path.is_file():
        raise SourceError("There is no file {file}.", file=str(path))
    if not path.name.lower().endswith(ENDINGS):
        raise SourceError(
            "{file} is not a file of OpenStreetMap data: its name must end in {endings}.",
            file=path.name,
            endings=", ".join(ENDINGS),
        )


def _extract(
    seen: Seen, features: gpd.GeoDataFrame, box: osmium.osm.Box, warnings: tuple[Message, ...]
) -> Extract:
    """Put what was seen into tables."""
    if seen.lost_segments:
        text = "{n} stretches of path were cut off at the edge of the data."
        warnings += (Message(text, {"n": seen.lost_segments}),)
    ways = pd.Index(list(seen.ways), dtype="int64", name="way")
    segments = np.array(seen.segments, dtype="int64").reshape(-1, 3)
    nodes = pd.DataFrame.from_dict(
        seen.nodes, orient="index", columns=["lon", "lat"], dtype=float
    )
    return Extract(
        features=features,
        ways=pd.DataFrame({"tags": list(seen.ways.values())}, index=ways),
        segments=pd.DataFrame(segments, columns=["way", "u", "v"]),
        nodes=nodes.rename_axis("node"),
        boundary=_box(box, seen.box_degrees),
        date=seen.newest.date().isoformat() if seen.newest > NEVER else "",
        warnings=warnings,
        municipalities=tuple(sorted(seen.municipalities)),
        posts={n: tags for n, tags in seen.posts.items() if n in seen.nodes},
    )


def _opened(path: Path) -> osmium.io.File:
    """Tell the library what kind of file it is, which it sees in small letters only."""
    ending = next(e for e in ENDINGS if path.name.lower().endswith(e))
    return osmium.io.File(str(path), ending[1:])


def _walk(path: Path, seen: Seen, progress: Progress) -> None:
    """Go through the file once, elements with tags only; areas come already assembled."""
    tagged = osmium.filter.EmptyTagFilter()
    elements = osmium.FileProcessor(_opened(path)).with_locations().with_areas(tagged)
    for n, element in enumerate(elements.with_filter(tagged), 1):
        seen.see(element)
        if n % EVERY == 0:
            # How many are to come is not known, so the bar slows down as it goes.
            progress(
                0.5 - 0.5 ** (1 + n / EVERY / 4), Message("Read {n} map features", {"n": n})
            )


def _features(path: Path, seen: Seen) -> tuple[gpd.GeoDataFrame, tuple[Message, ...]]:
    """Build the features, with the areas that could not be assembled mended or reported."""
    assembled = set(seen.ids)
    for osm_id, (tags, line) in seen.closed.items():
        if osm_id not in assembled:
            seen.add(osm_id, tags, line)
    broken = {i: found for i, found in seen.relations.items() if f"r{i}" not in assembled}
    for osm_id, tags, wkb in _from_members(path, broken):
        seen.add(osm_id, tags, wkb)
    features = gpd.GeoDataFrame(
        {"tags": seen.tags, "updated": [seen.edits.get(i, "") for i in seen.ids]},
        index=pd.Index(seen.ids, dtype=str, name="osm_id"),
        geometry=shapely.from_wkb(np.array(seen.wkb, dtype=object)),
        crs=WGS84,
    )
    features = features[~features.index.duplicated(keep="last")]  # of a history, the newest
    return mended(features, suspect=~features.index.isin(assembled))


def _from_members(
    path: Path, broken: dict[int, tuple[dict[str, str], list[int]]]
) -> list[tuple[str, dict[str, str], str]]:
    """Rebuild broken relations from the lines of their members: whatever rings they close."""
    wanted = {ref for _, members in broken.values() for ref in members}
    if not wanted:
        return []
    lines: dict[int, BaseGeometry] = {}
    ways = osmium.FileProcessor(_opened(path)).with_locations()
    for way in ways.with_filter(osmium.filter.IdFilter(wanted)):
        if isinstance(way, osmium.osm.Way):
            lines[way.id] = shapely.from_wkb(line_of(way))
    rebuilt = []
    for number, (tags, members) in broken.items():
        known = [lines[ref] for ref in members if ref in lines]
        area = shapely.build_area(shapely.union_all(known))
        rebuilt.append((f"r{number}", tags, shapely.to_wkb(area, hex=True)))
    return rebuilt


def _box(declared: osmium.osm.Box, seen: list[float]) -> BaseGeometry:
    """Return the box that the file declares, else the one round its nodes."""
    west, south, east, north = seen
    if declared.valid():
        west, south = declared.bottom_left.lon, declared.bottom_left.lat
        east, north = declared.top_right.lon, declared.top_right.lat
    aside = 0.0 if west < east and south < north else SPECK_DEGREES
    return shapely.box(west - aside, south - aside, east + aside, north + aside)


def _plain(error: Exception) -> str:
    """Return the first line of a library's complaint, at a bounded length."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
