"""The map of an answer, and its legend."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from streamlit_folium import st_folium

from geo.bundle import Bundle
from geo.question import Question
from layers.legend import legend
from layers.map import Drawn, base_map, draw, extent, guard
from layers.publish import assets
from views import cached
from views.incomes import income_layers
from views.showing import BASE, drawn_areas, drawn_incomes
from words import Speaker

STATIC_URL = "/app/static"
MAP_HEIGHT = 520


def show(question: Question, bundle: Bundle, say: Speaker, *, now: datetime) -> None:
    """Draw the map; a changed question sends only the names of other files."""
    assets(cached.STATIC)
    base, built = str(st.session_state[BASE]), bundle.area.built
    below = cached.base_layers(question.area, built, say.language)
    below = below if base == "offline" else below[-1:]  # the boundary stays
    over = cached.answer_layers(question, built, say.language, now)
    if over and drawn_incomes() and len(bundle.incomes):
        over = income_layers(question, built, say.language, now) + over[-1:]
    if over and drawn_areas():
        with st.spinner(say("The reach of the places is being drawn.")):
            over = cached.area_layers(question, built, say.language, now) + over
    web_map = base_map(base, bounds=extent(bundle.boundary), static_url=STATIC_URL, say=say)
    _drawn(below).add_to(web_map)
    guard(web_map.get_root().render(), base)
    left, right = st.columns([7, 2])
    with left:
        st_folium(
            web_map,
            feature_group_to_add=_drawn(over),
            key=f"map-{question.area}-{built}-{base}-{say.language}",
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=[],
        )
    with right:
        st.html(legend([layer for layer, _ in (*over, below[-1])], say))


def _drawn(published: cached.Published) -> Drawn:
    """Return layers for the map; the browser fetches them where they were published."""
    return draw(
        [layer for layer, _ in published], [f"{STATIC_URL}/{url}" for _, url in published]
    )
