"""Explore: which places there are, who reaches them on foot, and who does not."""

from __future__ import annotations

from collections import Counter
from html import escape

import geopandas as gpd
import streamlit as st

from data.bundle import read_area
from data.demos import demos
from data.extract import Progress
from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.errors import BundleError, Message, MoteplassError
from geo.question import Question
from layers.sentences import answered as in_words
from layers.sentences import reasons, speeds
from views import cached, downloads, tables
from views.asking import ask, ask_area, asked_by_link
from views.measures import measures
from views.norms import norms
from views.showing import drawn_areas
from views.style import STYLE
from views.text import element, items, markdown
from words import Speaker


def page(say: Speaker) -> None:
    """Draw the page; say in words what went wrong."""
    st.html(STYLE)
    try:
        _page(say)
    except MoteplassError as error:
        st.error(markdown(say(error.message)))
        st.button(say("Start afresh"), on_click=_forget)


def _forget() -> None:
    """Leave the question that cannot be answered."""
    st.session_state.clear()
    st.query_params.clear()


def _page(say: Speaker) -> None:
    catalogue = cached.catalogue()
    question = asked_by_link(catalogue)
    with st.sidebar:
        code = ask_area(question, say)
    bundle = _open(code, say)
    count = Counter(k for of in bundle.places["kinds"] for k in of.split(";"))
    with st.sidebar:
        question = ask(question, count, catalogue, say)
    now = cached.asked_at(question)
    answer = cached.answered(question, bundle.area.built, now)
    told = in_words(answer, catalogue, say, places=bundle.places, now=now)
    st.html(
        f"<h1>{escape(bundle.area.name)}</h1>"
        f'<p class="m-answer" role="status">{escape(told)}</p>'
        f'<p class="m-notes">{escape(" ".join(say(note) for note in bundle.area.notes))}</p>'
    )
    from views.map import show  # noqa: PLC0415 - folium takes its time: the sentence comes first

    show(question, bundle, say, now=now)

    def areas() -> gpd.GeoDataFrame | None:
        return cached.areas(question, bundle.area.built, now) if drawn_areas() else None

    if question.kinds:
        tables.groups(answer, catalogue, say)
        tables.kinds(answer, catalogue, say)
        tables.spots(answer, catalogue, say)
        tables.places(answer, bundle, catalogue, say)
        measures(question, bundle, say)
    norms(bundle, say)
    if question.kinds:
        downloads.buttons(answer, bundle, catalogue, say, now=now, areas=areas)
    _sources(question, bundle, catalogue, say)


def _open(code: str, say: Speaker) -> Bundle:
    """Open an area; a demo area that is not there, or not whole, is built before our eyes."""
    try:
        return cached.town(code, read_area(code).built).bundle
    except BundleError:
        if code not in demos():
            raise
    from data.build import build_demo  # noqa: PLC0415 - not needed at later starts

    bar = st.progress(0.0, text=say("The area is being built. This is done once."))
    build_demo(code, progress=_shown(bar, say))
    bar.empty()
    return cached.town(code, read_area(code).built).bundle


def _shown(bar: st.delta_generator.DeltaGenerator, say: Speaker) -> Progress:
    def progress(share: float, doing: Message) -> None:
        bar.progress(share, text=markdown(say(doing)))

    return progress


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
