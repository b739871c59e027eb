"""Towns with places more or fewer equal the same towns built anew."""

from datetime import datetime

import numpy as np
import pytest

from data.catalogue import kinds
from geo.changes import side_again, walk_again, walks_again, with_places, without_places
from geo.model import Gait
from geo.question import Terms
from geo.search.matrix import walks
from geo.town import prepare
from tests.towns import bundle, streets

NOW = datetime(2026, 11, 20, 12)
PATHS = streets([(0, 0), (600, 0)], [(600, 0), (600, 600)], [(0, 0), (0, 600)])
HOMES = {(100, 5): {"everybody": 10}, (600, 300): {"everybody": 10}, (0, 590): {"everybody": 5}}
FEW = {"a": ("library", (0, 10)), "b": ("park;playground", (610, 600))}
MORE = FEW | {"c": ("playground", (300, 5)), "d": ("school;library", (590, 200))}
TERMS = Terms(Gait())


@pytest.fixture(scope="module")
def towns():
    return prepare(bundle(PATHS, HOMES, FEW)), prepare(bundle(PATHS, HOMES, MORE))


@pytest.fixture(scope="module")
def grown(towns):
    more = towns[1].bundle
    new = more.entrances[more.entrances["place_id"].isin(["c", "d"])]
    return with_places(towns[0], more.places.loc[["c", "d"]], new)


def same(found, expected):
    assert found.keys() == expected.keys()
    for kind, one in expected.items():
        assert found[kind].distance_m.tolist() == one.distance_m.tolist(), kind
        assert found[kind].door.tolist() == one.door.tolist(), kind


def test_a_town_with_new_places_walks_as_if_built_with_them(towns, grown):
    expected = towns[1].walk(TERMS, kinds(), NOW)
    same(grown.walk(TERMS, kinds(), NOW), expected)
    known = towns[0].walk(TERMS, kinds(), NOW)
    same(walk_again(grown, (towns[0], known), TERMS, kinds(), NOW), expected)


def test_only_new_entrances_are_joined_again(towns, grown):
    for gait in (Gait(), Gait(wheels="wheelchair"), Gait(dark=True, certain=True)):
        expected = grown.side(gait)
        found = side_again(grown, towns[0].side(gait), gait)
        assert found.entrances.edge.tolist() == expected.entrances.edge.tolist()
        assert found.entrances.gap_m.tolist() == expected.entrances.gap_m.tolist()
        assert found.weighed.arc.tolist() == expected.weighed.arc.tolist()


def test_only_the_kinds_of_the_new_places_are_measured_again(towns, grown):
    known = dict.fromkeys(kinds(), "as before")
    found = walk_again(grown, (towns[0], known), TERMS, kinds(), NOW)
    fresh = {kind for kind, one in found.items() if one != "as before"}
    assert fresh == {"playground", "school", "library"}


def test_a_closed_place_leads_nobody_anywhere(towns):
    left = without_places(towns[1], ["c", "d", "never there"])
    expected = towns[0].walk(TERMS, kinds(), NOW)
    same(left.walk(TERMS, kinds(), NOW), expected)
    known = towns[1].walk(TERMS, kinds(), NOW)
    same(walk_again(left, (towns[1], known), TERMS, kinds(), NOW), expected)


def test_the_town_it_was_made_of_is_unharmed(towns, grown):
    assert len(towns[0].bundle.places) == len(FEW)
    assert not towns[0].of_kind("school").any()
    assert grown.of_kind("school").tolist() == [False, False, False, True]


def test_a_wider_table_of_walks_is_the_one_measured_at_once(towns, grown):
    def table(town):
        side = town.side(Gait())
        return walks(
            side.weighed,
            side.homes,
            side.entrances,
            of=town.place_of,
            places=len(town.bundle.places),
            cutoff_m=900,
        )

    found = walks_again(grown, table(towns[0]), grown.side(Gait()), 900)
    expected = table(towns[1])
    assert found.shape == expected.shape
    assert np.array_equal(found.toarray(), expected.toarray())
    assert found.nnz == expected.nnz
