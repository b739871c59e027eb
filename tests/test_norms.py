"""Norms: the file, which places count, and for whom they are met, in a town drawn by hand."""

from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue import kinds
from data.norms import NORMS, norms
from geo.between import Band
from geo.coverage import Reach
from geo.errors import CatalogueError, TableError
from geo.norms.grounds import together_m2
from geo.norms.norms import Norm, measure, qualifying
from geo.tables import EVERYBODY, GROUPS

CRS = "EPSG:25833"


def norm(**changed):
    usual = {"key": "-", "label": "-", "text": "-", "source": "-", "caveat": "-"}
    usual |= {"kinds": ("park", "pitch"), "unless": (), "min_area_m2": 5000.0}
    return Norm(**usual | {"limit_m": 200.0, "groups": (EVERYBODY,)} | changed)


def places(*rows):
    """Return places from pairs of kinds and shape; only polygons have an area."""
    shapes = [shape for _, shape in rows]
    area = [shape.area if shape.geom_type.endswith("Polygon") else nan for shape in shapes]
    columns = {"kinds": [of for of, _ in rows], "area_m2": area}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def homes(*rows):
    """Return homes from tuples of building, everybody, young children."""
    people = {group: [nan] * len(rows) for group in GROUPS}
    people[EVERYBODY] = [float(row[1]) for row in rows]
    people["young_children"] = [float(row[2]) for row in rows]
    people["school_children"] = [1.0] * len(rows)
    return gpd.GeoDataFrame({"building": [row[0] for row in rows], **people})


def box(west, south, width, height):
    return shapely.box(west, south, west + width, south + height)


# --- The file --------------------------------------------------------------------------


@pytest.mark.parametrize("one", norms().values(), ids=norms())
def test_a_norm_says_what_it_asks_where_it_stands_and_what_is_not_checked(one):
    assert set(one.kinds) | set(one.unless) <= kinds().keys()
    assert not set(one.kinds) & set(one.unless)
    assert f"{one.limit_m:.0f} m" in one.text or f"{one.limit_m / 1000:.0f} km" in one.text
    assert len(one.source) > 20
    assert len(one.caveat) > 40
    assert one.text.endswith(".")
    assert one.caveat.endswith(".")
    assert one.label[0].isupper()
    assert not one.label.endswith(".")
    assert one.groups == (EVERYBODY,) or EVERYBODY not in one.groups


def test_the_norms_that_norwegian_planners_ask_for_are_there():
    found = {key: (one.limit_m, one.min_area_m2) for key, one in norms().items()}
    assert found["recreation_area"] == (200, 5_000)
    assert found["walking_terrain"] == (500, 200_000)
    assert found["open_space"] == (200, 5_000)
    assert found["near_playground"] == (50, 0)
    assert [found[f"school_transport_{n}_km"][0] for n in (2, 4, 6)] == [2000, 4000, 6000]
    assert found["who_green"] == (300, 5_000)
    assert (found["rule_300"], found["sdg_11_7_1"]) == ((300, 0), (400, 0))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'source = "Stat',
            'sauce = "Stat',
            "sauce is unknown: choose from label, text, source",
        ),
        ("label = ", "caption = ", "caption is unknown"),
        ('["everybody"]', '["elves"]', "needs groups as a list of everybody"),
        ('["everybody"]', '["everybody", "youth"]', "counts people twice"),
        ('["playground", ', '["zoo", ', "needs kinds as a list of library"),
        ("= 5_000.0", "= -1.0", "needs min_area_m2 as a decimal number up to"),
        ("= 200.0", "= 200", "needs limit_m as a decimal number up to 10000.0, not 200."),
        ("limit_m = 200.0", "", "needs limit_m as a decimal number up to 10000.0, not nothing"),
        ("caveat = ", "unless = []\ncaveat = ", "needs unless as a list of"),
    ],
)
def test_a_wrong_norm_is_refused_by_file_and_row(tmp_path, old, new, said):
    text = NORMS.read_text(encoding="utf-8")
    start = text.index("[recreation_area]")
    assert old in text[start:]
    (tmp_path / "n.toml").write_text(text[:start] + text[start:].replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as refused:
        norms(tmp_path / "n.toml")
    assert str(refused.value).startswith("n.toml [recreation_area]: ")
    assert said in str(refused.value)


def test_a_file_of_norms_that_is_gone_is_named(tmp_path):
    with pytest.raises(CatalogueError, match=r"n\.toml cannot be read"):
        norms(tmp_path / "n.toml")


# --- Which places count ----------------------------------------------------------------


def test_a_place_counts_by_kind_and_area():
    town = places(
        ("park", box(0, 0, 50, 100)),  # 5000 m²: exactly enough
        ("park", box(1000, 0, 50, 99)),
        ("cafe;pitch", box(2000, 0, 100, 100)),
        ("cafe", box(3000, 0, 100, 100)),
        ("park", shapely.Point(4000, 0)),
        ("pitch", shapely.LineString([(5000, 0), (6000, 0)])),
        ("cafe", shapely.Point(7000, 0)),
    )
    found = qualifying(norm(), town)
    assert found.mask.tolist() == [True, False, True, False, False, False, False]
    assert found.unknown_area.tolist() == [False, False, False, False, True, True, False]
    anyhow = qualifying(norm(min_area_m2=0), town)
    assert anyhow.mask.tolist() == [True, True, True, False, True, True, False]
    assert not anyhow.unknown_area.any()


def test_a_place_of_a_kind_that_rules_it_out_does_not_count():
    town = places(
        *((of, shapely.Point(0, 0)) for of in ("school", "upper_secondary_school;school"))
    )
    lower = norm(kinds=("school",), unless=("upper_secondary_school",), min_area_m2=0)
    assert qualifying(lower, town).mask.tolist() == [True, False]


def test_pieces_that_touch_are_one_ground():
    town = places(
        ("park", box(0, 0, 50, 60)),
        ("pitch", box(50, 0, 50, 60)),  # shares a side with the park
        ("park", box(200, 0, 50, 60)),
        ("park", box(225, 0, 50, 60)),  # overlaps by half: 4500 m² together
        ("park", box(400, 0, 50, 60)),
        ("cafe", box(450, 0, 50, 60)),  # touches, but is nowhere to play
        ("park", box(600, 0, 50, 60)),
        ("park", box(651, 0, 50, 60)),  # a metre apart
        ("park", shapely.Point(625, 30)),
    )
    assert qualifying(norm(), town).mask.tolist() == [True, True] + [False] * 7
    assert not qualifying(norm(), town, dissolve=False).mask.any()
    only = qualifying(norm(kinds=("park",)), town)
    assert not only.mask.any()  # half the ground is a pitch, which does not count now


def test_a_chain_of_pieces_is_one_ground_and_a_caller_keeps_its_table():
    town = places(*(("park", box(20 * n, 0, 20, 60)) for n in range(5)))  # 1200 m² each
    before = town.copy()
    assert qualifying(norm(), town).mask.all()
    assert not qualifying(norm(), town[:4]).mask.any()
    assert town.equals(before)


def test_no_place_at_all_counts():
    nothing = places(("park", box(0, 0, 1, 1)))[:0]
    assert qualifying(norm(), nothing).mask.shape == (0,)
    assert together_m2(np.array([], dtype=object)).shape == (0,)


CORNERS = st.tuples(
    st.integers(0, 30), st.integers(0, 30), st.integers(1, 9), st.integers(1, 9)
)


@given(st.lists(CORNERS, min_size=1, max_size=12))
def test_a_ground_is_never_less_than_its_pieces_nor_more_than_all(corners):
    shapes = np.array([box(*corner) for corner in corners], dtype=object)
    found = together_m2(shapes)
    assert (found >= shapely.area(shapes) - 1e-9).all()
    assert found.max() <= shapely.union_all(shapes).area + 1e-9
    again = together_m2(shapes[::-1])[::-1]
    np.testing.assert_allclose(found, again)


# --- For whom --------------------------------------------------------------------------


def test_a_norm_is_met_for_residents_and_buildings():
    # A block with two doors, one of them near; a house just near enough; one just too far;
    # one with no way.
    town = homes(
        ("block", 30, 4), ("block", 10, 2), ("near", 4, 1), ("far", 3, 1), ("isle", 3, 0)
    )
    walk = np.array([250.0, 150.0, 200.0000001, 200.01, inf])
    found = measure(norm(), walk, town)
    assert found.reach[EVERYBODY] == Reach(people=50, within=14, cut_off=3)
    assert found.reach["young_children"] == Reach(people=8, within=3, cut_off=0)
    assert found.reach[EVERYBODY].beyond == 36
    assert isnan(found.reach["youth"].people)
    assert (found.buildings, found.buildings_within, found.building_share) == (4, 2, 0.5)
    assert found.about == found.reach[EVERYBODY]


def test_a_norm_about_several_groups_counts_them_together():
    town = homes(("a", 9, 2), ("b", 9, 3))
    children = norm(groups=("young_children", "school_children"))
    found = measure(children, np.array([100.0, 300.0]), town)
    assert found.about == Reach(people=7, within=3, cut_off=0)
    assert isnan(measure(norm(groups=("youth",)), np.array([1.0, 1.0]), town).about.share)


def test_nobody_lives_here():
    found = measure(norm(), np.array([]), homes())
    assert (found.buildings, found.about.people) == (0, 0)
    assert isnan(found.building_share)
    assert isnan(found.about.share)


@pytest.mark.parametrize("walk", [[], [1.0, 2.0], [nan]])
def test_every_home_needs_a_walk(walk):
    with pytest.raises(TableError, match=r"Table homes: \d walks for 1 homes, \d unknown"):
        measure(norm(), np.array(walk, dtype=float), homes(("a", 1, 1)))


@given(st.lists(st.floats(0, 400) | st.just(inf), min_size=1, max_size=20), st.integers(1, 400))
def test_a_wider_norm_is_met_for_no_fewer(walk, limit):
    town = homes(*((f"w{n // 2}", 5, 1) for n in range(len(walk))))
    narrow = measure(norm(limit_m=float(limit)), np.array(walk), town)
    wide = measure(norm(limit_m=float(limit + 50)), np.array(walk), town)
    assert narrow.about.within <= wide.about.within
    assert narrow.buildings_within <= wide.buildings_within <= wide.buildings


def test_norms_carry_bands():
    """Two homes, the nearer of 4 to 6 youths, the other of exactly 5."""
    homes = gpd.GeoDataFrame(dict.fromkeys(GROUPS, 5.0), index=[0, 1]).assign(
        building=["w1", "w2"], everybody=20.0
    )
    norm = Norm("-", "-", "-", "-", ("park",), (), 0.0, 200.0, ("youth", "adults"), "-")
    bands = {"youth": (np.array([4.0, 5.0]), np.array([6.0, 5.0]))}
    found = measure(norm, np.array([100.0, 300.0]), homes, bands)
    assert found.reach["youth"].band == Band(within=(4, 6), beyond=(5, 5))
    assert found.reach["adults"].band is None
    assert found.about.band == Band(within=(9, 11), beyond=(10, 10))
    assert measure(norm, np.array([100.0, 300.0]), homes).about.band is None
