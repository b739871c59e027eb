"""Schools and kindergartens in operation, from the map services of the school registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data.http import Get
from data.known import Known
from data.services.entries import Entry, known
from data.services.gml import Feature
from data.services.nsr import special_schools
from data.services.service import Land, Service
from data.services.wfs import GEONORGE, Layer, features
from geo.errors import Message, SourceError

UPPER = Layer(f"{GEONORGE}wfs.grunnskoler_vgs", "app:VideregåendeSkole")
LOWER = Layer(f"{GEONORGE}wfs.grunnskoler_vgs", "app:Grunnskole")
KINDERGARTEN = Layer(f"{GEONORGE}wfs.barnehager", "app:Barnehage")

THANKS = (
    "Inneholder data under norsk lisens for offentlige data (NLOD)"
    " tilgjengeliggjort av Utdanningsdirektoratet"
)

SPECIAL = "spesial"
"""In the name of some special schools."""

FAMILY = "familie"
"""In the type of kindergartens at home with somebody: `FamilieBarnehage`."""


def schools(land: Land, get: Get) -> Known:
    """
    Return schools, each once: an upper secondary one that has lower grades is upper.

    Special schools are left out: who goes there is nobody's business. This service
    cannot tell them, so the register is asked; if it does not answer, those that do not
    say so in their name stay, and `missing` tells of it. Closed schools are left out too.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`.
    """
    found = {
        "upper_secondary_school": features(UPPER, land, get),
        "school": features(LOWER, land, get),
    }
    special, missing = _special(land, get)
    rows: dict[str, Entry] = {}
    for kind, ones in found.items():
        for row in _entries(ones, kind, "skolenavn"):
            if row.ref not in special and SPECIAL not in row.name.casefold():
                rows.setdefault(row.ref, row)
    return replace(known(SCHOOLS, rows.values()), missing=missing)


def kindergartens(land: Land, get: Get) -> Known:
    """
    Return kindergartens, but for those in somebody's home.

    Their opening hours are those of the children who have a place there, not of
    visitors, and are not read.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`.
    """
    ones = [
        one
        for one in features(KINDERGARTEN, land, get)
        if FAMILY not in f"{one.text('barnehagetype')} {one.text('barnehagenavn')}".casefold()
    ]
    rows = {row.ref: row for row in _entries(ones, "kindergarten", "barnehagenavn")}
    return known(KINDERGARTENS, rows.values())


def _special(land: Land, get: Get) -> tuple[frozenset[str], tuple[Message, ...]]:
    """Return the numbers of special schools, or what to say if they cannot be had."""
    try:
        return special_schools(land, get), ()
    except SourceError as error:
        text = "Some special schools may be on the map, which should not be: {reason}"
        return frozenset(), (Message(text, {"reason": str(error)}),)


def _entries(ones: list[Feature], kind: str, name: str) -> Iterator[Entry]:
    for one in ones:
        if one.text("iDrift").casefold() in ("false", "nei", "0"):
            continue
        yield Entry(
            # the owner within has a number of the same name: only the own one will do
            ref=one.own("organisasjonsnummer") or one.own("nsrId") or one.id,
            name=one.own(name),
            kind=kind,
            shape=one.shape,
            address=_address(one),
            updated=one.day("oppdateringsdato", "datauttaksdato"),
        )


def _address(one: Feature) -> str:
    """Return where visitors go: letters may go to a box elsewhere."""
    street, code, town = (
        one.text(f"besøksadresse/{part}") or one.own(part)
        for part in ("adressenavn", "postnummer", "poststed")
    )
    code = code.zfill(4) if code else ""  # a number lost its zero on the way
    return ", ".join(filter(None, (street, f"{code} {town.title()}".strip())))


SCHOOLS = Service(
    key="skoler",
    name="Primary, lower and upper secondary schools",
    licence="NLOD",
    attribution=THANKS,
    url="https://kartkatalog.geonorge.no/?text=grunnskoler",
    countries=("no",),
    days=7,
    read=schools,
)

KINDERGARTENS = Service(
    key="barnehager",
    name="Kindergartens",
    licence="NLOD",
    attribution=THANKS,
    url="https://kartkatalog.geonorge.no/?text=barnehager",
    countries=("no",),
    days=7,
    read=kindergartens,
)
