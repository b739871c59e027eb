"""The question: link, widgets and value say the same, under the same names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from data.catalogue import families
from geo.answer import Catalogue, require_known
from geo.question import MAX_MINUTES, SWITCHES, Question
from views import areas, cached, link
from views.asked import Asked
from views.language import KEY as LANGUAGE
from views.question.circumstances import ask_conditions, ask_moment
from views.question.showing import ask_view
from views.text import markdown
from views.whatif.kept import scenario
from words import Speaker

START = Question(areas.START, ("playground", "park"), group="school_children", minutes=10)
LONGEST = 20
"""Digits read from a link: what is longer is no number of minutes, and fills no screen."""


def asked(code: str, say: Speaker, *, widgets: bool) -> Asked:
    """
    Return what the session, else the link, asks of an area.

    `widgets`: whether the question may be changed here, at the side of the page.

    Raises
    ------
    QuestionError
        If the link speaks of what does not exist.
    """
    catalogue = cached.catalogue()
    question = by_link(code, catalogue)
    bundle = areas.opened(code, say, question.scenario)
    if widgets:
        count = Counter(kind for of in bundle.places["kinds"] for kind in of.split(";"))
        with st.sidebar:
            question = _ask(question, count, catalogue, say, incomes=len(bundle.incomes) > 0)
    return Asked(question, bundle, catalogue, say, cached.asked_at(question))


def by_link(code: str, catalogue: Catalogue) -> Question:
    """
    Return the question of the session about an area; at first that of the link.

    Raises
    ------
    QuestionError
        If the link speaks of what does not exist.
    """
    if "kinds" in st.session_state:
        return _of_session()
    told = START.to_params() | link.told() | {"area": code}
    told["kinds"] = ",".join(dict.fromkeys(told["kinds"].split(",")))
    told["minutes"] = told["minutes"][:LONGEST]
    question = Question.from_params(told)
    require_known(question, catalogue)
    return question


def _of_session() -> Question:
    state = st.session_state
    return Question(
        area=state["area"],
        kinds=tuple(state["kinds"]),
        group=state["group"],
        walker=state["walker"],
        minutes=state["minutes"],
        when=state["when"],
        **{name: bool(state.get(name)) for name in SWITCHES},
        scenario=scenario(state["area"]),
    )


def _ask(
    question: Question,
    count: dict[str, int],
    catalogue: Catalogue,
    say: Speaker,
    *,
    incomes: bool,
) -> Question:
    """
    Draw what can be asked of an area, and keep link and session in step.

    Parameters
    ----------
    question
        The one to begin with.
    count
        How many places of each kind the area has.
    catalogue
        Kinds, groups and walkers.
    say
        The language.
    incomes
        Whether incomes are known here.
    """
    for name in ("kinds", "group", "walker", "minutes", "when", *SWITCHES):
        # Said each time: browsers know choices by labels, which change.
        value = getattr(question, name)
        st.session_state[name] = list(value) if name == "kinds" else value
    present = [
        key for key in catalogue.kinds if count.get(key) or key in st.session_state["kinds"]
    ]
    _ask_kinds(present, count, catalogue, say)
    groups = {key: say(group.label) for key, group in catalogue.groups.items()}
    st.selectbox(say("Group"), list(groups), format_func=groups.__getitem__, key="group")
    st.slider(say("Minutes on foot"), 1, MAX_MINUTES, key="minutes")
    walkers = {"": say("Each group at its own pace")}
    walkers |= {key: say(walker.label) for key, walker in catalogue.walkers.items()}
    st.selectbox(
        say("Walking as"), list(walkers), format_func=walkers.__getitem__, key="walker"
    )
    ask_moment(say)
    ask_conditions(question, say)
    new, view = _of_session(), ask_view(say, incomes=incomes)
    link.say_so(new.to_params() | {LANGUAGE: say.language} | view)
    return new


def _ask_kinds(
    present: Sequence[str], count: dict[str, int], catalogue: Catalogue, say: Speaker
) -> None:
    """Draw the kinds, and their families as a quick way to take or leave many at once."""
    family = {key: catalogue.kinds[key].family for key in present}
    labels = {key: say(one.label) for key, one in families().items() if key in family.values()}
    st.session_state["families"] = [
        key for key in labels if key in {family[kind] for kind in st.session_state["kinds"]}
    ]
    st.pills(
        say("Families of meeting places"),
        list(labels),
        selection_mode="multi",
        format_func=lambda key: markdown(labels[key]),
        key="families",
        on_change=_take_families,
        args=(family,),
    )
    st.multiselect(
        say("Meeting places"),
        list(present),
        format_func=lambda key: f"{say(catalogue.kinds[key].label)} ({count.get(key, 0)})",
        key="kinds",
        placeholder=say("Choose kinds"),
    )


def _take_families(family: dict[str, str]) -> None:
    """Take all kinds of a family just chosen, leave those of one just left."""
    chosen = set(st.session_state["families"])
    kinds = set(st.session_state["kinds"])
    before = {family[kind] for kind in kinds}
    st.session_state["kinds"] = [
        key for key, of in family.items() if of in chosen and (key in kinds or of not in before)
    ]
