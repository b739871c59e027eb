"""What the map shows besides the answer: choices that change no figure."""

from __future__ import annotations

import streamlit as st

from geo.question import YES
from layers.guard import TILES
from views import link
from words import Speaker

BASE, AREAS, INCOMES = "base", "areas", "incomes"
"""Names of the choices, in the link and in the session."""


def ask_view(say: Speaker, *, incomes: bool) -> dict[str, str]:
    """
    Draw the choices, and return them as a link says them.

    `incomes`: whether there is something to choose, as the area's incomes are known.
    """
    asked = {BASE: _ask_base(say), AREAS: _ask_areas(say)}
    return asked | ({INCOMES: _ask_incomes(say)} if incomes else {})


def drawn_incomes() -> bool:
    """Tell whether incomes and walks are to be drawn in the place of homes."""
    return bool(st.session_state.get(INCOMES))


def drawn_areas() -> bool:
    """Tell whether the reach of the places is to be drawn."""
    return bool(st.session_state.get(AREAS))


def _ask_areas(say: Speaker) -> str:
    told = st.session_state.get(AREAS, link.told().get(AREAS) == YES)
    st.session_state[AREAS] = told
    shown = st.toggle(
        say("Show the reach of the places as areas"),
        key=AREAS,
        help=say(
            "How far one gets from the places in a third, two thirds and all of the time."
            " In a large area this takes some seconds."
        ),
    )
    return YES if shown else ""


def _ask_incomes(say: Speaker) -> str:
    told = st.session_state.get(INCOMES, link.told().get(INCOMES) == YES)
    st.session_state[INCOMES] = told
    shown = st.toggle(
        say("Show low income and walks on the map"),
        key=INCOMES,
        help=say("Areas by their income and by the walk of half of their residents."),
    )
    return YES if shown else ""


def _ask_base(say: Speaker) -> str:
    """Draw the choice of base map; only the offline one asks nothing of anybody."""
    names = {
        "offline": say("Offline, drawn here"),
        "kartverket": "Kartverket",
        "osm": "OpenStreetMap",
    }
    told = st.session_state.get(BASE, link.told().get(BASE))
    st.session_state[BASE] = told if told in TILES else "offline"
    return str(
        st.radio(
            say("Base map"),
            list(names),
            format_func=names.__getitem__,
            key=BASE,
            help=say("The other two are fetched from the internet."),
        )
    )
