"""Towns in which a few people live everywhere: at a home, in a cell, in a class, in a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from geo.bundle import CONTRACTS, Bundle, Fact, Source
from geo.errors import Message
from geo.incomes import with_incomes
from geo.tables import AGES, EVERYBODY, INCOMES, LOW_INCOME, REGISTER, ZONES
from tests.towns import CRS, SQUARE_M, XY, bundle, streets

CODE = "few-town"
SOURCE = Source("Statistikk", "NLOD 2.0", "Kilde: SSB", "2026-11-20", 1)

STREETS = (
    [(-500, 0), (0, 0)],
    [(0, 0), (900, 0)],
    *([(900, 0), (900, up * 900)] for up in (1, -1)),
    *([(-500, 0), (-500, up * 900)] for up in (1, -1)),
)
"""A street with two lanes at each end, each as long as its mirror image."""

PARK, LIBRARY = (0.0, 0.0), (880.0, 0.0)
MIDDLE, EDGE, FAR, NOWHERE = (78.0, 0.0), (800.0, 0.0), (450.0, 0.0), (1900.0, 1500.0)
NORTH, SOUTH = (900.0, 850.0), (900.0, -850.0)
"""Homes as far from everything as one another, each in a cell of its own."""
WEST, EAST = (-500.0, 850.0), (-500.0, -850.0)
"""And two more, at the doors of places that nobody else reaches."""

PLACES = {
    "n1": ("park", PARK),
    "n2": ("library", LIBRARY),
    "n3": ("sauna", WEST),
    "n4": ("place_of_worship", EAST),
}

Ages = Sequence[float]
"""People by age, as `geo.tables.AGES` orders them."""


def people(ages: Ages) -> dict[str, float]:
    """Return the people of one spot by group: all of them, and each age."""
    return {EVERYBODY: float(sum(ages)), **dict(zip(AGES, ages, strict=True))}


def town(
    homes: Mapping[XY, Ages],
    *,
    places: Mapping[str, tuple[str, XY]] = PLACES,
    classes: Mapping[XY, str] | None = None,
    low_income: Mapping[XY, float] | None = None,
    facts: Sequence[Fact] = (),
) -> Bundle:
    """
    Return a town on the streets above, where it lies in the world.

    `classes`: of the income of a square of land round some spots; `low_income`: how many
    at a spot have little, where that is told home by home.
    """
    drawn = bundle(
        streets(*STREETS), {spot: people(ages) for spot, ages in homes.items()}, places
    )
    where = classes or {}
    found = with_incomes(drawn.homes, _incomes(where)) if where else drawn.homes.copy()
    for spot, poor in (low_income or {}).items():
        found.loc[found.geometry == shapely.Point(spot), LOW_INCOME] = poor
    if low_income:
        found[LOW_INCOME] = found[LOW_INCOME].fillna(0.0)
    known = replace(drawn, homes=found, incomes=_incomes(where))
    area = replace(
        known.area,
        code=CODE,
        sources=(SOURCE,),
        notes=(Message("Residents are estimated from buildings, not counted."),),
        facts=tuple(facts),
    )
    tables = {name: getattr(known, name).copy() for name in CONTRACTS}
    for table in tables.values():
        table.geometry = table.translate(*SQUARE_M)
    return Bundle(area, **tables)


def _incomes(classes: Mapping[XY, str]) -> gpd.GeoDataFrame:
    """Return a square of land round each spot, with a class; its share is a suppressed one."""
    if not classes:
        return INCOMES.none(CRS)
    some = list(classes.values())
    table = gpd.GeoDataFrame(
        {
            "name": [f"Krets {n}" for n in range(len(some))],
            "source": "SSB",
            "measure": "EU-60",
            "of": "persons",
            **dict.fromkeys(("value", "share"), np.nan),
            "low": 0.0,
            "high": 1.0,
            "area_class": some,
        },
        geometry=[shapely.Point(spot).buffer(30, cap_style="square") for spot in classes],
        index=[f"k{n}" for n in range(len(some))],
        crs=CRS,
    )
    return INCOMES.check(table)


def zoned(known: Bundle, hidden: Mapping[XY, Sequence[str]]) -> Bundle:
    """
    Return the same town, where statistics suppress some ages in a zone round some spots.

    They are unknown there: from nobody to everybody.
    """
    homes, rows = known.homes.copy(), []
    for n, (spot, ages) in enumerate(hidden.items()):
        at = shapely.Point(spot[0] + SQUARE_M[0], spot[1] + SQUARE_M[1])
        here = homes.geometry == at
        told = homes[here].iloc[0]
        row: dict[str, object] = {
            "name": f"Sone {n}",
            "source": "SSB",
            "people": told[EVERYBODY],
        }
        for age in AGES:
            secret = age in ages
            row[age] = np.nan if secret else told[age]
            row[f"{age}_low"] = 0.0 if secret else told[age]
            row[f"{age}_high"] = told[EVERYBODY] if secret else told[age]
        homes.loc[here, list(ages)] = np.nan
        homes.loc[here, "zone"] = f"z{n}"
        rows.append(row | {"geometry": at.buffer(30)})
    zones = gpd.GeoDataFrame(rows, index=[f"z{n}" for n in range(len(rows))], crs=CRS)
    return replace(known, homes=homes, zones=ZONES.check(zones))


def planted(*, moved: bool = False) -> Bundle:
    """
    Return a town in which a few people live everywhere.

    Moved, it is another town, of which all that may be told is the same: wherever there
    were three people and four of another sort, there are four and three.
    """
    less, more = (4.0, 3.0) if moved else (3.0, 4.0)
    homes = {
        MIDDLE: (40, 30, less, 200, 50, more),  # youth and the oldest live nowhere else
        EDGE: (20, 15, 0, 90, 30, 0),
        FAR: (12, 9, 0, 40, 8, 0),
        NORTH: (0, 0, 0, less, 0, 0),  # all of a cell
        SOUTH: (0, 0, 0, more, 0, 0),
        WEST: (0, 0, 0, less, 0, 0),  # all who reach a place, a kind, and a class of income
        EAST: (0, 0, 0, more, 0, 0),
        NOWHERE: (10, 10, 0, 30, 10, 0),
        (300.0, 0.0): (0, 0, 0, 0.3, 0, 0),
    }
    known = town(
        homes,
        classes={
            **dict.fromkeys((MIDDLE, EDGE, FAR, NORTH, SOUTH), "low"),
            WEST: "middle",  # a class of three, and one of four
            EAST: "high",
        },
        low_income={MIDDLE: less},
        facts=(
            Fact("members", "Members", less, "people", "SSB", "2024"),
            Fact("low_income_people", "Persons below EU-60", more, "people", "SSB", "2024"),
            Fact("low_income_share", "Persons below EU-60", 9.5, "%", "SSB", "2024"),
        ),
    )
    return replace(known, register=_register(known))


def _register(known: Bundle) -> gpd.GeoDataFrame:
    """Return a register that knows the library, and a hall that the map does not."""
    spots = known.places.geometry.loc[["n2", "n2"]]
    table = gpd.GeoDataFrame(
        {
            "source": ["osm", "skoler"],
            "ref": ["n2", "7"],
            "name": ["", "Grendehuset"],
            "kind": ["library", "community_centre"],
            **{c: ["", ""] for c in ("address", "wheelchair", "opening_hours", "updated")},
            "place_id": ["n2", ""],
            "status": ["matched", "alone"],
            "rivals": ["", ""],
            "distance_m": [0.0, 12.0],
            "likeness": [1.0, np.nan],
            "decided": [False, False],
        },
        geometry=spots.to_numpy(),
        crs=CRS,
    )
    return REGISTER.check(table)
