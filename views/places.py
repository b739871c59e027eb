"""Places: the register of all meeting places, to search, to filter and to look at."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from geo.coverage import FEWEST
from geo.finding import LONGEST, found
from geo.paths.network import Bools, Floats
from geo.visitors import told
from layers.map import Bounds, extent
from layers.place_text import counted, title
from layers.scenario.naming import label
from views import cached, link, place_index
from views.asked import Asked
from views.headed import headed
from views.lasting import lasting
from views.place_filters import Filters, filters
from views.place_index import Known
from views.place_list import LONGEST_NAME, PLACE, Listed, listed
from views.text import markdown

AROUND_M = 150.0
"""What the map shows round a chosen place, at least."""


def page(asked: Asked) -> None:
    """Draw the filters, the places that are left, their map, and the card of the chosen one."""
    say, code = asked.say, asked.question.area
    known = place_index.known(code, asked.built, say.language, asked.question.scenario)
    timed, now = place_index.at_moment(asked.question)
    head = st.container()
    asked_for = filters(asked, known, timed.when)
    states = place_index.open_at(timed, asked.built, now)
    counts = _counts(asked, known)
    looked_at = counts | (not asked_for.only)
    shown = found(known.index, asked_for.wanted, states) & looked_at
    people = _people(asked, known, looked_at, asked_for)
    if asked_for.meet:
        shown &= people >= FEWEST
    place = _chosen(asked)
    link.say_so(asked_for.link(switch=bool(asked.question.kinds)) | {PLACE: place})
    with head:
        figures = bool(place or asked_for.meet)
        _head(asked, counted(known.index, shown, say), place, figures=figures)
    left, right = st.columns([5, 6], gap="medium")
    with right, st.container(key="places-map"):
        _map(asked, shown | np.asarray(known.places.index == place), place)
    with left:
        listed(asked, Listed(known, shown, counts, people, asked_for, place))


def _head(asked: Asked, sentence: str, place: str, *, figures: bool) -> None:
    """
    Say what is shown, and which place is chosen, to who sees it and who hears it.

    `figures`: whether people are told of, so that it has to stand here how they are known.
    """
    say, bundle = asked.say, asked.bundle
    notes = [say(note) for note in bundle.area.notes if figures]
    notes += filter(None, [label(asked.question.scenario, say)])
    headed(say("{area}: meeting places", area=bundle.area.name), sentence, notes)
    name = title(bundle.places.loc[place], say)[:LONGEST_NAME] if place else ""
    told = say("Chosen: {place}", place=name) if place else ""
    st.html(f'<p class="m-chosen" role="status">{escape(told)}</p>')


def _counts(asked: Asked, known: Known) -> Bools:
    """Tell which places the question counts."""
    question = asked.question
    town = cached.town(question.area, asked.built, question.scenario)
    kinds = [asked.catalogue.kinds[key] for key in question.kinds]
    terms = question.terms(asked.catalogue.walker_of(question))
    return town.counted_as_any(kinds, terms, asked.now)[known.rows]


def _people(asked: Asked, known: Known, looked_at: Bools, asked_for: Filters) -> Floats:
    """Return how many of those asked for can walk to each place; `nan` if it is not told."""
    people = np.full(len(known.rows), np.nan)
    if asked_for.meet and looked_at.any():
        rows = np.zeros(len(asked.bundle.places), dtype=bool)
        rows[known.rows[looked_at]] = True
        with st.spinner(asked.say("Looking who can walk where …")):
            met = place_index.met_at(asked, rows)
        people[looked_at] = told(met, asked_for.meet, asked.question)
    return people


def _chosen(asked: Asked) -> str:
    """Return the place whose card is open, or `""`; say so if a link speaks of none."""
    told = str(st.session_state.get(PLACE, link.told().get(PLACE, "")))
    st.session_state[PLACE] = told if told in asked.bundle.places.index else ""
    if told and not st.session_state[PLACE]:
        text = "There is no place {place} in {area}. Search for it by its name."
        known = {"place": markdown(told[:LONGEST]), "area": markdown(asked.bundle.area.name)}
        st.warning(asked.say(text, **known))
    return str(st.session_state[PLACE])


def _map(asked: Asked, shown: Bools, place: str) -> None:
    """Draw the map of the places that are shown, there where the chosen one is."""
    from views.map import Window, draw_legend, draw_map  # noqa: PLC0415 - folium takes its time

    rows = place_index.packed(shown)
    question, language = asked.question, asked.say.language
    over = place_index.drawn(question.area, asked.built, language, rows, question.scenario)
    draw_map(asked, over, window=Window("places", look_at=_round(asked, place)))
    draw_legend(asked, over)


def _round(asked: Asked, place: str) -> Bounds | None:
    """Return where the map is to look."""
    if not place:
        return None
    one = asked.bundle.places.loc[[place], ["geometry"]]
    return lasting(extent)(one.set_geometry(one.representative_point().buffer(AROUND_M)))
