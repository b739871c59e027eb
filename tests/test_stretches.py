"""What a walk covers of the paths, to the metre."""

import heapq

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.areas.stretches import Walk, cut, stretches
from geo.paths.joining import Joined, join
from geo.paths.network import build
from tests.towns import points, streets

CROSSING = streets(
    [(0, 0), (300, 0)], [(300, 0), (600, 0)], [(300, 0), (300, 200)], [(300, 0), (300, -200)]
)


def walked(paths, doors, cost=1.0):
    """Return a network and a walk, by Dijkstra's algorithm in the fewest lines."""
    network, door = build(paths), join(build(paths), points(*doors))
    level_m = network.length_m * cost
    at_m = np.full(network.junctions, np.inf)
    queue = []
    for edge, along, gap_m in zip(door.edge, door.along, door.gap_m, strict=True):
        if edge >= 0:
            queue += [
                (gap_m + along * level_m[edge], network.u[edge]),
                (gap_m + (1 - along) * level_m[edge], network.v[edge]),
            ]
    heapq.heapify(queue)
    while queue:
        far_m, junction = heapq.heappop(queue)
        if far_m < at_m[junction]:
            at_m[junction] = far_m
            for edge in np.flatnonzero((network.u == junction) | (network.v == junction)):
                other = network.u[edge] + network.v[edge] - junction
                heapq.heappush(queue, (far_m + level_m[edge], other))
    return network, Walk(level_m, at_m, door)


def covered(network, walk, limit_m):
    """Return the metres covered of every edge, and the lines to prove it."""
    found = stretches(network, walk, limit_m)
    lines = cut(network, found)
    metres = np.bincount(found.edge, weights=shapely.length(lines), minlength=len(network.u))
    shares = np.bincount(found.edge, found.end - found.start, minlength=len(network.u))
    assert metres == pytest.approx(shares * network.length_m, abs=1e-6)
    return metres.round(6).tolist()


@pytest.mark.parametrize(
    ("limit_m", "metres"),
    [
        (0, [0, 0, 0, 0]),
        (20, [0, 0, 0, 0]),  # just as far as the street
        (70, [100, 0, 0, 0]),  # 50 to both sides
        (120, [200, 0, 0, 0]),  # to the crossing, and no farther
        (150, [230, 30, 30, 30]),
        (220, [300, 100, 100, 100]),
        (9000, [300, 300, 200, 200]),
    ],
)
def test_a_walk_from_a_door_covers_what_one_can_count(limit_m, metres):
    """The door lies 20 m off the western street, 100 m from the crossing."""
    assert covered(*walked(CROSSING, [(200, 20)]), limit_m) == metres


def test_of_slow_ground_less_is_covered():
    slow = np.array([1.0, 2.0, 1.0, np.inf])
    assert covered(*walked(CROSSING, [(200, 0)], slow), 150) == [250, 25, 50, 0]


def test_an_edge_is_covered_from_both_ends_and_not_in_the_middle():
    """One door at each end of 600 m: 100 m each, then all."""
    network, walk = walked(streets([(0, 0), (600, 0)]), [(0, 0), (600, 0)])
    assert [str(line) for line in cut(network, stretches(network, walk, 100))] == [
        "LINESTRING (0 0, 100 0)",
        "LINESTRING (500 0, 600 0)",
    ]
    whole = stretches(network, walk, 300)
    assert (len(whole.edge), whole.whole().tolist()) == (1, [True])


def test_the_course_is_kept_where_it_bends():
    network, walk = walked(streets([(0, 0), (300, 0), (300, 300), (0, 300)]), [(300, 150)])
    (line,) = cut(network, stretches(network, walk, 200))
    assert line.equals(shapely.LineString([(250, 0), (300, 0), (300, 300), (250, 300)]))


def test_a_door_on_an_edge_that_nobody_passes_covers_nothing():
    cost = np.array([np.inf, 1.0, 1.0, 1.0])
    assert covered(*walked(CROSSING, [(200, 0)], cost), 500) == [0, 0, 0, 0]


def test_without_doors_or_paths_nothing_is_covered():
    assert covered(*walked(CROSSING, []), 500) == [0, 0, 0, 0]
    assert covered(*walked(CROSSING, [(0, 5000)]), 500) == [0, 0, 0, 0]
    assert covered(*walked(streets(), [(0, 0)]), 500) == []


def test_an_edge_of_no_length_is_not_drawn():
    assert covered(
        *walked(streets([(0, 0), (300, 0)], [(300, 0), (300, 0)]), [(0, 0)]), 900
    ) == [
        300,
        0,
    ]


corners = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
    lambda xy: (xy[0] * 90, xy[1] * 90)
)
town = st.lists(st.tuples(corners, corners), min_size=1, max_size=15)


@given(
    town,
    st.lists(st.tuples(st.integers(0, 360), st.integers(0, 360)), max_size=4),
    st.floats(0, 600),
    st.lists(st.floats(0, 1), min_size=1, max_size=8),
)
def test_a_spot_is_covered_exactly_if_the_walk_to_it_is_short_enough(lines, doors, limit_m, at):
    network, walk = walked(streets(*lines), doors)
    found = stretches(network, walk, limit_m)
    assert (np.diff(found.edge) >= 0).all()
    for edge in range(len(lines)):
        on = walk.doors.edge == edge
        for share in at:
            length_m = network.length_m[edge]
            ways_m = [
                walk.at_m[network.u[edge]] + share * length_m,
                walk.at_m[network.v[edge]] + (1 - share) * length_m,
                *(walk.doors.gap_m + abs(walk.doors.along - share) * length_m)[on],
            ]
            if abs(min(ways_m) - limit_m) > 1e-6 and length_m:
                mine = found.take(found.edge == edge)
                inside = ((mine.start <= share) & (share <= mine.end)).any()
                assert inside == (min(ways_m) < limit_m)


def test_doors_that_are_not_connected_are_left_out():
    network, walk = walked(CROSSING, [(200, 0)])
    nowhere = Joined(np.array([-1]), np.array([0.0]), np.array([np.inf]))
    lost = Walk(walk.level_m, np.full(network.junctions, np.inf), nowhere)
    assert covered(network, lost, 500) == [0, 0, 0, 0]
