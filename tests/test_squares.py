"""Across squares: straight, round the corner, past the fountain."""

import networkx
import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from data.matching import is_walkable
from data.osm_file import read_file
from data.paths import paths_of
from data.wanted import wanted
from geo.paths.sight import DETOUR, MOST_SPOTS, SLACK_M, lines_of_sight
from tests.towns import CRS, SQUARE_M, Drawing, box

SQUARE = {"highway": "pedestrian", "area": "yes", "surface": "sett"}
RELATION = {"highway": "pedestrian", "name": "Torget", "lit": "yes"}
ALLEY = {"highway": "footway"}


@pytest.fixture
def town():
    return Drawing()


@pytest.fixture
def walked(town, tmp_path):
    def read():
        extract = read_file(
            town.save(tmp_path / "town.osm"), keep_feature=wanted, keep_way=is_walkable
        )
        return paths_of(extract, CRS)

    return read


def shortest_m(paths, begin, end):
    """Walk between two spots of the drawing, at which paths end."""
    graph = networkx.MultiGraph()
    for path in paths.itertuples():
        graph.add_edge(path.u, path.v, weight=path.length_m)
    ends = [
        (spot, number)
        for path in paths.itertuples()
        for spot, number in zip(path.geometry.boundary.geoms, (path.u, path.v), strict=True)
    ]
    spots = [shapely.Point(np.add(SQUARE_M, xy)) for xy in (begin, end)]
    at = [min(ends, key=lambda found: found[0].distance(spot))[1] for spot in spots]
    return networkx.shortest_path_length(graph, *at, weight="weight")


def test_a_square_is_crossed_diagonally(town, walked):
    town.area(box(0, 0, 30, 40), **SQUARE)
    town.way([(-100, 0), (0, 0)], **ALLEY)
    town.way([(30, 40), (130, 40)], **ALLEY)
    paths = walked()
    assert shortest_m(paths, (-100, 0), (130, 40)) == pytest.approx(250, abs=0.3)
    across = paths[(paths["way"] == 1) & paths["length_m"].between(49, 51)]
    assert across[["highway", "surface", "steps"]].to_numpy().tolist() == [
        ["pedestrian", "rough", False]
    ]


def test_without_land_one_walks_along_the_ring(town, walked):
    town.area(box(0, 0, 30, 40), highway="pedestrian")
    town.way([(-100, 0), (0, 0)], **ALLEY)
    town.way([(30, 40), (130, 40)], **ALLEY)
    assert shortest_m(walked(), (-100, 0), (130, 40)) == pytest.approx(270, abs=0.3)


def test_a_bent_square_is_crossed_by_its_corner(town, walked):
    bent = [(0, 0), (70, 0), (70, 40), (30, 40), (30, 70), (0, 70)]
    town.area(bent, **SQUARE)
    town.way([(-10, 70), (0, 70)], **ALLEY)
    town.way([(70, 0), (80, 0)], **ALLEY)
    by_the_corner = np.hypot(30, 30) + np.hypot(40, 40)
    assert shortest_m(walked(), (0, 70), (70, 0)) == pytest.approx(by_the_corner, abs=0.3)


def test_a_way_that_ends_on_the_edge_between_corners_crosses_too(town, walked):
    town.area([(0, 0), (15, 0), (30, 0), (30, 40), (0, 40)], **SQUARE)
    town.way([(15, -50), (15, 0)], **ALLEY)
    town.way([(0, 40), (-50, 40)], **ALLEY)
    expected = 50 + np.hypot(15, 40) + 50
    assert shortest_m(walked(), (15, -50), (-50, 40)) == pytest.approx(expected, abs=0.3)


def test_a_fountain_is_walked_round(town, walked):
    members = [
        (town.area(box(0, 0, 40, 30)), "outer"),
        (town.area(box(10, 10, 30, 20)), "inner"),
    ]
    number = town.relation(members, **RELATION)
    town.way([(0, 30), (0, 80)], **ALLEY)
    town.way([(40, 0), (40, -50)], **ALLEY)
    paths = walked()
    around = np.hypot(10, 20) + np.hypot(30, 10)
    assert shortest_m(paths, (0, 30), (40, 0)) == pytest.approx(around, abs=0.3)
    of = paths[paths["way"] == -int(number[1:])]
    assert set(of["lit"]) == {"yes"}
    assert set(of["name"]) == {"Torget"}


def test_two_squares_side_by_side_share_their_edge(town, walked):
    town.area([(0, 0), (40, 0), (40, 30), (0, 30)], **SQUARE)
    town.area([(40, 0), (80, 0), (80, 30), (40, 30)], **SQUARE)
    town.way([(0, 0), (-10, 0)], **ALLEY)
    town.way([(80, 30), (90, 30)], **ALLEY)
    straight, edge = np.hypot(80, 30), 50 + 40
    assert straight < shortest_m(walked(), (0, 0), (80, 30)) <= edge + 0.3


def test_a_private_square_and_a_mere_name_are_not_crossed(town, walked):
    for west, tags in [(0, SQUARE | {"access": "private"}), (200, {"place": "square"})]:
        town.area(box(west, 0, west + 30, 40), **tags)
        town.way([(west - 100, 0), (west, 0)], **ALLEY)
        town.way([(west + 30, 40), (west + 90, 40)], **ALLEY)
    assert len(walked()) == 4


def test_a_square_that_no_way_meets_has_its_outline_only(town, walked):
    town.area(box(0, 0, 30, 40), **SQUARE)
    assert walked()["length_m"].sum() == pytest.approx(140, abs=0.3)


def ring(count, radius=100.0):
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return shapely.Polygon(radius * np.column_stack([np.cos(angle), np.sin(angle)]))


def test_many_spots_are_thinned_so_that_lines_stay_few():
    land = ring(500)
    lines = lines_of_sight(land, np.ones(501, dtype=bool))
    assert 0 < len(lines) <= MOST_SPOTS * (MOST_SPOTS - 1) / 2
    assert len({end for line in lines for end in line}) <= MOST_SPOTS


@example(
    [63.0, 20.0, 20.0, 20.0, 20.0, 56.0, 24.0, 24.0], [True, *[False] * 5, True, *[False] * 7]
)
@given(
    st.lists(st.floats(20, 100), min_size=5, max_size=14),
    st.lists(st.booleans(), min_size=14, max_size=14),
)
def test_lines_stay_on_the_land_and_lead_the_shortest_way(radii, begins):
    angle = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    land = shapely.Polygon(
        np.column_stack([np.cos(angle), np.sin(angle)]) * [[r] for r in radii]
    )
    xy = shapely.get_coordinates(land)
    flags = np.array([*begins[: len(radii)], begins[0]], dtype=bool)
    lines = lines_of_sight(land, flags)
    wide = land.buffer(SLACK_M, join_style="mitre")
    found, full = networkx.Graph(), networkx.Graph()
    for a, b in lines:
        assert wide.covers(shapely.LineString(xy[[a, b]]))
        found.add_edge(a, b, weight=np.hypot(*(xy[a] - xy[b])))
    corners = range(len(radii))
    for a in corners:  # lines lead the shortest way together with the outline, which is there
        edge = (a, (a + 1) % len(radii))
        found.add_edge(*edge, weight=np.hypot(*(xy[edge[0]] - xy[edge[1]])))
    for a in corners:
        for b in range(a):
            if land.covers(shapely.LineString(xy[[a, b]])):
                full.add_edge(a, b, weight=np.hypot(*(xy[a] - xy[b])))
    ways = [n for n in corners if flags[n]]
    for a in ways[:1]:
        for b in ways[1:]:
            best = networkx.shortest_path_length(full, a, b, weight="weight")
            got = networkx.shortest_path_length(found, a, b, weight="weight")
            assert got <= DETOUR * best + 4 * SLACK_M
