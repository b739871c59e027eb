"""Where addresses are, from the mapping authority's open register of addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import geopandas as gpd
from shapely.geometry import Point

from data.http import Get, host_of, through
from data.services.kommuner import NORWAY
from geo.crs import WGS84
from geo.errors import SourceError

SERVICE = "https://ws.geonorge.no/adresser/v1/sok"
LICENCE = "CC BY 4.0"
ATTRIBUTION = "© Kartverket"
PER_PAGE = 1000
MOST_PAGES = 10
"""The service gives at most 10,000 answers to one question."""
MOST_ADDRESSES = 2000
SAME_DOOR = 1e-3
"""Degrees: about 100 m. Doors of one address are no farther apart."""

TEXT = "adressetekstutenadressetilleggsnavn"
"""Street and number, without the name of a farm or house before it."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """
    Where addresses are.

    Parameters
    ----------
    points
        In longitude and latitude; the index is the address as asked for.
    unknown
        Addresses that the register does not have.
    several
        Addresses that are in several places, such as a street without a number.
    """

    points: gpd.GeoSeries
    unknown: tuple[str, ...]
    several: tuple[str, ...]


def located(addresses: Sequence[str], *, number: str, get: Get) -> Located:
    """
    Find addresses of a municipality.

    Each address is asked for once, however often it is in the list. What the register
    writes has to be what was asked, letter for letter but for capitals and spaces, or
    that and a number after it; there is no guessing.

    Parameters
    ----------
    addresses
        Street and number, e.g. `"Storgata 1"`; a post code may follow a comma, and then
        has to be right.
    number
        Of the municipality, four digits.
    get
        Fetches a URL, see `data.http`.

    Raises
    ------
    SourceError
        If there are more than `MOST_ADDRESSES`, or the service fails or has changed.

    Examples
    --------
    >>> where = {"epsg": "EPSG:4258", "lat": 67.28, "lon": 14.4}
    >>> door = {TEXT: "Storgata 1", "kommunenummer": "1804", "postnummer": "8006"}
    >>> answer = {"metadata": {"totaltAntallTreff": 1}}
    >>> answer["adresser"] = [door | {"representasjonspunkt": where}]
    >>> found = located(
    ...     ["storgata 1"], number="1804", get=lambda url: json.dumps(answer).encode()
    ... )
    >>> print(found.points["storgata 1"])
    POINT (14.4 67.28)
    """
    wanted = list(dict.fromkeys(one for one in addresses if _key(one)[0]))
    if len(wanted) > MOST_ADDRESSES:
        raise SourceError(
            "{n} addresses are more than {host} should be asked for; at most {most} are.",
            n=len(wanted),
            host=host_of(SERVICE),
            most=MOST_ADDRESSES,
        )
    found: dict[str, Point] = {}
    unknown, several = [], []
    answers: dict[Key, list[Point]] = {}
    for address in wanted:
        key = _key(address)
        if key not in answers:
            answers[key] = _asked(key, number, get)
        places = answers[key]
        if not places:
            unknown.append(address)
        elif any(places[0].distance(place) > SAME_DOOR for place in places):
            several.append(address)
        else:
            found[address] = places[0]
    points = gpd.GeoSeries(list(found.values()), index=list(found), crs=WGS84)
    return Located(points, tuple(unknown), tuple(several))


def _key(address: str) -> Key:
    """Return street and number, and post code or `""`: how it is written does not matter."""
    street, _, rest = address.partition(",")
    post = re.search("[0-9]{4}", rest)
    words = " ".join(street.replace("*", " ").casefold().split())
    return re.sub("(?<=[0-9]) (?=[^ 0-9]$)", "", words), post[0] if post else ""


def _asked(key: Key, number: str, get: Get) -> list[Point]:
    return through(get, lambda get: _points(key, number, get))


def _points(key: Key, number: str, get: Get) -> list[Point]:
    """Return where the address is; of several doors the same address, all of them."""
    street, post = key
    exact, others = [], []
    for one in _found(street, number, get):
        if one["kommunenummer"] != number or (post and one["postnummer"] != post):
            continue
        point = _point(one["representasjonspunkt"])
        text, _ = _key(one[TEXT])
        if text == street:
            exact.append(point)
        elif text.startswith(f"{street} "):
            others.append(point)
    return exact or others


def _found(street: str, number: str, get: Get) -> Iterator[dict[str, Any]]:
    """Yield everything that the register has for the words, page by page."""
    seen = 0
    for page in range(MOST_PAGES):
        rows, total = _page(get(question(street, number, page=page)))
        yield from rows
        seen += len(rows)
        if not rows or seen >= total:
            return


def question(address: str, number: str, *, page: int = 0) -> str:
    """
    Return the URL that asks for an address.

    Examples
    --------
    >>> question("storgata 1", "1804").partition("&treff")[0]
    'https://ws.geonorge.no/adresser/v1/sok?sok=storgata+1&kommunenummer=1804'
    """
    asked: dict[str, str | int] = {
        "sok": address,
        "kommunenummer": number,
        "treffPerSide": PER_PAGE,
        "side": page,
        "utkoordsys": 4258,
    }
    return f"{SERVICE}?{urlencode(asked)}"


def _page(answer: bytes) -> tuple[list[dict[str, Any]], int]:
    try:
        told = json.loads(answer)
        rows, total = told["adresser"], told["metadata"]["totaltAntallTreff"]
        for row in rows:
            _point(row["representasjonspunkt"])
            row[TEXT].casefold() + row["kommunenummer"] + row["postnummer"]
        total = int(total)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            "{host} gave no usable addresses."
            " The service may have changed: look for a newer version of the program.",
            host=host_of(SERVICE),
        ) from error
    return rows, total


def _point(told: dict[str, Any]) -> Point:
    """Read a place; latitude and longitude that have changed places are not in Norway."""
    point = Point(told["lon"], told["lat"])
    if not NORWAY.contains(point):
        raise ValueError(told)
    return point
