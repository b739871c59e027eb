"""Paths that all but meet the others are reported."""

import numpy as np
import pytest
import shapely

from geo.paths.mending import NEAR_M, loose_ends
from geo.paths.network import ISLAND_M, build
from tests.towns import CRS, streets

STREET = [(0, 0), (900, 0)]


def reported(paths, usable=None, barriers=None):
    every = np.ones(len(paths), dtype=bool)
    walls = barriers and np.array([shapely.LineString(line) for line in barriers])
    return loose_ends(build(paths), every if usable is None else usable, paths, barriers=walls)


def rows(*args, **kwargs):
    found = reported(*args, **kwargs)
    return [
        (row.length_m, row.gap_m, row.ways, (row.geometry.x, row.geometry.y))
        for row in found.itertuples()
    ]


def test_a_path_that_ends_just_before_a_street_is_reported():
    assert rows(streets(STREET, [(300, 3), (300, 83)])) == [(80, 3, "1", (300, 1.5))]


@pytest.mark.parametrize(("gap_m", "found"), [(NEAR_M, 1), (NEAR_M + 0.01, 0)])
def test_too_wide_a_gap_is_no_drawing_error(gap_m, found):
    assert len(reported(streets(STREET, [(300, gap_m), (300, 200)]))) == found


@pytest.mark.parametrize(("length_m", "found"), [(ISLAND_M, 0), (ISLAND_M - 1, 1)])
def test_only_an_island_is_a_loose_end(length_m, found):
    assert len(reported(streets(STREET, [(300, 3), (300, 3 + length_m)]))) == found


def test_an_island_is_reported_once_with_all_its_ways_where_it_lies_nearest():
    yard = [(300, 8), (300, 60)], [(300, 60), (340, 60)], [(340, 60), (340, 5)]
    assert rows(streets(STREET, *yard)) == [(147, 5, "1;2;3", (340, 2.5))]


def test_most_metres_come_first():
    paths = streets(STREET, [(300, 3), (300, 13)], [(500, 9), (500, 99)], [(600, 1), (600, 11)])
    assert [row[0] for row in rows(paths)] == [90, 10, 10]
    assert reported(paths)["part"].tolist() == [2, 1, 3]


def test_lines_that_cross_without_a_shared_node_have_no_gap():
    assert rows(streets(STREET, [(300, -40), (300, 40)])) == [(80, 0, "1", (300, 0))]


def test_an_island_near_no_more_than_another_island_is_not_reported():
    assert rows(streets(STREET, [(300, 300), (400, 300)], [(400, 303), (480, 303)])) == []


def test_a_gap_across_a_river_is_meant():
    """The nearest end lies across the river; another one does not, though it is farther."""
    paths = streets(STREET, [(300, 6), (300, 60)], [(300, 60), (340, 60), (340, 15)])
    assert rows(paths, barriers=[[(290, 3), (310, 3)]])[0][1:] == (15, "1;2", (340, 7.5))
    assert rows(paths, barriers=[[(-9, 3), (909, 3)]]) == []


def test_what_cannot_be_walked_mends_nothing():
    paths = streets(STREET, [(0, 90), (900, 90)], [(300, 3), (300, 53)])
    assert len(reported(paths)) == 1
    assert len(reported(paths, np.array([False, True, True]))) == 0


@pytest.mark.parametrize("paths", [streets(), streets(STREET)])
def test_with_nothing_to_mend_the_table_is_empty(paths):
    found = reported(paths)
    assert len(found) == 0
    assert found.columns.tolist() == ["part", "length_m", "gap_m", "ways", "geometry"]
    assert found.crs == CRS
