"""What is remembered of the places of an area: how they are looked up, met and drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import streamlit as st

from data.catalogue import families, kinds
from geo.coverage import Reach
from geo.finding import Index, Words, index
from geo.hours import states
from geo.model import Gait
from geo.paths.network import Bools, Ints
from geo.question import Question
from geo.scenario.scenario import Scenario
from geo.tables import EVERYBODY
from geo.town import Side
from geo.visitors import visitors
from layers import thematic
from layers.layer import Layer
from layers.place_text import labels
from layers.publish import publish
from views import cached
from views.asked import Asked
from views.lasting import lasting
from words import speaker
from words.order import key


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """
    The places inside an area.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`.
    rows
        Which rows of the bundle's places they are.
    index
        What they are looked up by.
    rank
        Their order by name, as the language has it; those without come last.
    """

    places: gpd.GeoDataFrame
    rows: Ints
    index: Index
    rank: Ints


@st.cache_resource(max_entries=8, show_spinner=False)
def known(code: str, built: str, language: str, scenario: Scenario) -> Known:
    """Make the places of an area ready to be looked up, once for all sessions."""
    every = cached.town(code, built, scenario).bundle.places
    rows = np.flatnonzero(every["inside"])
    places = every.iloc[rows]
    called = labels(kinds(), speaker(language))
    names = [
        (not name.strip(), key(name, language), key(called.get(kind, kind), language))
        for name, kind in zip(places["name"], places["kind"], strict=True)
    ]
    rank = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.intp)
    return Known(places, rows, index(places, kinds(), called), rank)


@st.cache_resource(max_entries=32, show_spinner=False)
def open_at(timed: Question, built: str, now: datetime) -> Words:
    """Tell once for all sessions which places are open; in the order of `Known.places`."""
    every = cached.town(timed.area, built, timed.scenario).bundle.places
    inside = every[every["inside"]]
    return states(inside, timed.when, schools=timed.schools, kinds=kinds(), now=now)


def at_moment(question: Question) -> tuple[Question, datetime]:
    """Return a question with the moment it is about; now, if it is about any."""
    timed = replace(question, when=question.when or cached.NOW)
    return timed, cached.asked_at(timed)


@st.cache_resource(max_entries=32, show_spinner=False)
@lasting
def met(question: Question, built: str, rows: bytes) -> list[dict[str, Reach]]:
    """Tell once for all sessions who can walk to some places; `rows` as `packed` makes them."""
    town = cached.town(question.area, built, question.scenario)
    chosen = np.unpackbits(np.frombuffer(rows, np.uint8), count=len(town.bundle.places))

    def side(gait: Gait) -> Side:
        return cached.side(question.area, built, gait, question.scenario)

    return visitors(town, question, cached.catalogue(), chosen.astype(bool), side=side)


def met_at(asked: Asked, rows: Bools) -> list[dict[str, Reach]]:
    """Return who can walk to some places, whatever kinds and whichever group are asked for."""
    walking = replace(asked.question, kinds=(), group=EVERYBODY, when="", schools=False)
    return met(walking, asked.built, packed(rows))


def packed(rows: Bools) -> bytes:
    """Return which rows are chosen in so few bytes that they can be a key."""
    return np.packbits(rows).tobytes()


@st.cache_resource(max_entries=64, ttl=3600, show_spinner=False)
@lasting
def drawn(
    code: str, built: str, language: str, rows: bytes, scenario: Scenario
) -> cached.Published:
    """Publish some places of an area; `rows` of `Known.places`, `packed`."""
    cached.swept(cached.STATIC)
    places = known(code, built, language, scenario).places
    shown = np.unpackbits(np.frombuffer(rows, np.uint8), count=len(places)).astype(bool)
    if not shown.any():
        return ()
    whole = _layer(code, built, language, scenario)
    layer = replace(whole, table=whole.table[shown])
    return ((layer, publish(cached.STATIC, layer)),)


@st.cache_resource(max_entries=8, show_spinner=False)
def _layer(code: str, built: str, language: str, scenario: Scenario) -> Layer:
    """Word all places of an area once, each at its spot: those shown are some of its rows."""
    places = known(code, built, language, scenario).places
    spots = places.set_geometry(places.representative_point())
    return thematic.places(spots, kinds=kinds(), families=families(), say=speaker(language))
