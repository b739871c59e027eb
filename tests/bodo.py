"""One server that plays every service there is for Bodø; any of them can be down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from lxml import etree

from tests import bodo_people, bodo_places
from tests.bodo_places import NUMBER, Registers
from tests.bodo_town import BOUNDARY, heights, save
from tests.gml import Member, Style, collection, report, xml
from tests.loopback import Play, Query, Said, playing
from tests.overpass import TIMESTAMP
from tests.overpass_world import World, world_of

GEONORGE, MAPSERVER = Style(), Style(prefix="ms", srs="EPSG:4326")

WHERE: dict[str, tuple[str, ...]] = {
    "kommuneinfo": ("api.kartverket.no/",),
    "map": ("overpass-api.de/",),
    "ssb_ages": ("data.ssb.no/api/pxwebapi/v2/tables/07459",),
    "grunnkrets": ("wfs.geonorge.no/skwms1/wfs.befolkningpagrunnkretsniva",),
    "ssb_grid": ("kart.ssb.no/",),
    "ssb_income": (
        "data.ssb.no/api/pxwebapi/v2/tables/06947",
        "data.ssb.no/api/pxwebapi/v2/tables/08764",
    ),
    "skoler": ("wfs.geonorge.no/skwms1/wfs.grunnskoler_vgs", "data-nsr.udir.no/"),
    "barnehager": ("wfs.geonorge.no/skwms1/wfs.barnehager", "data-nbr.udir.no/"),
    "libraries": ("www.nb.no/",),
    "matrikkelen": ("wfs.geonorge.no/skwms1/wfs.matrikkelen-bygningspunkt",),
    "outdoor_areas": ("kart.miljodirektoratet.no/arcgis/rest/services/friluftsliv_kartlagt/",),
    "secured_areas": (
        "kart.miljodirektoratet.no/arcgis/rest/services/friluftsliv_statlig_sikra/",
    ),
    "turrutebasen": ("wfs.geonorge.no/skwms1/wfs.turogfriluftsruter",),
    "tilgjengelighet": ("wfs.geonorge.no/skwms1/wfs.tilgjengelighet",),
    "heights": ("wcs.geonorge.no/",),
    "volunteers": ("data.brreg.no/",),
}
"""Where each service is asked, by its key; and the boundary's, and the map's."""

STATUS = (
    f"Connected as: 2130706433\nCurrent time: {TIMESTAMP}\nAnnounced endpoint: none\n"
    "Rate limit: 2\n2 slots available now.\n"
    "Currently running queries (pid, space limit, time limit, start time):\n"
)
"""What the map service says of itself when it is not busy."""

CLOSED = Said(b"{", promised=1000)
"""A connection that closes in the middle of the answer."""

MOST = 2
"""Areas on a page of the map service of recreation areas, whatever it is asked for."""

LAYERS = {
    "befolkningpagrunnkretsniva": {"app:BefolkningPåGrunnkrets": bodo_people.units},
    "grunnkretser": {"app:Grunnkrets": bodo_people.outlines},
    "matrikkelen-bygningspunkt": {"app:Bygning": bodo_places.buildings},
}


@dataclass
class Bodo:
    """
    All services.

    `down` is what to say instead, by the beginning of an address; `asked` are all
    questions, as paths with queries; `refused` those that were wrong, and why.
    """

    registers: Registers
    map_: Path
    down: dict[str, Said] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def close(self, *keys: str, said: Said = CLOSED) -> None:
        """Let services say nothing but this from now on."""
        self.down |= {where: said for key in keys for where in WHERE[key]}

    def __call__(self, path: str, query: Query) -> Said:
        """Answer one question."""
        for where, said in self.down.items():
            if path.startswith(where):
                return said
        host, _, rest = path.partition("/")
        play = self._hosts.get(host)
        said = play(rest, query) if play else Said(status=404)
        if said.status >= 400 or b"ExceptionReport" in said.body[:200]:
            self.refused.append(f"{path} {query} {said.status}")
        return said

    @cached_property
    def _hosts(self) -> Mapping[str, Play]:
        nsr, nbr = self.registers.schools, self.registers.listed
        return {
            "api.kartverket.no": self._municipality,
            "overpass-api.de": self._overpass,
            "data.ssb.no": _figures,
            "kart.ssb.no": self._grid,
            "wfs.geonorge.no": self._geonorge,
            "wcs.geonorge.no": _heights,
            "ws.geonorge.no": _addresses,
            "data-nsr.udir.no": lambda p, q: _units(p, nsr, self.registers.school),
            "data-nbr.udir.no": lambda p, q: _units(p, nbr, self.registers.kindergarten),
            "www.nb.no": self._libraries,
            "kart.miljodirektoratet.no": _areas,
            "data.brreg.no": _organisations,
        }

    def _municipality(self, path: str, query: Query) -> Said:
        base = "kommuneinfo/v1"
        if path == f"{base}/fylkerkommuner":
            return _json(self.registers.read("kommuneinfo/fylkerkommuner_fylke18_subset.json"))
        if path == f"{base}/kommuner/{NUMBER}":
            return _json(self.registers.read("kommuneinfo/kommuner_1804.json"))
        if path == f"{base}/kommuner/{NUMBER}/omrade" and query.get("utkoordsys") == "4258":
            system = {"type": "name", "properties": {"name": "EPSG:4258"}}
            land = json.loads(shapely.to_geojson(BOUNDARY)) | {"crs": system}
            return _json({"kommunenummer": NUMBER, "kommunenavn": "Bodø", "omrade": land})
        return _json({"message": "Fant ingen kommune"}, status=404)

    @cached_property
    def _world(self) -> World:
        return world_of(self.map_)

    def _overpass(self, path: str, query: Query) -> Said:
        if path == "api/status":
            return Said(STATUS.encode(), content_type="text/plain")
        if path != "api/interpreter":
            return Said(status=404)
        try:
            elements = self._world.answer(query["data"])
        except ValueError as error:
            return Said(f"<html>{error}</html>".encode(), 400, "text/html")
        about = {"version": 0.6, "generator": "Overpass API 0.7.62.8 e802775f"}
        base = {"timestamp_osm_base": TIMESTAMP, "copyright": "ODbL"}
        return _json(about | {"osm3s": base, "elements": elements})

    @cached_property
    def _layers(self) -> Mapping[str, Mapping[str, Sequence[Member]]]:
        told = {name: {k: of() for k, of in some.items()} for name, some in LAYERS.items()}
        return told | {
            "turogfriluftsruter": bodo_places.trails(),
            "tilgjengelighet": bodo_places.surveys(),
            "barnehager": {"app:Barnehage": self.registers.kindergarten_members()},
            "grunnskoler_vgs": {
                "app:Grunnskole": self.registers.school_members(upper=False),
                "app:VideregåendeSkole": self.registers.school_members(upper=True),
            },
        }

    def _geonorge(self, path: str, query: Query) -> Said:
        return _features(self._layers.get(path.partition("wfs.")[2], {}), query, GEONORGE)

    def _grid(self, path: str, query: Query) -> Said:
        here = path == "api/mapserver/v1/wfs/befolkning_paa_rutenett"
        layers = {"befolkning_250m_2026": bodo_people.grid()} if here else {}
        return _features(layers, query, MAPSERVER)

    def _libraries(self, path: str, query: Query) -> Said:
        if path != "baser/bibliotek/eksport/bb-full.xml":
            return Said(status=404)
        return Said(self.registers.libraries(), content_type="application/xml")


def _features(layers: Mapping[str, Sequence[Member]], query: Query, style: Style) -> Said:
    """Answer GetFeature: a page of the members of a type that a box or a filter leaves."""
    name = query.get("typenames", "")
    right = query.get("service") == "WFS" and query.get("version") == "2.0.0"
    if name not in layers or not right or query.get("srsname") != style.srs:
        return report(f"Unknown question {query}")
    members = layers[name]
    if "bbox" in query:
        *sides, system = query["bbox"].split(",", 4)
        south, west, north, east = map(float, sides)  # latitude first, as it was asked for
        box = shapely.box(west, south, east, north)
        if system != style.srs:
            return report(f"Unknown system {system}")
        members = [one for one in members if one.shape.intersects(box)]
    elif "filter" in query:
        members = _filtered(members, query["filter"])
    start, count = int(query["startindex"]), int(query["count"])
    return xml(
        collection(name if ":" in name else f"ms:{name}", members[start : start + count], style)
    )


def _filtered(members: Sequence[Member], filter_: str) -> list[Member]:
    """Return the members whose value is the one that a filter of fes 2.0 names."""
    fes = {"f": "http://www.opengis.net/fes/2.0"}
    (equal,) = etree.fromstring(filter_).findall("f:PropertyIsEqualTo", fes)
    wanted = equal.findtext("f:Literal", namespaces=fes)
    path = equal.findtext("f:ValueReference", namespaces=fes)
    return [one for one in members if str(one.values.get(path)) == wanted]


def _figures(path: str, query: Query) -> Said:
    number = path.removeprefix("api/pxwebapi/v2/tables/").removesuffix("/data")
    if number not in bodo_people.VARIABLES:
        return _json({"title": "Not Found", "status": 404}, status=404)
    return bodo_people.figures(number, query)


def _heights(path: str, query: Query) -> Said:
    asked = [query.get(key) for key in ("service", "version", "request", "coverage", "crs")]
    bounds = tuple(map(float, query.get("bbox", "0,0,0,0").split(",")))
    columns, rows = int(query.get("width", 0)), int(query.get("height", 0))
    narrow = min(bounds[2] - bounds[0], bounds[3] - bounds[1]) < 1500
    known = ["WCS", "1.0.0", "GetCoverage", "nhm_dtm_topo_25833", "EPSG:25833"]
    if asked != known or narrow or max(columns, rows) > 2000:
        return report("msWCSGetCoverage(): WCS server error")
    return Said(heights(bounds, columns, rows), content_type="image/tiff")


def _addresses(path: str, query: Query) -> Said:
    if path != "adresser/v1/sok" or query.get("utkoordsys") != "4258":
        return Said(status=404)
    count = int(query["treffperside"])
    street = query["sok"] if query.get("kommunenummer") == NUMBER else "nowhere"
    return _json(bodo_places.addresses(street, int(query["side"]) * count, count))


def _units(path: str, rows: Mapping[str, dict], unit: object) -> Said:
    if path.startswith("v4/enheter/kommune/"):
        here = path.endswith(f"/{NUMBER}")
        return _json({"EnhetListe": [*rows.values()] if here else []})
    found = unit(path.removeprefix("v4/enhet/"))
    return _json(found) if found else Said(status=404)


def _areas(path: str, query: Query) -> Said:
    """Answer a query of an ArcGIS server; what is wrong is said with status 200."""
    name, _, rest = path.removeprefix("arcgis/rest/services/").partition("/")
    wanted = {"f": "geojson", "insr": "4326", "outsr": "4326", "where": "1=1"}
    wanted |= {"geometrytype": "esriGeometryEnvelope"}
    if rest != "MapServer/0/query" or any(query.get(k) != v for k, v in wanted.items()):
        error = {"code": 400, "message": "Invalid or missing input parameters."}
        return _json({"error": error | {"details": []}})
    box = shapely.box(*np.array(query["geometry"].split(","), dtype=float))
    found = [one for one in bodo_places.areas()[name] if one["shape"].intersects(box)]
    start = int(query["resultoffset"])
    page = found[start : start + min(int(query["resultrecordcount"]), MOST)]
    features = [
        {
            "type": "Feature",
            "id": one["objectid"],
            "geometry": json.loads(shapely.to_geojson(one["shape"])),
            "properties": {key: value for key, value in one.items() if key != "shape"},
        }
        for one in page
    ]
    more = {"exceededTransferLimit": True} if start + len(page) < len(found) else {}
    return _json({"type": "FeatureCollection", "features": features, "properties": more})


def _organisations(path: str, query: Query) -> Said:
    here = query.get("kommunenummer") == NUMBER
    registered = query.get("registrertifrivillighetsregisteret") == "true"
    if path != "enhetsregisteret/api/enheter" or not here or not registered:
        return _json({"feilmelding": "Feilaktig forespørsel"}, status=400)
    codes = query.get("naeringskode", "")
    return _json(bodo_places.organisations(codes.split(",") if codes else []))


def _json(told: object, status: int = 200) -> Said:
    return Said(json.dumps(told, ensure_ascii=False).encode(), status)


@contextmanager
def bodo(folder: Path, test_data: Path) -> Iterator[Bodo]:
    """Run the server till the block ends; its map is kept in `folder`."""
    registers = Registers(test_data / "api")
    town = Bodo(registers, save(folder, registers.drawn()))
    with playing(town) as (address, asked):
        town.address, town.asked = address, asked
        yield town
