"""
The same walks by another route: every edge cut at every door, and a plain Dijkstra.

On the middle of Oslo, both demo areas and some drawn towns, each laid over hills of ours:
nearest, the nearest few and the matrix, for four gaits.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely

from geo.answer import answer
from geo.model import Gait
from geo.paths.terrain import Terrain
from geo.paths.walking import level_m
from geo.question import Question
from geo.search.access import NOWHERE
from geo.search.choices import choices
from geo.search.matrix import walks
from geo.town import prepare
from tests.drawn import FRIDAY
from tests.plain import Plain, dijkstra, is_joined_well, mainland
from tests.towns import bundle, catalogue, lines_between, streets

APART_MIN = 0.001
PAIRS = 100_000
CUTOFF_M, FEW = 2500.0, 3
# Built areas by the name of their fixture, drawn towns by number.
AREAS = ("karhula", "helsinki", "oslo", 1, 2, 3)
ASKED = {
    "on foot": {"walker": "adult"},
    "on foot in the winter dark": {"walker": "older_80", "winter": True, "dark": True},
    "wheelchair": {"walker": "wheelchair"},
    "wheelchair, certain": {"walker": "wheelchair", "certain": True},
}
KINDS = ("library", "park", "playground", "cafe")


def hills(area):
    """Lay hills over an area: a few bells of up to 60 m, some of them steep."""
    west, south, east, north = area.paths.total_bounds
    x, y = np.meshgrid(np.arange(west, east + 10, 10), np.arange(north, south - 10, -10))
    chance, heights_m = np.random.default_rng(5), np.zeros(x.shape)
    for _ in range(12):
        middle = chance.uniform((west, south), (east, north))
        wide_m, high_m = chance.uniform(80, 400), chance.uniform(10, 60)
        away_m2 = (x - middle[0]) ** 2 + (y - middle[1]) ** 2
        heights_m += high_m * np.exp(-away_m2 / (2 * wide_m**2))
    cells = heights_m.astype(np.float32)
    return replace(area, terrain=Terrain(cells, west - 5, north + 5, cell_m=10.0))


def drawn(number):
    """Draw a town of crooked blocks: gaps, stairs, shut and dark ways, walls, an island."""
    chance, side = np.random.default_rng(number), 18
    spot = chance.uniform(-25, 25, (side, side, 2)) + 80.0 * np.indices((side, side)).T
    ways = [((i, j), (i + 1, j)) for i in range(side - 1) for j in range(side)]
    ways += [((i, j), (i, j + 1)) for i in range(side) for j in range(side - 1)]
    ways = [ways[n] for n in chance.permutation(len(ways))[: int(0.85 * len(ways))]]
    lines = [[tuple(spot[end]) for end in way] for way in ways]
    lines += [[*line[:1], tuple(np.mean(line, axis=0) + 20), *line[1:]] for line in lines[:20]]
    lines += [[line[0], tuple(np.add(line[0], 30)), (line[0][0] + 40, line[0][1]), line[0]]
              for line in lines[20:25]]  # fmt: skip
    lines += [[(-300, -300), (-200, -300)]]

    def some(share, *values):
        rows = np.flatnonzero(chance.random(len(lines)) < share)
        return {int(row): chance.choice(values) for row in rows}

    paths = streets(
        *lines,
        steps=np.flatnonzero(chance.random(len(lines)) < 0.05).tolist(),
        wheelchair=some(0.9, "yes", "yes", "yes", "yes", "no"),
        lit=some(0.2, "yes", "no"),
        winter=some(0.1, "open", "closed"),
        incline=some(0.1, 0.05, 0.08, 0.12),
    )
    spots = iter(chance.uniform(-60, 80 * side, (460, 2)).round(2).tolist())
    homes = {tuple(next(spots)): {"everybody": 1.0} for _ in range(400)}
    of = [*KINDS, "library;park", "cafe"] * 10
    places = {f"n{n}": (kind, tuple(next(spots))) for n, kind in enumerate(of)}
    walls = [[tuple(at), tuple(at + chance.uniform(-90, 90, 2))] for at in spot.reshape(-1, 2)]
    town = bundle(paths, homes, places)
    return replace(town, barriers=lines_between("fence", *walls[::6]))


@pytest.fixture(scope="module")
def tried():
    """Count the pairs that were compared, by area."""
    return Counter()


@dataclass
class Checked:
    """A town, the same as one gait meets it, and as the long way round finds it."""

    town: Any
    side: Any
    walker: Any
    near: dict

    def from_doors(self, rows):
        """Return the minutes of the long way, from every home to the nearest door."""
        doors = [("door", row) for row in rows if ("door", row) in self.near]
        return self._minutes(dijkstra(self.near, doors), "home", len(self.town.bundle.homes))

    def from_home(self, row):
        """Return the minutes of the long way, from a home to every place."""
        home = [("home", row)] if ("home", row) in self.near else []
        found = dijkstra(self.near, home)
        least = np.full(len(self.town.bundle.places), np.inf)
        doors = self._minutes(found, "door", len(self.place_of))
        np.minimum.at(least, self.place_of, doors)
        return least

    def _minutes(self, found, what, many):
        metres = [found.get((what, row), np.inf) for row in range(many)]
        return np.array(metres) / self.walker.speed_m_s / 60

    @property
    def place_of(self):
        ids = {i: row for row, i in enumerate(self.town.bundle.places.index)}
        return np.array([ids[i] for i in self.town.bundle.entrances["place_id"]], dtype=int)


NOT_JOINED = (-1, 0.0, np.inf)
"""How a point is joined that is not."""


def checked(town, asked):
    """Go the long way round for one gait, joined where nothing nearer is free."""
    bundle, walker = town.bundle, catalogue().walkers[asked["walker"]]
    gait = Question("toytown", (), **asked).terms(walker).gait
    paths, side = bundle.paths, town.side(gait)
    ends = list(zip(paths["u"].tolist(), paths["v"].tolist(), strict=True))
    plain = Plain(ends, level_m(paths, gait, bundle.terrain))
    possible = level_m(paths, replace(gait, certain=False), bundle.terrain)
    open_to = np.array(mainland(ends, paths.length.tolist(), np.isfinite(possible)), dtype=int)
    lines = paths.geometry.to_numpy()
    edges, walls = (
        (shapely.STRtree(lines[open_to]), open_to),
        shapely.STRtree(bundle.barriers.geometry.to_numpy()),
    )
    solid = shapely.STRtree(bundle.barriers.query("what != 'fence'").geometry.to_numpy())
    any_path = np.array(mainland(ends, paths.length.tolist(), np.ones(len(ends), dtype=bool)))
    paths_too = (shapely.STRtree(lines[any_path]), any_path)
    for what, points, joined in (
        ("home", bundle.homes, side.homes),
        ("door", bundle.entrances, side.entrances),
    ):
        rows = zip(joined.edge.tolist(), joined.along, joined.gap_m, strict=True)
        for row, (point, how) in enumerate(zip(points.geometry, rows, strict=True)):
            shut_in = how[0] >= 0 and is_joined_well(point, NOT_JOINED, lines, paths_too, walls)
            well = (
                is_joined_well(point, how, lines, paths_too, solid)
                if shut_in
                else is_joined_well(point, how, lines, edges, walls)
            )
            assert well, (what, row, how)
            plain.tie((what, row), joined, row)
    return Checked(town, side, walker, plain.graph())


def apart(book, found):
    """Return how far minutes are apart at most; what is unreachable has to be so in both."""
    assert (np.isinf(book) == np.isinf(found)).all()
    reached = np.isfinite(book)
    return float(np.abs(book[reached] - found[reached]).max(initial=0.0))


def nearest_apart(one, question):
    """Compare the nearest place of every kind, and of any of them as it is shown."""
    known = catalogue()
    kinds = {kind: known.kinds[kind] for kind in KINDS}
    terms, town = question.terms(one.walker), one.town
    found = town.walk(terms, kinds, FRIDAY, one.side)
    of, book = town.bundle.places["kinds"].str.split(";"), {}
    for key, near in found.items():
        counts = of.map(lambda of, key=key: key in of) & town.counted(kinds[key], terms, FRIDAY)
        rows = np.flatnonzero(counts.to_numpy()[one.place_of])
        book[key] = one.from_doors(rows)
        reached = near.door != NOWHERE
        assert (reached == np.isfinite(book[key])).all()
        assert np.isin(near.door[reached], rows).all()
        yield book[key], one.walker.minutes(near.distance_m)
    sides = cache(lambda gait: one.side if gait == terms.gait else town.side(gait))
    shown = answer(
        town,
        question,
        known,
        now=FRIDAY,
        walk=lambda terms: town.walk(terms, kinds, FRIDAY, sides(terms.gait)),
    )
    yield np.min(list(book.values()), axis=0), shown.minutes.to_numpy()


def matrix_apart(one, chance):
    """Compare columns and rows of the matrix, and the nearest few of some places."""
    side, place_of = one.side, one.place_of
    table = walks(
        side.weighed,
        side.homes,
        side.entrances,
        of=place_of,
        places=len(one.town.bundle.places),
        cutoff_m=CUTOFF_M,
    ).tolil()
    limit = one.walker.minutes(CUTOFF_M)

    def within(book, stored):
        minutes = np.full(len(book), np.inf)
        minutes[stored[0]] = one.walker.minutes(np.array(stored[1]))
        doubtful = np.abs(book - limit) < APART_MIN
        return np.where(book <= limit, book, np.inf)[~doubtful], minutes[~doubtful]

    by_place = table.T.tolil()
    some = np.sort(chance.choice(table.shape[1], min(6, table.shape[1]), replace=False))
    book = [one.from_doors(np.flatnonzero(place_of == place)) for place in some]
    for place, minutes in zip(some, book, strict=True):
        yield within(minutes, (by_place.rows[place], by_place.data[place]))
    rows = np.flatnonzero(np.isin(place_of, some))
    number = np.searchsorted(some, place_of[rows])
    few = choices(side.weighed, side.homes, side.entrances.take(rows), of=number, count=FEW)
    yield np.sort(book, axis=0)[:FEW].T.ravel(), one.walker.minutes(few.distance_m).ravel()
    homes = chance.choice(table.shape[0], 2, replace=False)
    every = choices(side.weighed, side.homes.take(homes), side.entrances, of=place_of, count=9)
    for home, nine in zip(homes, every.distance_m, strict=True):
        minutes = one.from_home(home)
        yield within(minutes, (table.rows[home], table.data[home]))
        nearest = np.sort(np.append(minutes, [np.inf] * 9))[:9]
        yield nearest, one.walker.minutes(nine)


@pytest.mark.parametrize("area", AREAS)
def test_every_walk_is_the_one_that_a_plain_dijkstra_finds(request, area, tried):
    built = drawn(area) if isinstance(area, int) else request.getfixturevalue(area)
    town = prepare(hills(built))
    chance, begun = np.random.default_rng(7), time.process_time()
    for name, asked in ASKED.items():
        one = checked(town, asked)
        question = Question("toytown", KINDS, minutes=30, **asked)
        most, pairs, reached = 0.0, 0, 0
        for book, found in (*nearest_apart(one, question), *matrix_apart(one, chance)):
            most = max(most, apart(book, found))
            pairs, reached = pairs + len(book), reached + int(np.isfinite(book).sum())
        print(  # noqa: T201 - the figures themselves are worth reading
            f"{area}, {name}: {pairs} pairs, {reached} with a way, {most:.1e} min apart,"
            f" {time.process_time() - begun:.0f} s"
        )
        tried[area] += pairs
        assert most < APART_MIN


def test_at_least_a_hundred_thousand_pairs_were_tried(tried):
    if len(tried) < len(AREAS):
        pytest.skip("counts only if all areas were asked")
    print(f"{sum(tried.values())} pairs in all")  # noqa: T201
    assert sum(tried.values()) >= PAIRS


def test_hills_matter(request):
    """Else all of the above would prove nothing about slopes."""
    town = hills(request.getfixturevalue("karhula"))
    hilly_m = level_m(town.paths, Gait(), town.terrain)
    assert (hilly_m / town.paths["length_m"] > 1.1).mean() > 0.1
