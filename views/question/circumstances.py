"""When a question is about, and what the ways are like then."""

from __future__ import annotations

import streamlit as st

from geo.hours import MOMENTS
from geo.question import Question
from views.text import markdown
from words import Speaker

UNFOLDED = "unfolded"
"""Whether the conditions were unfolded at first; afterwards that is the reader's choice."""


def ask_moment(say: Speaker) -> None:
    """Draw when places have to be open; below it stands what that means."""
    moments = {"": say("Any time")} | {key: say(one.label) for key, one in MOMENTS.items()}
    when = st.selectbox(
        say("When"),
        list(moments),
        format_func=moments.__getitem__,
        key="when",
        help=say("Only places that may be open then count. Any time: all but those closed."),
    )
    if not when:
        return
    st.caption(markdown(say(MOMENTS[when].about)))
    st.toggle(
        say("Schools are open to others after school hours"),
        key="schools",
        help=say(
            "What if schools opened their doors to the neighbourhood? It tells nothing of"
            " whether they do."
        ),
    )


def ask_conditions(question: Question, say: Speaker) -> None:
    """Draw what the ways are like, folded away unless the link says something of it."""
    some = question.winter or question.dark or question.certain
    with st.expander(say("Conditions"), expanded=st.session_state.setdefault(UNFOLDED, some)):
        st.toggle(
            say("Snow and ice"),
            key="winter",
            help=say("All walk a little slower, and ways known to be closed in winter are."),
        )
        st.toggle(
            say("In the dark"),
            key="dark",
            help=say("Leaves out ways known to have no light."),
        )
        st.toggle(
            say("Count only what is known"),
            key="certain",
            help=say(
                "Leaves out places that nobody knows to be open, ways that nobody knows to"
                " be passable on wheels and, in the dark, ways that nobody knows to be lit."
            ),
        )
