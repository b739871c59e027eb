"""What could be opened: buildings by what each would add, alone and beside others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from geo.question import Question
from geo.scenario.bench import Bench, bench
from geo.scenario.candidates import openable
from geo.scenario.offering import Offered
from layers.publish import publish
from layers.scenario.bench_layer import bench_layer
from layers.scenario.bench_text import (
    called,
    foremost,
    headings,
    rows,
    step_headings,
    step_rows,
)
from layers.scenario.opening import HOURS
from views import cached
from views.asked import Asked
from views.lasting import lasting
from views.map import Window, draw_legend, draw_map
from views.text import element, movable, table
from views.whatif import own_sites
from views.whatif.attempt import attempt_all
from views.whatif.offers import Among, edits, offers
from words import Speaker, speaker

KINDS, CHOSEN, HOURS_KEY = "bench-kinds", "bench-chosen", "bench-hours"
"""Keys in the session: among which kinds, which are chosen, and when they would be open."""

SHOWN = 20
"""Rows of the table that are shown at first."""

PRIVATE = frozenset({"cafe"})
"""Families that are nobody's to open but their owners': left out at first."""


@st.cache_resource(max_entries=32, ttl=3600, show_spinner=False)
@lasting
def _layers(
    question: Question,
    built: str,
    language: str,
    now: datetime,
    chosen: tuple[Among, tuple[str, ...]],
) -> cached.Published:
    """Publish the candidates; `chosen`: among which, and which of them."""
    among, ids = chosen
    found = bench(offers(question, built, now, among), ids)
    layer = bench_layer(found, cached.catalogue(), speaker(language))
    return ((layer, publish(cached.STATIC, layer)),)


def choose_among(asked: Asked) -> Among:
    """Draw the choice of what could be opened; return it."""
    say, kinds = asked.say, asked.catalogue.kinds
    here = set(";".join(asked.bundle.places["kinds"]).split(";"))
    of = [key for key in openable(kinds) if key in here]
    st.session_state.setdefault(KINDS, [k for k in of if kinds[k].family not in PRIVATE])
    st.session_state[KINDS] = [key for key in st.session_state[KINDS] if key in of]
    with st.expander(say("Among which kinds of building")):
        st.multiselect(
            say("Kind of building"),
            of,
            format_func=lambda key: say(kinds[key].label),
            key=KINDS,
        )
        sites = own_sites.choose(asked)
    return Among(tuple(st.session_state[KINDS]), sites)


def section(asked: Asked) -> None:
    """Draw the candidates by what each would add, and the choice of some."""
    say, catalogue = asked.say, asked.catalogue
    among = choose_among(asked)
    with st.spinner(say("Measuring …")):
        offer = offers(asked.question, asked.built, asked.now, among)
    chosen = _choose(asked, offer)
    found = bench(offer, chosen)
    st.html(f'<div role="status">{element("p", foremost(found, catalogue, say))}</div>')
    if found.table.empty:
        return
    if chosen:
        caption = say("What is chosen, and what each added to those before it")
        steps = step_rows(found, catalogue, say).values()
        st.html(movable(table(step_headings(say), steps, caption=caption, words=[1]), caption))
        _open(asked, offer, chosen)
    left, right = st.columns([7, 2])
    told = (asked.question, asked.built, say.language, asked.now)
    over = _layers(*told, (among, tuple(chosen)))
    with left:
        draw_map(asked, over, window=Window("bench", 440))
    with right:
        draw_legend(asked, over)
    _ranking(found, asked)


def _ranking(found: Bench, asked: Asked) -> None:
    say = asked.say
    drawn = list(rows(found, asked.catalogue, say).values())
    caption = say("Buildings by how many would come within reach")
    head = headings(found, say)
    st.html(movable(table(head, drawn[:SHOWN], caption=caption, words=[1]), caption))
    if len(drawn) > SHOWN:
        with st.expander(say("All {n} buildings", n=len(drawn))):
            st.html(movable(table(head, drawn, caption=caption, words=[1]), caption))


def _choose(asked: Asked, offer: Offered) -> list[str]:
    """Draw the choice of candidates; return those that are chosen, in their order."""
    say: Speaker = asked.say
    name = called(offer.table, asked.catalogue, say)
    kept = st.session_state.get(CHOSEN, [])
    st.session_state[CHOSEN] = [one for one in kept if one in name]
    return list(
        st.multiselect(
            say("Chosen to be opened"),
            list(bench(offer).table.index),
            format_func=name.__getitem__,
            key=CHOSEN,
            placeholder=say("Choose one or more"),
        )
    )


def _open(asked: Asked, offer: Offered, chosen: Sequence[str]) -> None:
    """Draw the way to open what is chosen in the scenario."""
    say = asked.say
    hours = st.selectbox(
        say("Open"),
        [*HOURS],
        format_func=lambda key: f"{say(HOURS[key])} ({key})",
        key=HOURS_KEY,
    )

    new = edits(asked, offer.table, chosen, hours)
    st.button(
        say("Open them in the scenario"),
        type="primary",
        on_click=attempt_all,
        args=(asked, asked.question.scenario.then(*new)),
    )
