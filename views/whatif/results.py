"""Who gains and who loses: by group, by area, fairly or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from geo.scenario.by_area import by_area
from geo.scenario.fairness import fairness
from geo.scenario.figured import met
from geo.scenario.scenario import Scenario
from layers.scenario import fairness_text, figures_text, tables
from views.asked import Asked
from views.cached_figures import figured
from views.text import element, items, movable, table
from views.whatif.remembered import differs, stands

MEASURES = "scenario-measures"
"""Key in the session of the switch for what takes a while."""


def results(asked: Asked, against: Scenario) -> None:
    """Draw the tables of what a scenario brings, against another or today."""
    say, catalogue, question = asked.say, asked.catalogue, asked.question
    found = differs(question, asked.built, asked.now, against)
    st.html(element("h2", say("Who gains and who loses")))
    _table(
        tables.group_headings(say), tables.group_rows(found, catalogue, say), say("By group")
    )
    new = tables.newcomer_rows(found, catalogue, say)
    if new:
        _table(tables.newcomer_headings(say), new, say("Who moves into the new homes"))
    before = stands(replace(question, scenario=against), asked.built, asked.now)
    after = stands(question, asked.built, asked.now)
    areas = tables.area_rows(by_area(before, after, found), say)
    if areas:
        group = say(catalogue.groups[question.group].label)
        _table(tables.area_headings(say), areas, say("By area, for: {group}", group=group))
    fair = fairness(before, after, found)
    st.html(
        element("h2", say("Is it fair?"))
        + items(fairness_text.sentences(found, fair, catalogue, say))
    )
    rows = fairness_text.rows(fair, say)
    if len(rows) > 1:
        _table(fairness_text.headings(say), rows, say("By the income of the area"))
    _measures(asked, against)


def _measures(asked: Asked, against: Scenario) -> None:
    """Draw what there is to choose from before and after, once it is asked for."""
    say = asked.say
    st.html(element("h2", say("Choice and company, before and after")))
    if not st.toggle(say("Measure what there is to choose from"), key=MEASURES):
        return
    with st.spinner(say("Measuring …")):
        before = figured(replace(asked.question, scenario=against), asked.built, asked.now)
        after = figured(asked.question, asked.built, asked.now)
    for heads, rows, caption in (
        (
            figures_text.measure_headings(say),
            figures_text.measure_rows(before, after, asked.catalogue, say),
            say("What half of each group have within reach, or more"),
        ),
        (
            figures_text.meeting_headings(say),
            figures_text.meeting_rows(
                met(before.meetings, after.meetings), asked.catalogue, say
            ),
            say("Who can meet whom, before and after"),
        ),
    ):
        _table(heads, rows, caption)


def _table(headings: Sequence[str], rows: Mapping[str, Sequence[str]], caption: str) -> None:
    st.html(movable(table(headings, rows.values(), caption=caption), caption))
