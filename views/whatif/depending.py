"""If one closed: for whom each place is the only one, and how far their next one is."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from geo.model import Gait
from geo.question import Question
from geo.scenario.dependence import Dependence, dependence, dependents
from geo.scenario.edits import Close
from geo.town import Side
from layers.gap_text import names
from layers.publish import publish
from layers.scenario.dependence_layer import dependence_layer, dependents_layer
from layers.scenario.dependence_text import headings, not_needed, overview, rows, sentence
from views import cached
from views.asked import Asked
from views.lasting import lasting
from views.map import Window, draw_legend, draw_map
from views.text import element, movable, table
from views.whatif.attempt import attempt
from words import speaker

CHOSEN, SHOWN = "scenario-depends", 15
"""Key in the session of the place that is looked at; rows of the table that are shown."""


@st.cache_resource(max_entries=16, show_spinner=False)
@lasting
def depends(question: Question, built: str, now: datetime) -> Dependence:
    """Find once for all sessions who depends on which place."""

    def side(gait: Gait) -> Side:
        return cached.side(question.area, built, gait, question.scenario)

    town = cached.town(question.area, built, question.scenario)
    return dependence(town, question, cached.catalogue(), now=now, side=side)


@st.cache_resource(max_entries=32, ttl=3600, show_spinner=False)
@lasting
def _layers(
    question: Question, built: str, language: str, now: datetime, place: str
) -> cached.Published:
    """Publish the places by who depends on them, and where those of one live."""
    say, catalogue = speaker(language), cached.catalogue()
    found = depends(question, built, now)
    layers = [dependence_layer(found, catalogue, say)]
    if place:
        town = cached.town(question.area, built, question.scenario)
        called = names(found.table.loc[[place]], catalogue, say)[place]
        cells = dependents(town, found, place)
        layers.insert(0, dependents_layer(cells, called, say, certain=question.certain))
    return tuple((layer, publish(cached.STATIC, layer)) for layer in layers)


def section(asked: Asked) -> None:
    """Draw the ranking, its map, and the one that is chosen."""
    say, question, catalogue = asked.say, asked.question, asked.catalogue
    with st.spinner(say("Measuring …")):
        found = depends(question, asked.built, asked.now)
    st.html(element("p", overview(found, catalogue, say)))
    if found.table.empty:
        return
    place = _choose(asked, found)
    left, right = st.columns([7, 2])
    over = _layers(question, asked.built, say.language, asked.now, place)
    with left:
        draw_map(asked, over, window=Window("depends", 440))
    with right:
        draw_legend(asked, over)
    drawn = list(rows(found, catalogue, say, certain=question.certain).values())
    caption = say("Places by how many have no other within reach")
    st.html(movable(table(headings(say), drawn[:SHOWN], caption=caption, words=[1]), caption))
    if len(drawn) > SHOWN:
        with st.expander(say("All {n} places", n=len(drawn))):
            st.html(movable(table(headings(say), drawn, caption=caption, words=[1]), caption))
    if told := not_needed(found, say):
        st.html(element("p", told))


def _choose(asked: Asked, found: Dependence) -> str:
    """Draw the choice of one place, what it means, and the way to close it."""
    say, catalogue = asked.say, asked.catalogue
    called = names(found.table, catalogue, say)
    if st.session_state.get(CHOSEN) not in called:
        st.session_state[CHOSEN] = next(iter(called))
    place = str(
        st.selectbox(say("Place"), list(called), format_func=called.__getitem__, key=CHOSEN)
    )
    told = element("p", sentence(found, place, catalogue, say))
    st.html(f'<div role="status">{told}</div>')
    st.button(say("Close it in the scenario"), on_click=_close, args=(asked, place))
    return place


def _close(asked: Asked, place: str) -> None:
    attempt(asked, Close(place))
