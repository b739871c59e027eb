"""What is round every page: the way to the others, language, area, and words for what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module

import streamlit as st

from geo.errors import MoteplassError
from views.areas import KEY, choose_area
from views.language import choose_language
from views.style import STYLE
from views.text import markdown
from words import Speaker

Page = Callable[[str, Speaker], None]
"""Draws a page about an area, by its code."""


def frame(say: Speaker) -> None:
    """Draw the page that was asked for; say in words what went wrong."""
    st.html(STYLE)
    pages = {
        "": (say("Map"), "explore"),
        "data": (say("The data"), "quality"),
        "register": (say("Register of places"), "register"),
        "new": (say("New area"), "new_area"),
    }
    drawn = [
        st.Page(partial(_drawn, module, say), title=title, url_path=path, default=not path)
        for path, (title, module) in pages.items()
    ]
    page = st.navigation(drawn, position="top")
    with _saying(say):
        with st.sidebar:  # here, not on the pages: so a choice outlives them
            choose_language()
            choose_area(say)
        page.run()


def _drawn(module: str, say: Speaker) -> None:
    """Draw one page; the others' libraries are not waited for."""
    draw: Page = import_module(f"views.{module}").page
    with _saying(say):
        draw(str(st.session_state[KEY]), say)


@contextmanager
def _saying(say: Speaker) -> Iterator[None]:
    """Say in words what goes wrong within."""
    try:
        yield
    except MoteplassError as error:
        st.error(markdown(say(error.message)))
        st.button(say("Start afresh"), on_click=_forget)


def _forget() -> None:
    """Leave the question that cannot be answered."""
    st.session_state.clear()
    st.query_params.clear()
