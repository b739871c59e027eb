"""Which area is looked at: those of the store, and the demo areas."""

from __future__ import annotations

import streamlit as st

from data import store
from data.bundle import read_area
from data.demos import demos
from geo.bundle import Bundle
from geo.errors import BundleError, QuestionError
from geo.scenario.scenario import TODAY, Scenario
from views import cached, freshness, link
from words import Speaker
from words.order import key

START = "demo-karhula"
"""The area that a first visit shows."""

KEY = "area"


def choose_area(say: Speaker) -> str:
    """
    Draw the choice of area; return the area's code.

    Raises
    ------
    QuestionError
        If the link speaks of one that is not there.
    """
    known = areas()
    asked = st.session_state.get(KEY) or link.told().get(KEY, START)
    if asked not in known:
        raise QuestionError(
            "There is no area {area} here: choose from {known}.",
            area=asked[:40],
            known=", ".join(known),
        )
    st.session_state[KEY] = asked
    ordered = sorted(known, key=lambda code: key(known[code], say.language))
    return str(st.selectbox(say("Area"), ordered, format_func=known.__getitem__, key=KEY))


def areas() -> dict[str, str]:
    """Return the names of the areas that can be opened, by code."""
    known = {code: demo.name for code, demo in demos().items()}
    for code in store.codes():
        try:
            known[code] = read_area(code).name
        except BundleError:
            known.setdefault(code, code)  # opening it says what is wrong with it
    return known


def opened(code: str, say: Speaker, scenario: Scenario = TODAY) -> Bundle:
    """
    Open an area as a scenario makes it.

    A demo area that is not there, or not whole, is built before our eyes.
    """
    try:
        built = read_area(code).built
        freshness.anew(code, built, say)
        return cached.town(code, built, scenario).bundle
    except BundleError:
        if code not in demos():
            raise
    from views.making import building  # noqa: PLC0415 - not needed at later starts

    building.demo(code, say)
    return cached.town(code, read_area(code).built, scenario).bundle
