"""Homes and doors join the network on edges, at the exact spot, across no barrier."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
import shapely.ops
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import CrsError
from geo.paths.crossing import TOUCH_M
from geo.paths.joining import JOIN_LIMIT_M, PIECE_M, join
from geo.paths.network import build, islands
from tests.towns import points, streets

STREET = [(0, 0), (600, 0)]
NOWHERE = (-1, 0, np.inf)


def joined(paths, *xy, usable=None, barriers=None):
    lines = barriers and np.array([shapely.LineString(line) for line in barriers])
    found = join(build(paths), points(*xy), usable=usable, barriers=lines)
    along_m = np.where(
        found.edge < 0, 0, found.along * paths["length_m"].to_numpy()[found.edge]
    )
    return [
        (int(edge), pytest.approx(along, abs=1e-9), gap)
        for edge, along, gap in zip(found.edge, along_m, found.gap_m, strict=True)
    ]


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ((120, 15), (0, 120, 15)),  # beside the street
        ((120, 0), (0, 120, 0)),  # on it
        ((0, 0), (0, 0, 0)),  # at its beginning
        ((600, 0), (0, 600, 0)),  # at its end
        ((603, 4), (0, 600, 5)),  # beyond its end
        ((300, JOIN_LIMIT_M), (0, 300, 200)),  # exactly as far as a path may be
        ((300, JOIN_LIMIT_M + 0.01), NOWHERE),  # one centimetre too far
    ],
)
def test_a_point_joins_at_the_exact_spot(home, expected):
    assert joined(streets(STREET), home) == [expected]


def test_the_share_is_counted_from_where_the_edge_begins():
    found = join(build(streets(STREET, [(600, 0), (600, 80)])), points((150, 1), (601, 60)))
    assert found.edge.tolist() == [0, 1]
    assert found.along.tolist() == [0.25, 0.75]
    assert found.take(np.array([1])).along.tolist() == [0.75]


def test_the_course_counts_and_not_the_beeline():
    bent = streets([(0, 0), (300, 0), (300, 300)])
    assert joined(bent, (310, 100)) == [(0, 400, 10)]


def test_an_edge_of_no_length_is_joined_at_its_beginning():
    spot = streets([(0, 0), (0, 0)])
    found = join(build(spot), points((3, 4)))
    assert (found.edge.tolist(), found.along.tolist(), found.gap_m.tolist()) == ([0], [0], [5])


def test_of_edges_equally_near_the_first_is_taken():
    assert joined(streets(STREET, [(600, 0), (900, 0)]), (600, 0)) == [(0, 600, 0)]
    assert joined(streets([(600, 0), (900, 0)], STREET), (600, 7)) == [(0, 0, 7)]
    assert joined(streets(STREET, [(0, 20), (600, 20)]), (50, 10)) == [(0, 50, 10)]


def test_a_short_island_is_passed_over():
    courtyard = [(100, 20), (140, 20)]
    assert joined(streets(STREET, courtyard), (120, 22)) == [(0, 120, 22)]
    far_courtyard = [(100, 300), (140, 300)]
    assert joined(streets(STREET, far_courtyard), (120, 302)) == [NOWHERE]


def test_what_cannot_be_walked_is_passed_over():
    paths = streets(STREET, [(0, 10), (600, 10)])
    assert joined(paths, (120, 11)) == [(1, 120, 1)]
    assert joined(paths, (120, 11), usable=np.array([True, False])) == [(0, 120, 11)]
    assert joined(paths, (120, 11), usable=np.array([False, False])) == [NOWHERE]


def test_nobody_crosses_a_barrier_to_the_nearest_path():
    """The railway lies between the home and Street 0; Street 1 is farther, but free."""
    paths = streets(STREET, [(0, 50), (600, 50)])
    railway = [(0, 10), (600, 10)]
    assert joined(paths, (120, 20), barriers=[railway]) == [(1, 120, 30)]
    assert joined(paths, (120, 20), barriers=[[(0, -30), (600, -30)]]) == [(0, 120, 20)]


def test_behind_a_barrier_the_nearest_free_path_is_found_however_many_are_tried():
    """Nine streets lie beyond the river, the tenth on the home's own bank, 150 m away."""
    beyond = [[(0, -10 * n), (600, -10 * n)] for n in range(9)]
    paths = streets(*beyond, [(0, 165), (600, 165)])
    assert joined(paths, (120, 15), barriers=[[(-9, 5), (609, 5)]]) == [(9, 120, 150)]


def test_an_edge_that_is_near_on_both_shores_is_joined_on_ones_own():
    """One road round the head of a fjord: 35 m off across the water, 50 m off on this side."""
    fjord_road = [(0, 0), (600, 0), (600, 85), (0, 85)]
    shores = [[(-9, 10), (500, 10)], [(-9, 30), (500, 30)]]
    assert joined(streets(fjord_road), (120, 35), barriers=shores) == [(0, 600 + 85 + 480, 50)]
    assert joined(streets(fjord_road), (120, 35)) == [(0, 120, 35)]


def test_round_the_end_of_a_fence_the_same_street_is_reached():
    """A street of 600 m is tried every 20 m: at 160 the fence has ended."""
    fence = [(0, 10), (139, 10)]
    found = joined(streets(STREET), (120, 20), barriers=[fence])
    assert found == [(0, 160, pytest.approx(np.hypot(40, 20)))]


def test_shut_in_on_all_sides_nothing_is_joined():
    fence = [(100, 10), (140, 10), (140, 50), (100, 50), (100, 10)]
    assert joined(streets(STREET), (120, 30), (90, 30), barriers=[fence]) == [
        NOWHERE,
        (0, 90, 30),
    ]


def test_the_free_path_may_be_no_farther_than_any_other():
    paths = streets(STREET, [(0, 20 + JOIN_LIMIT_M + 1), (600, 20 + JOIN_LIMIT_M + 1)])
    assert joined(paths, (120, 20), barriers=[[(0, 10), (600, 10)]]) == [NOWHERE]


@pytest.mark.parametrize("y", [0.0, 0.2, TOUCH_M - 0.01])
def test_a_path_along_a_barrier_and_a_door_on_one_are_joined(y):
    """A quay with a path on its edge; a gate in a fence; both drawn not quite exactly."""
    assert joined(streets(STREET), (120, 15), barriers=[[(0, y), (600, y)]]) == [(0, 120, 15)]
    wall = [(0, 15 - y), (600, 15 - y)]
    assert joined(streets(STREET), (120, 15), barriers=[wall]) == [(0, 120, 15)]


def test_a_barrier_farther_than_a_touch_is_one():
    off = TOUCH_M + 0.01
    assert joined(streets(STREET), (120, 15), barriers=[[(0, off), (600, off)]]) == [NOWHERE]


def test_a_door_on_the_path_needs_no_way_that_could_be_barred():
    assert joined(streets(STREET), (120, 0.8), barriers=[[(0, 0.4), (600, 0.4)]]) == [
        (0, 120, 0.8)
    ]


def test_no_barriers_bar_nothing():
    assert joined(streets(STREET), (120, 15), barriers=[]) == [(0, 120, 15)]


def test_barriers_may_come_as_a_column():
    railway = streets([(0, 10), (600, 10)]).geometry
    assert join(build(streets(STREET)), points((120, 20)), barriers=railway).edge.tolist() == [
        -1
    ]


def test_nothing_to_walk_on_joins_nobody():
    assert joined(streets(STREET).iloc[:0].assign(length_m=0.0)) == []
    found = join(build(streets()), points((0, 0)))
    assert (found.edge.tolist(), found.gap_m.tolist()) == ([-1], [np.inf])


def test_nobody_joins_anything():
    assert joined(streets(STREET)) == []


def test_degrees_are_refused():
    with pytest.raises(CrsError, match="EPSG:4326"):
        join(build(streets(STREET)), points((0, 0)).set_crs(4326, allow_override=True))


spots = st.tuples(st.integers(0, 140), st.integers(0, 140))
beside = spots.map(lambda xy: (xy[0] + 2**0.5 / 10, xy[1] + 3**0.5 / 10))  # never just touched
pieces = st.lists(
    st.tuples(beside, beside).filter(lambda line: line[0] != line[1]), max_size=12
)


@given(
    st.lists(st.tuples(spots, spots), min_size=1, max_size=12),
    pieces,
    st.lists(spots, min_size=1, max_size=12),
)
def test_the_joined_edge_is_the_nearest_in_plain_sight(lines, walls, homes):
    """Against every piece of every edge, tried one by one."""
    paths, barrier = streets(*lines), np.array([shapely.LineString(w) for w in walls], object)
    network = build(paths)
    found = join(network, points(*homes), barriers=barrier)
    open_to = np.flatnonzero(~islands(network, np.ones(len(lines), dtype=bool)))
    parts = [part for line in network.lines[open_to] for part in parts_of(line)]
    for home, edge, along, gap_m in zip(
        homes, found.edge, found.along, found.gap_m, strict=True
    ):
        spot, best_m = shapely.Point(home), np.inf
        for part in parts:
            way = shapely.shortest_line(spot, part)
            inner = shapely.ops.substring(way, TOUCH_M, way.length - TOUCH_M)
            if way.length <= 2 * TOUCH_M or not shapely.intersects(inner, barrier).any():
                best_m = min(best_m, way.length)
        assert gap_m == pytest.approx(best_m, abs=1e-6)
        if edge >= 0:
            there = network.lines[edge].interpolate(along, normalized=True)
            assert spot.distance(there) == pytest.approx(best_m, abs=1e-6)


def parts_of(line):
    """Cut a straight line into equal parts of at most `PIECE_M`."""
    many = max(int(np.ceil(line.length / PIECE_M)), 1)
    cuts = np.linspace(0, 1, many + 1)
    ends = [line.interpolate(share, normalized=True) for share in cuts]
    return [shapely.LineString(two) for two in pairwise(ends)]


MAINLAND = [(-300, -50), (300, -50)]
"""Never an island, so that closing other paths makes no new mainland."""


@given(
    st.lists(st.tuples(spots, spots), min_size=1, max_size=12),
    pieces,
    st.lists(spots, min_size=1, max_size=12),
    st.data(),
)
def test_who_can_stay_stays_and_that_is_the_nearest(lines, walls, homes, data):
    network = build(streets(MAINLAND, *lines))
    closed = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    usable = np.array([True, *(not one for one in closed)])
    barriers = np.array([shapely.LineString(w) for w in walls], object)
    known = join(network, points(*homes), barriers=barriers)
    fresh = join(network, points(*homes), usable=usable, barriers=barriers)
    kept = join(network, points(*homes), usable=usable, barriers=barriers, known=known)
    assert kept.edge.tolist() == fresh.edge.tolist()
    assert kept.along.tolist() == fresh.along.tolist()
    assert kept.gap_m.tolist() == fresh.gap_m.tolist()
