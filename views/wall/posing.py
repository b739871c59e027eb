"""A step's question, asked of the area that is open."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from data.stories import VIEWED
from geo.answer import require_known
from geo.question import YES, Question
from layers.guard import TILES
from views import cached, link
from views.asked import Asked
from views.question.asking import LONGEST, START
from views.question.showing import BASE


def posed(asked: Asked, told: str) -> tuple[Asked, dict[str, str]]:
    """
    Return a question as a step tells it, and what the map is to show besides.

    Parameters
    ----------
    asked
        Of the same area, in the same language.
    told
        As `data.stories.question_in` returns it.

    Raises
    ------
    QuestionError
        If it speaks of what does not exist.
    ScenarioError
        If it is asked of a scenario that is none of this area.
    """
    question = question_of(asked, told)
    params = dict(parse_qsl(told))
    view = {name: YES if params.get(name) == YES else "" for name in VIEWED}
    # Of the step alone: what is changed in the question that is open is not changed in it.
    bundle = cached.town(question.area, asked.built, question.scenario).bundle
    now = cached.asked_at(question)
    return replace(asked, question=question, bundle=bundle, now=now), view


def question_of(asked: Asked, told: str) -> Question:
    """
    Return the question of a step; whether its scenario is possible here is not tried.

    Raises
    ------
    QuestionError, ScenarioError
        As `posed`.
    """
    whole = START.to_params() | dict(parse_qsl(told)) | {"area": asked.question.area}
    whole["kinds"] = ",".join(dict.fromkeys(whole["kinds"].split(",")))
    whole["minutes"] = whole["minutes"][:LONGEST]
    question = Question.from_params(whole)
    require_known(question, asked.catalogue)
    return question


def told_of(asked: Asked) -> str:
    """Return the question that is open as a step tells it, with what its map shows."""
    view = {name: YES for name in VIEWED if link.told().get(name) == YES}
    params = {**asked.question.to_params(), **view}
    return urlencode({key: value for key, value in params.items() if key != "area" and value})


def show(view: dict[str, str]) -> None:
    """Tell the map what to show; the base map is whoever's choice the link is."""
    for name in VIEWED:
        st.session_state[name] = view.get(name) == YES
    base = link.told().get(BASE)
    st.session_state[BASE] = base if base in TILES else "offline"
