"""Explore: which places there are, who reaches them on foot, and who does not."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.sentences import answered as in_words
from layers.sentences import reasons, speeds
from views import freshness, incomes, own_layer, tables
from views.asked import Asked
from views.quality import doubts
from views.text import element, items
from views.tries import tries


def page(asked: Asked) -> None:
    """Draw the map of an area, the answer, and all that belongs to it."""
    say = asked.say
    sentence(asked)
    tries(asked)
    doubts(asked.question, asked.bundle, asked.catalogue, say)
    from views.map import answered_map  # noqa: PLC0415 - folium takes its time: the sentence comes first

    answered_map(asked)
    own_layer.offered(asked)
    if asked.question.kinds:
        tables.groups(asked.answer, asked.catalogue, say)
        tables.kinds(asked.answer, asked.catalogue, say)
        incomes.section(asked.question, asked.built, say, now=asked.now)
    _sources(asked)


def sentence(asked: Asked) -> None:
    """Say the answer, under the name of the area, and what all figures rest on."""
    area, say = asked.bundle.area, asked.say
    told = in_words(
        asked.answer, asked.catalogue, say, places=asked.bundle.places, now=asked.now
    )
    st.html(
        f"<h1>{escape(area.name)}</h1>"
        f'<p class="m-answer" role="status">{escape(told)}</p>'
        f'<p class="m-notes">{escape(" ".join(say(note) for note in area.notes))}</p>'
    )


def _sources(asked: Asked) -> None:
    """Name what the figures rest on, and what to beware of."""
    area, say = asked.bundle.area, asked.say
    parts = {
        say("Sources"): [
            f"{s.attribution} – {s.name}, {s.licence}, {s.date}" for s in area.sources
        ],
        say("Beware"): [
            *filter(None, [freshness.aged(area, asked.now.date(), say)]),
            *(say(warning) for warning in area.warnings),
        ],
        say("Why these places count"): reasons(asked.question, asked.catalogue, say),
        say("Walking speed"): speeds(asked.question, asked.catalogue, say),
    }
    with st.expander(say("What the figures rest on"), expanded=False):
        st.html(
            "".join(element("h2", title) + items(told) for title, told in parts.items() if told)
            + element("p", say("Built {date}", date=say.date(area.built)))
        )
