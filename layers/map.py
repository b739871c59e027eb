"""The web map: a base, and layers that the browser fetches and draws for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

import folium
import geopandas as gpd
from branca.element import MacroElement
from folium.template import Template

from geo.crs import to_wgs84
from geo.errors import ExportError
from layers.layer import Layer
from layers.publish import LEAFLET, scripts, styles
from words.speaker import Speaker

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

DEEPEST_ZOOM = 20
"""Said of the map itself: without tiles nobody else tells markercluster."""

TILES = {
    "kartverket": (
        "https://cache.kartverket.no/v1/wmts/1.0.0/topograatone/default/webmercator/{z}/{y}/{x}.png",
        '&copy; <a href="https://www.kartverket.no/">Kartverket</a>',
        18,
    ),
    "osm": (
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
        19,
    ),
}
"""Online base maps: address, whom to thank, and how deep they go. `"offline"` has none."""


class Preparation(MacroElement):
    """Everything about a map that folium does not say: see `prepare` in `browser/map.js`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        moteplass.prepare({{ this._parent.get_name() }}, {{ this.settings|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Preparation"
        self.settings = settings


class Drawn(folium.FeatureGroup):
    """
    Layers as data by URL: what goes through the server's socket does not grow with them.

    It stays a `FeatureGroup` by name: streamlit-folium looks for the variable
    `feature_group_…` when it exchanges one for another.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.featureGroup();
        moteplass.draw({{ this.get_name() }}, {{ this.urls|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, name: str, urls: Sequence[str]) -> None:
        super().__init__(name=name)
        self.urls = list(urls)


def base_map(base: str, *, bounds: Bounds, static_url: str, say: Speaker) -> folium.Map:
    """
    Return a map without layers, made anew each time: `st_folium` changes what it is given.

    Parameters
    ----------
    base
        `"offline"`, or a key of `TILES`; what else a link may name is offline, too.
    bounds
        What to show at first, as `extent` returns it.
    static_url
        Where `layers.publish.assets` is served, e.g. `"/app/static"`.
    say
        The language.
    """
    west, south, east, north = bounds
    web_map = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=13,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        maxZoom=DEEPEST_ZOOM,
        zoomSnap=0.5,
    )
    root = static_url.rstrip("/")
    web_map.default_js = [(name, f"{root}/{path}") for name, path in scripts()]
    web_map.default_css = [(name, f"{root}/{path}") for name, path in styles()]
    settings = {
        "bounds": [[south, west], [north, east]],
        "images": f"{root}/{LEAFLET}/images/",
        "words": {
            "map": say("Map"),
            "cluster": say("Places here: {n}", n="{n}"),
            "failed": say("A layer of the map could not be fetched. Load the page again."),
            "zoom_in": say("Zoom in"),
            "zoom_out": say("Zoom out"),
        },
    }
    web_map.add_child(Preparation(settings))
    if base in TILES:
        url, thanks, deepest = TILES[base]
        tiles = folium.TileLayer(
            url, attr=thanks, max_zoom=DEEPEST_ZOOM, max_native_zoom=deepest, control=False
        )
        web_map.add_child(tiles)
    return web_map


def extent(table: gpd.GeoDataFrame) -> Bounds:
    """
    Return what a map of a metric table has to show.

    Examples
    --------
    >>> from shapely import box
    >>> land = gpd.GeoDataFrame(geometry=[box(5e5, 7e6, 5.1e5, 7.01e6)], crs="EPSG:25832")
    >>> [round(edge, 2) for edge in extent(land)]
    [9.0, 63.13, 9.2, 63.22]
    """
    west, south, east, north = (float(edge) for edge in to_wgs84(table).total_bounds)
    return west, south, east, north


def draw(layers: Sequence[Layer], urls: Sequence[str]) -> folium.FeatureGroup:
    """
    Return what to give to `st_folium(feature_group_to_add=…)`, or to add to a map.

    Parameters
    ----------
    layers
        From below to the top.
    urls
        Where the browser finds each of them, published.
    """
    names = ", ".join(layer.name for layer, _ in zip(layers, urls, strict=True))
    return Drawn(names, urls)


def guard(html: str, base: str = "offline") -> str:
    """
    Return a map's HTML if it asks nobody outside, but for the tiles of its base.

    Links that somebody has to click are no requests.

    Raises
    ------
    ExportError
        Naming the first address that would be asked.

    Examples
    --------
    >>> guard('<script src="/app/static/map.js"></script><a href="https://osm.org">OSM</a>')[:7]
    '<script'
    >>> guard('<link rel="stylesheet" href="//cdn.example.org/map.css">')
    Traceback (most recent call last):
    ...
    geo.errors.ExportError: The map would ask //cdn.example.org/map.css, and must not.
    """
    allowed = TILES[base][0] if base in TILES else None
    reader = _Requests()
    reader.feed(html)
    reader.close()
    for address in reader.found:
        if address != allowed:
            raise ExportError("The map would ask {address}, and must not.", address=address)
    return html


class _Requests(HTMLParser):
    """Collect the outside addresses that a page asks by itself, without a click."""

    OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
    QUOTED = re.compile(
        r"""(?<!\\)["'`(\s]((?:https?:)?//[^"'`)\s\\]+)(?=["'`)])""", re.IGNORECASE
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what a tag loads; an `<a>` waits for a click."""
        for name, value in attrs:
            if (
                name in {"src", "href", "data"}
                and tag != "a"
                and self.OUTSIDE.match(value or "")
            ):
                self.found.append(value or "")
            elif name == "style":
                self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        """Look for addresses in scripts and styles: those that stand alone in quotes."""
        self.found += self.QUOTED.findall(data)
