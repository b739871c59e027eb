"""What nobody crosses: drawn, read, and cut into lines."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.barriers import PIECE, barrier_of, barriers_of, pieces
from data.matching import is_walkable
from data.osm_file import read_file
from data.wanted import wanted, wanted_tags
from geo.crs import to_metric
from tests.towns import CRS, SQUARE_M, Drawing, box


@pytest.fixture
def town():
    town = Drawing()
    town.node((900, 900), note="Far away")
    return town


@pytest.fixture
def found(town, tmp_path):
    """Return the barriers and gates of what was drawn, with (0, 0) back at (0, 0)."""

    def read():
        extract = read_file(
            town.save(tmp_path / "town.osm"), keep_feature=wanted, keep_way=is_walkable
        )
        barriers, gates = barriers_of(to_metric(extract.features, CRS))
        return barriers.translate(*(-np.array(SQUARE_M))), barriers["what"], gates

    return read


@pytest.mark.parametrize(
    ("tags", "sort"),
    [
        ({"natural": "water"}, "water"),
        ({"natural": "coastline"}, "water"),
        ({"natural": "bay"}, ""),
        ({"waterway": "river"}, "water"),
        ({"waterway": "river", "tunnel": "culvert"}, ""),
        ({"waterway": "stream"}, ""),
        ({"highway": "motorway"}, "motorway"),
        ({"highway": "motorway", "bridge": "yes"}, ""),
        ({"highway": "motorway", "tunnel": "yes"}, ""),
        ({"highway": "trunk", "motorroad": "yes"}, "motorway"),
        ({"highway": "trunk", "maxspeed": "80"}, ""),
        ({"railway": "rail"}, "railway"),
        ({"railway": "light_rail"}, "railway"),
        ({"railway": "subway", "tunnel": "yes"}, ""),
        ({"railway": "subway"}, "railway"),
        ({"railway": "rail", "bridge": "viaduct"}, ""),
        ({"railway": "tram"}, ""),
        ({"railway": "disused"}, ""),
        ({"barrier": "fence"}, "fence"),
        ({"barrier": "retaining_wall"}, "fence"),
        ({"barrier": "hedge"}, ""),
        ({"barrier": "kerb"}, ""),
        ({"barrier": "gate"}, "gate"),
        ({"barrier": "gate", "access": "private"}, ""),
        ({"barrier": "gate", "locked": "yes"}, ""),
        ({"highway": "footway"}, ""),
        ({}, ""),
    ],
)
def test_what_bars_the_way(tags, sort):
    assert barrier_of(tags) == sort


def test_what_bars_the_way_is_kept_and_asked_for():
    asked = wanted_tags()
    for tags in [{"railway": "rail"}, {"waterway": "river"}, {"barrier": "wall"}]:
        ((key, value),) = tags.items()
        assert wanted(tags)
        assert value in asked[key]
    assert not wanted({"barrier": "hedge"})
    assert {"motorway", "pedestrian"} <= asked["highway"]
    assert asked["motorroad"] == asked["area"] == {"yes"}


def test_a_river_a_lake_with_an_island_and_a_fenced_yard(town, found):
    town.way([(0, 0), (300, 0)], waterway="river")
    members = [
        (town.area(box(0, 100, 100, 200)), "outer"),
        (town.area(box(40, 140, 60, 160)), "inner"),
    ]
    town.relation(members, natural="water")
    town.area(box(400, 0, 500, 100), barrier="fence")
    lines, what, gates = found()
    metres = lines.length.groupby(what).sum().round().to_dict()
    assert metres == {"fence": 400, "water": 300 + 400 + 80}
    assert gates.empty


def test_a_school_that_is_its_own_fence_has_an_edge_that_bars(town, found):
    town.area(box(0, 0, 100, 100), amenity="school", barrier="fence")
    lines, what, _ = found()
    assert what.tolist() == ["fence"]
    assert lines.length.sum() == pytest.approx(400, abs=0.3)


def test_a_fence_is_open_at_its_gate_and_water_is_not(town, found):
    town.way([(0, 0), (50, 0), (100, 0)], barrier="fence")
    town.node((50, 0), barrier="gate")
    town.way([(0, 50), (50, 50), (100, 50)], waterway="canal")
    town.node((50, 50), barrier="gate")
    town.way([(0, 90), (50, 90), (100, 90)], barrier="fence")
    town.node((50, 90), barrier="gate", locked="yes")
    lines, what, gates = found()
    through = shapely.LineString([(50, -10), (50, 10)])
    assert not lines.intersects(through).any()
    assert lines.length.groupby(what).sum().round().to_dict() == {"fence": 197, "water": 100}
    assert len(gates) == 2


def test_no_features_are_no_barriers(town, found):
    town.node((0, 0), amenity="library")
    lines, _, gates = found()
    assert lines.empty
    assert gates.empty


@given(st.lists(st.integers(2, 4 * PIECE), min_size=1, max_size=5))
def test_long_lines_are_cut_and_nothing_is_lost(counts):
    drawn = [
        shapely.LineString([(float(n), float(row)) for n in range(count)])
        for row, count in enumerate(counts)
    ]
    cut, of = pieces(np.array(drawn, dtype=object))
    assert shapely.get_num_coordinates(cut).max() <= PIECE
    for row, line in enumerate(drawn):
        together = shapely.line_merge(shapely.multilinestrings(cut[of == row]))
        assert shapely.get_coordinates(together).tolist() == list(map(list, line.coords))
