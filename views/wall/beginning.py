"""How a story begins: with the question that is open, or from a file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import story_shelf
from data.stories import Step, Story, name_for, words
from data.story_file import LONGEST, MOST_BYTES, read
from geo.errors import MoteplassError
from layers.sentences import asked as in_one_line
from views import rights
from views.asked import Asked
from views.wall.posing import told_of

CHOSEN, FAULT, TURN = "wall-story", "wall-fault", "wall-turn"
"""Keys in the session: the story to change, what went wrong, how many files were taken."""


def begun(asked: Asked, own: list[str]) -> None:
    """Draw what begins a story with the question that is open."""
    say = asked.say
    with st.form("wall-new", clear_on_submit=True):
        st.text_input(say("Title of a new story"), key="wall-title", max_chars=LONGEST["title"])
        st.form_submit_button(
            say("Begin it with this question"), on_click=_begin, args=(asked, tuple(own))
        )


def uploaded(asked: Asked, own: list[str]) -> None:
    """Draw what takes a story from a file; nothing that it names is fetched."""
    turn = st.session_state.setdefault(TURN, 0)
    file = st.file_uploader(
        asked.say("A story from a file"), type=["toml"], key=f"{TURN}-{turn}"
    )
    if file is None:
        return
    st.session_state[TURN] += 1  # the widget is emptied: what was taken is in the list
    try:
        rights.require()
        story = read(file.getvalue()[: MOST_BYTES + 1], file.name)
        _kept(asked.question.area, story, own)
    except MoteplassError as error:
        st.session_state[FAULT] = error.message
    st.rerun()


def _kept(code: str, story: Story, own: list[str]) -> None:
    name = name_for(story.title, {*own, *story_shelf.ready()})
    story_shelf.keep(code, name, story)
    st.session_state[f"{CHOSEN}-next"] = name


def _begin(asked: Asked, own: tuple[str, ...]) -> None:
    title = words(str(st.session_state.get("wall-title", ""))) or asked.bundle.area.name
    story = Story(title[: LONGEST["title"]], (as_step(asked),), asked.say.language)
    tried(_kept, asked.question.area, story, list(own))


def as_step(asked: Asked) -> Step:
    """Return the question that is open as a step, headed by what it asks."""
    line = in_one_line(asked.question, asked.catalogue, asked.say, now=asked.now)
    return Step(line[: LONGEST["heading"]], told_of(asked))


def tried(do: Callable[..., object], *given: object) -> None:
    """Do something, and note why if it cannot be done: a callback has no place to say it."""
    try:
        rights.require()
        do(*given)
    except MoteplassError as error:
        st.session_state[FAULT] = error.message
