"""Marked trails, lit ski tracks and what stands along them, from the trail register."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import shapely
from shapely import Geometry, MultiLineString

from data.http import Get
from data.known import Known
from data.services.entries import Entry, known
from data.services.gml import Feature
from data.services.service import Land, Service
from data.services.wfs import GEONORGE, Layer, features

URL = f"{GEONORGE}wfs.turogfriluftsruter"
FOOT, SKI = Layer(URL, "app:Fotrute"), Layer(URL, "app:Skiløype")
POINT = Layer(URL, "app:RuteInfoPunkt")

UNMARKED = "NEI"
LIT = ("JA", "TRUE", "1")
NAMELESS = ("", "ukjent")
"""What stands in the register where nobody knew a name."""

KINDS = {
    "7": "firepit",  # bål- og grillplasser
    "12": "cabin",  # hytte, of no stated sort: nobody's own stands in this register
    "22": "trailhead",  # parkeringsplass: along a trail that is where walkers start
    "41": "bathing_place",  # badeplass
    "42": "cabin",  # hytte, betjent
    "43": "cabin",  # hytte, selvbetjent
    "44": "cabin",  # hytte, ubetjent
    "45": "lean_to",  # gapahuk
    "46": "viewpoint",  # utsiktspunkt
}
"""
Kinds by `tilrettelegging`: the code list FriluftslivTilrettelegging of the object catalogue.

Left out: signs, bridges, toilets, quays, tent sites, post boxes and benches, which one
passes or uses alone; kiosks, which are shops; sights, which may be anything.
"""


def read(land: Land, get: Get) -> Known:
    """
    Return trails, each with all its stretches, and places along them.

    Footpaths that say they are unmarked are left out, and ski tracks that do not say
    they are lit: those are routes across the hills.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`.
    """
    walks = [one for one in features(FOOT, land, get) if one.text("merking") != UNMARKED]
    tracks = [one for one in features(SKI, land, get) if one.text("belysning").upper() in LIT]
    return known(
        SERVICE,
        [
            *_routes(walks, "hiking_trail"),
            *_routes(tracks, "ski_track"),
            *_points(features(POINT, land, get)),
        ],
    )


def _routes(stretches: list[Feature], kind: str) -> Iterator[Entry]:
    """Put together what has the same name and number; a stretch may be of several routes."""
    routes: dict[tuple[str, str], list[Feature]] = {}
    for one in stretches:
        for name, number in _names(one):
            routes.setdefault((name, number), []).append(one)
    for (name, number), ones in routes.items():
        yield Entry(
            ref=number or name or _local(ones[0]),
            name=name,
            kind=kind,
            shape=_joined([one.shape for one in ones]),
            updated=max(one.day("oppdateringsdato") for one in ones),
        )


def _names(one: Feature) -> list[tuple[str, str]]:
    """Return name and number of each route it is of; its own number if it is of none."""
    names = ["" if name.casefold() in NAMELESS else name for name in one.texts("rutenavn")]
    numbers = one.texts("rutenummer")
    if len(numbers) != len(names):  # nobody can tell which number is whose
        numbers = ()
    found = dict.fromkeys(zip_longest(names, numbers, fillvalue=""))
    return [pair for pair in found if any(pair)] or [("", _local(one))]


def _joined(lines: list[Geometry]) -> Geometry:
    parts = [part for line in lines for part in shapely.get_parts(line)]
    return parts[0] if len(parts) == 1 else shapely.line_merge(MultiLineString(parts))


def _points(points: list[Feature]) -> Iterator[Entry]:
    for one in points:
        kind = KINDS.get(one.text("tilrettelegging").partition(".")[0])
        if kind:
            yield Entry(
                ref=_local(one),
                name="",  # `opphav` is a name, an office or a person: nobody can tell which
                kind=kind,
                shape=one.shape,
                updated=one.day("oppdateringsdato"),
            )


def _local(one: Feature) -> str:
    return one.text("lokalId") or one.id


SERVICE = Service(
    key="turrutebasen",
    name="Trails, ski tracks and cabins",
    licence="CC BY 4.0",
    attribution="© Kartverket",
    url="https://kartkatalog.geonorge.no/metadata/uuid/d1422d17-6d95-4ef1-96ab-8af31744dd63",
    countries=("no",),
    days=30,
    read=read,
)
