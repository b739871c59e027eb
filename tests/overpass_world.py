"""What the small Overpass service knows: elements of a file, and how to select them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import osmium
import shapely

KINDS = ("node", "way", "relation")

_HEAD = re.compile(r"\[out:json\]\[timeout:\d+\](?:\[maxsize:\d+\])?;")
_QUOTED = r"'[^']*'|\"[^\"]*\""
_SELECT = rf"(node|way|relation)\[({_QUOTED})(?:=({_QUOTED}))?\]\(poly:({_QUOTED})\);"
_FEATURE = re.compile(rf"\({_SELECT}\(\._;>;\);\);")
_NETWORK = re.compile(rf"\({_SELECT}>;\);out;")


@dataclass(frozen=True, slots=True)
class World:
    """All elements of a file, as Overpass writes them, and where they are."""

    elements: dict[str, dict[int, dict]]
    shapes: dict[str, tuple[np.ndarray, np.ndarray]]

    def answer(self, query: str) -> list[dict]:
        """Return what a question of osmnx selects, ordered as the real service does."""
        head = _HEAD.match(query)
        if not head:
            raise ValueError("unknown settings")
        rest = query[head.end() :]
        found: dict[str, set[int]] = {kind: set() for kind in KINDS}
        if network := _NETWORK.fullmatch(rest):
            self._select(found, *network.groups())
            return self._written(found)
        if not (rest.startswith("(") and rest.endswith(");out;")):
            raise ValueError("unknown question")
        inner, at = rest[1 : -len(");out;")], 0
        while at < len(inner):
            part = _FEATURE.match(inner, at)
            if not part:
                raise ValueError(f"unknown question at {inner[at : at + 60]}")
            self._select(found, *part.groups())
            at = part.end()
        return self._written(found)

    def _select(
        self, found: dict[str, set[int]], kind: str, key: str, value: str | None, poly: str
    ) -> None:
        key, poly = ast.literal_eval(key), ast.literal_eval(poly)
        wanted = None if value is None else ast.literal_eval(value)
        lat_lon = np.array(poly.split(), dtype=float).reshape(-1, 2)
        land = shapely.Polygon(lat_lon[:, ::-1])
        ids, shapes = self.shapes[kind]
        for number in ids[shapely.intersects(shapes, land)].tolist():
            tags = self.elements[kind][number].get("tags", {})
            if key in tags and wanted in (None, tags[key]):
                self._down(found, kind, number)

    def _down(self, found: dict[str, set[int]], kind: str, number: int) -> None:
        """Add an element with all that it consists of; members that are relations are not."""
        if number not in self.elements[kind] or number in found[kind]:
            return
        found[kind].add(number)
        element = self.elements[kind][number]
        for ref in element.get("nodes", []):
            self._down(found, "node", ref)
        for member in element.get("members", []):
            if member["type"] != "relation":
                self._down(found, member["type"], member["ref"])

    def _written(self, found: dict[str, set[int]]) -> list[dict]:
        return [self.elements[kind][number] for kind in KINDS for number in sorted(found[kind])]


@lru_cache(maxsize=4)
def world_of(path: Path) -> World:
    """Read a whole file, once."""
    elements: dict[str, dict[int, dict]] = {kind: {} for kind in KINDS}
    for found in osmium.FileProcessor(str(path)):
        kind = {"n": "node", "w": "way", "r": "relation"}[found.type_str()]
        element: dict = {"type": kind, "id": found.id}
        if kind == "node":
            element |= {"lat": found.location.lat, "lon": found.location.lon}
        elif kind == "way":
            element["nodes"] = [node.ref for node in found.nodes]
        else:
            letters = {kind[0]: kind for kind in KINDS}
            element["members"] = [
                {"type": letters[m.type], "ref": m.ref, "role": m.role} for m in found.members
            ]
        if tags := dict(found.tags):
            element["tags"] = tags
        elements[kind][found.id] = element
    return World(elements, _shapes(elements))


def _shapes(elements: dict[str, dict[int, dict]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Draw every element: a way as its line, a relation as all its members together."""
    point = {i: (n["lon"], n["lat"]) for i, n in elements["node"].items()}
    drawn: dict[str, dict[int, shapely.Geometry]] = {
        "node": {i: shapely.Point(xy) for i, xy in point.items()},
        "way": {},
        "relation": {},
    }
    for i, way in elements["way"].items():
        line = [point[ref] for ref in way["nodes"] if ref in point]
        drawn["way"][i] = shapely.LineString(line if len(line) > 1 else [])
    for i, relation in elements["relation"].items():
        parts = [drawn[m["type"]].get(m["ref"]) for m in relation["members"]]
        drawn["relation"][i] = shapely.GeometryCollection([p for p in parts if p is not None])
    return {
        kind: (np.array(list(of), dtype=np.int64), np.array(list(of.values()), dtype=object))
        for kind, of in drawn.items()
    }
