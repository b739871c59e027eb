"""All that is known of one place, in words: what it is, who can meet there, who says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import isnan

import geopandas as gpd
import pandas as pd

from geo.answer import Catalogue
from geo.coverage import Reach
from geo.crs import to_wgs84
from geo.finding import TOLD
from geo.hours import MOMENTS, states
from geo.model import Kind
from geo.question import Question
from geo.tables import EVERYBODY
from layers.circumstances import day
from layers.place_text import settings, step_free
from layers.telling import people_between, state_text
from words import Speaker
from words.speaker import UNKNOWN

DAYS_PER_YEAR = 365.25

ELEMENTS = {"n": "node", "w": "way", "r": "relation"}
"""First letters of ids in `osm_ids`, and what OpenStreetMap calls them."""

Rows = list[list[str]]


def why(place: pd.Series, kinds: Mapping[str, Kind], say: Speaker) -> list[str]:
    """Return why a place counts as somewhere to meet, by each of its kinds."""
    known = [kinds[key] for key in place["kinds"].split(";") if key in kinds]
    return [f"{say(kind.label)}: {say(kind.why)}" for kind in known]


def facts(
    place: gpd.GeoDataFrame,
    question: Question,
    catalogue: Catalogue,
    say: Speaker,
    *,
    now: datetime,
) -> Rows:
    """
    Return what is known of a place, what it is first: pairs of a heading and a value.

    Parameters
    ----------
    place
        One row, as `geo.tables.PLACES`, in metres.
    question
        Its moment, which there has to be, and whether schools are open.
    catalogue, say
        What there is; the language.
    now
        When it is asked.
    """
    one = place.iloc[0]
    asked = states(
        place, question.when, schools=question.schools, kinds=catalogue.kinds, now=now
    )
    moment = f"{say(MOMENTS[question.when].label)}, {day(question, say, now)}"
    access = TOLD.get(one["wheelchair"].strip().lower(), "unknown")
    area = one["area_m2"]
    size = UNKNOWN if isnan(area) else say("{n} m²", n=say.number(area))
    return [
        [say("Indoors or outdoors"), settings(say)[one["setting"]]],
        [say("Opening hours"), one["opening_hours"].strip() or say("Opening hours unknown")],
        [moment, state_text(pd.Series(asked), say).iloc[0]],
        [say("Step-free"), step_free(say)[access]],
        [say("Size as mapped"), size],
        [say("Newest edit"), edited(one["updated"], say, today=now.date())],
        *_where(place, say),
        [say("In OpenStreetMap"), ", ".join(map(_element, one["osm_ids"].split(";")))],
    ]


def edited(updated: str, say: Speaker, *, today: date) -> str:
    """
    Return a date and how long ago it is; what is no date stands as it is.

    Examples
    --------
    >>> from words import speaker
    >>> edited("2019-11-20", speaker("en"), today=date(2026, 11, 22))
    'November 20, 2019, 7 years ago'
    >>> edited("soon", speaker("en"), today=date(2026, 11, 22))
    'soon'
    """
    try:
        days = (today - date.fromisoformat(updated[:10])).days
    except ValueError:
        return updated.strip() or say("Unknown")
    told, years = say.date(updated[:10]), int(max(days, 0) / DAYS_PER_YEAR)
    if not years:
        return say("{date}, less than a year ago", date=told)
    return say.many("{date}, {n} year ago", "{date}, {n} years ago", years, date=told)


def _where(place: gpd.GeoDataFrame, say: Speaker) -> Rows:
    """Return a spot of a place in the area's metres, and as a phone takes it."""
    spot = place.set_geometry(place.representative_point())
    metres, degrees = spot.geometry.iloc[0], to_wgs84(spot).geometry.iloc[0]
    east_north = say(
        "{east} east, {north} north", east=f"{metres.x:.0f}", north=f"{metres.y:.0f}"
    )
    name = place.crs.to_string() if place.crs else UNKNOWN
    return [
        [say("Coordinates in metres, {crs}", crs=name), east_north],
        [say("Latitude and longitude"), f"{degrees.y:.5f}, {degrees.x:.5f}"],
    ]


def _element(key: str) -> str:
    """Return where to look an element of OpenStreetMap up; other ids stand as they are."""
    kind = ELEMENTS.get(key[:1])
    return f"openstreetmap.org/{kind}/{key[1:]}" if kind and key[1:].isdecimal() else key


def people(met: Mapping[str, Reach], catalogue: Catalogue, say: Speaker) -> Rows:
    """
    Return how many of each group can walk to a place, or why it is not told.

    Parameters
    ----------
    met
        As `geo.visitors.visitors` tells of one place.
    catalogue, say
        What groups are called; the language.
    """
    rows = []
    for key, reach in met.items():
        band = reach.told.band
        told = people_between(reach.within, band.within if band else None, say)
        hidden = say("Too few to tell") if reach.hidden else told
        rows.append([say(catalogue.groups[key].label), hidden])
    return rows


def gathering(met: Mapping[str, Reach], question: Question, say: Speaker) -> str:
    """Return in a sentence how many can walk to a place."""
    every = met[EVERYBODY]
    if every.hidden or isnan(every.within):
        return say("How many can walk here is not told: they are too few, or it is not known.")
    return say(
        "{n} people can walk here within {minutes} min.",
        n=say.people(every.within),
        minutes=say.number(question.minutes),
    )
