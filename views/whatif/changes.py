"""The changes made so far: listed, taken back, named, kept as a file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.scenario_file import read, written
from data.stories import name_for
from geo.errors import ScenarioError, SourceError
from geo.scenario.rows import LONGEST
from geo.scenario.scenario import TODAY, Scenario
from layers.scenario import edit_words
from views import cached
from views.asked import Asked
from views.text import element, markdown
from views.whatif import kept
from views.whatif.attempt import attempt_all, refuse

NAME, FILE = "scenario-called", "scenario-file"
"""Keys in the session: what the scenario is called, and a file with one."""


def steps(asked: Asked) -> None:
    """Draw undo and redo."""
    say = asked.say
    row = st.container(horizontal=True, key="scenario-steps")
    row.button(say("Undo"), on_click=kept.undo, disabled=not kept.can_undo())
    row.button(say("Do again"), on_click=kept.redo, disabled=not kept.can_redo())


def listed(asked: Asked) -> None:
    """Draw the changes, each with a way to take it back."""
    say, scenario = asked.say, asked.question.scenario
    nothing = say("Nothing yet: this is the area as it is today.")
    head = element("h2", say("What is changed"))
    st.html(head if scenario else head + element("p", nothing))
    today = cached.town(asked.question.area, asked.built).bundle
    told = edit_words.listed(scenario, today, asked.catalogue, say)
    for n, words in enumerate(told, 1):
        row = st.container(horizontal=True, vertical_alignment="center")
        row.markdown(markdown(f"{n}. {words}"))
        row.button(
            say("Take back"),
            key=f"scenario-without-{n}",
            help=words,
            on_click=attempt_all,
            args=(asked, scenario.without(n)),
        )
    steps(asked)
    if scenario:
        _name(scenario, asked)
    opening(asked)


def _name(scenario: Scenario, asked: Asked) -> None:
    """Let the scenario be named, and begun afresh."""
    say = asked.say
    st.session_state[NAME] = scenario.name

    def name() -> None:
        called = " ".join(st.session_state[NAME].split())
        kept.change(replace(scenario, name=called))

    st.text_input(
        say("What the scenario is called"), key=NAME, max_chars=LONGEST, on_change=name
    )
    area = asked.question.area
    row = st.container(horizontal=True)
    row.button(say("Take back all changes"), on_click=kept.change, args=(TODAY,))
    row.download_button(
        say("Save as a file"),
        written(scenario, area),
        file_name=f"{name_for(scenario.name or 'scenario', ())}-{area}.toml",
        mime="application/toml",
        on_click="ignore",
    )


def opening(asked: Asked) -> None:
    """Let a scenario be opened that somebody has saved."""
    say = asked.say

    def take() -> None:
        file = st.session_state.get(FILE)
        if file is None:
            return
        try:
            found = read(file.getvalue(), file.name, asked.question.area)
        except (ScenarioError, SourceError) as error:
            refuse(error.message)
        else:
            attempt_all(asked, found)

    with st.expander(say("Open a scenario from a file")):
        st.file_uploader(
            say("A file that was saved here"), type=["toml"], key=FILE, on_change=take
        )
