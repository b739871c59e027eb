"""What ways cost whom: hills, stairs, snow, darkness and wheels."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Gait
from geo.paths.profile import profile
from geo.paths.slopes import STEEPEST, minetti, tobler
from geo.paths.terrain import Terrain
from geo.paths.walking import SLOPES, SNOW, STAIRS, level_along, level_m

INF, NAN = np.inf, np.nan
FOOT, CHAIR, PRAM = Gait(), Gait(wheels="wheelchair"), Gait(wheels="pram")
PLAIN = {
    "steps": False, "surface": "firm", "wheelchair": "unknown", "pram": "unknown",
    "lit": "unknown", "winter": "unknown", "structure": "ground", "incline": NAN,
}  # fmt: skip
SURE_CHAIR = Gait(wheels="wheelchair", certain=True)
TEN_PERCENT = (np.exp(0.35) + np.exp(0.0)) / 2
"""Up 10 % takes exp(3.5 × 0.15 − 3.5 × 0.05), down 10 % as long as level ground."""


def ways(*lines, **tags):
    """Return paths that meet where they end in the same spot; a tag is one value, or a list."""
    ends = [tuple(end) for line in lines for end in (line[0], line[-1])]
    number = {xy: n for n, xy in enumerate(dict.fromkeys(ends))}
    geometry = [shapely.LineString(line) for line in lines]
    table = gpd.GeoDataFrame(
        {
            "u": [number[tuple(line[0])] for line in lines],
            "v": [number[tuple(line[-1])] for line in lines],
            "length_m": shapely.length(np.array(geometry, dtype=object)),
        },
        geometry=geometry,
        crs="EPSG:25833",
    )
    return table.assign(**(PLAIN | tags))


def street(length_m=100.0, **tags):
    return ways([(100, 100), (100 + length_m, 100)], **tags)


def ground(height, size=40):
    """Return cells of 10 m from (0, 0) on, as high as a function of east and north says."""
    middle = 10 * (np.arange(size) + 0.5)
    x, y = np.meshgrid(middle, middle[::-1])
    return Terrain((height(x, y) + 0 * x).astype(np.float32), 0.0, 10.0 * size, 10.0)


def cost(paths, gait=FOOT, terrain=None):
    return level_m(paths, gait, terrain).tolist()


RISING = ground(lambda x, y: 0.1 * x)


def near(*metres):
    return [pytest.approx(m, rel=1e-5) for m in metres]


def test_a_street_that_rises_ten_metres_in_a_hundred():
    assert near(100 * TEN_PERCENT) == cost(street(), FOOT, RISING)
    assert pytest.approx(120.95, abs=0.01) == 100 * TEN_PERCENT
    across = ways([(100, 100), (100, 200)])
    assert near(100) == cost(across, FOOT, RISING)


@pytest.mark.parametrize(
    ("slope", "up", "down"),
    [
        ("tobler", np.exp(0.35), 1.0),
        ("minetti", 4.899135 / 2.5, 1.127125 / 2.5),  # 0.0028 − 0.0059 − 0.0768 + 0.519 + …
        ("none", 1.0, 1.0),
    ],
)
def test_there_and_back_are_as_their_formula_says(slope, up, down):
    assert SLOPES[slope](np.array([0.1, -0.1, 0.0])) == pytest.approx([up, down, 1], rel=1e-6)
    expected = 100 * (up + down) / 2
    assert near(expected) == cost(street(), Gait(slope=slope), RISING)


def test_tobler_is_fastest_a_little_downhill():
    slopes = np.linspace(-0.4, 0.4, 81)
    assert slopes[tobler(slopes).argmin()] == pytest.approx(-0.05)
    assert 5.04 / tobler(np.array([-0.05])) == pytest.approx(6.0, abs=0.01)  # his 6 km/h


def test_minetti_fits_what_was_measured_at_the_ends():
    """17.33 ± 1.11 and 3.46 ± 0.95 J/kg/m at ±0.45, by the abstract of the paper."""
    up, down = 2.5 * minetti(np.array([0.45, -0.45]))
    assert abs(up - 17.33) < 1.11
    assert abs(down - 3.46) < 0.95


@pytest.mark.parametrize("slope", SLOPES)
def test_a_cliff_beside_the_path_is_not_climbed(slope):
    assert SLOPES[slope](np.array([5.0, -5.0])).tolist() == [
        SLOPES[slope](np.array([s]))[0] for s in (STEEPEST, -STEEPEST)
    ]


def test_up_and_down_again_is_not_level():
    hump = ground(lambda x, y: 0.1 * (155 - abs(x - 155)))
    assert near(100 * TEN_PERCENT) == cost(ways([(105, 100), (205, 100)]), FOOT, hump)


def test_a_bridge_does_not_follow_the_valley():
    valley = ground(lambda x, y: np.where(abs(x - 150) < 45, -30.0, 0.0))
    approach = [(50, 100), (100, 100)], [(100, 100), (200, 100)], [(200, 100), (250, 100)]
    for structure in ("bridge", "tunnel"):
        paths = ways(*approach, structure=["ground", structure, "ground"])
        assert near(50, 100, 50) == cost(paths, FOOT, valley)
    assert cost(ways(*approach), FOOT, valley)[1] > 130


def test_a_bridge_is_straight_between_ends_of_different_heights():
    valley = ground(lambda x, y: np.where(abs(x - 150) < 40, -30.0, 0.1 * x))
    approach = [(50, 100), (100, 100)], [(100, 100), (200, 100)], [(200, 100), (250, 100)]
    paths = ways(*approach, structure=["ground", "bridge", "ground"])
    assert near(100 * TEN_PERCENT) == cost(paths, FOOT, valley)[1:2]


def test_the_middle_of_a_bridge_hangs_in_the_air():
    """Two halves of a bridge, and stairs down from the middle: it stays up there."""
    valley = ground(lambda x, y: np.where(abs(x - 150) < 45, -30.0, 0.0))
    halves = [(100, 100), (150, 100)], [(150, 100), (200, 100)]
    ends = [(50, 100), (100, 100)], [(200, 100), (250, 100)]
    stairs = [(150, 100), (150, 110)]
    paths = ways(
        *halves, *ends, stairs,
        structure=["bridge"] * 2 + ["ground"] * 3, steps=[False] * 4 + [True],
    )  # fmt: skip
    assert near(50, 50, 50, 50, 10 * STAIRS) == cost(paths, FOOT, valley)


def test_where_heights_are_unknown_the_way_is_level_or_as_its_tag_says():
    sea = ground(lambda x, y: np.where(x > 150, NAN, 0.1 * x))
    west = 50 * TEN_PERCENT
    # The cell beyond the shore is unknown: the quay is as high as the last known cell.
    assert cost(street(), FOOT, sea)[0] == pytest.approx(west + 50, abs=2)
    tagged = cost(street(incline=0.1), FOOT, sea)[0]
    assert tagged == pytest.approx(100 * TEN_PERCENT, abs=2)
    outside = ways([(1000, 100), (1100, 100)])
    assert cost(outside, FOOT, sea) == [100]


def test_without_terrain_tags_tell():
    paths = ways([(0, 0), (100, 0)], [(0, 0), (0, 100)], incline=[0.1, NAN])
    assert near(100 * TEN_PERCENT, 100) == cost(paths)


def test_terrain_knows_better_than_a_tag():
    assert near(100 * TEN_PERCENT) == cost(street(incline=0.3), FOOT, RISING)


def test_a_path_without_length_costs_nothing():
    paths = ways([(100, 100), (100, 100)])
    assert cost(paths, FOOT, RISING) == [0]
    assert cost(paths, SURE_CHAIR, RISING) == [INF]


def test_there_may_be_no_paths():
    for terrain in (None, RISING):
        assert cost(street().iloc[:0], Gait(winter=True, dark=True), terrain) == []


hilly = st.tuples(*[st.floats(-0.3, 0.3)] * 2)
spots = st.lists(
    st.tuples(st.floats(20, 380), st.floats(20, 380)), min_size=2, max_size=5, unique=True
)


@given(hilly, spots)
def test_reversing_a_path_changes_nothing(slope, spots):
    waves = ground(lambda x, y: slope[0] * x + 5 * np.sin(y / 30) + slope[1] * y)
    there, back = ways(spots), ways(spots[::-1])
    assert cost(there, FOOT, waves) == pytest.approx(cost(back, FOOT, waves), rel=1e-9)


@given(hilly, st.floats(20, 300), st.floats(0.05, 0.95))
def test_on_a_plane_a_straight_path_may_be_cut_anywhere(slope, length_m, share):
    plane = ground(lambda x, y: slope[0] * x + slope[1] * y)
    start, end = np.array([30.0, 40.0]), np.array([30 + 0.8 * length_m, 40 + 0.6 * length_m])
    cut = start + share * (end - start)
    whole = cost(ways([start, end]), FOOT, plane)[0]
    parts = cost(ways([start, cut], [cut, end]), FOOT, plane)
    assert sum(parts) == pytest.approx(whole, rel=1e-3)  # heights are of single precision


@given(hilly, spots)
def test_hills_never_bring_more_than_a_falling_way_could(slope, spots):
    plane = ground(lambda x, y: slope[0] * x + slope[1] * y)
    paths = ways(spots)
    metres, level = cost(paths, FOOT, plane)[0], cost(paths)[0]
    assert metres >= level * (1 - 1e-9)  # Tobler's mean of there and back is never below 1


def test_pieces_are_as_long_as_cells_and_at_least_ten_metres():
    paths = ways([(100, 100), (125, 100)], [(100, 100), (100, 109)])
    assert profile(paths, RISING).length_m.tolist() == [12.5, 12.5, 9]
    fine = Terrain(np.zeros((400, 400), np.float32), 0.0, 400.0, 1.0)
    assert profile(paths, fine).length_m.tolist() == [12.5, 12.5, 9]
    coarse = Terrain(np.zeros((20, 20), np.float32), 0.0, 400.0, 20.0)
    assert profile(paths, coarse).length_m.tolist() == [25, 9]


def test_a_profile_serves_every_gait():
    paths, gaits = street(), (FOOT, CHAIR, Gait(slope="minetti", winter=True))
    along = profile(paths, RISING)
    for gait in gaits:
        assert level_along(paths, gait, along).tolist() == cost(paths, gait, RISING)


def test_stairs_take_what_fruin_counted_however_steep():
    assert pytest.approx(2.044, abs=0.001) == STAIRS
    assert near(10 * STAIRS) == cost(street(10, steps=True))
    assert near(10 * STAIRS) == cost(street(10, steps=True), FOOT, RISING)


@pytest.mark.parametrize("surface", ["firm", "loose", "rough", "unknown"])
def test_no_surface_takes_time_that_nobody_measured(surface):
    assert cost(street(surface=surface)) == cost(street(surface=surface), CHAIR) == [100]


def test_winter_closes_some_ways_and_slows_the_others():
    paths = ways(*[[(0, n), (100, n)] for n in range(3)], winter=["open", "closed", "unknown"])
    winter = Gait(winter=True)
    assert near(100 * SNOW, INF, 100 * SNOW) == cost(paths, winter)
    assert cost(paths) == [100] * 3
    sure = Gait(winter=True, certain=True)
    assert cost(paths, sure) == cost(paths, winter)


def test_a_kilometre_of_snow_takes_an_adult_a_minute_more():
    seconds = cost(street(1000), Gait(winter=True))[0] / 1.31 - 1000 / 1.31
    assert seconds == pytest.approx(60)


def test_in_the_dark_unlit_ways_are_avoided():
    paths = ways(*[[(0, n), (100, n)] for n in range(3)], lit=["yes", "no", "unknown"])
    assert cost(paths) == [100] * 3
    assert cost(paths, Gait(dark=True)) == [100, INF, 100]
    assert cost(paths, Gait(dark=True, certain=True)) == [100, INF, INF]
    assert cost(paths, Gait(certain=True)) == [100] * 3


@pytest.mark.parametrize("wheels", ["wheelchair", "pram"])
def test_wheels_go_where_their_own_column_lets_them(wheels):
    paths = ways(*[[(0, n), (100, n)] for n in range(3)], **{wheels: ["yes", "no", "unknown"]})
    assert cost(paths, Gait(wheels=wheels)) == [100, INF, 100]
    assert cost(paths, Gait(wheels=wheels, certain=True)) == [100, INF, INF]
    assert cost(paths) == [100] * 3


def test_wheels_take_no_stairs_unless_there_is_a_ramp():
    paths = ways(
        *[[(0, n), (10, n)] for n in range(3)], pram=["yes", "no", "unknown"], steps=True
    )
    assert near(10 * STAIRS, INF, INF) == cost(paths, PRAM)


@pytest.mark.parametrize(
    ("incline", "best", "sure"),
    [(0.06, 1, 1), (1 / 15, 1, 1), (0.07, 1, INF), (0.1, 1, INF), (0.11, INF, INF)],
)
def test_a_wheelchair_has_a_limit_by_tag(incline, best, sure):
    way = street(wheelchair="yes", pram="yes", incline=incline)
    assert (cost(way, CHAIR)[0] == INF, cost(way, SURE_CHAIR)[0] == INF) == (
        best == INF,
        sure == INF,
    )
    assert cost(way, Gait(wheels="pram", certain=True))[0] < INF


def test_a_raster_takes_only_certainty_from_a_wheelchair():
    way = street(wheelchair="yes")
    steep = ground(lambda x, y: 0.2 * x)
    assert cost(way, CHAIR, steep)[0] < INF
    assert cost(way, SURE_CHAIR, steep) == [INF]
    assert cost(way, SURE_CHAIR, ground(lambda x, y: 0.06 * x))[0] < INF
    assert cost(way, SURE_CHAIR, ground(lambda x, y: NAN)) == [100]


def test_less_than_ten_metres_of_a_raster_prove_nothing():
    steep = ground(lambda x, y: 0.2 * x)
    assert cost(street(9, wheelchair="yes"), SURE_CHAIR, steep)[0] < INF
    assert cost(street(9, wheelchair="yes", incline=0.2), SURE_CHAIR, steep) == [INF]


def test_one_steep_stretch_is_enough():
    ramp = ground(lambda x, y: np.where(x > 150, 0.2 * (x - 150), 0.0))
    assert cost(street(wheelchair="yes"), SURE_CHAIR, ramp) == [INF]


def test_the_table_of_paths_is_left_as_it_was():
    paths = street(surface="rough")
    before = paths.copy()
    level_m(paths, Gait(wheels="pram", winter=True, dark=True), RISING)
    assert before.equals(paths)
