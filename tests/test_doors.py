"""Where one goes in: the edge, never the middle."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.doors import LINE_STEP_M, doors
from tests.towns import CRS, lines_between, points, streets

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


def found(sites, *entrances, paths=STREET, **fenced):
    table = doors(sites, points(*entrances), paths, **fenced)
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


FENCE = lines_between("fence", [(50, -10), (50, 10), (90, 10), (90, -10), (50, -10)])
GATE = (70.0, 10.0)
TO_THE_GATE = streets([(0, 0), (600, 0)], [(70, 80), GATE, (70, 5)])
AT_THE_GATE = lines_between(
    "fence", [(69, 10), (50, 10), (50, -10), (90, -10), (90, 10), (71, 10)]
)


def test_through_a_fence_without_gates_a_path_has_made_its_opening():
    assert found(sites(False, PARK), barriers=FENCE) == found(sites(False, PARK))


def test_through_a_fence_with_a_gate_one_goes_by_the_gate():
    by = {"paths": TO_THE_GATE, "barriers": AT_THE_GATE}
    assert found(sites(False, PARK), gates=points(GATE), **by) == [("a", "crossing", *GATE)]
    assert len(found(sites(False, PARK), **by)) == 3


def test_a_gate_that_no_path_leads_to_is_better_than_a_fence():
    by = {"barriers": AT_THE_GATE, "gates": points(GATE)}
    assert found(sites(False, PARK), **by) == [("a", "mapped", *GATE)]
    assert found(sites(True, PARK), **by)[0][1] == "facade"


def test_water_at_the_edge_is_no_fence():
    river = lines_between("water", [(50, -99), (50, 99)])
    assert len(found(sites(False, PARK), barriers=river, gates=points(GATE))) == 2


def test_a_facade_looks_where_no_barrier_lies_before_it():
    """A street 9 m off beyond the river, another one 60 m off on this side of it."""
    hall = shapely.box(60, 9, 80, 29)
    north = streets([(0, 0), (600, 0)], [(0, 89), (600, 89)])
    river = lines_between("water", [(0, 5), (600, 5)])
    for building in (True, False):
        assert found(sites(building, hall), paths=north)[0][3] == 9
        assert found(sites(building, hall), paths=north, barriers=river)[0][3] == 29


def test_a_facade_that_is_shut_in_on_all_sides_looks_to_the_nearest_path():
    hall = shapely.box(60, 9, 80, 29)
    for shut in (
        lines_between("fence", [(55, 5), (85, 5), (85, 35), (55, 35), (55, 5)]),
        lines_between("water", [(0, 5), (600, 5)]),  # no other path within 200 m
    ):
        north = streets([(0, 0), (600, 0)], [(0, 230), (600, 230)])
        assert found(sites(True, hall), paths=north, barriers=shut)[0][3] == 9


@pytest.mark.parametrize(("aside_m", "many"), [(4.9, 1), (5.1, 2)])
def test_a_fence_belongs_to_the_edge_it_runs_along(aside_m, many):
    fence = lines_between("fence", [(50 - aside_m, -10), (50 - aside_m, 10)])
    by = {"barriers": fence, "gates": points(GATE)}
    assert len(found(sites(False, PARK), **by)) == many


def test_a_bridge_over_the_park_is_no_way_in_and_one_that_ends_there_is():
    over = streets([(0, 0), (600, 0)], structure={0: "bridge"})
    assert [how for _, how, *_ in found(sites(False, PARK), paths=over)] == ["facade"]
    ends = streets([(0, 0), (70, 0)], structure={0: "bridge"})
    assert found(sites(False, PARK), paths=ends) == [("a", "crossing", 50, 0)]


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
