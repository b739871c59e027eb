"""Areas within a walk: beside the paths, off the water, one inside the other."""

import math
import time
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from geo.areas.catchments import BESIDE_M, DECK_M, YARD_M2, bands, catchments
from geo.areas.stretches import Walk, cut, stretches
from geo.paths.joining import join
from geo.paths.network import build
from tests.test_stretches import town, walked
from tests.towns import CRS, streets

STREET = [(0, 0), (600, 0)]


def reach(lines, doors, breaks_m, water=None):
    network, walk = walked(streets(*lines), doors)
    wet = None if water is None else np.array([shapely.box(*sides) for sides in water])
    return catchments(network, walk, breaks_m, crs=CRS, water=wet)


def area(lines, doors, limit_m, water=None):
    return reach(lines, doors, {9: limit_m}, water).geometry[0]


def has(shape, *xy):
    return [bool(shapely.intersects_xy(shape, *one)) for one in xy]


def test_a_street_is_widened_as_far_as_the_walk_leads():
    shape = area([STREET], [(0, 0)], 300)
    assert shape.bounds == pytest.approx((-25, -25, 325, 25), abs=0.1)
    assert shape.area == pytest.approx(300 * 50 + math.pi * 25**2, rel=0.01)
    assert has(shape, (150, 24), (150, 26), (324, 0), (326, 0)) == [True, False, True, False]


def test_shorter_walks_lie_inside_longer_ones_in_ascending_order():
    found = reach([STREET], [(0, 0)], {10: 400, 5: 200, 15: 9000})
    assert found["minutes"].tolist() == [5, 10, 15]
    assert found.bounds["maxx"].round(1).tolist() == [225, 425, 625]
    assert found.crs == CRS
    small, middle, large = found.geometry
    assert middle.covers(small)
    assert large.covers(middle)


def test_two_shores_without_a_bridge_are_two():
    """A fjord 60 m wide: nothing across, and nothing on it."""
    shores = [[(0, -35), (900, -35)], [(0, 35), (900, 35)]]
    shape = area(shores, [(450, -40)], 2000, water=[(-500, -30, 1500, 30)])
    assert shape.bounds[3] == pytest.approx(-30)
    assert has(shape, (450, -31), (450, 0), (450, 35)) == [True, False, False]


def test_a_river_narrower_than_the_width_is_a_border_too():
    shape = area([STREET], [(0, 0)], 9000, water=[(-500, 5, 1500, 11)])
    assert shape.bounds[3] == pytest.approx(5)
    assert area([STREET], [(0, 0)], 9000).bounds[3] == pytest.approx(25)


def test_a_bridge_is_kept_and_what_lies_behind_it():
    bridge = [(300, 0), (300, 100)]
    lines = [(0, 0), (300, 0)], [(300, 0), (600, 0)], bridge, [(300, 100), (600, 100)]
    shape = area(lines, [(0, 0)], 9000, water=[(-500, 30, 1500, 70)])
    beside = 300 + DECK_M
    assert has(shape, (300, 50), (beside - 0.1, 50), (beside + 0.1, 50), (500, 100)) == [
        True,
        True,
        False,
        True,
    ]
    assert shape.geom_type == "Polygon"


def test_half_a_bridge_is_kept_as_far_as_the_walk_leads():
    pier = [(0, 0), (0, 400)]
    shape = area([pier], [(0, 0)], 200, water=[(-500, 100, 500, 900)])
    assert shape.bounds[3] == pytest.approx(200 + DECK_M, abs=0.1)


def test_water_drawn_twice_is_taken_away_once():
    water = [(-500, 5, 1500, 11), (-500, 4, 1500, 9), (5000, 5000, 5100, 5100)]
    assert area([STREET], [(0, 0)], 9000, water=water).bounds[3] == pytest.approx(4)


@pytest.mark.parametrize(("side_m", "filled"), [(100, True), (130, False)])
def test_yards_are_filled_and_fields_are_not(side_m, filled):
    assert ((side_m - 2 * BESIDE_M) ** 2 < YARD_M2) == filled
    ends = [(0, 0), (side_m, 0), (side_m, side_m), (0, side_m), (0, 0)]
    shape = area(list(pairwise(ends)), [(0, 0)], 9000)
    assert has(shape, (side_m / 2, side_m / 2)) == [filled]


def test_a_pond_in_a_yard_stays_a_pond_and_its_islet_is_not_reached():
    ends = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    pond = [(35, 35, 65, 45), (35, 55, 65, 65), (35, 35, 45, 65), (55, 35, 65, 65)]
    shape = area(list(pairwise(ends)), [(0, 0)], 9000, water=pond)
    assert has(shape, (30, 50), (40, 50), (50, 50)) == [True, False, False]


def test_short_edges_between_long_ones_leave_no_gap():
    """What is not drawn is covered by its neighbours; a short edge alone is drawn."""
    lines = [(0, 0), (100, 0)], [(100, 0), (108, 0)], [(108, 0), (200, 0)]
    shape = area(lines, [(0, 0)], 9000)
    assert has(shape, (104, 0), (104, 23.6), (104, -23.6)) == [True] * 3
    assert area([[(0, 0), (8, 0)]], [(0, 0)], 9000).area > math.pi * 24**2


def test_where_nothing_is_within_reach_the_area_is_empty():
    found = reach([STREET], [(0, 30)], {1: 20, 5: 100})
    assert found.is_empty.tolist() == [True, False]
    assert bands(found).area.tolist() == pytest.approx([0, found.area[1]])
    assert reach([STREET], [], {5: 100}).is_empty.tolist() == [True]
    assert reach([], [(0, 0)], {5: 100}).is_empty.tolist() == [True]
    assert len(bands(reach([STREET], [(0, 0)], {}))) == 0


def test_bands_keep_the_index_and_all_other_columns():
    found = reach([STREET], [(0, 0)], {5: 200, 10: 400}).set_index(np.array([7, 3]))
    found["who"] = ["a", "b"]
    rings = bands(found)
    assert rings.index.tolist() == [7, 3]
    assert rings["who"].tolist() == ["a", "b"]
    assert rings.area.to_numpy() == pytest.approx(
        [found.area[7], found.area[3] - found.area[7]]
    )


rivers = st.lists(
    st.tuples(st.integers(-50, 400), st.integers(-50, 400), st.integers(5, 200)).map(
        lambda at: (at[0], at[1], at[0] + at[2], at[1] + 30)
    ),
    max_size=3,
)


@given(
    town,
    st.lists(st.tuples(st.integers(0, 360), st.integers(0, 360)), min_size=1, max_size=4),
    st.lists(st.integers(1, 700), min_size=1, max_size=4, unique=True),
    rivers,
)
def test_areas_nest_and_bands_add_up(lines, doors, limits, water):
    network, walk = walked(streets(*lines), doors)
    wet = np.array([shapely.box(*sides) for sides in water], dtype=object)
    found = catchments(
        network, walk, {minutes: float(minutes) for minutes in limits}, crs=CRS, water=wet
    )
    shapes, rings = found.geometry.to_numpy(), bands(found).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.is_valid(rings).all()
    for inner, outer in pairwise(shapes):
        assert inner.is_empty or outer.covers(inner)
    assert shapely.area(rings).sum() == pytest.approx(shapes[-1].area, abs=1e-3)
    for n, one in enumerate(rings):
        assert shapely.area(shapely.intersection(one, rings[n + 1 :])).sum() < 1e-3
    for minutes, shape in zip(found["minutes"], shapes, strict=True):
        ways = cut(network, stretches(network, walk, minutes))
        assert shapely.length(shapely.difference(ways, shapely.buffer(shape, 0.1))).sum() < 1e-6
        decks = shapely.union_all(shapely.buffer(ways, DECK_M + 0.1))
        afloat = shape.intersection(shapely.union_all(wet)).difference(decks)
        assert afloat.area <= 0.1 * shapely.length(shapely.boundary(wet)).sum()


def test_the_middle_of_oslo_is_drawn_while_one_waits(oslo):
    """Five places, three limits, 20,000 stretches."""
    network = build(oslo.paths)
    doors = join(network, oslo.entrances.geometry.iloc[[50, 350, 650, 950, 1250]])
    graph = coo_array(
        (np.maximum(network.length_m, 1e-6), (network.u, network.v)),
        shape=(network.junctions,) * 2,
    )
    starts = network.u[doors.edge]
    at_m = dijkstra(graph.tocsr(), directed=False, indices=starts, min_only=True)
    walk = Walk(network.length_m, at_m, doors)
    water = oslo.backdrop.geometry[oslo.backdrop["what"] == "water"]
    begun = time.process_time()
    found = catchments(
        network, walk, {m: m * 78.0 for m in (5, 10, 15)}, crs=oslo.area.crs, water=water
    )
    assert time.process_time() - begun < 3  # twice what it takes
    small, middle, large = found.geometry
    assert large.covers(middle)
    assert middle.covers(small)
    rings = bands(found)
    assert rings.area.sum() == pytest.approx(large.area)
    parts = shapely.get_parts(rings.geometry.to_numpy())
    assert (shapely.area(parts) > 1).all()
    shapely.prepare(large)
    assert shapely.covers(large, cut(network, stretches(network, walk, 15 * 78.0))).all()
