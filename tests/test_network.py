"""Homes and doors join the network on edges, at the exact spot."""

import numpy as np
import pytest
import shapely

from geo.errors import CrsError
from geo.network import ISLAND_M, JOIN_LIMIT_M, build, join
from tests.towns import points, streets

STREET = [(0, 0), (600, 0)]


def joined(paths, *xy, steps=True):
    found = join(build(paths, steps=steps), points(*xy))
    return list(
        zip(found.edge.tolist(), found.along_m.tolist(), found.gap_m.tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ((120, 15), (0, 120, 15)),  # beside the street
        ((120, 0), (0, 120, 0)),  # on it
        ((0, 0), (0, 0, 0)),  # at its beginning
        ((600, 0), (0, 600, 0)),  # at its end
        ((603, 4), (0, 600, 5)),  # beyond its end
        ((300, JOIN_LIMIT_M), (0, 300, 200)),  # exactly as far as a path may be
        ((300, JOIN_LIMIT_M + 0.01), (-1, 0, np.inf)),  # one centimetre too far
    ],
)
def test_a_point_joins_at_the_exact_spot(home, expected):
    assert joined(streets(STREET), home) == [expected]


def test_the_course_counts_and_not_the_beeline():
    bent = streets([(0, 0), (300, 0), (300, 300)])
    assert joined(bent, (310, 100)) == [(0, 400, 10)]


def test_an_entrance_at_a_junction_costs_nothing_whichever_edge_it_joins():
    paths = streets(STREET, [(600, 0), (900, 0)])
    ((edge, along_m, gap_m),) = joined(paths, (600, 0))
    assert gap_m == 0
    assert along_m == {0: 600, 1: 0}[edge]


def test_a_short_island_is_passed_over():
    courtyard = [(100, 20), (140, 20)]
    assert joined(streets(STREET, courtyard), (120, 22)) == [(0, 120, 22)]
    far_courtyard = [(100, 300), (140, 300)]
    assert joined(streets(STREET, far_courtyard), (120, 302)) == [(-1, 0, np.inf)]


@pytest.mark.parametrize(("length_m", "island"), [(ISLAND_M, False), (ISLAND_M - 1, True)])
def test_five_hundred_metres_are_no_island(length_m, island):
    network = build(streets(STREET, [(0, 50), (length_m, 50)]))
    assert network.island.tolist() == [False, island]


def test_the_longest_part_is_never_an_island():
    hamlet = streets([(0, 0), (90, 0)], [(0, 30), (40, 30)])
    assert build(hamlet).island.tolist() == [False, True]
    assert joined(hamlet, (40, 31)) == [(0, 40, 31)]


def test_an_island_is_measured_whole():
    two_halves = [(0, 50), (250, 50)], [(250, 50), (500, 50)]
    network = build(streets(STREET, *two_halves))
    assert network.island.tolist() == [False] * 3
    assert network.component[1] == network.component[2] != network.component[0]


def test_without_stairs_what_they_led_to_may_be_an_island():
    terrace = [(300, 10), (400, 10)]
    west, east = [(-500, 0), (300, 0)], [(300, 0), (600, 0)]
    paths = streets(west, [(300, 0), (300, 10)], terrace, east, steps=[1])
    assert joined(paths, (350, 11)) == [(2, 50, 1)]
    assert joined(paths, (350, 11), steps=False) == [(2, 50, 11)]


@pytest.mark.parametrize("steps", [True, False])
def test_nothing_to_walk_on_joins_nobody(steps):
    network = build(streets(), steps=steps)
    assert network.junctions == len(network.u) == 0
    assert joined(streets(), (0, 0), steps=steps) == [(-1, 0, np.inf)]


def test_only_stairs_leave_a_wheelchair_nothing():
    assert joined(streets(STREET, steps=[0]), (0, 0), steps=False) == [(-1, 0, np.inf)]


def test_nobody_joins_anything():
    assert joined(streets(STREET)) == []


def test_degrees_are_refused():
    with pytest.raises(CrsError, match="EPSG:4326"):
        build(streets(STREET).set_crs(4326, allow_override=True))
    with pytest.raises(CrsError, match="EPSG:4326"):
        join(build(streets(STREET)), points((0, 0)).set_crs(4326, allow_override=True))


def test_the_callers_paths_are_left_alone():
    paths = streets(STREET, [(0, 50), (10, 50)])
    before = paths.copy(deep=True)
    build(paths, steps=False)
    assert paths.equals(before)
    assert shapely.equals(paths.geometry, before.geometry).all()
