"""Recreation areas that municipalities have mapped, or the state has secured for everybody."""

from __future__ import annotations

from shapely import Geometry

from data.http import Get
from data.known import Known
from data.services.arcgis import Properties, areas
from data.services.entries import Entry
from data.services.placed import near
from data.services.registers import text
from data.services.service import Land, Service
from data.text import plain
from geo.errors import Message

SERVER = "https://kart.miljodirektoratet.no/arcgis/rest/services"
MAPPED_LAYER = f"{SERVER}/friluftsliv_kartlagt/MapServer/0/query"
SECURED_LAYER = f"{SERVER}/friluftsliv_statlig_sikra/MapServer/0/query"

KINDS = {
    "naerturterreng": "recreation_area",  # woods and hills that are walked to from home
    "utfartsomrade": "recreation_area",  # where people of the whole municipality go
    "annetfriluftslivsomrade": "recreation_area",
    "lekeogaktivitetsomrade": "common",  # set aside for play and games, built or not
    "grontomrade": "park",  # green land between houses
    "strandogvanntilknyttetomrade": "beach",  # shores that are gone to for their own sake
    "badeplass": "bathing_place",
    "skiogakebakke": "sledging_hill",
}
"""
The kind of each type of mapped area, as `simple` spells it.

Types are those of the Environment Agency's guide M98-2013 (pages 28–36), as the service
spells them.
"""

TOO_WIDE = ("marka", "fjellogvidde", "storeogsammenhengendenaturomrader")
"""Forests and mountains of whole districts: to be within one is not to meet anybody."""


def mapped(land: Land, get: Get) -> Known:
    """
    Read the areas that a municipality has mapped as used for recreation.

    Parameters
    ----------
    land
        Asked by its box, since areas keep the number of a municipality that is gone; rows
        are then kept by where they lie, whole, also if they reach beyond the land.
    get
        Fetches a URL.

    Returns
    -------
    known
        Its register holds polygons, of the kinds in `KINDS`. Areas of another type, which
        are not in `TOO_WIDE` either, are told of in `missing`.

    Raises
    ------
    SourceError
        If the service fails, refuses or has changed.
    """
    rows, strange = [], set()
    for told, shape in areas(MAPPED_LAYER, land, get):
        kind = KINDS.get(simple(text(told.get("omraadetype"))), "")
        if kind:
            rows.append(_row(told, kind, shape))
        elif simple(text(told.get("omraadetype"))) not in TOO_WIDE:
            strange.add(plain(text(told.get("omraadetype"))) or "?")
    sentence = Message(
        "Mapped recreation areas of these types are left out,"
        " because nobody has said yet what kind of place they are: {types}",
        {"types": ", ".join(sorted(strange)[:5])},
    )
    return near(MAPPED, rows, land, (sentence,) if strange else ())


def secured(land: Land, get: Get) -> Known:
    """
    Read the areas that the state has bought or leased for everybody, as `mapped`.

    Raises
    ------
    SourceError
        As `mapped`.
    """
    found = areas(SECURED_LAYER, land, get)
    rows = [_row(told, "recreation_area", shape) for told, shape in found]
    return near(SECURED, rows, land)


def simple(name: str) -> str:
    """
    Return a type's name in one spelling: it is written in several, with and without æ, ø, å.

    Examples
    --------
    >>> simple("GrøntOmraade"), simple("Grøntområde"), simple("NaerTurterreng")
    ('grontomrade', 'grontomrade', 'naerturterreng')
    """
    letters = "".join(c for c in name.casefold() if c.isalpha())
    for old, new in (("æ", "ae"), ("ø", "o"), ("å", "a"), ("aa", "a"), ("oe", "o")):
        letters = letters.replace(old, new)
    return letters


def _row(told: Properties, kind: str, shape: Geometry) -> Entry:
    numbers = ("kartlagtfoid", "kartlagt_foid", "friluftid", "objectid")
    ref = next((str(told[name]) for name in numbers if told.get(name)), "")
    return Entry(ref, text(told.get("omraadenavn")), kind, shape)


MAPPED = Service(
    key="outdoor_areas",
    name="Mapped recreation areas",
    licence="NLOD 2.0",
    attribution="© Miljødirektoratet (Naturbase)",
    url="https://kartkatalog.miljodirektoratet.no",
    countries=("no",),
    days=30,
    read=mapped,
)
SECURED = Service(
    key="secured_areas",
    name="Recreation areas secured by the state",
    licence="NLOD 2.0",
    attribution="© Miljødirektoratet (Naturbase)",
    url="https://kartkatalog.miljodirektoratet.no",
    countries=("no",),
    days=30,
    read=secured,
)
