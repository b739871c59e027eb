"""A town made ready: who is joined to what, for every gait, and which places count."""

from dataclasses import replace
from datetime import datetime
from itertools import product

import numpy as np
import pytest

from geo.model import Gait
from geo.paths.joining import join
from geo.paths.walking import level_m
from geo.question import Terms
from geo.search.access import NOWHERE
from geo.town import prepare
from tests.towns import LEVEL, bundle, catalogue, lines_between, streets

FRIDAY = datetime(2026, 11, 20, 12)
KINDS = catalogue().kinds
ON_FOOT = Terms(LEVEL)
HOMES = [(100, 5), (500, 40), (890, 10), (300, 500)]


def drawn():
    """Return two parallel streets 50 m apart, of unlike quality, and a town along them."""
    paths = streets(
        [(0, 0), (900, 0)],
        [(0, 50), (900, 50)],
        [(0, 0), (0, 50)],
        [(900, 0), (900, 50)],
        [(300, 480), (340, 480)],  # a yard of its own
        wheelchair={0: "no", 1: "yes", 2: "yes"},
        lit={0: "yes", 1: "no", 3: "yes"},
        winter={0: "open", 1: "closed"},
    )
    places = {
        "n1": ("library", (100, -20)),
        "n2": ("library;school", (600, 70)),
        "n3": ("park", (800, 25.5)),
        "n4": ("cafe", (5000, 0)),
    }
    return bundle(paths, {spot: {"everybody": 10.0} for spot in HOMES}, places)


GAITS = [
    Gait("none", wheels, *switches)
    for wheels, *switches in product(("", "wheelchair"), *[(False, True)] * 3)
]


@pytest.mark.parametrize("gait", GAITS, ids=str)
@pytest.mark.parametrize("walls", [(), [[(-9, 45), (909, 45)]]], ids=["open", "fenced"])
def test_every_gait_is_joined_as_if_there_were_no_other(gait, walls):
    """What a town remembers of one gait must not leak into another."""
    town = prepare(replace(drawn(), barriers=lines_between("fence", *walls)))
    usable = np.isfinite(level_m(town.bundle.paths, replace(gait, certain=False)))
    side, barriers = town.side(gait), town.bundle.barriers.geometry
    for points, found in (
        (town.bundle.homes, side.homes),
        (town.bundle.entrances, side.entrances),
    ):
        alone = join(town.network, points, usable=usable, barriers=barriers)
        assert found.edge.tolist() == alone.edge.tolist()
        assert found.along.tolist() == alone.along.tolist()
        assert found.gap_m.tolist() == alone.gap_m.tolist()


@pytest.mark.parametrize(
    ("gait", "edges"),
    [
        (LEVEL, [0, 1, 0, -1]),  # each to the nearest; the last one has only the yard
        (Gait("none", wheels="wheelchair"), [1, 1, 3, -1]),
        (Gait("none", dark=True), [0, 0, 0, -1]),
        (Gait("none", winter=True), [0, 0, 0, -1]),
        (Gait("none", wheels="wheelchair", winter=True), [2, -1, 3, -1]),
    ],
)
def test_homes_join_what_their_gait_can_pass(gait, edges):
    assert prepare(drawn()).side(gait).homes.edge.tolist() == edges


def test_who_has_to_be_certain_starts_from_the_same_door():
    """Not from another street that happens to be known: the first steps count, too."""
    town, dark = prepare(drawn()), Gait("none", dark=True)
    possible, certain = town.side(dark), town.side(replace(dark, certain=True))
    assert certain.homes.edge.tolist() == possible.homes.edge.tolist()
    unknown = Gait("none", wheels="pram")
    found = town.walk(Terms(replace(unknown, certain=True)), {"park": KINDS["park"]}, FRIDAY)
    assert found["park"].distance_m.tolist() == [np.inf] * 4


def test_the_nearest_of_each_kind_is_told_with_its_door():
    """Doors are rows of the entrances: here one for each place."""
    town = prepare(drawn())
    asked = {kind: KINDS[kind] for kind in ("library", "school", "park", "cafe", "cinema")}
    found = town.walk(ON_FOOT, asked, FRIDAY)
    assert list(found) == list(asked)
    # From (100, 5): 5 + 20. From (500, 40): 10 + 100 + 20, along the other street. From
    # (890, 10) round the corner: 10 + 10 + 50 + 300 + 20.
    assert found["library"].distance_m.tolist() == pytest.approx([25, 130, 390, np.inf])
    assert found["library"].door.tolist() == [0, 1, 1, NOWHERE]
    assert found["school"].distance_m.tolist() == pytest.approx([775, 130, 390, np.inf])
    assert found["cafe"].door.tolist() == [NOWHERE] * 4
    assert found["cinema"].distance_m.tolist() == [np.inf] * 4


def test_of_a_place_with_many_doors_the_nearest_counts():
    one = drawn()
    back_door = one.entrances.iloc[[0]].set_index(np.array([9])).translate(700, 0)
    entrances = one.entrances.iloc[[0, 0, 1, 2, 3]].reset_index(drop=True)
    entrances.loc[1, "geometry"] = back_door.iloc[0]
    town = prepare(replace(one, entrances=entrances))
    assert town.place_of.tolist() == [0, 0, 1, 2, 3]
    found = town.walk(ON_FOOT, {"library": KINDS["library"]}, FRIDAY)["library"]
    assert found.door.tolist() == [0, 2, 1, NOWHERE]  # (890, 10) goes to the back door
    assert found.distance_m[2] == pytest.approx(10 + 90 + 20)


def test_a_side_at_hand_is_used():
    town = prepare(drawn())
    kinds, side = {"park": KINDS["park"]}, town.side(Gait("none", wheels="wheelchair"))
    rolled = town.walk(ON_FOOT, kinds, FRIDAY, side)["park"].distance_m
    walked = town.walk(ON_FOOT, kinds, FRIDAY)["park"].distance_m
    terms = Terms(Gait("none", wheels="wheelchair"))
    assert rolled.tolist() == town.walk(terms, kinds, FRIDAY)["park"].distance_m.tolist()
    assert rolled.tolist() != walked.tolist()


def test_places_count_as_they_are_open():
    one = drawn()
    one.places["opening_hours"] = ["Mo-Fr 10:00-19:00", "off", "", ""]
    town = prepare(one)

    def counted(kind, **terms):
        of = town.counted(KINDS[kind], Terms(LEVEL, **terms), FRIDAY)
        return one.places.index[of].tolist()

    assert counted("library") == ["n1"]
    assert counted("school", schools=True) == []  # closed for good
    assert counted("library", when="saturday") == []
    assert counted("park", when="saturday", certain=True) == ["n3"]
    assert counted("cafe", when="saturday") == ["n4"]
    assert counted("cafe", when="saturday", certain=True) == []
    assert town.of_kind("library").tolist() == [True, True, False, False]  # whatever the hour


def test_what_counts_is_no_secret_of_the_town():
    """Who changes what was answered changes nothing for the next one."""
    town = prepare(drawn())
    town.counted(KINDS["library"], ON_FOOT, FRIDAY)[:] = False
    assert town.counted(KINDS["library"], ON_FOOT, FRIDAY).sum() == 2


def test_a_town_of_nothing_is_a_town():
    town = prepare(bundle(streets(), {}, {}))
    found = town.walk(ON_FOOT, {"park": KINDS["park"]}, FRIDAY)["park"]
    assert (len(found.distance_m), len(found.door)) == (0, 0)
    assert town.of_kind("park").tolist() == []
