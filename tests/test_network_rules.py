"""Which ways are walked on, and what is known of them: small towns with answers by hand."""

import math

import pytest

from data.matching import is_walkable
from data.osm_file import read_file
from data.paths import paths_of
from data.wanted import wanted
from data.ways import attributes_of
from tests.towns import CRS, Drawing

STREET = {"highway": "residential"}


@pytest.fixture
def town():
    return Drawing()


@pytest.fixture
def walked(town, tmp_path):
    """Return the paths of what was drawn, by way."""

    def read():
        extract = read_file(
            town.save(tmp_path / "town.osm"), keep_feature=wanted, keep_way=is_walkable
        )
        return paths_of(extract, CRS).set_index("way")

    return read


def ends(paths, way):
    return set(paths.loc[[way], ["u", "v"]].to_numpy().ravel().tolist())


def told(**tags):
    return attributes_of([tags]).iloc[0]


def test_a_ferry_is_no_path(town, walked):
    town.way([(0, 0), (300, 0)], **STREET)
    town.way([(300, 0), (2000, 0)], route="ferry", foot="yes", name="Ferja")
    town.way([(2000, 0), (2300, 0)], **STREET)
    assert walked().index.tolist() == [1, 3]


def test_a_bridge_over_a_motorway_touches_nothing(town, walked):
    town.way([(0, -300), (0, -50)], highway="footway")
    town.way([(0, -50), (0, 0), (0, 50)], highway="footway", bridge="yes", layer="1")
    town.way([(0, 50), (0, 300)], highway="footway")
    town.way([(-500, 10), (500, 10)], highway="motorway")
    town.way([(-500, -10), (500, -10)], **STREET)
    paths = walked()
    assert 4 not in paths.index
    assert paths["structure"].to_dict() == {1: "ground", 2: "bridge", 3: "ground", 5: "ground"}
    assert not ends(paths, 2) & ends(paths, 5)
    assert ends(paths, 2) & ends(paths, 1)
    assert ends(paths, 2) & ends(paths, 3)


def test_a_tunnel_touches_no_street_above_it(town, walked):
    town.way([(0, 0), (300, 0)], highway="footway", tunnel="yes", lit="yes", layer="-1")
    town.way([(150, -100), (150, 100)], **STREET)
    paths = walked()
    assert paths["structure"].to_dict() == {1: "tunnel", 2: "ground"}
    assert paths["lit"].to_dict() == {1: "yes", 2: "unknown"}
    assert not ends(paths, 1) & ends(paths, 2)


def test_main_roads_are_walked_where_there_is_a_pavement(town, walked):
    trunk = {"highway": "trunk", "maxspeed": "80"}
    town.way([(0, 0), (300, 0)], **trunk)
    town.way([(300, 0), (600, 0)], **trunk, sidewalk="both")
    town.way([(600, 0), (900, 0)], highway="trunk", maxspeed="50")
    town.way([(900, 0), (1200, 0)], highway="trunk", maxspeed="50", sidewalk="separate")
    town.way([(1200, 0), (1500, 0)], **trunk, sidewalk="both", motorroad="yes")
    assert walked().index.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({"sidewalk": "separate"}, False),
        ({"sidewalk:both": "separate"}, False),
        ({"sidewalk:left": "separate", "sidewalk:right": "no"}, False),
        ({"sidewalk:left": "no", "sidewalk:right": "separate"}, False),
        ({"sidewalk:left": "separate", "sidewalk:right": "yes"}, True),
        ({"sidewalk": "separate", "foot": "yes"}, True),
        ({"sidewalk": "no"}, True),
        ({}, True),
    ],
)
def test_beside_a_pavement_of_its_own_nobody_walks_on_a_main_road(tags, walkable):
    assert is_walkable({"highway": "secondary"} | tags) == walkable
    assert is_walkable({"highway": "residential"} | tags)


def test_a_private_road_is_no_way_through_unless_the_sign_says_so(town, walked):
    town.way([(0, 0), (300, 0)], highway="service", access="private")
    town.way([(300, 0), (600, 0)], highway="service", access="private", foot="permissive")
    town.way([(600, 0), (900, 0)], highway="service", access="permit")
    assert walked().index.tolist() == [2]


def test_a_locked_gate_parts_the_way_and_an_open_one_does_not(town, walked):
    town.way([(0, 0), (100, 0), (300, 0)], highway="footway")
    town.node((100, 0), barrier="gate", locked="yes")
    town.way([(0, 50), (100, 50), (300, 50)], highway="footway")
    town.node((100, 50), barrier="gate")
    town.way([(0, 90), (100, 90), (300, 90)], highway="footway")
    town.node((100, 90), barrier="bollard", access="no")
    paths = walked()
    assert paths["length_m"].round().to_dict() == {1: 200, 2: 300, 3: 300}  # last of each
    west, east = paths.loc[[1], ["u", "v"]].to_numpy().tolist()
    assert paths.loc[[1], "length_m"].round().tolist() == [100, 200]
    assert not set(west) & set(east)


def test_a_locked_gate_where_ways_meet_parts_them_all(town, walked):
    for end in [(100, 0), (0, 100), (-100, 0)]:
        town.way([(0, 0), end], highway="footway")
    town.node((0, 0), barrier="gate", access="private")
    paths = walked()
    assert len(set(paths[["u", "v"]].to_numpy().ravel())) == 6


def test_stairs_beside_a_ramp(town, walked):
    town.way([(0, 0), (10, 0)], highway="steps", ramp="separate", incline="up")
    town.way([(0, 0), (0, 60), (10, 0)], highway="footway", surface="asphalt", incline="6%")
    paths = walked()
    columns = ["steps", "wheelchair", "pram"]
    assert paths.loc[1, columns].tolist() == [True, "no", "no"]
    assert paths.loc[2, columns].tolist() == [False, "yes", "yes"]
    assert math.isnan(paths.loc[1, "incline"])
    assert paths.loc[2, "incline"] == 0.06
    assert ends(paths, 1) == ends(paths, 2)


@pytest.mark.parametrize(
    ("tags", "wheelchair", "pram"),
    [
        ({}, "no", "no"),
        ({"ramp": "no"}, "no", "no"),
        ({"ramp": "yes"}, "no", "yes"),
        ({"ramp": "yes", "ramp:wheelchair": "yes"}, "yes", "yes"),
        ({"ramp": "yes", "ramp:stroller": "yes"}, "no", "yes"),
        ({"ramp": "yes", "ramp:bicycle": "yes"}, "no", "no"),
        ({"ramp": "yes", "ramp:bicycle": "yes", "ramp:stroller": "yes"}, "no", "yes"),
        ({"surface": "asphalt"}, "no", "no"),
    ],
)
def test_wheels_on_stairs_need_their_kind_of_ramp(tags, wheelchair, pram):
    found = told(highway="steps", **tags)
    assert (found["wheelchair"], found["pram"]) == (wheelchair, pram)


@pytest.mark.parametrize(
    ("tags", "wheelchair", "pram"),
    [
        ({}, "unknown", "unknown"),
        ({"surface": "asphalt"}, "yes", "yes"),
        ({"surface": "asphalt;gravel"}, "unknown", "unknown"),
        ({"surface": "gravel"}, "unknown", "unknown"),
        ({"surface": "gravel", "wheelchair": "yes"}, "yes", "yes"),
        ({"surface": "asphalt", "wheelchair": "no"}, "no", "yes"),
        ({"surface": "asphalt", "wheelchair": "limited"}, "unknown", "yes"),
        ({"surface": "asphalt", "stroller": "no"}, "yes", "no"),
        ({"surface": "asphalt", "smoothness": "bad"}, "unknown", "unknown"),
        ({"smoothness": "good"}, "yes", "yes"),
        ({"smoothness": "horrible"}, "no", "no"),
        ({"surface": "asphalt", "kerb": "raised"}, "unknown", "unknown"),
        ({"surface": "asphalt", "width": "0.9"}, "yes", "yes"),
        ({"surface": "asphalt", "width": "0.8 m"}, "unknown", "yes"),
        ({"surface": "asphalt", "incline": "6 %"}, "yes", "yes"),
        ({"surface": "asphalt", "incline": "-7%"}, "unknown", "yes"),
        ({"surface": "asphalt", "incline": "16%"}, "no", "yes"),
        ({"surface": "asphalt", "incline": "16%", "wheelchair": "yes"}, "yes", "yes"),
        ({"surface": "asphalt", "conveying": "yes"}, "no", "no"),
    ],
)
def test_what_is_known_of_wheels(tags, wheelchair, pram):
    found = told(highway="footway", **tags)
    assert (found["wheelchair"], found["pram"]) == (wheelchair, pram)


@pytest.mark.parametrize(
    ("column", "tags", "value"),
    [
        ("surface", {"surface": "concrete:plates"}, "firm"),
        ("surface", {"surface": "sett"}, "rough"),
        ("surface", {"surface": "fine_gravel", "tracktype": "grade1"}, "loose"),
        ("surface", {"tracktype": "grade3"}, "loose"),
        ("surface", {"surface": "lava"}, "unknown"),
        ("lit", {"lit": "24/7"}, "yes"),
        ("lit", {"lit": "no"}, "no"),
        ("lit", {"lit": "limited"}, "unknown"),
        ("winter", {"winter_service": "yes"}, "open"),
        ("winter", {"snowplowing": "no"}, "closed"),
        ("winter", {"seasonal": "spring;summer;autumn"}, "closed"),
        ("winter", {"piste:type": "nordic", "winter_service": "yes"}, "closed"),
        ("winter", {}, "unknown"),
        ("structure", {"bridge": "yes"}, "bridge"),
        ("structure", {"bridge": "boardwalk"}, "ground"),
        ("structure", {"tunnel": "building_passage"}, "ground"),
        ("structure", {"tunnel": "yes", "bridge": "yes"}, "tunnel"),
    ],
)
def test_what_else_is_known(column, tags, value):
    assert told(highway="path", **tags)[column] == value


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("0%", 0.0),
        ("12 %", 0.12),
        ("-3,5%", 0.035),
        ("45°", 1.0),
        ("up", math.nan),
        ("6", math.nan),
        ("10-12%", math.nan),
        ("600%", math.nan),
        ("", math.nan),
    ],
)
def test_a_slope_is_read_with_its_unit_only(text, slope):
    assert told(highway="path", incline=text)["incline"] == pytest.approx(slope, nan_ok=True)


@pytest.mark.parametrize(
    ("post", "wheelchair", "pram"),
    [
        ({"barrier": "stile"}, "no", "no"),
        ({"barrier": "kissing_gate"}, "no", "no"),
        ({"barrier": "cycle_barrier"}, "no", "unknown"),
        ({"barrier": "kerb", "kerb": "raised"}, "no", "unknown"),
        ({"barrier": "kerb", "kerb": "lowered"}, "yes", "yes"),
        ({"barrier": "kerb"}, "unknown", "unknown"),
        ({"barrier": "gate"}, "unknown", "yes"),
        ({"barrier": "gate", "wheelchair": "yes"}, "yes", "yes"),
        ({"barrier": "bollard"}, "yes", "yes"),
        ({"highway": "crossing"}, "yes", "yes"),
    ],
)
def test_what_stands_on_a_path_stops_wheels(town, walked, post, wheelchair, pram):
    town.way([(0, 0), (100, 0), (300, 0)], highway="footway", surface="asphalt")
    town.node((100, 0), **post)
    town.way([(300, 0), (600, 0)], highway="footway", surface="asphalt")
    town.way([(300, 0), (300, 90)], highway="footway", surface="asphalt")
    paths = walked()
    assert paths.loc[1, ["wheelchair", "pram"]].tolist() == [wheelchair, pram]
    assert paths.loc[2, ["wheelchair", "pram"]].tolist() == ["yes", "yes"]


def test_a_kerb_where_two_ways_join_is_that_of_both_and_one_at_a_junction_of_none(town, walked):
    firm = {"highway": "footway", "surface": "asphalt"}
    town.way([(0, 0), (100, 0)], **firm)
    town.way([(100, 0), (200, 0)], **firm)
    town.node((100, 0), barrier="kerb", kerb="raised")
    town.way([(200, 0), (300, 0)], **firm)
    town.way([(200, 0), (200, 90)], **firm)
    town.node((200, 0), barrier="kerb", kerb="raised")
    assert walked()["wheelchair"].to_dict() == {1: "no", 2: "no", 3: "yes", 4: "yes"}
