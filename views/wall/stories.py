"""Stories made on the wall: a step for the open question, their order, headings and notes."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data import story_shelf
from data.stories import Step, Story, words, written
from data.story_file import LONGEST
from geo.errors import MoteplassError, QuestionError, ScenarioError
from layers.sentences import asked as in_one_line
from views import cached, rights
from views.asked import Asked
from views.text import element, markdown
from views.wall.beginning import CHOSEN, FAULT, as_step, begun, tried, uploaded
from views.wall.changes import Change, added, swapped, told, without
from views.wall.playing import STEP, STORY
from views.wall.posing import question_of, told_of


def edited(asked: Asked) -> None:
    """Draw the choice of a story, and what can be done with it."""
    say, code = asked.say, asked.question.area
    own = story_shelf.names(code)
    titles = {name: _title(asked, name) for name in (*own, *story_shelf.ready())}
    wanted = st.session_state.pop(f"{CHOSEN}-next", None) or st.session_state.get(CHOSEN)
    st.session_state[CHOSEN] = wanted if wanted in titles else next(iter(titles), None)
    if fault := st.session_state.pop(FAULT, None):
        st.error(markdown(say(fault)))
    name = st.selectbox(
        say("Story"),
        list(titles),
        format_func=lambda key: titles.get(key, ""),
        key=CHOSEN,
    )
    if name:
        _one(asked, name, own=name in own)
    if not rights.reading_only(say):
        begun(asked, own)
        uploaded(asked, own)


def _title(asked: Asked, name: str) -> str:
    """Return what a story is called; its name if it cannot be read."""
    try:
        story = story_shelf.find(asked.question.area, name)
    except MoteplassError:
        story = None
    if not story:
        return name
    return asked.say(story.title) if name in story_shelf.ready() else story.title


def _one(asked: Asked, name: str, *, own: bool) -> None:
    """Draw what can be done with a story."""
    say, code = asked.say, asked.question.area
    try:
        story = story_shelf.find(code, name)
    except MoteplassError as error:
        st.error(markdown(say(error.message)))
        story = None
    row = st.container(horizontal=True)
    if story:
        row.button(say("Play"), key="wall-play", type="primary", on_click=_play, args=(name,))
        row.download_button(
            say("Download"),
            written(story),
            f"{name}.toml",
            "application/toml",
            on_click="ignore",
        )
    if not own:
        st.html(element("p", say("It comes with the program and cannot be changed.")))
    if not own or not rights.may_change():
        return
    row.button(
        say("Delete this story"),
        key="wall-delete",
        on_click=tried,
        args=(story_shelf.remove, code, name),
    )
    if story:
        st.button(
            say("Add this question to the story"),
            key="wall-add",
            on_click=_changed,
            args=(code, name, added(as_step(asked))),
        )
        for n, step in enumerate(story.steps, 1):
            _step(asked, name, n, step)


def _step(asked: Asked, name: str, n: int, step: Step) -> None:
    """Draw a step, with what can be changed about it."""
    say, code = asked.say, asked.question.area
    fields = (
        ("heading", say("Heading of step {n}", n=n)),
        ("note", say("Note of step {n}", n=n)),
    )
    with st.container(border=True):
        st.html(element("p", f"{say.number(n)} · {_line(asked, step.question)}"))
        if step.after:
            st.html(element("p", f"{say('After')}: {_line(asked, step.after)}"))
        for field, label in fields:
            key = f"wall-{field}-{n}"
            st.session_state[key] = getattr(step, field)
            st.text_input(
                label,
                key=key,
                max_chars=LONGEST[field],
                on_change=_written,
                args=(code, name, n, field),
            )
        row = st.container(horizontal=True)
        for key, label, change in (
            ("up", say("Up"), swapped(n - 1)),
            ("down", say("Down"), swapped(n)),
            ("remove", say("Remove"), without(n)),
            ("after", say("Compare with this question"), told(n, "after", told_of(asked))),
        ):
            row.button(
                label, key=f"wall-{key}-{n}", on_click=_changed, args=(code, name, change)
            )


def _line(asked: Asked, told: str) -> str:
    """Return a question in words, or why it cannot be asked."""
    try:
        question = question_of(asked, told)
    except (QuestionError, ScenarioError) as error:
        return asked.say(error.message)
    now = cached.asked_at(question)
    return in_one_line(question, asked.catalogue, asked.say, now=now)


def _play(name: str) -> None:
    st.session_state[STORY], st.session_state[STEP] = name, "1"


def _written(code: str, name: str, n: int, field: Literal["heading", "note"]) -> None:
    said = words(str(st.session_state[f"wall-{field}-{n}"]))[: LONGEST[field]]
    if said or field == "note":  # a step has a heading
        _changed(code, name, told(n, field, said))


def _changed(code: str, name: str, change: Change) -> None:
    """Change a story that is still there."""

    def checked(story: Story | None) -> Story:
        if story is None:
            raise QuestionError("There is no story {name} for this area.", name=name)
        return change(story)

    tried(story_shelf.changed, code, name, checked)
