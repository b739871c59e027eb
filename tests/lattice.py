"""Towns of a few crossing streets that hypothesis draws: homes, places with doors, hours."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import strategies as st

from geo.tables import AGES, EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS
from geo.town import Town, prepare
from tests.towns import CRS, bundle, streets

STEP = 300
"""Metres between crossings: four minutes for an adult, nearly six for a small child."""

KINDS = ("library", "school", "park", "community_centre", "place_of_worship", "library;school")
HOURS = ("", "Mo-Fr 08:00-21:00", "Sa 10:00-16:00")


def lattice(east: int, north: int) -> list[list[tuple[int, int]]]:
    """Return the stretches between the crossings of so many streets."""
    spots = [(x, y) for x in range(east) for y in range(north)]
    ends = [((x, y), (x + 1, y)) for x, y in spots if x + 1 < east]
    ends += [((x, y), (x, y + 1)) for x, y in spots if y + 1 < north]
    return [[(x * STEP, y * STEP) for x, y in pair] for pair in ends]


@dataclass(frozen=True)
class Plan:
    """A town as hypothesis draws it: quickly, and to be read where a test fails."""

    lines: list
    homes: dict
    sites: list
    hours: list
    doors: list

    def town(self) -> Town:
        """Return the town, built."""
        sites = {f"n{n}": site for n, site in enumerate(self.sites)}
        known = bundle(streets(*self.lines), self.homes, sites)
        hours = pd.Series(self.hours, known.places.index, dtype=str)
        back = gpd.GeoDataFrame(
            {"place_id": [f"n{n}" for n, _ in self.doors], "how": "point"},
            geometry=[shapely.Point(at) for _, at in self.doors],
            crs=CRS,
        ).astype({"place_id": str, "how": str})
        doors = pd.concat([known.entrances, back], ignore_index=True)
        return prepare(
            replace(
                known,
                places=known.places.assign(opening_hours=hours),
                entrances=gpd.GeoDataFrame(doors, crs=CRS),
            )
        )


SPOTS = st.tuples(st.integers(0, 90), st.integers(0, 60)).map(
    lambda at: tuple(10 * n for n in at)
)


def people_of(drawn: dict) -> dict:
    """Return people by group at each spot, from their ages and whether they have little."""
    return {
        at: {
            EVERYBODY: sum(ages),
            **dict.fromkeys((LOW_INCOME, LOW_INCOME_AREAS), sum(ages) * poor),
            **dict(zip(AGES, ages, strict=True)),
        }
        for at, (ages, poor) in drawn.items()
    }


@st.composite
def plans(draw, unknown=False) -> Plan:
    """Draw a town in which some streets are missing, so that not everything is reached."""
    every = lattice(4, 3)
    kept = draw(st.sets(st.sampled_from(range(len(every))), min_size=3))
    ages = st.tuples(*[st.integers(0, 12).map(float)] * len(AGES))
    people = draw(
        st.dictionaries(SPOTS, st.tuples(ages, st.booleans()), min_size=1, max_size=9)
    )
    sites = draw(st.lists(st.tuples(st.sampled_from(KINDS), SPOTS), max_size=7))
    hours = [draw(st.sampled_from(HOURS)) for _ in sites]
    some = st.tuples(st.integers(0, len(sites) - 1), SPOTS)
    homes = people_of(people)
    for told in homes.values():
        if unknown and draw(st.booleans()):
            told["youth"] = float("nan")
    doors = draw(st.lists(some, max_size=3)) if sites else []
    return Plan([every[n] for n in sorted(kept)], homes, sites, hours, doors)


FEW = (0.0, 0.0, 1.0, 3.0, 4.0, 6.0, 9.0, 30.0)
"""People of an age in a home, such that a few are left over everywhere."""


def crowded(seed: int, kinds: tuple[str, ...] = ("library",)) -> Plan:
    """Return a town of a few people everywhere, spread by chance: each seed is another."""
    chance = random.Random(seed)

    def spots(count: int) -> list:
        return [(10 * chance.randint(0, 90), 10 * chance.randint(0, 60)) for _ in range(count)]

    lines = [line for line in lattice(4, 3) if chance.random() < 0.9]
    homes = {
        at: ([chance.choice(FEW) for _ in AGES], chance.random() < 0.5)
        for at in spots(chance.randint(5, 12))
    }
    sites = [(chance.choice(kinds), at) for at in spots(chance.randint(2, 4))]
    return Plan(lines, people_of(homes), sites, [""] * len(sites), [])
