"""How map services of the ArcGIS kind are asked for areas: by a box, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import shapely
from shapely import MultiPolygon, Polygon

from data.http import Get, host_of
from data.services.kommuner import NORWAY
from data.services.registers import changed, json_object
from data.services.service import Land
from data.text import plain
from geo.errors import SourceError

PAGE = 500
MAX_PAGES = 100
SMOOTHED = 0.00005
"""Outlines are asked for to about 5 m: some have tens of thousands of corners."""

Properties = dict[str, Any]
Area = tuple[Properties, Polygon | MultiPolygon]


def areas(layer: str, land: Land, get: Get) -> Iterator[Area]:
    """
    Yield the areas in the box of a land: their properties and their shapes.

    Parameters
    ----------
    layer
        Address of the layer's `query`.
    land
        Whose box is asked about.
    get
        Fetches a URL.

    Yields
    ------
    properties
        With names in lower case, which the service does not keep to.
    shape
        In longitude and latitude; one that crosses itself is mended. What has no land
        is not yielded.

    Raises
    ------
    SourceError
        If the service fails, refuses (with status 200, as it does) or has changed: also
        if shapes are not in Norway, because latitude came first or they are in metres.
    """
    at = 0
    for _ in range(MAX_PAGES):
        url = f"{layer}?{urlencode(_question(land, at))}"
        page = json_object(get(url), url)
        found = page.get("features")
        if "error" in page or not isinstance(found, list):
            raise _refused(page, layer)
        for one in found:
            yield from _area(one, layer)
        at += len(found)
        inner = page.get("properties") or {}
        if not (page.get("exceededTransferLimit") or inner.get("exceededTransferLimit")):
            return
        if not found:
            break
    raise changed(layer)  # more is promised, for ever


def _question(land: Land, at: int) -> dict[str, str | int | float]:
    return {
        "where": "1=1",
        "geometry": ",".join(f"{side:.6f}" for side in land.boundary.bounds),
        "geometryType": "esriGeometryEnvelope",
        "inSR": 4326,
        "spatialRel": "esriSpatialRelIntersects",
        "outFields": "*",
        "outSR": 4326,
        "geometryPrecision": 6,
        "maxAllowableOffset": SMOOTHED,
        "orderByFields": "objectid",
        "resultOffset": at,
        "resultRecordCount": PAGE,
        "f": "geojson",
    }


def _area(one: Any, layer: str) -> Iterator[Area]:
    """Yield an area, unless it has no land; one that crosses itself is mended."""
    if not isinstance(one, dict) or not isinstance(one.get("properties"), dict):
        raise changed(layer)
    if one.get("geometry") is None:
        return
    try:
        drawn = shapely.from_geojson(json.dumps(one["geometry"]))
    except (shapely.errors.GEOSException, ValueError) as error:
        raise changed(layer) from error
    shape = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    if shape.is_empty:
        return
    if not isinstance(shape, Polygon | MultiPolygon) or not NORWAY.contains(shape):
        raise changed(layer)  # latitude first, or metres
    yield {name.lower(): value for name, value in one["properties"].items()}, shape


def _refused(page: dict[str, Any], layer: str) -> SourceError:
    """Return what the service has against the question; it says so with status 200."""
    error = page.get("error")
    if not isinstance(error, dict):
        return changed(layer)
    return SourceError(
        "{host} refused the question: {reason}",
        host=host_of(layer),
        reason=plain(f"{error.get('code', '')} {error.get('message', '')}"),
    )
