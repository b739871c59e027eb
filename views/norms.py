"""Published norms, held against the area: whoever asks, they are the same."""

from __future__ import annotations

import streamlit as st

from geo.bundle import Bundle
from layers.norms import headings, method, rows, said
from views import cached
from views.cached_figures import held
from views.text import element, items, table
from words import Speaker

OPEN = "norms"
"""Key of the choice in the session; no link has it."""


def norms(bundle: Bundle, say: Speaker) -> None:
    """Draw the section; nothing is computed before it is opened."""
    st.html(element("h2", say("Norms")))
    if not st.toggle(say("Show for whom published norms are met"), key=OPEN):
        return
    with st.spinner(say("Measuring …")):
        found = held(bundle.area.code, bundle.area.built)
    catalogue = cached.catalogue()
    caption = say("For whom published norms are met")
    notes = "".join(element("p", text) for text in method(say))
    told = rows(found, catalogue, say)
    st.html(table(headings(say), told, caption=caption, words={1}) + notes)
    with st.expander(say("What each norm asks, what is not checked, and its source")):
        st.html(
            "".join(
                element("h3", say(one.measured.norm.label)) + items(said(one, catalogue, say))
                for one in found.values()
            )
        )
