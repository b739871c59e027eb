"""What is remembered between clicks. Keys are words; every memory is bounded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

import geopandas as gpd
import streamlit as st

from data.catalogue import families, groups, kinds, walkers
from geo.answer import Answer, Catalogue, answer
from geo.areas.reachable import reachable
from geo.question import Question, Terms
from geo.scenario.scenario import TODAY, Scenario
from geo.search.access import Nearest, closest
from geo.timetable import OSLO
from geo.town import Walk
from layers import thematic
from layers.layer import Layer
from layers.publish import publish, sweep
from views.lasting import lasting
from views.towns import side, town
from words import speaker

__all__ = ["side", "town"]  # beside what is defined here

STATIC = Path(__file__).parent.parent / "static"
"""What Streamlit serves to everybody: only what may be published goes there."""

PUBLISHED_S = 24 * 3600.0
"""Layers that nobody has asked for in so long are swept away."""

NOW, QUARTER = "now", 15
"""The moment of `geo.hours.MOMENTS` that passes, and in steps of how many minutes."""

Published = tuple[tuple[Layer, str], ...]
"""Layers from below to the top, and the name of the file that each lies in."""


def catalogue() -> Catalogue:
    """Return what a question may speak of."""
    return Catalogue(kinds(), groups(), walkers(), families())


def asked_at(question: Question) -> datetime:
    """
    Return when a question is asked, no finer than its answer depends on it.

    So that answers are remembered: the day or, if that is what is asked about, the
    quarter of an hour.
    """
    now = datetime.now(OSLO)
    if question.when != NOW:
        return datetime.combine(now.date(), time(), OSLO)
    return now.replace(minute=now.minute - now.minute % QUARTER, second=0, microsecond=0)


@st.cache_resource(max_entries=8, show_spinner=False)
@lasting
def walk(
    code: str, built: str, terms: Terms, now: datetime, scenario: Scenario = TODAY
) -> Mapping[str, Nearest]:
    """Walk once per area, terms and time, to every kind: kinds are chosen afterwards."""
    known, catalogue = town(code, built, scenario), kinds()
    present = {key: kind for key, kind in catalogue.items() if known.of_kind(key).any()}
    met = side(code, built, terms.gait, scenario)
    found = known.walk(terms, present, now, met) if present else {}
    nowhere = closest([], homes=len(known.bundle.homes))
    return {key: found.get(key, nowhere) for key in catalogue}


@st.cache_resource(max_entries=24, show_spinner=False)
@lasting
def _walk_edited(
    question: Question, built: str, terms: Terms, now: datetime
) -> Mapping[str, Nearest]:
    """Walk in a scenario, to what is asked for alone: the next click may make another."""
    known = town(question.area, built, question.scenario)
    asked = {key: catalogue().kinds[key] for key in question.kinds}
    return known.walk(
        terms, asked, now, side(question.area, built, terms.gait, question.scenario)
    )


def walks(question: Question, built: str, now: datetime) -> Walk:
    """Return what remembers the walks that a question asks for."""
    bare = Scenario(question.scenario.edits)
    asked = Question(question.area, question.kinds, scenario=bare)

    def remembered(terms: Terms) -> Mapping[str, Nearest]:
        if bare:
            return _walk_edited(asked, built, terms, now)
        return walk(question.area, built, terms, now)

    return remembered


@st.cache_resource(max_entries=64, show_spinner=False)
@lasting
def answered(question: Question, built: str, now: datetime) -> Answer:
    """Answer a question once for all sessions; `now` as `asked_at` tells it."""
    known = town(question.area, built, question.scenario)
    remembered = walks(question, built, now)
    return answer(known, question, catalogue(), now=now, walk=remembered)


@st.cache_resource(max_entries=16, show_spinner=False)
@lasting
def areas(question: Question, built: str, now: datetime) -> gpd.GeoDataFrame:
    """Find the reach of the asked places once: this takes seconds in a large area."""
    known, found = town(question.area, built, question.scenario), catalogue()
    terms = question.terms(found.walker_of(question))
    met = side(question.area, built, terms.gait, question.scenario)
    return reachable(known, question, found, now=now, side=met)


@st.cache_resource(max_entries=16, show_spinner=False)
@lasting
def bounds(code: str, built: str) -> tuple[float, float, float, float]:
    """Return what a map of an area shows at first, as `layers.map.extent` does."""
    from layers.map import extent  # noqa: PLC0415 - folium takes its time

    return extent(town(code, built).bundle.boundary)


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=False)
@lasting
def base_layers(code: str, built: str, language: str) -> Published:
    """Publish what the offline map is drawn from, once per area."""
    known = town(code, built).bundle
    say = speaker(language)
    layers = (
        *thematic.base(known.paths, known.backdrop, say=say),
        thematic.boundary(known.boundary, say=say),
    )
    return tuple((layer, publish(STATIC, layer)) for layer in layers)


@st.cache_resource(max_entries=1, ttl=600, show_spinner=False)
def swept(folder: Path) -> int:
    """Remove layers that nobody has asked for, now and then."""
    return sweep(folder, PUBLISHED_S)


@st.cache_resource(max_entries=64, ttl=3600, show_spinner=False)
@lasting
def answer_layers(question: Question, built: str, language: str, now: datetime) -> Published:
    """Publish what an answer looks like, from below to the top; return where each lies."""
    swept(STATIC)
    say = speaker(language)
    known = town(question.area, built, question.scenario).bundle
    found = answered(question, built, now)
    if found.places.empty:
        return ()  # homes without a place to go to are not homes without a way
    homes = [
        drawn(
            known.homes,
            found.minutes,
            within=question.minutes,
            say=say,
            certain=question.certain,
        )
        for drawn in (thematic.walk_cells, thematic.walk)
    ]
    layers = (
        thematic.spots(found.spots[found.spots["told"]], say=say, certain=question.certain),
        *homes,
    )
    below = tuple((layer, publish(STATIC, layer)) for layer in layers)
    return (*below, *place_layers(question, built, language, now))


@st.cache_resource(max_entries=64, ttl=3600, show_spinner=False)
@lasting
def place_layers(question: Question, built: str, language: str, now: datetime) -> Published:
    """Publish the places that count in an answer, which lie on top of it."""
    layer = thematic.places(
        answered(question, built, now).places,
        kinds=kinds(),
        families=families(),
        say=speaker(language),
        timed=bool(question.when),
    )
    return ((layer, publish(STATIC, layer)),)


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=False)
@lasting
def area_layers(question: Question, built: str, language: str, now: datetime) -> Published:
    """Publish the reach of the asked places, which lies below the answer."""
    layer = thematic.areas(areas(question, built, now), say=speaker(language))
    return ((layer, publish(STATIC, layer)),)
