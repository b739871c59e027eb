"""Low income and walks: as a layer of the map, a table and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pandas as pd
import streamlit as st

from geo.bundle import Bundle
from geo.coverage import Reach
from geo.incomes import crossed, told_crossed
from geo.question import Question
from geo.tables import EVERYBODY
from layers.bivariate import bivariate
from layers.income_text import compared, headings, rows
from layers.publish import publish
from views import cached
from views.cached import STATIC, Published
from views.lasting import lasting
from views.text import element, table
from words import Speaker, speaker


def section(question: Question, built: str, say: Speaker, *, now: datetime) -> None:
    """Draw who is within reach by the income of where they live, if that is known here."""
    if cached.town(question.area, built, question.scenario).bundle.incomes.empty:
        return
    told = crossed_of(question, built, now)
    caption = say("Everybody's reach by the income of the area they live in")
    st.html(
        element("h2", say("Low income"))
        + element("p", compared(told, question.minutes, say))
        + table(headings(say), rows(told, say), caption=caption)
    )


@st.cache_resource(max_entries=32, show_spinner=False)
@lasting
def crossed_of(question: Question, built: str, now: datetime) -> Mapping[str, Reach]:
    """Cross incomes with everybody's walks once for all sessions."""
    known = cached.town(question.area, built, question.scenario).bundle
    minutes = _everybody(question, built, now)
    found = crossed(known.homes, known.incomes, minutes, within=question.minutes)
    return told_crossed(found)


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=False)
@lasting
def income_layers(question: Question, built: str, language: str, now: datetime) -> Published:
    """Publish incomes and walks as one layer."""
    known = cached.town(question.area, built, question.scenario).bundle
    layer = bivariate(
        known.homes,
        known.incomes,
        _everybody(question, built, now),
        within=question.minutes,
        say=speaker(language),
        attribution=", ".join(_thanked(known)),
    )
    return ((layer, publish(STATIC, layer)),)


def _everybody(question: Question, built: str, now: datetime) -> pd.Series[float]:
    """Return everybody's walk, whoever the question is about."""
    return cached.answered(replace(question, group=EVERYBODY), built, now).minutes


def _thanked(known: Bundle) -> list[str]:
    """Return whom to thank for the incomes, by the keys of their sources."""
    # ruff: noqa: PLC0415 - few ask for this layer, and readers of files are slow to import
    from data.files.applying import source_key
    from data.files.recipe import Recipe
    from data.services.catalogue import SERVICES

    thanks = {service.key: service.attribution for service in SERVICES}
    for source in known.area.sources:
        thanks[source_key(Recipe("incomes", "", source=source.name))] = source.attribution
    return [thanks.get(key, key) for key in sorted(set(known.incomes["source"]))]
