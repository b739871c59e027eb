"""What if: change something, and see who gains, who loses, and where."""

from __future__ import annotations

import streamlit as st

from layers.scenario.edit_words import condition, listed
from layers.scenario.sentence import said
from views import cached, link
from views.asked import Asked
from views.headed import headed
from views.text import markdown
from views.whatif import changes, results
from views.whatif.attempt import faults
from views.whatif.choices import DO
from views.whatif.comparing import against, compared_with
from views.whatif.forms import Form, forms
from views.whatif.further import further
from views.whatif.mapped import drawn_map
from views.whatif.remembered import differs


def page(asked: Asked) -> None:
    """Draw what can be changed, the map of what that brings, and for whom."""
    say, scenario = asked.say, asked.question.scenario
    today = cached.town(asked.question.area, asked.built).bundle
    told = listed(scenario, today, asked.catalogue, say)
    title = say("{area}: what if?", area=today.area.name)
    headed(title, _sentence(asked), [say(note) for note in today.area.notes])
    faults(asked)
    left, right = st.columns([4, 7], gap="medium")
    with left, st.container(key="scenario-panel"):
        form = _chosen(asked)
        form.draw(asked)
        changes.listed(asked, told)
        compared_with(asked)
    with right:
        drawn_map(asked, form)
    if asked.question.kinds and scenario != against(asked):
        results.results(asked, against(asked))
    further(asked)


def _sentence(asked: Asked) -> str:
    """Say what the changes bring."""
    say, question = asked.say, asked.question
    if not question.kinds:
        return say("Choose at least one kind of meeting place.")
    other = against(asked)
    if question.scenario == other:
        return say(
            "What would be different? Open a school in the evening, close a library, draw a"
            " path: the map and the figures follow."
        )
    today = cached.town(question.area, asked.built).bundle
    what = condition(question.scenario, today, asked.catalogue, say)
    found = differs(question, asked.built, asked.now, other)
    return said(found, what, asked.catalogue, say)


def _chosen(asked: Asked) -> Form:
    """Draw the choice of what to change; return its form."""
    say = asked.say
    known = forms(say)
    told = st.session_state.get(DO) or link.told().get(DO, "")
    st.session_state[DO] = told if told in known else next(iter(known))
    st.selectbox(
        say("What do you want to change?"),
        list(known),
        format_func=lambda key: markdown(known[key].label),
        key=DO,
    )
    link.say_so({DO: st.session_state[DO]})
    return known[st.session_state[DO]]
