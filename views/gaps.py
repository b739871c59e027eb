"""Gaps: where people live beyond reach, how many they are, and the map of it."""

from __future__ import annotations

import streamlit as st

from layers.gap_text import headings, names, rows
from layers.gaps_text import beyond, nobody_beyond, not_listed, untold
from views.asked import Asked
from views.cached_figures import figured
from views.gap_list import gaps_of, gaps_on_map, listed
from views.headed import headed
from views.measures import gathered
from views.text import element, table

GATHERING = "gathering"
"""Key in the session of the switch for what takes a while; no link has it."""


def page(asked: Asked) -> None:
    """Draw the cells where most live beyond reach, as a list that moves the map."""
    answer, say, bundle = asked.answer, asked.say, asked.bundle
    told = beyond(answer, asked.catalogue, say, places=bundle.places, now=asked.now)
    title = say("{area}: where people live beyond reach", area=bundle.area.name)
    headed(title, told, [say(note) for note in bundle.area.notes])
    if gaps_of(asked):
        gaps_on_map(asked)
        _table(asked)
        _gathering(asked)
        return
    if hint := _hint(asked):
        st.html(element("p", hint))
    from views.map import answered_map  # noqa: PLC0415 - the sentence comes first

    answered_map(asked)


def _hint(asked: Asked) -> str:
    """Say what to do where no gap can be listed; `""` where the answer says it all."""
    answer, say = asked.answer, asked.say
    if not asked.question.kinds or answer.places.empty:
        return say("Choose other kinds of meeting places to see who lives far from them.")
    if not untold(answer) and nobody_beyond(answer.reach[asked.question.group]):
        return say("Ask for fewer minutes, or of one kind alone, to see where it is farthest.")
    if not_listed(answer, say):
        return say(
            "Too few live in each cell to list them. Choose everybody, or fewer minutes, to see"
            " where it is far."
        )
    return ""


def _table(asked: Asked) -> None:
    """Show the gaps that are listed once more, as a table to copy."""
    question, say = asked.question, asked.say
    shown = listed(asked)
    called = names(asked.bundle.places, asked.catalogue, say)
    caption = say(
        "Cells of 250 m where most people live beyond reach, for: {group}",
        group=say(asked.catalogue.groups[question.group].label),
    )
    with st.expander(say("The list as a table, to copy")):
        drawn = table(
            headings(say),
            rows(shown, called, say, certain=question.certain),
            caption=caption,
            words={3},
        )
        st.html(drawn)


def _gathering(asked: Asked) -> None:
    """Show where more live beyond reach than chance would put there, once it is asked for."""
    say, question = asked.say, asked.question
    st.html(element("h2", say("Where those beyond reach gather")))
    if not st.toggle(say("Find cells that stand out from those around them"), key=GATHERING):
        return
    with st.spinner(say("Measuring …")):
        found = figured(question, asked.built, asked.now)
    gathered(found, say)
