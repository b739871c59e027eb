"""The question that is open, on the wall; and the stories that can be made of questions."""

from __future__ import annotations

import streamlit as st

from geo.errors import Message
from views import link
from views.asked import Asked
from views.language import KEY as LANGUAGE
from views.question.showing import BASE
from views.text import markdown
from views.wall import panel, stories
from views.wall.playing import STEP, STORY
from views.wall.posing import show


def made(asked: Asked, fault: Message | None) -> None:
    """Draw the question that is open, and below it the stories; `fault`: what is wrong."""
    say = asked.say
    told = link.told()
    show({name: told.get(name, "") for name in told if name != BASE})
    for name in (STORY, STEP):
        st.session_state.pop(name, None)
    with st.container(key="wall-panel"):
        st.html(
            f'<div class="m-wall">{panel.element("h1", "", asked.bundle.area.name)}'
            f"{panel.answer(asked)}</div>"
        )
        if fault:
            st.error(markdown(say(fault)))
        legend = st.container()
        with st.expander(say("Stories"), expanded=bool(fault)):
            stories.edited(asked)
        with st.container(key="wall-controls", horizontal=True):
            panel.helped(say)
            panel.leave(say, asked.question.to_params())
    panel.draw(asked, legend, look_at=None, answered=True)
    forgotten = dict.fromkeys(set(told) & {STORY, STEP}, "")
    link.say_so({**asked.question.to_params(), **forgotten, LANGUAGE: say.language})
