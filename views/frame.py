"""What is round every page: the way to the others, the question, and words for what fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.errors import MoteplassError, ScenarioError
from views import link, rights
from views.areas import KEY, choose_area
from views.language import KEY as LANGUAGE
from views.language import choose_language, chosen_language
from views.page_language import speak
from views.style import STYLE
from views.text import element, markdown
from views.tries import noted
from views.ways import way
from words import Speaker, speaker


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page of the app.

    Parameters
    ----------
    title
        As the way to it is called.
    module
        Of `views`: its function `page` draws it.
    asks
        Whether it is about the question: then `page` gets an `Asked`, else the code of
        the area and the language.
    bare
        Whether nothing is round it.
    """

    title: str
    module: str
    asks: bool = False
    bare: bool = False


def pages(say: Speaker) -> dict[str, Page]:
    """Return the pages by their paths, in the order of the ways to them."""
    return {
        "": Page(say("Explore"), "explore", asks=True),
        "groups": Page(say("Groups"), "groups", asks=True),
        "gaps": Page(say("Gaps"), "gaps", asks=True),
        "places": Page(say("Meeting places"), "places", asks=True),
        "whatif": Page(say("What if?"), "whatif.page", asks=True),
        "area": Page(say("Area"), "area"),
        "export": Page(say("Export"), "taking.page", asks=True),
        "wall": Page(say("Wall"), "wall.page", asks=True, bare=True),
        "compare": Page(say("Compare areas"), "comparing", asks=True),
        "register": Page(say("Register of places"), "registry.register"),
        "new": Page(say("New area"), "making.new_area"),
        "accessibility": Page(say("Accessibility"), "accessibility"),
        "health": Page(say("State of the program"), "health"),
    }


WAYS = ("", "groups", "gaps", "places", "whatif", "area", "export", "wall")
"""Paths of the pages that every page leads to at its top; to the others at its side."""


def frame() -> None:
    """Draw the page that was asked for; say in words what went wrong."""
    noted()
    link.follow()
    say = speaker(chosen_language())
    st.html(STYLE)
    known = pages(say)
    drawn = [
        st.Page(_nothing, title=f"{one.title} – Møteplass", url_path=path, default=not path)
        for path, one in known.items()
    ]
    one = known[st.navigation(drawn, position="hidden").url_path]
    speak(say, one.title)
    ways = st.container(horizontal=True, key="ways")
    with _saying(say):
        try:
            given = _asked(one, say)
        finally:  # also from what cannot be shown there are ways to the other pages
            _lead(known, ways)
        import_module(f"views.{one.module}").page(*given)  # others' libraries can wait
    link.settled()


def _nothing() -> None:
    """Stand for a page, which is drawn by the frame itself: it gets what was asked."""


def _asked(one: Page, say: Speaker) -> tuple[Any, ...]:
    """Draw language, area and question at the side; return what a page is drawn from."""
    with st.sidebar:
        choose_language()
        code = choose_area(say)
        rights.sign_in_or_out(say)
    if not one.asks:
        link.say_so({KEY: code, LANGUAGE: say.language})
        return code, say
    from views.question.asking import asked  # noqa: PLC0415 - not every page asks

    return (asked(code, say, widgets=not one.bare),)


def _lead(known: Mapping[str, Page], top: DeltaGenerator) -> None:
    """Draw the ways to all pages."""
    with st.sidebar:
        side = st.container(key="more")
    for path, one in known.items():
        way(path, one.title, place=top if path in WAYS else side)


@contextmanager
def _saying(say: Speaker) -> Iterator[None]:
    """Say in words what goes wrong within."""
    try:
        yield
    except MoteplassError as error:
        st.html(element("h1", say("This cannot be shown")))
        st.error(markdown(say(error.message)))
        if isinstance(error, ScenarioError):
            st.button(say("Take back all changes"), on_click=_unchanged)
        st.button(say("Start afresh"), on_click=_forget)


def _unchanged() -> None:
    """Leave the scenario that is impossible, and keep the question."""
    link.say_so({"scenario": ""})


def _forget() -> None:
    """Leave the question that cannot be answered."""
    st.session_state.clear()
    st.query_params.clear()
