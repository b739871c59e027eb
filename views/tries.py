"""Three things to try, for who comes here for the first time."""

from __future__ import annotations

import streamlit as st

from views.asked import Asked
from views.text import element
from views.ways import way

SHOWN = 3

FIRST = "first"
"""Key in the session: whether the visit began without a question in the link."""


def noted() -> None:
    """Note at the beginning of a visit whether somebody sent a question along."""
    st.session_state.setdefault(FIRST, "kinds" not in st.query_params)


def tries(asked: Asked) -> None:
    """Offer three questions, as far as the area has such places; all are asked by a click."""
    if not st.session_state.get(FIRST):
        return
    say, known = asked.say, set(";".join(asked.bundle.places["kinds"]).split(";"))
    offers = (
        (
            "",
            say("Can people over 80 walk to a library?"),
            {"kinds": "library", "group": "older_80", "minutes": "15"},
        ),
        (
            "whatif",
            say("What if a school were open in the evening?"),
            {"kinds": "school", "group": "youth", "when": "weekday_evening", "do": "open"},
        ),
        (
            "gaps",
            say("Where do most small children lack a playground?"),
            {"kinds": "playground", "group": "young_children", "minutes": "5"},
        ),
        (
            "",
            say("Who gets to a park in a wheelchair?"),
            {"kinds": "park", "group": "everybody", "walker": "wheelchair"},
        ),
    )
    here = [one for one in offers if one[2]["kinds"] in known][:SHOWN]
    if not here:
        return
    row = st.container(key="tries", horizontal=True)
    row.html(element("strong", say("Try this:")))
    for path, label, params in here:
        way(path, label, params, place=row)
