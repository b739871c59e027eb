"""Explore: which places there are, who reaches them on foot, and who does not."""

from __future__ import annotations

from collections import Counter
from html import escape

import streamlit as st
from streamlit_folium import st_folium

from data.bundle import read_area
from data.demos import demos
from data.extract import Progress
from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.errors import BundleError, Message, MoteplassError
from geo.model import Question
from layers.legend import legend
from layers.map import Drawn, base_map, draw, extent, guard
from layers.publish import assets
from layers.sentences import answered as in_words
from layers.sentences import reasons, speeds
from views import cached, downloads, tables
from views.asking import BASE, ask, ask_area, asked_by_link
from views.style import STYLE
from views.text import element, items, markdown
from words import Speaker

STATIC_URL = "/app/static"
MAP_HEIGHT = 520


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
    built = bundle.area.built
    count = Counter(k for of in bundle.places["kinds"] for k in of.split(";"))
    with st.sidebar:
        question = ask(question, count, catalogue, say)
    answer = cached.answered(question, built)
    st.html(
        f"<h1>{escape(bundle.area.name)}</h1>"
        f'<p class="m-answer" role="status">{escape(in_words(answer, catalogue, say))}</p>'
        f'<p class="m-notes">{escape(" ".join(say(note) for note in bundle.area.notes))}</p>'
    )
    _map(question, bundle, built, say)
    if question.kinds:
        tables.groups(answer, catalogue, say)
        tables.kinds(answer, catalogue, say)
        tables.spots(answer, say)
        tables.places(answer, catalogue, say)
        downloads.buttons(answer, bundle, catalogue, say)
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


def _map(question: Question, bundle: Bundle, built: str, say: Speaker) -> None:
    """Draw the map; a changed question sends only the names of other files."""
    assets(cached.STATIC)
    base = str(st.session_state[BASE])
    below = cached.base_layers(question.area, built, say.language)
    below = below if base == "offline" else below[-1:]  # the boundary stays
    over = cached.answer_layers(question, built, say.language)
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
