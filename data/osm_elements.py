"""One walk through a file of OpenStreetMap data: what it gathers, element by element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import osmium
import shapely

from data.mend import without_area
from data.posts import is_post

NEVER = datetime.fromtimestamp(0, UTC)

Keep = Callable[[Mapping[str, str]], bool]
"""Tells from its tags whether something is worth keeping."""


@dataclass(slots=True)
class Seen:
    """
    What a walk gathers.

    Parameters
    ----------
    keep_feature, keep_way
        Which elements become features, and which ways somebody can walk on.
    ids, tags, wkb
        Features: their id, tags and geometry.
    edits
        When each feature was last edited: ISO date by its id.
    closed, relations
        Features that should come back as areas: tags, and the line or the members.
    ways, segments, nodes
        What is walked on, as in `data.extract.Extract`.
    posts
        Tags of nodes that may stand on a way.
    lost_segments
        Stretches of way with an end that the file does not hold.
    box_degrees
        West, south, east and north of all nodes.
    municipalities, newest
        Numbers of municipalities whose border is here; the latest edit.
    """

    keep_feature: Keep
    keep_way: Keep
    ids: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    wkb: list[str] = field(default_factory=list)
    edits: dict[str, str] = field(default_factory=dict)
    closed: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    relations: dict[int, tuple[dict[str, str], list[int]]] = field(default_factory=dict)
    ways: dict[int, dict[str, str]] = field(default_factory=dict)
    segments: list[tuple[int, int, int]] = field(default_factory=list)
    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    posts: dict[int, dict[str, str]] = field(default_factory=dict)
    lost_segments: int = 0
    box_degrees: list[float] = field(default_factory=list)
    municipalities: set[str] = field(default_factory=set)
    newest: datetime = NEVER
    _factory: Any = field(default_factory=osmium.geom.WKBFactory)

    def see(self, element: Any) -> None:
        """Note one element, which has tags."""
        tags = dict(element.tags)
        self.newest = max(self.newest, element.timestamp)
        if element.is_node():
            self._node(element, tags)
        elif element.is_area():
            self._area(element, tags)
        elif element.is_way():
            self._way(element, tags)
        else:
            self._relation(element, tags)

    def add(self, osm_id: str, tags: dict[str, str], wkb: str) -> None:
        """Take up one feature."""
        self.ids.append(osm_id)
        self.tags.append(tags)
        self.wkb.append(wkb)

    def _node(self, node: Any, tags: dict[str, str]) -> None:
        self._widen(node.location.lon, node.location.lat)
        if is_post(tags):
            self.posts[node.id] = tags
        if self.keep_feature(tags):
            self._note_edit(f"n{node.id}", node)
            self.add(f"n{node.id}", tags, self._factory.create_point(node))

    def _area(self, area: Any, tags: dict[str, str]) -> None:
        """Take up an area that was assembled; one without rings could not be."""
        line = area.from_way() and without_area(tags)
        if area.num_rings()[0] and not line and self.keep_feature(tags):
            name = f"{'w' if area.from_way() else 'r'}{area.orig_id()}"
            self.add(name, tags, self._factory.create_multipolygon(area))

    def _way(self, way: Any, tags: dict[str, str]) -> None:
        """Note a way as a line, as the edge of an area to come, as footpath, or as all."""
        if self.keep_feature(tags):
            self._note_edit(f"w{way.id}", way)
            for node in way.nodes:
                if node.location.valid():
                    self._widen(node.lon, node.lat)
            line = line_of(way)
            if way.is_closed() and not without_area(tags):
                self.closed[f"w{way.id}"] = (tags, line)
            elif sum(node.location.valid() for node in way.nodes) > 1:
                self.add(f"w{way.id}", tags, line)  # else it lies beyond the file's edge
        if self.keep_way(tags):
            self.ways[way.id] = tags
            self._stretches(way)

    def _stretches(self, way: Any) -> None:
        before: int | None = None
        for node in way.nodes:
            if not node.location.valid():
                self.lost_segments += before is not None
                before = None
                continue
            self.nodes[node.ref] = (node.lon, node.lat)
            self._widen(node.lon, node.lat)
            if before is not None and before != node.ref:
                self.segments.append((way.id, before, node.ref))
            before = node.ref

    def _relation(self, relation: Any, tags: dict[str, str]) -> None:
        if tags.get("type") not in ("multipolygon", "boundary"):
            return
        if tags.get("admin_level") == "7" and "ref" in tags:
            self.municipalities.add(tags["ref"])
        if self.keep_feature(tags):
            self._note_edit(f"r{relation.id}", relation)
            members = [member.ref for member in relation.members if member.type == "w"]
            self.relations[relation.id] = (tags, members)

    def _note_edit(self, osm_id: str, element: Any) -> None:
        if element.timestamp > NEVER:
            self.edits[osm_id] = element.timestamp.date().isoformat()

    def _widen(self, lon: float, lat: float) -> None:
        west, south, east, north = self.box_degrees or (lon, lat, lon, lat)
        self.box_degrees = [min(west, lon), min(south, lat), max(east, lon), max(north, lat)]


def line_of(way: Any) -> str:
    """Return a way as a line, in hexadecimal WKB, through those of its nodes that are there."""
    points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    line = shapely.LineString(points if len(points) > 1 else [])
    return str(shapely.to_wkb(line, hex=True))
