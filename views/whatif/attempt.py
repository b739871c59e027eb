"""A change that somebody wants to make: made, or refused in words."""

from __future__ import annotations

import streamlit as st

from geo.errors import Message, ScenarioError
from geo.scenario.edits import Edit
from geo.scenario.link import require_short, to_text
from geo.scenario.rows import MOST_EDITS
from geo.scenario.scenario import Scenario
from views import cached
from views.asked import Asked
from views.text import markdown
from views.whatif import kept

FAULT = "scenario-fault"
"""Key in the session of why the last change was refused."""


def attempt(asked: Asked, edit: Edit) -> bool:
    """Make one more change, if that is possible here; return whether it is."""
    now = kept.scenario(asked.question.area)  # who is quick has changed more than was drawn
    attempt_all(asked, now.then(edit))
    return FAULT not in st.session_state


def attempt_all(asked: Asked, scenario: Scenario) -> None:
    """Work on another scenario, if all of it is possible here."""
    st.session_state.pop(FAULT, None)
    try:
        if len(scenario.edits) > MOST_EDITS:
            raise ScenarioError(
                "A scenario has at most {most} changes, not {n}.",
                most=MOST_EDITS,
                n=len(scenario.edits),
            )
        require_short(to_text(scenario))
        cached.town(asked.question.area, asked.built, scenario)
    except ScenarioError as error:
        refuse(error.message)
    else:
        kept.change(scenario)


def refuse(why: Message) -> None:
    """Note why something is not possible, for `faults` to say."""
    st.session_state[FAULT] = why


def faults(asked: Asked) -> None:
    """Say once why the last change was refused."""
    why = st.session_state.pop(FAULT, None)
    if why is not None:
        st.error(markdown(asked.say(why)))
