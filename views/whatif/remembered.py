"""What is remembered of scenarios: who stands how before and after, and its layers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from geo.question import Question
from geo.scenario.by_cell import by_cell
from geo.scenario.difference import Difference, difference
from geo.scenario.scenario import Scenario
from geo.scenario.standing import Standing, standing
from layers.publish import publish
from layers.scenario.change_layer import change_layer
from layers.scenario.edit_layers import edit_layers
from layers.scenario.edit_words import listed
from views import cached
from views.lasting import lasting
from words import speaker


@st.cache_resource(max_entries=32, show_spinner=False)
@lasting
def stands(question: Question, built: str, now: datetime) -> Standing:
    """Tell once for all sessions how everybody stands in a scenario."""
    return standing(
        cached.town(question.area, built, question.scenario),
        cached.answered(question, built, now),
        cached.catalogue(),
        now=now,
        walk=cached.walks(question, built, now),
    )


@st.cache_resource(max_entries=32, show_spinner=False)
@lasting
def differs(question: Question, built: str, now: datetime, against: Scenario) -> Difference:
    """Compare once for all sessions what a scenario brings, against another or today."""
    before = replace(question, scenario=against)
    return difference(stands(before, built, now), stands(question, built, now))


@st.cache_resource(max_entries=32, ttl=3600, show_spinner=False)
@lasting
def change_layers(
    question: Question, built: str, language: str, now: datetime, against: Scenario
) -> cached.Published:
    """Publish where the walk is shorter, and where it is longer."""
    cached.swept(cached.STATIC)
    before = replace(question, scenario=against)
    homes = stands(before, built, now).homes
    cells = by_cell(homes, differs(question, built, now, against))
    layer = change_layer(cells, say=speaker(language), certain=question.certain)
    return ((layer, publish(cached.STATIC, layer)),)


@st.cache_resource(max_entries=32, ttl=3600, show_spinner=False)
@lasting
def edits_drawn(question: Question, built: str, language: str) -> cached.Published:
    """Publish what is changed in a scenario, there where it is."""
    if not question.scenario:
        return ()
    say = speaker(language)
    today = cached.town(question.area, built).bundle
    told = listed(question.scenario, today, cached.catalogue(), say)
    layers = edit_layers(question.scenario, told, today, say=say)
    return tuple((layer, publish(cached.STATIC, layer)) for layer in layers)
