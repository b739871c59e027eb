"""The file door to OpenStreetMap: .osm.pbf, .osm, .osm.gz and .osm.bz2 through pyosmium."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.extract import Extract, Progress, silent
from data.mend import mended, without_area
from geo.crs import WGS84
from geo.errors import Message, SourceError

ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
NEVER = datetime.fromtimestamp(0, UTC)
EVERY = 200_000
"""Elements between two words of progress."""

Keep = Callable[[Mapping[str, str]], bool]
"""Tells from its tags whether something is worth keeping."""


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
    if not path.is_file():
        raise SourceError("There is no file {file}.", file=str(path))
    if not path.name.lower().endswith(ENDINGS):
        raise SourceError(
            "{file} is not a file of OpenStreetMap data: its name must end in {endings}.",
            file=path.name,
            endings=", ".join(ENDINGS),
        )
    progress(0.0, Message("Reading {file}", {"file": path.name}))
    seen = _Seen()
    try:
        header = osmium.io.Reader(str(path), osmium.osm.NOTHING).header()
        _walk(path, seen, keep_feature, keep_way, progress)
        features, warnings = _features(path, seen)
    except (RuntimeError, ValueError, OSError) as error:
        raise SourceError(
            "{file} cannot be read: it is damaged, cut short, or not OpenStreetMap data."
            " Download it again. ({reason})",
            file=path.name,
            reason=_plain(error),
        ) from error
    if not seen.box_degrees:
        raise SourceError("{file} holds no map data.", file=path.name)
    if seen.lost_segments:
        text = "{n} stretches of path were cut off at the edge of the data."
        warnings += (Message(text, {"n": seen.lost_segments}),)
    return Extract(
        features=features,
        ways=pd.DataFrame(
            {"tags": list(seen.ways.values())},
            index=pd.Index(list(seen.ways), dtype="int64", name="way"),
        ),
        segments=pd.DataFrame(
            np.array(seen.segments, dtype="int64").reshape(-1, 3), columns=["way", "u", "v"]
        ),
        nodes=pd.DataFrame.from_dict(
            seen.nodes, orient="index", columns=["lon", "lat"], dtype=float
        ).rename_axis("node"),
        boundary=_box(header.box(), seen.box_degrees),
        date=seen.newest.date().isoformat() if seen.newest > NEVER else "",
        warnings=warnings,
        municipalities=tuple(sorted(seen.municipalities)),
    )


@dataclass(slots=True)
class _Seen:
    """What one walk through the file gathers."""

    ids: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    wkb: list[str] = field(default_factory=list)
    closed: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    relations: dict[int, tuple[dict[str, str], list[int]]] = field(default_factory=dict)
    ways: dict[int, dict[str, str]] = field(default_factory=dict)
    segments: list[tuple[int, int, int]] = field(default_factory=list)
    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    lost_segments: int = 0
    box_degrees: list[float] = field(default_factory=list)
    municipalities: set[str] = field(default_factory=set)
    newest: datetime = NEVER

    def add(self, osm_id: str, tags: dict[str, str], wkb: str) -> None:
        self.ids.append(osm_id)
        self.tags.append(tags)
        self.wkb.append(wkb)

    def widen(self, lon: float, lat: float) -> None:
        west, south, east, north = self.box_degrees or (lon, lat, lon, lat)
        self.box_degrees = [min(west, lon), min(south, lat), max(east, lon), max(north, lat)]


def _walk(path: Path, seen: _Seen, keep: Keep, keep_way: Keep, progress: Progress) -> None:
    """Go through the file once, elements with tags only; areas come already assembled."""
    wkb = osmium.geom.WKBFactory()
    tagged = osmium.filter.EmptyTagFilter()
    elements = osmium.FileProcessor(str(path)).with_locations().with_areas(tagged)
    for n, element in enumerate(elements.with_filter(tagged), 1):
        if n % EVERY == 0:
            progress(1 - 0.5 ** (n / EVERY / 4), Message("Read {n} map features", {"n": n}))
        tags = dict(element.tags)
        seen.newest = max(seen.newest, element.timestamp)
        if element.is_node():
            seen.widen(element.location.lon, element.location.lat)
            if keep(tags):
                seen.add(f"n{element.id}", tags, wkb.create_point(element))
        elif element.is_area() and element.num_rings()[0]:
            if keep(tags) and not (element.from_way() and without_area(tags)):
                name = f"{'w' if element.from_way() else 'r'}{element.orig_id()}"
                seen.add(name, tags, wkb.create_multipolygon(element))
        elif element.is_way():
            _way(element, tags, seen, keep, keep_way)
        elif tags.get("type") in ("multipolygon", "boundary"):
            if tags.get("admin_level") == "7" and "ref" in tags:
                seen.municipalities.add(tags["ref"])
            if keep(tags):
                members = [m.ref for m in element.members if m.type == "w"]
                seen.relations[element.id] = (tags, members)


def _way(way: Any, tags: dict[str, str], seen: _Seen, keep: Keep, keep_way: Keep) -> None:
    """Note a way as a line, as a ring that should come back as an area, as footpath, or as all."""
    if keep(tags):
        line = _line(way)
        if way.is_closed() and not without_area(tags):
            seen.closed[f"w{way.id}"] = (tags, line)
        else:
            seen.add(f"w{way.id}", tags, line)
    if not keep_way(tags):
        return
    seen.ways[way.id] = tags
    before: int | None = None
    for node in way.nodes:
        if not node.location.valid():
            seen.lost_segments += before is not None
            before = None
            continue
        seen.nodes[node.ref] = (node.lon, node.lat)
        seen.widen(node.lon, node.lat)
        if before is not None and before != node.ref:
            seen.segments.append((way.id, before, node.ref))
        before = node.ref


def _line(way: Any) -> str:
    """Return a way as a line through those of its nodes that the file holds."""
    points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    line = shapely.LineString(points if len(points) > 1 else [])
    return str(shapely.to_wkb(line, hex=True))


def _features(path: Path, seen: _Seen) -> tuple[gpd.GeoDataFrame, tuple[Message, ...]]:
    """Build the features, with the areas that could not be assembled mended or reported."""
    assembled = set(seen.ids)
    for osm_id, (tags, line) in seen.closed.items():
        if osm_id not in assembled:
            seen.add(osm_id, tags, line)
    broken = {i: found for i, found in seen.relations.items() if f"r{i}" not in assembled}
    for osm_id, tags, wkb in _from_members(path, broken):
        seen.add(osm_id, tags, wkb)
    features = gpd.GeoDataFrame(
        {"tags": seen.tags},
        index=pd.Index(seen.ids, dtype=str, name="osm_id"),
        geometry=shapely.from_wkb(np.array(seen.wkb, dtype=object)),
        crs=WGS84,
    )
    return mended(features, suspect=~features.index.isin(assembled))


def _from_members(
    path: Path, broken: dict[int, tuple[dict[str, str], list[int]]]
) -> list[tuple[str, dict[str, str], str]]:
    """Rebuild broken relations from the lines of their members: whatever rings they close."""
    wanted = {ref for _, members in broken.values() for ref in members}
    if not wanted:
        return []
    lines: dict[int, BaseGeometry] = {}
    ways = osmium.FileProcessor(str(path)).with_locations()
    for way in ways.with_filter(osmium.filter.IdFilter(wanted)):
        if way.is_way():
            lines[way.id] = shapely.from_wkb(_line(way))
    rebuilt = []
    for number, (tags, members) in broken.items():
        known = [lines[ref] for ref in members if ref in lines]
        area = shapely.build_area(shapely.union_all(known))
        rebuilt.append((f"r{number}", tags, shapely.to_wkb(area, hex=True)))
    return rebuilt


def _box(declared: Any, seen: list[float]) -> BaseGeometry:
    if not declared.valid():
        return shapely.box(*seen)
    south_west, north_east = declared.bottom_left, declared.top_right
    return shapely.box(south_west.lon, south_west.lat, north_east.lon, north_east.lat)


def _plain(error: Exception) -> str:
    """Return the first line of a library's complaint, at a bounded length."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
