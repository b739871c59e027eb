"""Small towns before and after a change, for what is said of the difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import pandas as pd

from geo.answer import answer
from geo.bundle import Bundle
from geo.coverage import Reach
from geo.question import Question
from geo.scenario.difference import Difference, difference
from geo.scenario.gained import Change
from geo.scenario.standing import Standing, standing
from geo.tables import HOMES
from geo.timetable import OSLO
from geo.town import Town, prepare
from tests.towns import bundle, catalogue, streets

NOW = datetime(2026, 11, 20, 12, tzinfo=OSLO)
MINUTE_M = 78.0
"""What an adult walks in a minute: ten of them are 780 m."""

STREET = streets([(0, 0), (3000, 0)])
WEST, EAST = ("park", (0.0, 0.0)), ("park", (3000.0, 0.0))
NEAR, MIDDLE, FAR = (78.0, 0.0), (1500.0, 0.0), (2922.0, 0.0)
"""Homes a minute from the western place, far from either, and a minute from the eastern."""


def town(homes, *places, paths=STREET) -> Bundle:
    """Return a town of homes along a street; homes with an id of their own are new."""
    return bundle(paths, homes, {f"n{n}": place for n, place in enumerate(places)})


def with_new(known: Bundle, more: Bundle) -> Bundle:
    """Return a town with all homes of another besides, which are new in it."""
    new = more.homes.rename(index=lambda key: f"new{key}")
    homes = gpd.GeoDataFrame(pd.concat([known.homes, new]), crs=known.homes.crs)
    return replace(known, homes=HOMES.check(homes))


def stand(known: Bundle | Town, **asked: object) -> Standing:
    """Return how everybody stands in a town, asked for a park within ten minutes."""
    ready = prepare(known) if isinstance(known, Bundle) else known
    question = Question("toytown", **{"kinds": ("park",), "walker": "adult", **asked})
    found = answer(ready, question, catalogue(), now=NOW)
    return standing(ready, found, catalogue(), now=NOW)


def compared(before: Bundle | Town, after: Bundle | Town, **asked: object) -> Difference:
    """Return the difference between two towns for the same question."""
    return difference(stand(before, **asked), stand(after, **asked))


def moved(stay: float, gains: float, loses: float, lack: float, **told: object) -> Change:
    """Return a change by what the four sorts of people are."""
    people = stay + gains + loses + lack
    sides = (Reach(people, stay + part, 0.0) for part in (loses, gains))
    return Change(*sides, gains, loses, **told)
