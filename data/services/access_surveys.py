"""What surveyors saw on the spot: where a wheelchair gets in, and where not."""

from __future__ import annotations

from collections.abc import Iterator

from data.http import Get
from data.known import Known
from data.services.entries import Entry, known
from data.services.gml import Feature
from data.services.service import Land, Service
from data.services.wfs import GEONORGE, Layer, features

URL = f"{GEONORGE}wfs.tilgjengelighet"

KINDS = {
    # The entrance of a building tells of whoever is in it, and is no place of its own.
    "app:TettstedInngangBygg": "",
    "app:FriluftGapahuk": "lean_to",
    "app:FriluftGrillBålplass": "firepit",
    "app:FriluftBaderampe": "bathing_place",
    "app:FriluftSittegruppe": "picnic_table",
}

RATING = "tilgjengvurderingRulleMan"
"""By somebody on the spot, for a wheelchair pushed by hand; there are others by rule."""

WHEELCHAIR = {
    "tilgjengelig": "yes",
    "delvis tilgjengelig": "limited",
    "ikke tilgjengelig": "no",
}
"""Anything else, such as "Ikke vurdert", is unknown."""


def read(land: Land, get: Get) -> Known:
    """
    Return what was surveyed. Most of the country was not: no row says nothing.

    An entrance that nobody rated is left out: it tells nothing.

    Raises
    ------
    SourceError
        As `data.services.wfs.features`.
    """
    rows = (
        row
        for name, kind in KINDS.items()
        for row in _entries(features(Layer(URL, name), land, get), kind)
    )
    return known(SERVICE, (row for row in rows if row.kind or row.wheelchair))


def _entries(ones: list[Feature], kind: str) -> Iterator[Entry]:
    for one in ones:
        yield Entry(
            ref=one.text("lokalId") or one.id,
            name="",
            kind=kind,
            shape=one.shape,
            wheelchair=WHEELCHAIR.get(one.text(RATING).casefold(), ""),
            updated=one.day("oppdateringsdato", "datafangstdato"),
        )


SERVICE = Service(
    key="tilgjengelighet",
    name="Survey of accessibility",
    licence="NLOD",
    attribution="© Kartverket",
    url="https://kartkatalog.geonorge.no/metadata/uuid/9c075b5d-1fb5-414e-aaf5-c6390db896d1",
    countries=("no",),
    days=30,
    read=read,
)
