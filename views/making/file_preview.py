"""A map of a file's rows over the land, drawn before anything is made of them."""

from __future__ import annotations

from hashlib import sha256
from math import isnan
from pathlib import Path

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from data import store
from data.bundle import read_area
from data.files.recipe import Recipe
from data.order import Order
from data.previews import Placed, ground, street_lines
from data.services.service import Land
from geo.errors import BundleError, Message
from layers import thematic
from layers.layer import Layer
from layers.legend import legend
from layers.map import base_map, draw, extent, guard
from layers.preview import inline, preview, streets
from layers.publish import assets
from views import cached
from views.making import file_looks
from views.map import STATIC_URL
from views.text import element, markdown
from words import Speaker, speaker

HEIGHT = 380


def shown(
    file: Path, recipe: Recipe, where: Land | Message, order: Order, say: Speaker
) -> None:
    """Draw where the rows of a file lie, and say it in words."""
    found = file_looks.spread(file, recipe, where)
    if isinstance(found, Message):
        st.warning(markdown(say(found)))
        return
    _said(found, recipe, where, say)
    if found.placed:
        _map(file, found, where, order, say)


def _said(found: Placed, recipe: Recipe, where: Land | Message, say: Speaker) -> None:
    if found.odd:
        text = (
            "{n} rows have coordinates that are no numbers, or lie outside the Nordic"
            " countries. Is the coordinate system right, and the order of the coordinates?"
        )
        st.error(say(text, n=say.number(found.odd)))
    counts = {"placed": say.number(found.placed), "rows": say.number(found.rows)}
    if not found.placed and found.odd:
        return
    if not found.placed:
        text = say("The file has no positions of its own.")
        if "address" in recipe.columns:
            text += " " + say("Addresses are looked up when the area is built.")
        elif recipe.what in ("zones", "incomes"):
            text += " " + say("Its figures are put on the land of another file of yours.")
        st.info(text)
        return
    text = say("{placed} of {rows} rows have a position.", **counts)
    if not isinstance(where, Message):
        text += " " + say("{inside} of them lie in the area.", inside=say.number(found.inside))
    st.html(element("p", text))
    if found.away_km > 0 and not isnan(found.away_km):
        text = (
            "None of them lies in the area: the nearest is {km} km away."
            " Is the coordinate system right, and is it the right file?"
        )
        st.error(say(text, km=say.number(found.away_km, 1)))


def _map(file: Path, found: Placed, where: Land | Message, order: Order, say: Speaker) -> None:
    """Draw the map; a corrected file exchanges its shapes only."""
    assets(cached.STATIC)
    below = _below(where, order, say)
    over = [(layer, inline(layer)) for layer in preview(found.table, say=say)]
    key = sha256(f"{file} {file_looks.land_key(where)} {found.table.total_bounds}".encode())
    bounds = extent(found.table if isinstance(where, Message) else _whole(found, where))
    web_map = base_map("offline", bounds=bounds, static_url=STATIC_URL, say=say)
    draw(*zip(*below, strict=True)).add_to(web_map) if below else None
    guard(web_map.get_root().render())
    st_folium(
        web_map,
        feature_group_to_add=draw(*zip(*over, strict=True)),
        key=f"preview-{key.hexdigest()[:16]}-{say.language}",
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
    )
    st.html(legend([layer for layer, _ in (*over, *below[-1:])], say))


def _whole(found: Placed, where: Land) -> gpd.GeoDataFrame:
    """Return the area and the shapes together: what lies far off is to be seen."""
    land = ground(where)
    shapes = [*land.geometry, *found.table.geometry]
    return gpd.GeoDataFrame(geometry=shapes, crs=land.crs)


def _below(where: Land | Message, order: Order, say: Speaker) -> list[tuple[Layer, str]]:
    """Return what is known of the land: of the area as it is built, or of its map file."""
    if order.code in store.codes():
        try:
            built = read_area(order.code).built
            published = cached.base_layers(order.code, built, say.language)
            return [(layer, f"{STATIC_URL}/{url}") for layer, url in published]
        except BundleError:
            pass
    if isinstance(where, Message):
        return []
    osm = file_looks.mark(order.osm) if order.osm else None
    return _outlined(file_looks.land_key(where), osm, say.language, where)


@st.cache_resource(max_entries=8, show_spinner=False)
def _outlined(
    key: str,  # noqa: ARG001
    osm: file_looks.Mark | None,
    language: str,
    _where: Land,
) -> list[tuple[Layer, str]]:
    """Return main streets and the outline; they go to this browser alone."""
    say = speaker(language)
    lines = file_looks.main_streets(osm) if osm else None
    layers = [thematic.boundary(ground(_where), say=say)]
    if lines is not None and len(lines):
        layers.insert(0, streets(street_lines(lines, _where), say=say))
    return [(layer, inline(layer)) for layer in layers]
