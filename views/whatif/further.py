"""What else can be asked: what each place means, what could be opened, what is best."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from views import link
from views.asked import Asked
from views.text import element
from views.whatif import depending, offering
from views.whatif import siting as best

FURTHER = "further"
"""Name in the link, and key in the session, of what is looked at."""


def further(asked: Asked) -> None:
    """Draw the choice of what to look at, and what is chosen."""
    say = asked.say
    sections: dict[str, tuple[str, Callable[[Asked], None] | None]] = {
        "": (say("Nothing more"), None),
        "depend": (say("If one closed: who has no other"), depending.section),
        "bench": (say("What could be opened"), offering.section),
        "next": (say("The best next places"), best.section),
    }
    told = st.session_state.get(FURTHER, link.told().get(FURTHER, ""))
    st.session_state[FURTHER] = told if told in sections else ""
    st.html(element("h2", say("Look further")))
    chosen = st.radio(
        say("What do you want to know?"),
        list(sections),
        format_func=lambda key: sections[key][0],
        key=FURTHER,
        horizontal=True,
    )
    link.say_so({FURTHER: chosen})
    draw = sections[chosen][1]
    if draw and asked.question.kinds:
        draw(asked)
