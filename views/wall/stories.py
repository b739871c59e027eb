"""Stories made on the wall: a step for the open question, their order, headings and notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from data import story_shelf
from data.stories import Step, Story, name_for, words, written
from data.story_file import LONGEST, MOST_BYTES, read
from geo.errors import MoteplassError, QuestionError
from layers.sentences import asked as in_one_line
from views import rights
from views.asked import Asked
from views.text import element, markdown
from views.wall.changes import Change, added, swapped, told, without
from views.wall.playing import STEP, STORY
from views.wall.posing import posed, told_of

CHOSEN, FAULT, TURN = "wall-story", "wall-fault", "wall-turn"
"""Keys in the session: the story to change, what went wrong, how many files were taken."""


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
        _new(asked, own)
        _upload(asked, own)


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
        on_click=_tried,
        args=(story_shelf.remove, code, name),
    )
    if story:
        st.button(
            say("Add this question to the story"),
            key="wall-add",
            on_click=_changed,
            args=(code, name, added(_as_step(asked))),
        )
        for n, step in enumerate(story.steps, 1):
            _step(asked, name, n, step)


def _step(asked: Asked, name: str, n: int, step: Step) -> None:
    """Draw a step, with what can be changed about it."""
    say, code = asked.say, asked.question.area
    with st.container(border=True):
        st.html(element("p", f"{say.number(n)} · {_line(asked, step.question)}"))
        if step.after:
            st.html(element("p", f"{say('After')}: {_line(asked, step.after)}"))
        for field, label in (("heading", say("Heading")), ("note", say("Note"))):
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
        one, _ = posed(asked, told)
    except QuestionError as error:
        return asked.say(error.message)
    return in_one_line(one.question, one.catalogue, one.say, now=one.now)


def _new(asked: Asked, own: list[str]) -> None:
    """Draw what begins a story with the question that is open."""
    say = asked.say
    with st.form("wall-new", clear_on_submit=True):
        st.text_input(say("Title of a new story"), key="wall-title", max_chars=LONGEST["title"])
        st.form_submit_button(
            say("Begin it with this question"), on_click=_begin, args=(asked, tuple(own))
        )


def _upload(asked: Asked, own: list[str]) -> None:
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


def _play(name: str) -> None:
    st.session_state[STORY], st.session_state[STEP] = name, "1"


def _begin(asked: Asked, own: tuple[str, ...]) -> None:
    title = words(str(st.session_state.get("wall-title", ""))) or asked.bundle.area.name
    story = Story(title[: LONGEST["title"]], (_as_step(asked),), asked.say.language)
    _tried(_kept, asked.question.area, story, list(own))


def _as_step(asked: Asked) -> Step:
    """Return the question that is open as a step, headed by what it asks."""
    line = in_one_line(asked.question, asked.catalogue, asked.say, now=asked.now)
    return Step(line[: LONGEST["heading"]], told_of(asked))


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

    _tried(story_shelf.changed, code, name, checked)


def _tried(do: Callable[..., object], *given: object) -> None:
    """Do something, and note why if it cannot be done: a callback has no place to say it."""
    try:
        rights.require()
        do(*given)
    except MoteplassError as error:
        st.session_state[FAULT] = error.message
