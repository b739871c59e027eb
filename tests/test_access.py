"""How far it is from every home to the nearest door."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.paths.walking import STAIRS
from geo.search.access import NOWHERE
from tests.towns import WHEELS, streets, walk

STREET = [(0, 0), (600, 0)]
"""Long enough to be no island, whatever else is drawn."""


def metres(paths, homes, doors, **how):
    return walk(paths, homes, doors, **how).distance_m.tolist()


@pytest.mark.parametrize(
    ("home", "door", "expected"),
    [
        ((100, 10), (400, 20), 330),  # both bits off the street are walked
        ((400, 10), (100, 20), 330),  # and back again
        ((100, 0), (100, 0), 0),  # next door
        ((100, 10), (100, -10), 20),  # across the street
        ((0, 0), (600, 0), 600),  # from junction to junction
        ((600, 0), (600, 0), 0),  # an entrance exactly at a junction
    ],
)
def test_two_on_the_same_edge_meet_along_it(home, door, expected):
    assert metres(streets(STREET), [home], [door]) == [pytest.approx(expected, abs=1e-4)]


def test_both_ends_of_an_edge_are_offered():
    crossing = streets(STREET, [(0, 0), (0, 300)], [(600, 0), (600, 300)])
    found = walk(crossing, [(250, 0), (350, 0)], [(0, 50), (600, 50)])
    assert found.distance_m.tolist() == [300, 300]
    assert found.door.tolist() == [0, 1]


def test_the_way_round_may_be_shorter_than_the_way_along():
    horseshoe = [(0, 0), (0, 400), (100, 400), (100, 0)]
    shortcut = [(0, 0), (100, 0)]
    assert metres(streets(horseshoe, shortcut), [(0, 50)], [(100, 50)]) == [200]


def test_parallel_edges_are_not_added_up():
    straight, detour = [(0, 0), (600, 0)], [(0, 0), (0, 400), (600, 400), (600, 0)]
    left, right = [(-100, 0), (0, 0)], [(600, 0), (700, 0)]
    paths = streets(detour, straight, left, right)
    assert metres(paths, [(-100, 0)], [(700, 0)]) == [800]


def test_a_loop_is_walked_the_shorter_way():
    loop = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    paths = streets([(-600, 0), (0, 0)], loop)
    homes, door = [(100, 50), (20, 0), (-100, 0)], [(0, 20)]
    assert metres(paths, homes, door) == [pytest.approx(m) for m in (170, 40, 120)]


def test_a_lone_ring_has_a_seam_but_no_end():
    ring = [(0, 0), (200, 0), (200, 200), (0, 200), (0, 0)]
    assert metres(streets(ring), [(50, 0)], [(0, 50)]) == [100]


def test_an_edge_without_length_still_joins_two_streets():
    paths = streets(STREET, [(600, 0), (900, 0)])
    paths.loc[1, "u"] = 999  # another node on the same spot ...
    knot = streets([(600, 0), (600, 0)])
    knot[["u", "v"]] = [[paths.loc[0, "v"], 999]]  # ... tied to the first
    cut = metres(paths, [(0, 0)], [(900, 0)])
    tied = metres(paths.merge(knot, how="outer"), [(0, 0)], [(900, 0)])
    assert cut == [np.inf]
    assert tied == [pytest.approx(900, abs=1e-4)]


def test_a_bridge_does_not_touch_the_road_below():
    road, bridge = [(-600, 0), (600, 0)], [(0, -600), (0, 600)]
    found = walk(streets(road, bridge), [(-100, 0)], [(0, 100)])
    assert found.distance_m.tolist() == [np.inf]
    assert found.door.tolist() == [NOWHERE]


def test_what_hangs_together_with_nothing_cannot_be_reached():
    paths = streets(STREET, [(0, 1000), (600, 1000)])
    found = walk(paths, [(100, 0), (100, 1000), (100, 500)], [(300, 0)])
    assert found.distance_m.tolist() == [200, np.inf, np.inf]
    assert found.door.tolist() == [0, NOWHERE, NOWHERE]


def test_a_door_beyond_the_limit_is_no_door():
    found = walk(streets(STREET), [(100, 0)], [(110, 201), (300, 200)])
    assert found.distance_m.tolist() == [400]
    assert found.door.tolist() == [1]


@pytest.mark.parametrize(
    ("paths", "homes", "doors", "expected"),
    [
        (streets(STREET), [], [(0, 0)], []),
        (streets(STREET), [(0, 0)], [], [np.inf]),
        (streets(), [(0, 0)], [(0, 0)], [np.inf]),
        (streets(), [], [], []),
    ],
    ids=["no homes", "no doors", "no paths", "nothing"],
)
def test_emptiness_is_no_error(paths, homes, doors, expected):
    found = walk(paths, homes, doors)
    assert found.distance_m.tolist() == expected
    assert found.door.tolist() == [NOWHERE] * len(expected)


def test_a_wheelchair_takes_the_ramp():
    stairs, ramp = [(600, 0), (600, 20)], [(600, 0), (700, 0), (700, 20), (600, 20)]
    square = [(600, 20), (600, 700)]
    paths = streets(STREET, stairs, ramp, square, steps=[1])
    on_foot = 100 + 20 * STAIRS + 80  # two metres of level ground for each of stairs
    assert metres(paths, [(500, 0)], [(600, 100)]) == [pytest.approx(on_foot, abs=1e-4)]
    assert metres(paths, [(500, 0)], [(600, 100)], gait=WHEELS) == [400]
    known = replace(WHEELS, certain=True)
    assert metres(paths, [(500, 0)], [(600, 100)], gait=known) == [np.inf]


def test_without_a_ramp_there_is_no_way():
    paths = streets(STREET, [(600, 0), (600, 20)], [(600, 20), (600, 700)], steps=[1])
    assert metres(paths, [(500, 0)], [(600, 100)], gait=WHEELS) == [np.inf]


SPACING = 150
CORNERS = [(x * SPACING, y * SPACING) for x in range(5) for y in range(5)]
BLOCKS = [
    (a, b)
    for a in CORNERS
    for b in ((a[0] + SPACING, a[1]), (a[0], a[1] + SPACING))
    if b in CORNERS
]
SPINE = [(a, b) for a, b in BLOCKS if a[1] == b[1] == 0]
blocks = st.lists(st.sampled_from(sorted(set(BLOCKS) - set(SPINE))), unique=True)
towns = blocks.map(lambda some: [*SPINE, *some])
# Never as near to one street as to another: which of them a home joins would be a toss.
spots = st.tuples(st.integers(-30, 630), st.integers(-30, 630)).map(
    lambda xy: (xy[0] + 0.31, xy[1] + 0.17)
)
few = st.lists(spots, max_size=6)


@settings(max_examples=25)
@given(towns, few, few, spots)
def test_a_new_place_never_lengthens_a_walk(town, homes, doors, new):
    before = walk(streets(*town), homes, doors).distance_m
    after = walk(streets(*town), homes, [*doors, new]).distance_m
    assert (after <= before).all()


@settings(max_examples=25)
@given(towns, few, few, st.randoms(use_true_random=False))
def test_order_and_duplicates_do_not_matter(town, homes, doors, chance):
    known = metres(streets(*town), homes, doors)
    shuffled = [*doors, *doors]
    chance.shuffle(shuffled)
    other = [(b, a) if chance.random() < 0.5 else (a, b) for a, b in town]
    chance.shuffle(other)
    turned = walk(streets(*other, *SPINE[:3]), homes[::-1], shuffled).distance_m[::-1]
    assert turned.tolist() == pytest.approx(known, abs=1e-4)


@settings(max_examples=25)
@given(towns, few, few, st.data())
def test_cutting_an_edge_in_two_changes_nothing(town, homes, doors, data):
    cut = data.draw(st.integers(0, len(town) - 1))
    at = shapely.LineString(town[cut]).interpolate(
        data.draw(st.floats(0.01, 0.99)), normalized=True
    )
    (a, b), middle = town[cut], (at.x, at.y)
    halves = [*town[:cut], (a, middle), (middle, b), *town[cut + 1 :]]
    known = metres(streets(*town), homes, doors)
    assert metres(streets(*halves), homes, doors) == pytest.approx(known, abs=1e-4)


@settings(max_examples=25)
@given(towns, few, few)
def test_the_way_there_is_as_long_as_the_way_back(town, homes, doors):
    for home in homes:
        there = walk(streets(*town), [home], doors).distance_m.min(initial=np.inf)
        back = walk(streets(*town), doors, [home]).distance_m.min(initial=np.inf)
        assert there == pytest.approx(back, abs=1e-4)
