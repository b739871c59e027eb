"""Where one goes in: the edge, never the middle."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.doors import LINE_STEP_M, doors
from tests.towns import CRS, points, streets

STREET = streets([(0, 0), (600, 0)])
HALL = shapely.box(0, 10, 20, 30)
PARK = shapely.box(50, -10, 90, 10)


def sites(building, *shapes):
    names = [chr(ord("a") + n) for n in range(len(shapes))]
    return gpd.GeoDataFrame(
        {"is_building": np.full(len(shapes), building)},
        index=names,
        geometry=[*shapes],
        crs=CRS,
    )


def found(sites, *entrances, paths=STREET):
    table = doors(sites, points(*entrances), paths)
    return [
        (of, how, spot.x, spot.y)
        for of, how, spot in zip(table["of"], table["how"], table.geometry, strict=True)
    ]


def test_a_building_without_mapped_entrances_is_entered_from_the_street():
    ((of, how, x, y),) = found(sites(True, HALL))
    assert (of, how, y) == ("a", "facade", 10)
    assert 0 <= x <= 20


def test_mapped_entrances_are_all_used_and_nothing_else():
    assert found(sites(True, HALL), (0, 20), (20, 20)) == [
        ("a", "mapped", 0, 20),
        ("a", "mapped", 20, 20),
    ]


@pytest.mark.parametrize(("gap_m", "how"), [(1.0, "mapped"), (1.01, "facade")])
def test_an_entrance_belongs_to_the_outline_it_touches(gap_m, how):
    assert found(sites(True, HALL), (20 + gap_m, 20))[0][1] == how


def test_an_entrance_in_the_middle_of_a_house_is_not_its_own():
    assert found(sites(True, HALL), (10, 20))[0][1] == "facade"


def test_two_halls_may_share_a_door():
    next_door = shapely.box(20, 10, 40, 30)
    assert found(sites(True, HALL, next_door), (20, 20)) == [
        ("a", "mapped", 20, 20),
        ("b", "mapped", 20, 20),
    ]


def test_a_park_is_entered_where_paths_cross_its_edge():
    assert found(sites(False, PARK)) == [("a", "crossing", 50, 0), ("a", "crossing", 90, 0)]


def test_a_park_has_its_gates_and_its_crossings():
    assert found(sites(False, PARK), (70, 10)) == [
        ("a", "mapped", 70, 10),
        ("a", "crossing", 50, 0),
        ("a", "crossing", 90, 0),
    ]


def test_the_same_crossing_is_one_door():
    two_paths = streets([(0, 0), (50, 0)], [(50, 0), (600, 0)])
    assert len(found(sites(False, PARK), paths=two_paths)) == 2


def test_a_path_along_the_edge_is_entered_at_both_ends_of_the_stretch():
    assert found(sites(False, shapely.box(50, 0, 90, 40))) == [
        ("a", "crossing", 50, 0),
        ("a", "crossing", 90, 0),
    ]


def test_a_park_that_no_path_touches_is_entered_nearest_to_one():
    assert found(sites(False, shapely.Polygon([(50, 9), (40, 30), (60, 30)]))) == [
        ("a", "facade", 50, 9)
    ]


def test_a_courtyard_is_an_edge_too():
    ring = shapely.box(-50, -50, 50, 50).difference(shapely.box(-10, -10, 10, 10))
    crossings = {x for _, how, x, _ in found(sites(False, ring)) if how == "crossing"}
    assert crossings == {10, 50}


def test_a_path_through_a_building_opens_no_crossing():
    ((_, how, x, y),) = found(sites(True, PARK))
    assert how == "facade"
    assert (x, y) in {(50, 0), (90, 0)}  # on the wall, where the path goes in, not inside


def test_a_path_inside_a_building_still_ends_at_its_wall():
    hidden = streets([(70, 0), (70, 8)])
    assert found(sites(True, PARK), paths=hidden) == [("a", "facade", 70, 10)]


def test_a_point_is_its_own_door():
    assert found(sites(False, shapely.Point(5, 5))) == [("a", "point", 5, 5)]


@pytest.mark.parametrize(
    ("length_m", "spots"),
    [(LINE_STEP_M, [0, 100]), (LINE_STEP_M + 50, [0, 75, 150]), (300, [0, 100, 200, 300])],
)
def test_a_trail_is_joined_at_both_ends_and_between(length_m, spots):
    trail = sites(False, shapely.LineString([(0, 9), (length_m, 9)]))
    assert found(trail) == [("a", "line", x, 9) for x in spots]


def test_every_part_of_a_trail_is_joined():
    parts = shapely.MultiLineString([[(0, 9), (50, 9)], [(70, 9), (80, 9)]])
    assert [x for *_, x, _ in found(sites(False, parts))] == [0, 50, 70, 80]


def test_without_any_path_there_is_still_a_door():
    ((_, how, x, y),) = found(sites(True, HALL), paths=streets())
    assert how == "facade"
    assert HALL.boundary.distance(shapely.Point(x, y)) == 0


def test_no_sites_have_no_doors():
    assert found(sites(True)) == []
    assert found(sites(True), (0, 20), paths=streets()) == []
