"""What if: change something, and see who gains, who loses, and where."""

from __future__ import annotations

import streamlit as st

from layers.scenario.edit_words import condition
from layers.scenario.instead import instead
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
from views.whatif.mapped import drawn_map, side_by_side
from views.whatif.remembered import differs


def page(asked: Asked) -> None:
    """Draw what can be changed, the map of what that brings, and for whom."""
    say, today = asked.say, cached.town(asked.question.area, asked.built).bundle
    title = say("{area}: what if?", area=today.area.name)
    with st.container(key="scenario-head"):
        headed(title, _sentence(asked), [say(note) for note in today.area.notes])
    with st.container(key="scenario"):
        _worked_on(asked)
        with st.container():
            if asked.question.kinds and asked.question.scenario != against(asked):
                results.results(asked, against(asked))
        further(asked)


def _worked_on(asked: Asked) -> None:
    """Draw the form, the map and the list of changes."""
    left, right = st.columns([4, 7], gap="medium")
    with left:
        form = _chosen(asked)
        with st.container():  # of its own, or what comes and goes would make maps anew
            faults(asked)
    with right:
        both = side_by_side(asked)
    with st.container() if both else right:  # before the forms, which are as they were
        drawn_map(asked, form, both=both)
    with left:
        form.draw(asked)
    with right if both else left:
        changes.listed(asked)
        compared_with(asked)


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
    what = instead(condition(question.scenario, today, asked.catalogue, say), other, say)
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
