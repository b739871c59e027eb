"""A Web Feature Service drawn in code: recorded GeoJSON, or rows, in the GML it was made of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely import Geometry, LineString, Point, Polygon
from shapely.geometry import shape

from data.services.service import Land
from tests.loopback import Play, Query, Said

URN = "urn:ogc:def:crs:EPSG::4326"
UNREADABLE_SENTENCE = "sent something that is no map data|refused the question: Out of memory"


@dataclass(frozen=True)
class Member:
    """One feature: values by path, `besøksadresse/Besøksadresse/poststed`, and a shape."""

    id: str
    values: Mapping[str, object]
    shape: Geometry | None = None


@dataclass(frozen=True)
class Style:
    """How a service wraps what it says; as Geonorge does unless told otherwise."""

    latitude_first: bool = True
    wrap: str = "wfs:member"
    matched: str = "unknown"
    srs: str = URN
    prefix: str = "app"
    inherit_srs: bool = False
    dimension: int = 2
    encoding: str = "UTF-8"


GEONORGE = Style()


def box_land(west: float, south: float, east: float, north: float, number: str = "") -> Land:
    """Return a square land."""
    return Land(number, "Prøve", "no", shapely.box(west, south, east, north), "EPSG:25833")


def recorded(file: Path) -> list[Member]:
    """Return the features of recorded GeoJSON, with the nesting that GDAL wrote as `_`."""
    return [
        Member(
            str(one["properties"]["gml_id"]),
            {
                name.replace("_", "/"): told(value)
                for name, value in one["properties"].items()
                if name != "gml_id"
            },
            shapely.force_2d(shape(one["geometry"])),
        )
        for one in json.loads(file.read_text(encoding="utf-8"))["features"]
    ]


def told(value: object) -> object:
    """Return a value as GML writes it."""
    return str(value).lower() if isinstance(value, bool) else value


def collection(name: str, members: Sequence[Member], style: Style = GEONORGE) -> bytes:
    """Return the answer that holds these members of type `name`, with its prefix."""
    inside = "".join(
        f"<{style.wrap}>{_feature(name, one, style)}</{style.wrap}>" for one in members
    )
    text = (
        f"<?xml version='1.0' encoding='{style.encoding}'?>"
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"'
        ' xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="http://skjema.geonorge.no/x"'
        ' xmlns:ms="http://mapserver.gis.umn.edu/mapserver"'
        f' numberMatched="{style.matched}" numberReturned="0" timeStamp="2026-05-19T10:00:00Z">'
        f"<!--NOTE: numberReturned attribute should be 'unknown' as well-->{inside}"
        "</wfs:FeatureCollection>"
    )
    return text.encode(style.encoding)


def _feature(name: str, member: Member, style: Style) -> str:
    tree: dict[str, Any] = {}
    for path, value in member.values.items():
        *above, last = path.split("/")
        branch = tree
        for step in above:
            branch = branch.setdefault(step, {})
        branch[last] = value
    gml_id = f" gml:id={quoteattr(member.id)}" if member.id else ""
    geometry = f"<app:område>{gml_of(member.shape, style)}</app:område>" if member.shape else ""
    return f"<{name}{gml_id}>{_elements(tree, style)}{geometry}</{name}>"


def _elements(tree: Mapping[str, Any], style: Style) -> str:
    text = ""
    for name, value in tree.items():
        for one in value if isinstance(value, list) else [value]:
            inside = _elements(one, style) if isinstance(one, dict) else escape(str(one))
            text += f"<{style.prefix}:{name}>{inside}</{style.prefix}:{name}>"
    return text


def gml_of(geometry: Geometry, style: Style = GEONORGE) -> str:
    """Return a shape as GML 3.2."""
    srs = "" if style.inherit_srs else f' srsName="{style.srs}"'
    match geometry:
        case Point():
            return f"<gml:Point{srs}><gml:pos>{_numbers(geometry, style)}</gml:pos></gml:Point>"
        case LineString():
            listed = _list(geometry, style)
            return f"<gml:LineString{srs}>{listed}</gml:LineString>"
        case Polygon():
            rings = _ring("exterior", geometry.exterior, style) + "".join(
                _ring("interior", hole, style) for hole in geometry.interiors
            )
            return f"<gml:Polygon{srs}>{rings}</gml:Polygon>"
    parts = "".join(
        f"<gml:surfaceMember>{gml_of(part, style)}</gml:surfaceMember>"
        for part in shapely.get_parts(geometry)
    )
    return f"<gml:MultiSurface{srs}>{parts}</gml:MultiSurface>"


def _ring(which: str, ring: Geometry, style: Style) -> str:
    listed = _list(ring, style)
    return f"<gml:{which}><gml:LinearRing>{listed}</gml:LinearRing></gml:{which}>"


def _list(geometry: Geometry, style: Style) -> str:
    told = f' srsDimension="{style.dimension}"' if style.dimension != 2 else ""
    return f"<gml:posList{told}>{_numbers(geometry, style)}</gml:posList>"


def _numbers(geometry: Geometry, style: Style) -> str:
    height = " 12.5" if style.dimension == 3 else ""
    return " ".join(
        (f"{y!r} {x!r}" if style.latitude_first else f"{x!r} {y!r}") + height
        for x, y in shapely.get_coordinates(geometry).tolist()
    )


@dataclass
class Service:
    """
    A service that holds members by type.

    `cap` is the most it gives a page whatever it is asked, and `deaf` are the parts of
    a question that it does not listen to.
    """

    layers: Mapping[str, Sequence[Member]]
    style: Style = GEONORGE
    cap: int = 10**9
    deaf: frozenset[str] = frozenset()
    other: Play = field(default=lambda path, query: Said(status=404))

    def __call__(self, path: str, query: Query) -> Said:
        if query.get("service") != "WFS":
            return self.other(path, query)
        name = query["typenames"]
        if name not in self.layers:
            return report(f"Unknown type {name}")
        start = 0 if "startindex" in self.deaf else int(query["startindex"])
        count = 10**9 if "count" in self.deaf else int(query["count"])
        page = self.layers[name][start : start + min(count, self.cap)]
        return xml(collection(name if ":" in name else f"ms:{name}", page, self.style))


def xml(body: bytes) -> Said:
    """Say GML."""
    return Said(body, content_type="text/xml; subtype=gml/3.2.1")


def report(text: str) -> Said:
    """Say, with status 200, that something is wrong."""
    return xml(
        '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception>'
        f"<ows:ExceptionText>{escape(text)}</ows:ExceptionText></ows:Exception>"
        "</ows:ExceptionReport>".encode()
    )
