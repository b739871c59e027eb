"""Ask a GeoServer for the areas of a land, as GeoJSON: page by page, and only those in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon

from data.http import Get, host_of
from data.services.registers import changed, json_object
from data.services.service import Land
from geo.crs import WGS84
from geo.errors import SourceError

URN = "urn:ogc:def:crs:EPSG::4326"
"""Said so, a box in the question has latitude first; GeoJSON has longitude first anyhow."""

COUNT = 1000
MOST_PAGES = 100
WEST_OF = 45.0
"""No longitude in the Nordic countries is above this, and no latitude below."""

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layer:
    """
    One type of area at one service.

    Parameters
    ----------
    url
        Of the service, without a question.
    name
        Of the type, with its prefix.
    key
        Property with the official number of an area; pages are in its order.
    """

    url: str
    name: str
    key: str

    def question(self, land: Land, start: int) -> str:
        """
        Return the URL of the page that begins at area `start`.

        Examples
        --------
        >>> land = Land("2505", "Arvidsjaur", "se", shapely.box(18, 65, 20, 66), "EPSG:25833")
        >>> Layer("https://x/wfs", "stat:DeSO_2025", "desokod").question(land, 0)[-87:]
        '&sortBy=desokod&bbox=65.000000,18.000000,66.000000,20.000000,urn:ogc:def:crs:EPSG::4326'
        """
        west, south, east, north = land.boundary.bounds
        return (
            f"{self.url}?service=WFS&version=2.0.0&request=GetFeature"
            f"&typeNames={quote(self.name, safe=':')}&outputFormat=application/json"
            f"&srsName={URN}&count={COUNT}&startIndex={start}&sortBy={self.key}"
            f"&bbox={south:.6f},{west:.6f},{north:.6f},{east:.6f},{URN}"
        )


def areas(layer: Layer, land: Land, get: Get) -> gpd.GeoDataFrame:
    """
    Return the areas of a layer that overlap the land, each once.

    Parameters
    ----------
    layer
        What is asked for.
    land
        Where. Its number is not asked for: services keep old ones for years.
    get
        Fetches a URL, see `data.http`.

    Returns
    -------
    areas
        In longitude and latitude: the index is the official number, `inside` the share
        of each area's land that lies within `land`, and the other columns are what the
        service says. No rows are an answer.

    Raises
    ------
    SourceError
        If the service fails, says something else, or the same again and again.

    Examples
    --------
    >>> import json
    >>> ring = [[18, 65], [20, 65], [20, 66], [18, 66], [18, 65]]
    >>> shape = {"type": "Polygon", "coordinates": [ring]}
    >>> area = {"type": "Feature", "properties": {"kod": "A1"}, "geometry": shape}
    >>> answer = json.dumps({"features": [area], "numberMatched": 1}).encode()
    >>> land = Land("2505", "Arvidsjaur", "se", shapely.box(19, 65, 22, 66), "EPSG:25833")
    >>> layer = Layer("https://x/wfs", "x:y", "kod")
    >>> areas(layer, land, lambda url: answer)["inside"].to_dict()
    {'A1': 0.5}
    """
    told = _everything(layer, land, get)
    try:
        shapes = [_shape(feature["geometry"]) for feature in told.values()]
        rows = [dict(feature["properties"]) for feature in told.values()]
    except (shapely.errors.GEOSException, KeyError, ValueError, TypeError) as error:
        raise changed(layer.url) from error
    numbers = pd.Index([number for number, _ in told], dtype=object)
    table = gpd.GeoDataFrame(
        pd.DataFrame(rows, index=numbers), geometry=gpd.array.from_shapely(shapes), crs=WGS84
    )
    if not numbers.is_unique:  # one area in several pieces
        table = table.dissolve(level=0)
    part, whole = table.geometry.intersection(land.boundary), table.geometry
    inside = [a.area / b.area if b.area else 0.0 for a, b in zip(part, whole, strict=True)]
    table = table.assign(inside=np.array(inside, dtype=float))
    return table[table["inside"] > 0]


def _everything(layer: Layer, land: Land, get: Get) -> dict[Piece, dict[str, Any]]:
    """Ask for pages until there are no more; never for more than `MOST_PAGES`."""
    found: dict[Piece, dict[str, Any]] = {}
    start = 0
    for _ in range(MOST_PAGES):
        page = json_object(get(layer.question(land, start)), layer.url)
        features = page.get("features")
        if not isinstance(features, list):
            raise changed(layer.url)
        known = len(found)
        found |= {_piece(feature, layer): feature for feature in features}
        start += len(features)
        matched = page.get("numberMatched")
        if start >= matched if isinstance(matched, int) else len(features) < COUNT:
            return found
        if len(found) == known:  # the same again, or nothing where more was promised
            break
    raise SourceError(
        "{host} does not give all of {layer}: it says the same again, or stops too early."
        " The service may have changed: look for a newer version of the program.",
        host=host_of(layer.url),
        layer=layer.name,
    )


def _piece(feature: Any, layer: Layer) -> Piece:
    """Return the official number of an area, and what tells its pieces apart."""
    try:
        return str(feature["properties"][layer.key]), str(feature.get("id", ""))
    except (KeyError, TypeError, AttributeError) as error:
        raise changed(layer.url) from error


def _shape(geometry: Any) -> Polygon | MultiPolygon:
    """Read land, longitude first; what crosses itself is mended, what is no land is empty."""
    if geometry is None:
        return Polygon()
    read = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    if not read.is_empty and read.bounds[0] > WEST_OF:
        read = shapely.transform(read, lambda xy: xy[:, ::-1])
    mended = shapely.make_valid(read, method="structure", keep_collapsed=False)
    return mended if isinstance(mended, Polygon | MultiPolygon) else Polygon()
