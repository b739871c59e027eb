"""Choices that several forms share: of a place, of a kind, of a group."""

from __future__ import annotations

import numpy as np
import shapely
import streamlit as st

from geo.scenario.edits import XY
from layers.place_text import labels, title
from views import place_index
from views.asked import Asked
from words import Speaker

DO = "do"
"""Name in the link, and key in the session, of what somebody is about to change."""

PLACE, KIND = "scenario-place", "scenario-kind"
"""Keys in the session of the place and the kind that are chosen in a form."""

NEAR_M = 60.0
"""Who points at the map means a place no farther from the spot than this."""


@st.cache_resource(max_entries=32, show_spinner=False)
def _names(_asked: Asked, *_key: object) -> dict[str, str]:
    """Return the places of an area by id, in the order of their names, with their kinds."""
    say, question = _asked.say, _asked.question
    called = labels(_asked.catalogue.kinds, say)
    known = place_index.known(question.area, _asked.built, say.language, question.scenario)
    ordered = known.places.iloc[known.rank]
    return {
        str(place): f"{title(row, say)} – {called[row['kind']]}"
        for place, row in ordered.iterrows()
    }


def names(asked: Asked) -> dict[str, str]:
    """Return the places of an area by id, in the order of their names, with their kinds."""
    question = asked.question
    return _names(asked, question.area, asked.built, asked.say.language, question.scenario)


def indoors(asked: Asked) -> list[str]:
    """Return the places that are buildings, or partly so: they can be opened to others."""
    setting = asked.bundle.places["setting"]
    return [place for place in names(asked) if setting[place] != "outdoor"]


def counted(asked: Asked) -> list[str]:
    """Return the places inside the area that count in the question."""
    here = set(asked.answer.places.index)
    return [place for place in names(asked) if place in here]


def choose_place(asked: Asked, of: list[str]) -> str:
    """Draw the choice of a place; return its id, or `""` while none is chosen."""
    known = names(asked)
    if st.session_state.get(PLACE) not in of:
        st.session_state[PLACE] = None
    chosen = st.selectbox(
        asked.say("Place"),
        of,
        format_func=known.__getitem__,
        key=PLACE,
        index=None,
        placeholder=asked.say("Search by name, or point at it on the map"),
    )
    return chosen or ""


def choose_nearest(asked: Asked, at: XY, of: list[str]) -> None:
    """Choose of some places the one that somebody points at, or at its sign, if one is near."""
    spot, shapes = shapely.Point(at), asked.bundle.places.geometry.loc[of]
    rows = np.sort(shapes.sindex.query(spot, predicate="dwithin", distance=NEAR_M))
    if len(rows):
        near = shapes.iloc[rows]
        beside = near.distance(spot).round()  # of a playground in a park, whose sign it is
        order = np.lexsort((near.representative_point().distance(spot), beside))
        st.session_state[PLACE] = str(near.index[order[0]])


def kinds_asked(asked: Asked, *, indoors: bool = False) -> list[str]:
    """Return kinds, those asked for first; `indoors`: only these, and in a building."""
    kinds = asked.catalogue.kinds
    asked_for = list(asked.question.kinds)
    if indoors:
        return [key for key in asked_for if kinds[key].setting != "outdoor"]
    return [*asked_for, *(key for key in kinds if key not in asked_for)]


def choose_kind(label: str, of: list[str], asked: Asked, *, none: str = "") -> str:
    """Draw the choice of a kind; `none`: what it is called to choose none, if one may."""
    say: Speaker = asked.say
    labels = {key: say(asked.catalogue.kinds[key].label) for key in of}
    if none:
        labels[""] = none
    if st.session_state.get(KIND) not in labels:
        st.session_state[KIND] = next(iter(labels), None)
    return str(
        st.selectbox(label, list(labels), format_func=labels.__getitem__, key=KIND) or ""
    )
