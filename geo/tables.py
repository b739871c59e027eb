"""The contracts of the tables that cross a room's threshold, each checked once there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray

from geo.contract import Table, amount, text

EVERYBODY = "everybody"

AGES = ("young_children", "school_children", "youth", "adults", "older_67_79", "older_80")

LOW_INCOME, LOW_INCOME_AREAS = "low_income", "low_income_areas"
"""Those who have little themselves, wherever they live; all who live where many have little."""

GROUPS = (EVERYBODY, *AGES, LOW_INCOME, LOW_INCOME_AREAS)
"""Columns of people in the homes table. `everybody` is always known; others may be `nan`."""

PLACES = Table(
    "places",
    {
        "name": text(),
        "kind": text(),
        "kinds": text(),  # every kind it is, joined by ";", the first one leading
        "family": text(),
        "setting": text("indoor", "outdoor", "both"),
        "opening_hours": text(),
        "wheelchair": text(),
        "area_m2": amount(unknown=True),  # nan for what is mapped as a point
        "inside": pa.Column(bool),  # within the area's boundary
        "osm_ids": text(),  # every feature it was made of, joined by ";"
        "sources": text(),  # keys of all sources that know it, joined by ";"
        "updated": text(),  # newest edit in any of them: ISO date, or ""
    },
    frozenset({"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}),
)
"""Somewhere to meet, on its footprint; the index is the id of its leading feature."""

ENTRANCES = Table(
    "entrances",
    {"place_id": text(), "how": text("mapped", "crossing", "facade", "point", "line")},
    frozenset({"Point"}),
)
"""Where a place is entered, and how that is known."""

HOMES = Table(
    "homes",
    {
        "building": text(),
        **{group: amount(unknown=group != EVERYBODY) for group in GROUPS},
        "basis": text("grid", "zone", "municipality", "building"),
        "zone": text(),  # row of `zones` whose ages it shares, or ""
        "income": text(),  # row of `incomes` whose share it has, or ""
    },
    frozenset({"Point"}),
)
"""
Where people live: expected numbers per group, fractions and all.

`basis` is the smallest land whose total was counted and is conserved here: a grid cell,
a zone, the municipality, or none, where only the buildings tell.
"""

ZONES = Table(
    "zones",
    {
        "name": text(),
        "source": text(),
        "people": amount(unknown=True),
        **{
            column: amount(unknown=True)
            for age in AGES
            for column in (age, f"{age}_low", f"{age}_high")
        },
    },
    frozenset({"Polygon", "MultiPolygon"}),
)
"""
Land with published numbers of people by age; the index is its official number.

An exact figure has `low` = itself = `high`. A rounded one lies between them. One that is
suppressed is `nan`, between 0 and all that is left of the total.
"""

INCOMES = Table(
    "incomes",
    {
        "name": text(),
        "source": text(),
        "measure": text(),  # in words, as the file or the table calls it
        "of": text("persons", "households", "other"),  # a share of whom; other: no share
        "value": pa.Column(float, nullable=True),  # as published; nan if suppressed
        "share": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "low": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "high": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "area_class": text("low", "middle", "high", "unknown"),
    },
    frozenset({"Polygon", "MultiPolygon"}),
)
"""
Land with a published measure of income; the index is its official number.

`share` of those with low income lies between `low` and `high`: 0 and 1 where it is
suppressed. `area_class` is "low" where incomes are lowest, see `geo.incomes`.
"""

REGISTER = Table(
    "register",
    {
        "source": text(),
        "ref": text(),  # the source's own number for it
        "name": text(),
        # Key in `place_kinds.toml`, or "": it tells of a place, and is none. In rows of
        # the map: all kinds of the place, joined by ";".
        "kind": text(),
        "address": text(),
        "wheelchair": text("yes", "limited", "no", ""),
        "opening_hours": text(),
        "updated": text(),  # ISO date, or ""
        "place_id": text(),  # the place it was found to be, or ""
        "status": text("matched", "alone", "conflict", "left_out"),
        "rivals": text(),  # places it may also be, joined by ";"
        "distance_m": amount(unknown=True),
        "likeness": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "decided": pa.Column(bool),  # by somebody, not by rule
    },
    frozenset({"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}),
)
"""What each source says of each place: every value is kept, whoever's is shown."""

KNOWN = ("yes", "no", "unknown")

PATHS = Table(
    "paths",
    {
        "u": pa.Column("int64"),
        "v": pa.Column("int64"),
        "way": pa.Column("int64"),
        "highway": text(),
        "name": text(),
        "length_m": amount(),
        "steps": pa.Column(bool),
        "surface": text("firm", "loose", "rough", "unknown"),
        "wheelchair": text(*KNOWN),  # whether it is passable on such wheels
        "pram": text(*KNOWN),
        "lit": text(*KNOWN),
        "winter": text("open", "closed", "unknown"),
        "structure": text("ground", "bridge", "tunnel"),
        "incline": amount(unknown=True),  # as mapped: 0.06 is 6 %, up or down
    },
    frozenset({"LineString"}),
)
"""Stretches of footpath between junctions `u` and `v`, walkable both ways."""

BARRIERS = Table(
    "barriers",
    {"what": text("water", "motorway", "railway", "fence")},
    frozenset({"LineString"}),
)
"""What nobody crosses on the straight bit between a door and its path."""

BACKDROP = Table(
    "backdrop",
    {"what": text("water", "green", "building")},
    frozenset({"Polygon", "MultiPolygon"}),
)
"""What the offline map is drawn from, besides the paths."""

BOUNDARY = Table("boundary", {}, frozenset({"Polygon", "MultiPolygon"}))
"""The area's own outline: one row."""


def kinds_of(places: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """
    Return by kind which rows of the places are of it, among others or alone.

    Examples
    --------
    >>> found = kinds_of(pd.DataFrame({"kinds": ["school;library", "library"]}))
    >>> found["school"].tolist(), found["library"].tolist()
    ([True, False], [True, True])
    """
    number, texts = places["kinds"].factorize()
    of = [text.split(";") for text in texts]
    kinds = sorted({kind for some in of for kind in some if kind})
    return {kind: np.array([kind in some for some in of])[number] for kind in kinds}
