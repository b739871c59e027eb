"""Area: the municipality in figures, how good its data is, and where it comes from."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.catalogue import families, kinds
from geo.bundle import Bundle
from geo.question import Question
from geo.timetable import OSLO
from layers.publish import publish
from views import area_figures, cached, freshness, quality
from views.areas import opened
from views.asked import Asked
from views.norms import norms
from views.text import element
from words import Speaker, speaker


def page(code: str, say: Speaker) -> None:
    """Draw what is known of an area, whatever is asked of it."""
    bundle = opened(code, say)
    _head(bundle, say)
    question = Question(code, ())
    asked = Asked(question, bundle, cached.catalogue(), say, cached.asked_at(question))
    _map(asked)
    parts = [
        *(say("Residents"), say("Meeting places"), say("Data quality")),
        *(say("Norms"), say("Sources")),
    ]
    people, places, good, held, rests = st.tabs(parts)
    with people:
        area_figures.residents(asked.answer, bundle, asked.catalogue, say)
        quality.facts(bundle, say)
    with places:
        area_figures.meeting_places(bundle, say)
    with good:
        quality.kinds_known(bundle, say)
    with held:
        norms(bundle, say)
    with rests:
        quality.missing(bundle, say)
        area_figures.sources(bundle, say)


def _head(bundle: Bundle, say: Speaker) -> None:
    """Say what the page is about, and how old it is."""
    area = bundle.area
    title = say("{name} in figures", name=area.name)
    built = say("Built {date}", date=say.date(area.built))
    notes = " ".join(say(note) for note in area.notes)
    st.html(element("h1", title) + element("p", f"{built}. {notes}"))
    if old := freshness.aged(area, datetime.now(OSLO).date(), say):
        st.warning(old)


def _map(asked: Asked) -> None:
    """Draw all places of an area, whatever is asked."""
    from views.map import Window, draw_legend, draw_map  # noqa: PLC0415 - words come first

    over = _all_places(asked.question.area, asked.built, asked.say.language)
    left, right = st.columns([7, 2])
    with left:
        draw_map(asked, over, window=Window(key="area", height=420))
    with right:
        draw_legend(asked, over)


@st.cache_resource(max_entries=8, ttl=3600, show_spinner=False)
def _all_places(code: str, built: str, language: str) -> cached.Published:
    """Publish all places of an area, once for all sessions."""
    from layers.places import places  # noqa: PLC0415 - as the map

    known = cached.town(code, built).bundle.places
    if known.empty:
        return ()
    layer = places(known, kinds=kinds(), families=families(), say=speaker(language))
    return ((layer, publish(cached.STATIC, layer)),)
