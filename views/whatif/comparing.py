"""What a scenario is compared with: today, or another scenario that was set aside."""

from __future__ import annotations

import streamlit as st

from geo.errors import ScenarioError
from geo.scenario.link import of_text, to_text
from geo.scenario.scenario import TODAY, Scenario
from views import cached, link
from views.asked import Asked
from views.text import element, markdown
from views.whatif import kept

OTHER = "against_scenario"
"""Name in the link of the scenario that was set aside."""


def against(asked: Asked) -> Scenario:
    """Return what is compared with; today if nothing was set aside, or it cannot be had."""
    told = link.told()
    if told.get(kept.AREA) != asked.question.area:
        return TODAY
    try:
        other = of_text(told.get(OTHER, ""))
        cached.town(asked.question.area, asked.built, other)
    except ScenarioError:
        return TODAY
    return other


def compared_with(asked: Asked) -> None:
    """Draw what is compared with, and ways to set aside, to exchange and to forget."""
    say, scenario, other = asked.say, asked.question.scenario, against(asked)
    if not scenario and not other:
        return
    if not other:
        st.button(
            say("Set aside, to compare with another"),
            on_click=_set_aside,
            args=(scenario,),
            help=say("Keeps a copy. Go on changing, and see both beside each other."),
        )
        return
    called = other.name or say.many("{n} change", "{n} changes", len(other.edits))
    st.html(element("h2", say("Compared with")))
    st.markdown(markdown(called))
    row = st.container(horizontal=True)
    row.button(say("Exchange the two"), on_click=_exchange, args=(scenario, other))
    row.button(say("Compare with today"), on_click=_set_aside, args=(TODAY,))


def _set_aside(scenario: Scenario) -> None:
    link.say_so({OTHER: to_text(scenario)})


def _exchange(scenario: Scenario, other: Scenario) -> None:
    _set_aside(scenario)
    kept.change(other)
