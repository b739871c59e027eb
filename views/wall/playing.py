"""A story played back on the wall, one step at a time."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.stories import Story
from geo.errors import QuestionError, ScenarioError
from views import link
from views.asked import Asked
from views.language import KEY as LANGUAGE
from views.text import markdown
from views.wall import ahead, panel
from views.wall.place import Place
from views.wall.posing import posed, show

STORY, STEP = "story", "step"
"""Names in the link and in the session."""


def play(asked: Asked, name: str, story: Story, *, ours: bool) -> None:
    """
    Draw the step that the link tells of, and make the next ones ready.

    Parameters
    ----------
    asked
        The question that is open: of the area in which the story is played.
    name, story
        What to play.
    ours
        Whether it comes with the program: then it is told in the reader's language.
    """
    place = _place(story)
    st.session_state[STORY], st.session_state[STEP] = name, place.told
    one, view, fault = asked, dict[str, str](), None
    try:
        one, view = posed(asked, place.question)
    except (QuestionError, ScenarioError) as error:  # the other steps can still be played
        fault = error.message
    show(view)
    params = {} if fault else one.question.to_params() | view
    with st.container(key="wall-panel"):
        st.html(_told(asked, place, ours=ours))
        if fault:
            st.error(markdown(asked.say(fault)))
        else:
            st.html(f'<div class="m-wall">{panel.answer(one)}</div>')
        legend = st.container()
        _controls(place, asked, params)
    panel.draw(one, legend, look_at=place.step.look_at, answered=not fault)
    link.say_so({**params, STORY: name, STEP: place.told, LANGUAGE: asked.say.language})
    ahead.prepare(asked, place.near())


def _place(story: Story) -> Place:
    """Return where we are: what a key chose, else what the link says."""
    return Place.of(story, str(st.session_state.get(STEP) or link.told().get(STEP, "")))


def _told(asked: Asked, place: Place, *, ours: bool) -> str:
    """Return as HTML where we are, the heading and the note."""
    say, step = asked.say, place.step
    title, heading, note = (
        say(text) if ours and text else text
        for text in (place.story.title, step.heading, step.note)
    )
    where = say("{n} of {all}", n=say.number(place.n), all=say.number(len(place.story.steps)))
    side = say("After") if place.after else say("Before")
    language = "" if ours else place.story.language
    told = (
        panel.element(
            "p", "m-where", f"{asked.bundle.area.name} · {title} · {where}", language
        ),
        panel.element("h1", "", heading, language),
        panel.element("p", "m-note", note, language),
        panel.element("p", "m-side", side if step.after else ""),
    )
    return f'<div class="m-wall">{"".join(told)}</div>'


def _controls(place: Place, asked: Asked, params: Mapping[str, str]) -> None:
    """Draw the buttons that the keys click."""
    say, all_steps = asked.say, len(place.story.steps)
    steps = {
        "first": (say("First"), -all_steps),
        "previous": (say("Previous"), -1),
        "next": (say("Next"), 1),
        "last": (say("Last"), all_steps),
    }
    with st.container(key="wall-controls", horizontal=True):
        for name, (label, by) in steps.items():
            st.button(label, key=f"wall-{name}", on_click=_move, args=(place.story, by))
        if place.step.after:
            label = say("Show before") if place.after else say("Show after")
            st.button(label, key="wall-side", on_click=_turn, args=(place.story,))
        panel.helped(say)
        panel.leave(say, params)


def _move(story: Story, by: int) -> None:
    # From where we are now: somebody fast has pressed before the last step was drawn.
    st.session_state[STEP] = _place(story).moved(by).told


def _turn(story: Story) -> None:
    st.session_state[STEP] = _place(story).turned().told
