"""What readers of answers share: taken apart with care, and refused in one sentence."""

from __future__ import annotations

import json
import re
from typing import Any

from shapely import Point

from data.http import host_of
from data.services.kommuner import NORWAY
from data.services.service import Land
from data.text import plain
from geo.errors import SourceError


def day(told: object) -> str:
    """
    Return the ISO date that a date or time begins with, or `""`.

    Examples
    --------
    >>> day("2025-03-21T08:21:56.853+01:00"), day("21.03.2025"), day(None)
    ('2025-03-21', '', '')
    """
    found = (
        re.match(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", told) if isinstance(told, str) else None
    )
    return found[0] if found else ""


def point(lon: object, lat: object) -> Point:
    """
    Return where a register says that something is: nowhere (empty) if that is not in Norway.

    Registers write 0, nothing or text where they do not know.

    Examples
    --------
    >>> print(point(14.4, 67.28), point(0, 0), point(None, "67"), sep=", ")
    POINT (14.4 67.28), POINT EMPTY, POINT EMPTY
    """
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return Point()
    where = Point(lon, lat) if abs(lon) < 360 and abs(lat) < 360 else Point()
    return where if NORWAY.contains(where) else Point()


def text(told: object) -> str:
    """
    Return `told` if it is text, else `""`: a register's null is no word.

    Examples
    --------
    >>> text("Vik"), text(None), text(3)
    ('Vik', '', '')
    """
    return told if isinstance(told, str) else ""


def json_object(answer: bytes, url: str) -> dict[str, Any]:
    """
    Return the JSON object that a service answered with.

    Raises
    ------
    SourceError
        If it is anything else.

    Examples
    --------
    >>> json_object(b'{"page": {}}', "https://data.brreg.no/enhetsregisteret/api/enheter")
    {'page': {}}
    """
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise changed(url) from error
    if not isinstance(found, dict):
        raise changed(url)
    return found


def number_of(land: Land) -> str:
    """
    Return the land's municipality number, for registers that are asked by it.

    Raises
    ------
    SourceError
        If the land has none.

    Examples
    --------
    >>> from shapely import box
    >>> number_of(Land("0301", "Oslo", "no", box(10, 59, 11, 60), "EPSG:25832"))
    '0301'
    """
    if not re.fullmatch("[0-9]{4}", land.number):
        raise SourceError(
            "{name} is no municipality with a number of four digits,"
            " and this register is asked by that number.",
            name=plain(land.name),
        )
    return land.number


def changed(url: str) -> SourceError:
    """
    Return the error for an answer that is in another form than it used to be.

    Examples
    --------
    >>> str(changed("https://data-nsr.udir.no/v4"))[:56]
    'data-nsr.udir.no answered in a form that cannot be read.'
    """
    return SourceError(
        "{host} answered in a form that cannot be read."
        " The service may have changed: look for a newer version of the program.",
        host=host_of(url),
    )
