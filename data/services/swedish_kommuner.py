"""Name and boundary of a Swedish municipality, from Statistics Sweden's open services."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import shapely
from shapely.geometry import MultiPolygon, Polygon

from data.http import Get, host_of, through
from data.text import plain
from geo.errors import SourceError

NAMES = "https://statistikdatabasen.scb.se/api/v2/tables/TAB6471/metadata?lang=sv"
"""About the table of residents by municipality: it lists all of them, and counties too."""

AREAS = "https://geodata.scb.se/geoserver/stat/wfs"
LAYER = "stat:DeSO_2025"
LICENCE = "CC0"
ATTRIBUTION = "Källa: SCB"
SWEDEN = shapely.box(10, 55, 25, 70)
"""With its sea. Latitude and longitude that have changed places do not fit in it."""
SNAP_DEGREES = 1e-7
"""A centimetre: edges that two areas share may differ by rounding."""


def names(*, get: Get) -> dict[str, str]:
    """
    Return the names of all Swedish municipalities by number.

    Raises
    ------
    SourceError
        If the service fails, or has changed.

    Examples
    --------
    >>> label = {"25": "Norrbottens län", "2505": "Arvidsjaur"}
    >>> answer = {"dimension": {"Region": {"category": {"label": label}}}}
    >>> names(get={NAMES: json.dumps(answer).encode()}.__getitem__)
    {'2505': 'Arvidsjaur'}
    """
    return through(get, lambda get: _names(get(NAMES)))


def _names(answer: bytes) -> dict[str, str]:
    try:
        labels = json.loads(answer)["dimension"]["Region"]["category"]["label"]
        found = {
            number: plain(name)
            for number, name in labels.items()
            if re.fullmatch("[0-9]{4}", number)
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_names() from error
    if not found:
        raise _no_names()
    return found


def _no_names() -> SourceError:
    return SourceError(
        "{host} gave no usable list of Swedish municipalities."
        " The service may have changed: look for a newer version of the program.",
        host=host_of(NAMES),
    )


def boundary(number: str, *, get: Get) -> Polygon | MultiPolygon:
    """
    Return a Swedish municipality as all its statistical areas (DeSO) together.

    Parameters
    ----------
    number
        Four digits; the first may be 0.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    boundary
        In longitude and latitude. DeSO do not cross municipalities and leave no gaps.

    Raises
    ------
    SourceError
        If there is no such municipality, or the service fails or has changed.

    Examples
    --------
    >>> def area(west, east):
    ...     corners = [[[west, 65.5], [east, 65.5], [east, 65.6], [west, 65.6], [west, 65.5]]]
    ...     shape = {"type": "Polygon", "coordinates": corners}
    ...     return {"properties": {"kommunkod": "2505"}, "geometry": shape}
    >>> answer = json.dumps({"features": [area(19.1, 19.2), area(19.2, 19.3)]}).encode()
    >>> boundary("2505", get={question("2505"): answer}.__getitem__).bounds
    (19.1, 65.5, 19.3, 65.6)
    """
    if not re.fullmatch("[0-9]{4}", number):
        raise SourceError(
            "A Swedish municipality number has four digits, as 2505; {number} has not.",
            number=number,
        )
    return through(get, lambda get: _boundary(get(question(number)), number))


def question(number: str) -> str:
    """
    Return the URL that asks for the areas of a municipality.

    Examples
    --------
    >>> question("2505").partition("?")[0]
    'https://geodata.scb.se/geoserver/stat/wfs'
    """
    asked = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": LAYER,
        "outputFormat": "application/json",
        "srsName": "EPSG:4326",
        "CQL_FILTER": f"kommunkod='{number}'",
    }
    return f"{AREAS}?{urlencode(asked)}"


def _boundary(answer: bytes, number: str) -> Polygon | MultiPolygon:
    try:
        found = json.loads(answer)
        features = found["features"]
        total = found.get("numberMatched", len(features))
        if any(one["properties"]["kommunkod"] != number for one in features):
            raise _changed(number)  # it did not understand the filter
        parts = [_polygon(one["geometry"]) for one in features]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _changed(number) from error
    except shapely.errors.GEOSException as error:
        raise _changed(number) from error
    if not parts:
        raise SourceError(
            "There is no Swedish municipality with the number {number}, says {host}.",
            number=number,
            host=host_of(AREAS),
        )
    land = shapely.union_all(parts, grid_size=SNAP_DEGREES)
    if total != len(parts) or not isinstance(land, Polygon | MultiPolygon):
        raise _changed(number)
    if not SWEDEN.contains(land):
        raise _changed(number)
    return land


def _polygon(geometry: Any) -> shapely.Geometry:
    """Read one area; one that crosses itself is mended and keeps its land."""
    shape = shapely.from_geojson(json.dumps(geometry))
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if not isinstance(mended, Polygon | MultiPolygon) or mended.is_empty:
        raise ValueError(geometry)
    # In latitude and longitude, as some servers read this name of a CRS.
    swapped = shapely.transform(mended, lambda at: at[:, ::-1])
    return swapped if SWEDEN.contains(swapped) else mended


def _changed(number: str) -> SourceError:
    return SourceError(
        "{host} gave no usable areas of the Swedish municipality {number}."
        " The service may have changed: look for a newer version of the program.",
        host=host_of(AREAS),
        number=number,
    )
