"""How many voluntary organisations a municipality has: counts, never who or where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import nan
from typing import Any
from urllib.parse import urlencode

from data.http import Get, host_of
from data.known import Known
from data.services.registers import changed, json_object, number_of
from data.services.service import Land, Service
from data.text import plain
from geo.bundle import Fact
from geo.errors import Message, SourceError

ENDPOINT = "https://data.brreg.no/enhetsregisteret/api/enheter"
FEWEST = 5
"""Fewer are not told: one of so few may be somebody at home."""


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations counted together: what to call them, also if few, and their codes."""

    label: str
    few: str
    codes: str


TOTAL = "voluntary_organisations"
GROUPS = {
    TOTAL: Group("Voluntary organisations", "Voluntary organisations: fewer than 5", ""),
    "voluntary_sport": Group(
        "Voluntary organisations for sport and leisure",
        "Voluntary organisations for sport and leisure: fewer than 5",
        "93",
    ),
    "voluntary_culture": Group(
        "Voluntary organisations for art and culture",
        "Voluntary organisations for art and culture: fewer than 5",
        "90,91",
    ),
    "voluntary_care": Group(
        "Voluntary organisations for health and care",
        "Voluntary organisations for health and care: fewer than 5",
        "86,87,88",
    ),
    "voluntary_faith": Group(
        "Voluntary organisations of faith",
        "Voluntary organisations of faith: fewer than 5",
        "94.91",
    ),
}
"""
What is counted, by the key of its fact; codes are those of main activity.

Only divisions and classes that are numbered alike in SN2007 and SN2025: a finer code that
was renumbered would silently find nothing. The register of voluntary organisations has
groups of its own (ICNPO), but does not say in which municipality anybody is.
"""


def volunteers(land: Land, get: Get) -> Known:
    """
    Count the organisations in Frivillighetsregisteret that belong to a municipality.

    Only the register's own counts are read. Each question asks for a page of one, the
    smallest there is, and that one is not looked at. So names and addresses, often the
    home of whoever leads it, never come this far, and the register's limit of 10,000
    rows is never met.

    Parameters
    ----------
    land
        Asked by its number, as in the organisation's address.
    get
        Fetches a URL.

    Returns
    -------
    known
        Facts: `GROUPS`. An organisation may be in several groups, or in
        none. A count below `FEWEST`, 0 too, is `nan`, and its label says so.

    Raises
    ------
    SourceError
        If the land has no number, or the service fails or has changed.
    """
    number = number_of(land)
    counts = {key: _count(number, group.codes, get) for key, group in GROUPS.items()}
    total = counts[TOTAL]
    if max(counts.values()) > total:
        raise changed(ENDPOINT)
    today = datetime.now(UTC).date().isoformat()
    # Among so many, none in any group means that the codes are other ones by now.
    silent = total >= FEWEST and sum(counts.values()) == total
    told = {TOTAL: total} if silent else counts
    missing = Message(
        "What the voluntary organisations do is not known: the register counts none in any"
        " group. Its codes may have changed."
    )
    return Known(
        facts=tuple(_fact(key, count, today) for key, count in told.items()),
        sources=(SERVICE.source(date=today, rows=total if total >= FEWEST else 0),),
        missing=(missing,) if silent else (),
    )


def _fact(key: str, count: int, date: str) -> Fact:
    few = count < FEWEST
    label = GROUPS[key].few if few else GROUPS[key].label
    return Fact(key, label, nan if few else float(count), "", SERVICE.attribution, date)


def _count(number: str, codes: str, get: Get) -> int:
    """Return how many there are; where there are none, the answer lists nothing at all."""
    asked = {"kommunenummer": number, "registrertIFrivillighetsregisteret": "true"}
    group = {"naeringskode": codes} if codes else {}
    url = f"{ENDPOINT}?{urlencode(asked | group | {'size': 1, 'page': 0}, safe=',')}"
    answer = json_object(get(url), url)
    page = answer.get("page")
    count = page.get("totalElements") if isinstance(page, dict) else None
    if isinstance(count, int) and count >= 0:
        return count
    raise _refused(answer)


def _refused(answer: dict[str, Any]) -> SourceError:
    reason = answer.get("feilmelding")
    if not isinstance(reason, str):
        return changed(ENDPOINT)
    return SourceError(
        "{host} refused the question: {reason}", host=host_of(ENDPOINT), reason=plain(reason)
    )


SERVICE = Service(
    key="volunteers",
    name="Voluntary organisations",
    licence="NLOD 2.0",
    attribution="Kilde: Brønnøysundregistrene",
    url="https://data.brreg.no",
    countries=("no",),
    days=0,  # what it sends names people, and is not to lie on anybody's disk
    read=volunteers,
)
