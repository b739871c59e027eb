"""An answer that holds everything an export has to get right, and a head can check."""

from __future__ import annotations

from datetime import datetime
from math import nan

import geopandas as gpd

from data.norms import norms
from geo.answer import answer
from geo.bundle import CONTRACTS, Area, Bundle, Source
from geo.errors import Message
from geo.figures.figures import figures
from geo.norms.norm_walks import hold
from geo.question import Question
from geo.timetable import OSLO
from geo.town import prepare
from layers.export.export import Export, export
from layers.export.measures import with_measures
from tests.towns import CRS, SQUARE_M, bundle, catalogue, streets
from words import speaker

TODAY = "2026-11-21"
NOW = datetime(2026, 11, 21, 12, tzinfo=OSLO)
HOSTILE = {
    "n1": '=HYPERLINK("http://evil.example","x")',
    "n2": "+1",
    "n3": "@x",
    "n4": "\t=1",
    "n5": 'a "b"; c, d\n=2',
    "n6": "-2+3",
    "n7": "🏖️ شاطئ",
    "n8": "x" * 10_000,
    "n9": "<script>alert(1)</script>",
    "n10": "\r=1",
}
CROWD = {"everybody": 40.0, "youth": 3.0, "adults": 20.0, "older_67_79": 0.3, "older_80": 7.0}
FEW = {"everybody": 2.0, "youth": 0.5, "adults": 1.5, "older_67_79": 0.0, "older_80": 0.0}
"""Young children and schoolchildren: unknown in every home."""


def hostile_town() -> Bundle:
    """
    Return a street with ten parks of hostile names, and homes of every sort.

    h0 lives 1 minute from a park, h1 and h2 10.25 minutes, h3 nowhere near a street.
    """
    drawn = bundle(
        streets([(-9000, 0), (0, 0)], [(0, 0), (2000, 0)]),
        {(78, 0): CROWD, (800, 0): CROWD, (1250, 0): FEW, (900, 1900): CROWD},
        dict.fromkeys(HOSTILE, ("park;school", (0, 0))),
    )
    drawn.places["name"] = drawn.places.index.map(HOSTILE)
    drawn.places["opening_hours"] = "=NOW()"
    drawn.places["area_m2"] = [12.4, *[nan] * 9]
    source = Source("OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors", TODAY, 1)
    area = Area(
        "toytown",
        "=Toytown",
        CRS,
        f"{TODAY}T12:00:00+00:00",
        sources=(source, Source("Statistikk", "NLOD 2.0", "=SSB", TODAY, 1)),
        notes=(Message("Residents are estimated from buildings, not counted."),),
        warnings=(Message("There are {n} doubts.", {"n": 2}),),
    )
    tables = {name: getattr(drawn, name) for name in CONTRACTS}
    for table in tables.values():
        table.geometry = table.translate(*SQUARE_M)
    return Bundle(area, **tables)


def exported(
    language: str, *kinds: str, reach_areas: gpd.GeoDataFrame | None = None, **asked: object
) -> Export:
    """Return the export of a question about the hostile town, measures and norms with it."""
    town, known, say = hostile_town(), catalogue(), speaker(language)
    question = Question("toytown", kinds or ("park",), **asked)
    ready = prepare(town)
    found = answer(ready, question, known, now=NOW)
    made = export(found, town, known, say=say, now=NOW, reach_areas=reach_areas)
    measured = figures(ready, question, known, now=NOW)
    return with_measures(made, measured, hold(ready, norms()), known, say)
