"""What is remembered between clicks. Keys are words; every memory is bounded."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from data import bundle
from data.catalogue import families, groups, kinds, walkers
from geo.access import Nearest
from geo.answer import Answer, Catalogue, answer
from geo.coverage import FEWEST
from geo.model import Question
from geo.town import Town, prepare
from layers import thematic
from layers.layer import Layer
from layers.publish import publish, sweep
from words import speaker

STATIC = Path(__file__).parent.parent / "static"
"""What Streamlit serves to everybody: only what may be published goes there."""

PUBLISHED_S = 24 * 3600.0
"""Layers that nobody has asked for in so long are swept away."""


Published = tuple[tuple[Layer, str], ...]
"""Layers from below to the top, and the name of the file that each lies in."""


def catalogue() -> Catalogue:
    """Return what a question may speak of."""
    return Catalogue(kinds(), groups(), walkers())


@st.cache_resource(max_entries=4, show_spinner=False)
def town(code: str, built: str) -> Town:  # noqa: ARG001 - an area built anew is another one
    """Open an area once for all sessions; nobody may change what this returns."""
    return prepare(bundle.read(code))


@st.cache_resource(max_entries=512, show_spinner=False)
def walk(code: str, built: str, kind: str, steps: bool) -> Nearest:
    """Walk once per area, kind and stairs."""
    return town(code, built).walk(kind, steps)


@st.cache_resource(max_entries=64, show_spinner=False)
def answered(question: Question, built: str) -> Answer:
    """Answer a question once for all sessions."""
    known = town(question.area, built)
    return answer(known, question, catalogue(), walk=partial(walk, question.area, built))


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=False)
def base_layers(code: str, built: str, language: str) -> Published:
    """Publish what the offline map is drawn from, once per area."""
    known = town(code, built).bundle
    say = speaker(language)
    layers = (
        *thematic.base(known.paths, known.backdrop, say=say),
        thematic.boundary(known.boundary, say=say),
    )
    return tuple((layer, publish(STATIC, layer)) for layer in layers)


@st.cache_resource(max_entries=64, ttl=3600, show_spinner=False)
def answer_layers(question: Question, built: str, language: str) -> Published:
    """Publish what an answer looks like, from below to the top; return where each lies."""
    sweep(STATIC, PUBLISHED_S)
    say = speaker(language)
    known = town(question.area, built).bundle
    found = answered(question, built)
    if found.places.empty:
        return ()  # homes without a place to go to are not homes without a way
    layers = (
        thematic.spots(found.spots[found.spots["people"] >= FEWEST], say=say),
        thematic.walk(known.homes, found.minutes, within=question.minutes, say=say),
        thematic.places(found.places, kinds=kinds(), families=families(), say=say),
    )
    return tuple((layer, publish(STATIC, layer)) for layer in layers)
