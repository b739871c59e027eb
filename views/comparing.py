"""Compare areas: the same question of several, side by side, each from its own figures."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from urllib.parse import quote

import streamlit as st

from data import store
from data.bundle import read_area
from geo.errors import BundleError
from geo.question import Question
from layers.comparison.blocks import ground_tables, group_tables, kind_tables, summary
from layers.comparison.comparison import Compared, Comparison, stands, together
from layers.comparison.plots import asked_plot, groups_plot, walks_plot
from layers.comparison.sheets import reading
from layers.comparison.unlike import unlike
from layers.report.tree import Picture, Table
from views import areas, link
from views.asked import Asked
from views.comparing_files import files
from views.headed import headed
from views.lasting import lasting
from views.quality import UNBROKEN
from views.taking.answer import case_of
from views.text import element, items, markdown, movable, table
from words import Speaker, speaker
from words.order import key as order

WITH = "with"
"""Key in session and link: codes of the areas beside the one that is looked at."""

MOST = 11
"""Areas beside the first: more are for `python -m layers compare`, which has time."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")

MOST_TOLD = 4
"""Areas whose shares are told in large type; of more than these the table tells."""

ALL = 1000
"""Columns of a table on screen, which can be moved sideways."""


def page(asked: Asked) -> None:
    """Draw the choice of areas, their figures side by side, and the files of them."""
    say = asked.say
    if not asked.question.kinds:
        headed(say("Areas compared"), say("Choose at least one kind of meeting place."), [])
        return
    top = st.container()
    others = _choose(asked)
    found = [one for code in (asked.question.area, *others) for one in _told(code, asked)]
    comparison = together(found)
    with top:
        headed(say("Areas compared"), _sentence(comparison, say), reading(say))
    _figures(comparison, say)
    files(comparison, asked, lambda one: case_of(one.question, one.area.built, asked.now, say))


def _choose(asked: Asked) -> list[str]:
    """Let areas that are built be chosen, and keep them in the link; return their codes."""
    say, known = asked.say, areas.areas()
    built = [code for code in store.codes() if code != asked.question.area]
    names = {code: known.get(code, code) for code in built}
    told = st.session_state.get(WITH)
    if told is None:
        told = list(dict.fromkeys(filter(None, link.told().get(WITH, "").split(","))))
    gone = [code for code in told if code not in built and code != asked.question.area]
    st.session_state[WITH] = [code for code in told if code in built][:MOST]
    ordered = sorted(built, key=lambda code: order(names[code], say.language))
    chosen = st.multiselect(
        say("Compare with"),
        ordered,
        format_func=names.__getitem__,
        key=WITH,
        max_selections=MOST,
        placeholder=say("Choose areas"),
        help=say("Areas that are built here. They stand in the order they are chosen in."),
    )
    link.say_so({WITH: ",".join(chosen)})
    if gone:
        missing = ", ".join(code[:40] for code in gone[:9])
        st.warning(markdown(say("These areas are not built here: {areas}.", areas=missing)))
    if not built:
        st.info(say("No other area is built here yet: see New area."))
    return [*chosen]


def _told(code: str, asked: Asked) -> list[Compared]:
    """Return what is told of an area; none, and why, if it cannot be opened."""
    say = asked.say
    try:
        with st.spinner(say("Asking {area} …", area=areas.areas().get(code, code))):
            built = asked.built if code == asked.question.area else read_area(code).built
            return [_compared(_of(code, asked), built, asked.now, say.language)]
    except BundleError as error:
        st.warning(markdown(say(error.message)))
        return []


def _of(code: str, asked: Asked) -> Question:
    return asked.question.elsewhere(code)


@st.cache_resource(max_entries=64, show_spinner=False)
@lasting
def _compared(question: Question, built: str, now: datetime, language: str) -> Compared:
    """Ask one area once for all sessions; what is remembered is small."""
    return stands(case_of(question, built, now, speaker(language)))


def _sentence(comparison: Comparison, say: Speaker) -> str:
    """Say how large a share is within reach in each area, in the order of the areas."""
    group, areas_ = comparison.first.group, comparison.areas
    if len(areas_) > MOST_TOLD:
        return say("{n} areas side by side, for: {group}.", n=len(areas_), group=group)
    told = "; ".join(f"{comparison.name(one)}: {one.standing.cells[3]}" for one in areas_)
    return say("Share within reach, for: {group}. {told}.", group=group, told=told)


def _figures(comparison: Comparison, say: Speaker) -> None:
    """Show tables and plots, and beside them what they rest on."""
    told = unlike(comparison, say)
    if told:
        beware = say(
            "Beware: the figures do not rest on the same everywhere. A difference between"
            " areas may be one of the data."
        )
        st.html(f'<div class="m-doubts">{element("p", beware)}{items(told)}</div>')
    _tables(summary(comparison, say))
    _pictures(*asked_plot(comparison, say), *walks_plot(comparison, say))
    st.html(element("h2", say("Group by group")))
    _pictures(*groups_plot(comparison, say))
    _tables(*group_tables(comparison, say, ALL))
    st.html(element("h2", say("Places by kind")))
    _tables(*kind_tables(comparison, say, ALL))
    st.html(element("h2", say("What the figures rest on")))
    _tables(*ground_tables(comparison, say, ALL))
    for one in comparison.areas:
        notes = items((one.sentence, *one.notes))
        st.html(element("h3", comparison.name(one)) + notes)


def _tables(*made: Table) -> None:
    for one in made:
        rows = [[DAY.sub(_unbroken, cell) for cell in row] for row in one.rows]
        drawn = table(one.columns, rows, caption=one.caption, words=one.words)
        st.html(movable(drawn, one.caption))


def _unbroken(day: re.Match[str]) -> str:
    return day[0].replace("-", UNBROKEN)


def _pictures(*made: Picture) -> None:
    """Show plots; what each shows is said in its place to who cannot see it."""
    for one in made:
        drawn = (
            f'<img alt="{escape(one.alt)}" style="width: 100%; min-width: 34rem"'
            f' src="data:image/svg+xml,{quote(one.svg)}">'
        )
        told = f'<figcaption class="m-notes">{escape(one.caption)}</figcaption>'
        figure = (
            f'<figure style="margin: .5rem 0 1rem; max-width: 52rem">{drawn}{told}</figure>'
        )
        st.html(movable(figure, one.caption))
