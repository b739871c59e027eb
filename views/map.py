"""Maps, and their legends."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from layers.legend import legend
from layers.map import Drawn, base_map, draw, extent, guard
from layers.publish import assets
from views import cached
from views.asked import Asked
from views.incomes import income_layers
from views.question.showing import BASE, drawn_areas, drawn_incomes

STATIC_URL = "/app/static"
MAP_HEIGHT = 520


def answered_map(asked: Asked) -> None:
    """Draw the map of an answer, and its legend beside it."""
    over = layers_of(asked)
    left, right = st.columns([7, 2])
    with left:
        draw_map(asked, over)
    with right:
        draw_legend(asked, over)


def layers_of(asked: Asked) -> cached.Published:
    """Publish what an answer is drawn with, as far as it is to be shown."""
    question, built, say = asked.question, asked.built, asked.say
    over = cached.answer_layers(question, built, say.language, asked.now)
    if over and drawn_incomes() and len(asked.bundle.incomes):
        over = income_layers(question, built, say.language, asked.now) + over[-1:]
    if over and drawn_areas():
        with st.spinner(say("The reach of the places is being drawn.")):
            over = cached.area_layers(question, built, say.language, asked.now) + over
    return over


def draw_map(asked: Asked, over: cached.Published, *, key: str = "map") -> None:
    """
    Draw layers over the base; a changed question sends only the names of other files.

    `key`: tells maps of one page apart.
    """
    assets(cached.STATIC)
    say, built = asked.say, asked.built
    base = str(st.session_state.get(BASE, "offline"))
    bounds = extent(asked.bundle.boundary)
    web_map = base_map(base, bounds=bounds, static_url=STATIC_URL, say=say)
    _drawn(_below(asked, base)).add_to(web_map)
    guard(web_map.get_root().render(), base)
    st_folium(
        web_map,
        feature_group_to_add=_drawn(over),
        key=f"{key}-{asked.question.area}-{built}-{base}-{say.language}",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
    )


def draw_legend(asked: Asked, over: cached.Published) -> None:
    """Say in words and signs what the layers show."""
    boundary = _below(asked, "offline")[-1]
    st.html(legend([layer for layer, _ in (*over, boundary)], asked.say))


def _below(asked: Asked, base: str) -> cached.Published:
    """Publish what lies under an answer; over somebody else's map only the boundary."""
    below = cached.base_layers(asked.question.area, asked.built, asked.say.language)
    return below if base == "offline" else below[-1:]


def _drawn(published: cached.Published) -> Drawn:
    """Return layers for the map; the browser fetches them where they were published."""
    return draw(
        [layer for layer, _ in published], [f"{STATIC_URL}/{url}" for _, url in published]
    )
