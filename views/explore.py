"""Explore: which places there are, who reaches them on foot, and who does not."""

from __future__ import annotations

from collections import Counter
from html import escape

import geopandas as gpd
import streamlit as st

from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.question import Question
from layers.sentences import answered as in_words
from layers.sentences import reasons, speeds
from views import cached, downloads, incomes, tables
from views.areas import opened
from views.asking import ask, asked_by_link
from views.measures import measures
from views.norms import norms
from views.quality import doubts
from views.showing import drawn_areas
from views.text import element, items
from words import Speaker


def page(code: str, say: Speaker) -> None:
    """Draw the map of an area, the answer, and all that belongs to it."""
    catalogue = cached.catalogue()
    question = asked_by_link(code, catalogue)
    bundle = opened(code, say)
    count = Counter(k for of in bundle.places["kinds"] for k in of.split(";"))
    with st.sidebar:
        question = ask(question, count, catalogue, say, incomes=len(bundle.incomes) > 0)
    now = cached.asked_at(question)
    answer = cached.answered(question, bundle.area.built, now)
    told = in_words(answer, catalogue, say, places=bundle.places, now=now)
    st.html(
        f"<h1>{escape(bundle.area.name)}</h1>"
        f'<p class="m-answer" role="status">{escape(told)}</p>'
        f'<p class="m-notes">{escape(" ".join(say(note) for note in bundle.area.notes))}</p>'
    )
    doubts(question, bundle, catalogue, say)
    from views.map import show  # noqa: PLC0415 - folium takes its time: the sentence comes first

    show(question, bundle, say, now=now)

    def areas() -> gpd.GeoDataFrame | None:
        return cached.areas(question, bundle.area.built, now) if drawn_areas() else None

    if question.kinds:
        tables.groups(answer, catalogue, say)
        tables.kinds(answer, catalogue, say)
        incomes.section(question, bundle.area.built, say, now=now)
        tables.spots(answer, catalogue, say)
        tables.places(answer, bundle, catalogue, say)
        measures(question, bundle, say)
    norms(bundle, say)
    if question.kinds:
        downloads.buttons(answer, bundle, catalogue, say, now=now, areas=areas)
    _sources(question, bundle, catalogue, say)


def _sources(question: Question, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> None:
    """Name what the figures rest on, and what to beware of."""
    area = bundle.area
    parts = {
        say("Sources"): [
            f"{s.attribution} – {s.name}, {s.licence}, {s.date}" for s in area.sources
        ],
        say("Beware"): [say(warning) for warning in area.warnings],
        say("Why these places count"): reasons(question, catalogue, say),
        say("Walking speed"): speeds(question, catalogue, say),
    }
    with st.expander(say("What the figures rest on"), expanded=False):
        st.html(
            "".join(element("h2", title) + items(told) for title, told in parts.items() if told)
            + element("p", say("Built {date}", date=say.date(area.built)))
        )
