"""Public libraries and their branches, from the National Library's list of all libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree
from shapely import Point

from data.http import Get
from data.known import UNTOLD, Known
from data.services.entries import Entry
from data.services.placed import near, settled
from data.services.registers import changed, day, point
from data.services.service import Land, Service
from geo.errors import Message

DUMP = "https://www.nb.no/baser/bibliotek/eksport/bb-full.xml"

PUBLIC, PRISON = {"FBI", "FIL"}, "FEN"
"""Types: public libraries and their branches, but not those behind bars."""

KEPT = frozenset(
    {
        *("bibnr", "bibltype", "kommnr", "inst", "landkode", "lat_lon"),
        *("vadr", "besadr", "vpostnr", "vpoststed"),
        *("stengt", "stengt_fra", "stengt_til"),
    }
)
"""All that is read of a library. Names, telephones and e-mail addresses of people never are."""

Record = Mapping[str, str]


def libraries(land: Land, get: Get) -> Known:
    """
    Read the public libraries of a municipality: one question, the list of the country.

    Parameters
    ----------
    land
        A library with a position is kept by where it lies: its municipality number may be
        of one that is gone. One without is kept by its number, and its address searched.
    get
        Fetches a URL.

    Returns
    -------
    known
        Its register holds libraries that are not closed today; the list has no opening
        hours. Libraries whose address is found nowhere are told of in `missing`.

    Raises
    ------
    SourceError
        If a service fails or has changed.
    """
    today = datetime.now(UTC).date().isoformat()
    told = [
        _entry(record, stamp, position(record.get("lat_lon", "")), land)
        for record, stamp in _records(get(DUMP))
        if is_public(record, today)
    ]
    entries, nowhere = settled([one for one in told if one is not None], land, get)
    missing = Message(
        "{n} libraries have neither a position nor an address that can be found,"
        " and are not on the map: {names}",
        {"n": len(nowhere), "names": "; ".join(nowhere[:5])},
    )
    return near(SERVICE, entries, land, (missing,) if nowhere else ())


def is_public(record: Record, today: str) -> bool:
    """
    Tell whether a record is of a public library in Norway that is not closed on a date.

    Examples
    --------
    >>> vik = {"bibltype": "FIL", "landkode": "NO"}
    >>> is_public(vik, "2026-11-22"), is_public(vik | {"bibltype": "FAG"}, "2026-11-22")
    (True, False)
    >>> rebuilt = vik | {"stengt_fra": "2026-11-01", "stengt_til": "2026-12-31"}
    >>> is_public(rebuilt, "2026-11-22"), is_public(rebuilt, "2027-01-01")
    (False, True)
    """
    types = set(re.findall("[A-Z]+", record.get("bibltype", "").upper()))
    public = bool(types & PUBLIC) and PRISON not in types
    since, until = (day(record.get(one, "")) for one in ("stengt_fra", "stengt_til"))
    paused = bool(since or until) and since <= today <= (until or today)
    closed = bool(record.get("stengt")) or paused
    return public and record.get("landkode", "").upper() == "NO" and not closed


def position(told: str) -> Point:
    """
    Return the position that a library wrote, however it wrote it; else nowhere.

    Degrees, or degrees and minutes, or seconds too; decimal point or comma.

    Examples
    --------
    >>> print(position("59.914276,10.717350"))
    POINT (10.71735 59.914276)
    >>> print(position("59,9143° N, 10,7174° Ø"), position("59° 54' 30'' N 10° 43' 3'' E"))
    POINT (10.7174 59.9143) POINT (10.7175 59.908333)
    >>> print(position("ved torget"), position("10.7, 59.9"))
    POINT EMPTY POINT EMPTY
    """
    numbers = [float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", told)]
    parts = len(numbers) // 2
    if len(numbers) not in (2, 4, 6) or (parts > 1 and "°" not in told):
        return Point()
    lat, lon = (
        sum(part / 60**power for power, part in enumerate(numbers[at : at + parts]))
        for at in (0, parts)
    )
    return point(round(lon, 6), round(lat, 6))


def _records(dump: bytes) -> Iterator[tuple[Record, str]]:
    """
    Yield what is kept of each record, and when it was changed; the rest is let go.

    Entities that the list declares for itself stay unread: they can be endless.
    """
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    reader = etree.iterparse(BytesIO(dump), tag="{*}record", huge_tree=False, **safe)
    try:
        for _, element in reader:
            told = {_name(one): " ".join((one.text or "").split()) for one in element}
            yield (
                {name: told[name] for name in told if name in KEPT},
                day(element.get("tstamp")),
            )
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise changed(DUMP) from error
    if _name(reader.root) != "BaseBibliotek":
        raise changed(DUMP)


def _name(element: etree._Element) -> str:
    """Return its name without the namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _entry(record: Record, stamp: str, where: Point, land: Land) -> Entry | None:
    """Return a row, or `None` for a library without a position in another municipality."""
    if where.is_empty and record.get("kommnr", "").zfill(4) != land.number:
        return None
    street = record.get("vadr") or record.get("besadr") or ""
    town = f"{record.get('vpostnr', '')} {record.get('vpoststed', '').title()}".strip()
    return Entry(
        ref=record.get("bibnr", ""),
        name=record.get("inst", ""),
        kind="library",
        shape=where,
        address=", ".join(filter(None, (street, town))),
        updated=stamp,
    )


SERVICE = Service(
    key="libraries",
    name="Public libraries",
    licence=UNTOLD,
    attribution="Kilde: Nasjonalbiblioteket, Base Bibliotek",
    url="https://bibliotekutvikling.no",
    countries=("no",),
    days=0,  # what it sends names people, and is not to lie on anybody's disk
    read=libraries,
)
