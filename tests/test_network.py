"""Edges, junctions, and the parts that are connected."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import CrsError
from geo.paths.network import ISLAND_M, build, islands, part_lengths_m, parts
from tests.towns import streets

STREET = [(0, 0), (600, 0)]


def all_of(network):
    return np.ones(len(network.u), dtype=bool)


def islands_of(paths, usable=None):
    network = build(paths)
    return islands(network, all_of(network) if usable is None else np.array(usable)).tolist()


def test_an_edge_leads_from_its_u_to_its_v():
    network = build(streets([(0, 0), (50, 90), (100, 0)], [(100, 0), (100, 80)]))
    assert (network.u.tolist(), network.v.tolist()) == ([0, 1], [1, 2])
    assert network.length_m.tolist() == pytest.approx([2 * np.hypot(50, 90), 80])
    assert network.xy.tolist() == [[0, 0], [100, 0], [100, 80]]
    ends = np.stack([network.xy[network.u], network.xy[network.v]], axis=1)
    assert ends[0].tolist() == [[0, 0], [100, 0]]


def test_edges_are_the_rows_whatever_their_index():
    paths = streets(STREET, [(600, 0), (600, 80)], [(0, 0), (0, 50)]).iloc[[2, 0, 1]]
    assert build(paths).length_m.tolist() == [50, 600, 80]


@pytest.mark.parametrize(("length_m", "island"), [(ISLAND_M, False), (ISLAND_M - 1, True)])
def test_five_hundred_metres_are_no_island(length_m, island):
    assert islands_of(streets(STREET, [(0, 50), (length_m, 50)])) == [False, island]


def test_the_longest_part_is_never_an_island():
    assert islands_of(streets([(0, 0), (90, 0)], [(0, 30), (40, 30)])) == [False, True]
    assert islands_of(streets([(0, 0), (0, 0)])) == [False]


def test_an_island_is_measured_whole():
    network = build(streets(STREET, [(0, 50), (250, 50)], [(250, 50), (500, 50)]))
    part = parts(network, all_of(network))
    assert part.tolist() == [0, 1, 1]
    assert part_lengths_m(network, part).tolist() == [600, 500]
    assert not islands(network, all_of(network)).any()


def test_without_stairs_what_they_led_to_may_be_an_island():
    west, east = [(-500, 0), (300, 0)], [(300, 0), (600, 0)]
    paths = streets(west, [(300, 0), (300, 10)], [(300, 10), (400, 10)], east, steps=[1])
    assert islands_of(paths) == [False] * 4
    assert islands_of(paths, ~paths["steps"]) == [False, False, True, False]
    assert parts(build(paths), ~paths["steps"].to_numpy()).tolist() == [0, -1, 1, 0]


def test_without_any_usable_edge_there_is_no_part():
    network = build(streets(STREET))
    assert parts(network, np.array([False])).tolist() == [-1]
    assert islands(network, np.array([False])).tolist() == [False]
    assert part_lengths_m(network, np.array([-1])).tolist() == []


def test_nothing_to_walk_on_is_a_network_too():
    network = build(streets())
    assert network.junctions == len(network.u) == len(network.xy) == 0
    assert parts(network, all_of(network)).tolist() == []
    assert islands(network, all_of(network)).tolist() == []


def test_degrees_are_refused():
    with pytest.raises(CrsError, match="EPSG:4326"):
        build(streets(STREET).set_crs(4326, allow_override=True))


def test_the_callers_paths_are_left_alone():
    paths = streets(STREET, [(0, 50), (10, 50)])
    before = paths.copy(deep=True)
    islands_of(paths)
    assert paths.equals(before)
    assert shapely.equals(paths.geometry, before.geometry).all()


corners = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(
    lambda xy: (xy[0] * 50, xy[1] * 50)
)
town = st.lists(st.tuples(corners, corners), min_size=1, max_size=25)


@given(town, st.data())
def test_parts_are_what_can_be_walked_between(lines, data):
    """Two usable edges share a number exactly if one can be painted from the other."""
    usable = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    )
    part = parts(build(streets(*lines)), usable)
    assert ((part >= 0) == usable).all()
    assert sorted(set(part[usable])) == list(range(len(set(part[usable]))))
    for first in np.flatnonzero(usable):
        painted, seen = {first}, set(lines[first])
        while more := {
            n for n in np.flatnonzero(usable) if n not in painted and seen & set(lines[n])
        }:
            painted |= more
            seen |= {end for n in more for end in lines[n]}
        assert painted == set(np.flatnonzero(part == part[first]))
