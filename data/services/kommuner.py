"""Name and boundary of a Norwegian municipality, from the mapping authority's open service."""

from __future__ import annotations

import json
import re
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from data.http import Get, host_of, through
from data.text import plain
from geo.errors import NotFoundError, SourceError

SERVICE = "https://api.kartverket.no/kommuneinfo/v1/kommuner"
LICENCE = "CC BY 4.0"
ATTRIBUTION = "© Kartverket"
NORWAY = shapely.box(-10, 57, 34, 73)
"""With its sea. Latitude and longitude that have changed places do not fit in it."""


def municipality(number: str, *, get: Get) -> tuple[str, Polygon | MultiPolygon]:
    """
    Return the Norwegian name and the boundary of a municipality.

    Parameters
    ----------
    number
        Four digits; the first may be 0.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    name, boundary
        The boundary is in longitude and latitude, and takes in the sea that
        belongs to the municipality.

    Raises
    ------
    SourceError
        If there is no such municipality, or the service fails or has changed.

    Examples
    --------
    >>> edge = [[[12.1, 65.2], [12.4, 65.2], [12.4, 65.5], [12.1, 65.2]]]
    >>> answers = {
    ...     f"{SERVICE}/1812": '{"kommunenavnNorsk": "Sømna"}'.encode(),
    ...     f"{SERVICE}/1812/omrade?utkoordsys=4258": json.dumps(
    ...         {"omrade": {"type": "Polygon", "coordinates": edge}}
    ...     ).encode(),
    ... }
    >>> name, boundary = municipality("1812", get=answers.__getitem__)
    >>> name, boundary.bounds
    ('Sømna', (12.1, 65.2, 12.4, 65.5))
    """
    if not re.fullmatch("[0-9]{4}", number):
        raise SourceError(
            "A municipality number has four digits, as 1804; {number} has not.", number=number
        )
    try:
        return through(get, lambda get: _municipality(number, get))
    except NotFoundError as error:
        raise SourceError(
            "There is no municipality with the number {number} today, says {host}."
            " Numbers change when municipalities merge: check it at kartverket.no.",
            number=number,
            host=host_of(SERVICE),
        ) from error


def _municipality(number: str, get: Get) -> tuple[str, Polygon | MultiPolygon]:
    about = _object(get(f"{SERVICE}/{number}"), number)
    area = _object(get(f"{SERVICE}/{number}/omrade?utkoordsys=4258"), number)
    name = about.get("kommunenavnNorsk")
    if not isinstance(name, str) or not name.strip():
        raise _changed(number)
    return plain(name), _boundary(area.get("omrade"), number)


def _object(answer: bytes, number: str) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise _changed(number) from error
    if not isinstance(found, dict):
        raise _changed(number)
    return found


def _boundary(geometry: Any, number: str) -> Polygon | MultiPolygon:
    """Read the polygon; one that crosses itself is mended and keeps its land."""
    try:
        boundary = shapely.from_geojson(json.dumps(geometry))
        mended = shapely.make_valid(boundary, method="structure", keep_collapsed=False)
    except (shapely.errors.GEOSException, ValueError) as error:
        raise _changed(number) from error
    if not isinstance(mended, Polygon | MultiPolygon) or mended.is_empty:
        raise _changed(number)
    if not NORWAY.contains(mended):
        raise _changed(number)
    return mended


def _changed(number: str) -> SourceError:
    return SourceError(
        "{host} gave no usable name and boundary for municipality {number}."
        " The service may have changed: look for a newer version of the program.",
        host=host_of(SERVICE),
        number=number,
    )
