"""Ask a Web Feature Service for all features of a land: page by page, and only those in it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import escape

import shapely

from data.http import Get, host_of
from data.services import gml
from data.services.gml import Feature
from data.services.service import Land
from geo.errors import SourceError

GEONORGE = "https://wfs.geonorge.no/skwms1/"
URN = "urn:ogc:def:crs:EPSG::4326"
"""Said so, and not `EPSG:4326`, Geonorge puts latitude first."""

COUNT = 1000
ROUND = 50
"""A short page of a round number of features may be cut by the service itself."""

MOST_PAGES = 500
NEAR_DEG = 0.05


@dataclass(frozen=True, slots=True)
class Layer:
    """
    One type of feature at one service.

    Parameters
    ----------
    url
        Of the service, without a question.
    name
        Of the type, with its prefix, æ, ø and å as they are.
    system
        Coordinates, as the service wants them named; latitude first.
    """

    url: str
    name: str
    system: str = URN

    def question(self, land: Land, start: int) -> str:
        """
        Return the URL of the page that begins at feature `start`.

        Examples
        --------
        >>> boundary = shapely.box(12.1, 65.2, 12.5, 65.5)
        >>> land = Land("1812", "Sømna", "no", boundary, "EPSG:25833")
        >>> Layer("https://example.org/wfs", "app:Skiløype").question(land, 0)[-96:]
        '&COUNT=1000&STARTINDEX=0&BBOX=65.200000,12.100000,65.500000,12.500000,\
urn:ogc:def:crs:EPSG::4326'
        """
        return self.page(self.within(land), start)

    def within(self, land: Land) -> str:
        """Return the part of a question that asks for what the box of a land touches."""
        west, south, east, north = land.boundary.bounds
        return f"BBOX={south:.6f},{west:.6f},{north:.6f},{east:.6f},{self.system}"

    def page(self, which: str, start: int) -> str:
        """Return the URL of the page from feature `start` on, of those that are asked for."""
        return (
            f"{self.url}?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature"
            f"&TYPENAMES={quote(self.name, safe=':')}&SRSNAME={self.system}"
            f"&COUNT={COUNT}&STARTINDEX={start}&{which}"
        )


def features(layer: Layer, land: Land, get: Get) -> list[Feature]:
    """
    Return the features of a layer that touch the land, each once.

    Parameters
    ----------
    layer
        What is asked for.
    land
        Where. Its number is not asked for: services keep old ones for years.
    get
        Fetches a URL, see `data.http`.

    Raises
    ------
    SourceError
        If the service fails, if it cannot be made to tell everything, or if all it
        tells lies elsewhere.

    Examples
    --------
    >>> answer = (
    ...     b'<FeatureCollection xmlns:g="http://www.opengis.net/gml/3.2"><member><Hut>'
    ...     b"<g:Point><g:pos>65.3 12.2</g:pos></g:Point></Hut></member></FeatureCollection>"
    ... )
    >>> land = Land("1812", "Sømna", "no", shapely.box(12.1, 65.2, 12.5, 65.5), "EPSG:25833")
    >>> layer = Layer("https://example.org/wfs", "app:Hut")
    >>> [str(hut.shape) for hut in features(layer, land, lambda url: answer)]
    ['POINT (12.2 65.3)']
    """
    found = _everything(layer, layer.within(land), get)
    shapes = [one.shape for one in found]
    near = shapely.box(*land.boundary.bounds).buffer(NEAR_DEG)
    if found and not shapely.intersects(near, shapes).any():
        raise SourceError(
            "{host} was asked about {land} and answered about somewhere else."
            " The service may have changed: look for a newer version of the program.",
            host=host_of(layer.url),
            land=land.name,
        )
    shapely.prepare(land.boundary)
    inside = shapely.intersects(land.boundary, shapes)
    return [one for one, within in zip(found, inside, strict=True) if within]


def where(layer: Layer, name: str, value: str, get: Get) -> list[Feature]:
    """
    Return the features of a layer that have a value, each once: for a land without a box.

    The service is asked for no others (a filter of OGC Filter Encoding 2.0), and those
    that it gives nevertheless are left out.

    Parameters
    ----------
    layer, get
        As in `features`.
    name
        Of the element, without its prefix.
    value
        As the service writes it.

    Raises
    ------
    SourceError
        If the service fails, or cannot be made to tell everything.

    Examples
    --------
    >>> answer = (
    ...     b'<FeatureCollection><member><Hut><municipality>1804</municipality></Hut></member>'
    ...     b'<member><Hut><municipality>1812</municipality></Hut></member></FeatureCollection>'
    ... )
    >>> layer = Layer("https://example.org/wfs", "app:Hut")
    >>> len(where(layer, "municipality", "1812", lambda url: answer))
    1
    """
    equal = f"<ValueReference>{name}</ValueReference><Literal>{escape(value)}</Literal>"
    which = (
        '<Filter xmlns="http://www.opengis.net/fes/2.0">'
        f"<PropertyIsEqualTo>{equal}</PropertyIsEqualTo></Filter>"
    )
    found = _everything(layer, f"FILTER={quote(which)}", get)
    return [one for one in found if one.text(name) == value]


def _everything(layer: Layer, which: str, get: Get) -> list[Feature]:
    """Ask for pages until there are no more; never for more than `MOST_PAGES`."""
    host = host_of(layer.url)
    found: dict[object, Feature] = {}
    start = 0
    for _ in range(MOST_PAGES):
        page = gml.read(get(layer.page(which, start)), host=host)
        fresh = {one.key: one for one in page.features if one.key not in found}
        found |= fresh
        start += len(page.features)
        if _is_last(page, fresh=len(fresh), start=start):
            return list(found.values())
        if not fresh:  # a full page again, or nothing where more was promised
            break
    raise SourceError(
        "{host} does not give all of {layer}: it says the same again, or stops too early."
        " The service may have changed: look for a newer version of the program.",
        host=host,
        layer=layer.name,
    )


def _is_last(page: gml.Page, *, fresh: int, start: int) -> bool:
    """Tell whether there is nothing after this page; a service need not say how many."""
    size = len(page.features)
    if page.matched is not None:
        return start >= page.matched and (fresh > 0 or size == 0)
    if not fresh:
        return size != COUNT  # the whole list once more, or nothing: it was all
    return size < COUNT and size % ROUND != 0
