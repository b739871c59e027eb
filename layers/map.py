"""The web map: a base, and layers that the browser fetches and draws for itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

import folium
import geopandas as gpd

from geo.crs import to_wgs84
from layers.guard import TILES, guard
from layers.layer import Layer
from layers.map_parts import Drawn, Preparation
from layers.map_words import said_by_maps
from layers.publish import LEAFLET, scripts, styles
from words.speaker import Speaker

__all__ = ["TILES", "Bounds", "base_map", "draw", "extent", "guard"]

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

DEEPEST_ZOOM = 20
"""Said of the map itself: without tiles nobody else tells markercluster."""


def base_map(
    base: str,
    *,
    bounds: Bounds,
    static_url: str,
    say: Speaker,
    together: str = "",
    pointing: bool = False,
) -> folium.Map:
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
    together
        Maps of a page with the same name move together; `""`: it moves alone.
    pointing
        Whether it tells the page round it where somebody points.
    """
    west, south, east, north = bounds
    web_map = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=13,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        trackResize=False,  # `prepare` does
        maxZoom=DEEPEST_ZOOM,
        zoomSnap=1 if base in TILES else 0.5,  # pictures are sharp at whole zooms only
    )
    root = static_url.rstrip("/")
    web_map.default_js = [(name, f"{root}/{path}") for name, path in scripts()]
    web_map.default_css = [(name, f"{root}/{path}") for name, path in styles()]
    settings = {
        "bounds": _corners(bounds),
        "images": f"{root}/{LEAFLET}/images/",
        "together": together,
        "pointing": pointing,
        "language": say.language,
        "title": say("Map of meeting places"),
        "words": said_by_maps(say),
    }
    web_map.add_child(Preparation(settings))
    if base in TILES:
        web_map.add_child(_tiles(base))
    return web_map


def _corners(bounds: Bounds) -> list[list[float]]:
    """Return bounds as Leaflet takes them."""
    west, south, east, north = bounds
    return [[south, west], [north, east]]


def _tiles(base: str) -> folium.TileLayer:
    """Return an online base map, with thanks to whoever draws it."""
    tiles = TILES[base]
    return folium.TileLayer(
        tiles["url"],
        attr=f'&copy; <a href="{escape(tiles["link"])}">{escape(tiles["thanks"])}</a>',
        max_zoom=DEEPEST_ZOOM,
        max_native_zoom=tiles["deepest"],
        control=False,
    )


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


def draw(
    layers: Sequence[Layer],
    urls: Sequence[str],
    *,
    right: Sequence[str] | None = None,
    captions: tuple[str, str] = ("", ""),
    look_at: Bounds | None = None,
    later: Mapping[str, float] | None = None,
) -> Drawn:
    """
    Return what to give to `st_folium(feature_group_to_add=…)`, or to add to a map.

    Parameters
    ----------
    layers
        From below to the top.
    urls
        Where the browser finds each of them, published.
    right
        Where it finds those to the right of a slider; `urls` then lie left of it.
    captions
        What both sides are called, shortly.
    look_at
        Where the map goes, as soon as this is something else than before.
    later
        By URL: the zoom before which nothing of a layer is seen. The browser fetches it
        when it gets there.

    Raises
    ------
    ExportError
        If a layer lies outside: nobody else is asked for it.
    """
    fetched = [url for url in (*urls, *(right or ())) if not url.startswith("data:")]
    guard(f"<script>{json.dumps(fetched)}</script>")
    names = ", ".join(layer.name for layer, _ in zip(layers, urls, strict=True))
    more: dict[str, object] = {}
    if right is not None:
        more |= {"right": list(right), "captions": list(captions)}
    if look_at is not None:
        more["look"] = _corners(look_at)
    if later:
        more["from"] = dict(later)
    return Drawn(names, urls, more)
