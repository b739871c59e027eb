"""The wall: the whole screen, one question at a time, in letters that a hall can read."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from data import story_shelf
from geo.errors import MoteplassError
from layers.publish import assets, own_folder
from views import link
from views.asked import Asked
from views.cached import STATIC
from views.wall import making, playing

HERE = Path(__file__).parent
LOOKS = f"<style>{(HERE / 'looks.css').read_text(encoding='utf-8')}</style>"
STATIC_URL = "/app/static"


def page(asked: Asked) -> None:
    """Play the story that the link names; without one, show the question and make stories."""
    st.html(LOOKS)
    told = st.session_state.get(playing.STORY, link.told().get(playing.STORY, ""))
    name, fault, story = str(told), None, None
    try:
        story = story_shelf.find(asked.question.area, name) if name else None
        if name and not story:
            text = "There is no story {name} for this area."
            fault = MoteplassError(text, name=name[:40]).message
    except MoteplassError as error:
        fault = error.message
    if story:
        playing.play(asked, name, story, ours=name in story_shelf.ready())
    else:
        making.made(asked, fault)
    _listen()


def _listen() -> None:
    """Let the keys work: the script is a file, the same for everybody."""
    assets(STATIC)
    with st.container(key="wall-keys"):
        url = f"{STATIC_URL}/{own_folder()}/wall.js"
        st.html(f'<script src="{escape(url)}"></script>', unsafe_allow_javascript=True)
