"""From a drawn map to places: what is one place, and where it is entered."""

import geopandas as gpd
import pytest
import shapely

from data.barriers import barriers_of
from data.matching import is_walkable
from data.osm_file import read_file
from data.paths import paths_of
from data.places import entrances_of, places_of
from data.wanted import wanted
from geo.crs import to_metric
from tests.towns import CRS, SQUARE_M, Drawing, box

LAND = shapely.box(-500, -500, 1000, 1000)


@pytest.fixture
def town():
    """Draw a street 600 m long, from (0, 0) to the east."""
    town = Drawing()
    town.way([(0, 0), (600, 0)], highway="residential")
    return town


@pytest.fixture
def seen(town, tmp_path):
    """Return the places and entrances of what was drawn, with (0, 0) back at (0, 0)."""

    def see(land=LAND):
        extract = read_file(
            town.save(tmp_path / "town.osm"), keep_feature=wanted, keep_way=is_walkable
        )
        features, paths = to_metric(extract.features, CRS), paths_of(extract, CRS)
        land = shapely.transform(land, lambda xy: xy + SQUARE_M)
        places = places_of(features, land)
        return home(places), home(entrances_of(places, features, paths, *barriers_of(features)))

    return see


def home(table):
    moved = shapely.transform(table.geometry.to_numpy(), lambda xy: xy - SQUARE_M)
    return table.set_geometry(gpd.GeoSeries(moved, table.index, crs=table.crs))


def how(entrances, place):
    of = entrances[entrances["place_id"] == place]
    return sorted(
        (row.how, round(row.geometry.x), round(row.geometry.y)) for row in of.itertuples()
    )


def test_a_school_point_on_the_school_grounds_is_the_same_school(town, seen):
    point = town.node((50, 50), amenity="school", name="Vik skole")
    grounds = town.area(box(0, 10, 100, 100), amenity="school", name="Vik skole")
    places, _ = seen()
    assert list(places.index) == [grounds]
    assert places.loc[grounds, "osm_ids"] == f"{grounds};{point}"
    assert places.loc[grounds, "area_m2"] == pytest.approx(9000, rel=1e-3)


def test_an_unnamed_school_building_is_its_named_grounds(town, seen):
    town.area(box(10, 20, 30, 40), amenity="school", building="school")
    grounds = town.area(box(0, 10, 100, 100), amenity="school", name="Vik skole")
    assert list(seen()[0].index) == [grounds]


def test_what_only_the_inner_one_knew_is_kept(town, seen):
    town.node(
        (50, 50),
        amenity="school",
        name="Vik skole",
        opening_hours="Mo-Fr 08:00-16:00",
        wheelchair="yes",
    )
    grounds = town.area(box(0, 10, 100, 100), amenity="school")
    place = seen()[0].loc[grounds]
    assert (place["name"], place["opening_hours"], place["wheelchair"]) == (
        "Vik skole",
        "Mo-Fr 08:00-16:00",
        "yes",
    )


def test_a_library_in_a_school_of_the_same_name_makes_one_place_of_two_kinds(town, seen):
    library = town.node((50, 50), amenity="library", name="VIK skole")
    school = town.area(box(0, 10, 100, 100), amenity="school", building="yes", name="Vik skole")
    (place,) = seen()[0].itertuples()
    assert (place.kind, place.kinds) == ("school", "school;library")
    assert place.osm_ids == f"{school};{library}"


def test_a_library_of_another_name_is_a_place_of_its_own(town, seen):
    town.node((50, 50), amenity="library", name="Vik folkebibliotek")
    town.area(box(0, 10, 100, 100), amenity="school", name="Vik skole")
    assert sorted(seen()[0]["kind"]) == ["library", "school"]


def test_two_schools_of_different_names_stay_two(town, seen):
    town.node((50, 50), amenity="school", name="Vik steinerskole")
    town.area(box(0, 10, 100, 100), amenity="school", name="Vik skole")
    assert len(seen()[0]) == 2


def test_two_unnamed_pitches_side_by_side_and_within_stay_two(town, seen):
    town.area(box(0, 10, 100, 100), leisure="pitch", sport="soccer")
    town.area(box(20, 20, 40, 40), leisure="pitch", sport="basketball")
    town.area(box(100, 10, 200, 100), leisure="pitch", sport="soccer")
    assert len(seen()[0]) == 3


def test_a_playground_in_a_park_is_another_place(town, seen):
    town.node((50, 50), leisure="playground")
    town.area(box(0, 10, 100, 100), leisure="park", name="Parken")
    assert sorted(seen()[0]["kind"]) == ["park", "playground"]


def test_three_within_each_other_become_one(town, seen):
    point = town.node((20, 30), amenity="school", name="Vik skole")
    house = town.area(box(10, 20, 30, 40), amenity="school", building="yes", name="Vik skole")
    grounds = town.area(box(0, 10, 100, 100), amenity="school", name="Vik skole")
    (place,) = seen()[0].itertuples()
    assert place.Index == grounds
    assert set(place.osm_ids.split(";")) == {point, house, grounds}


def test_the_same_outline_twice_is_one_place(town, seen):
    corners = box(0, 10, 100, 100)
    town.area(corners, amenity="school", name="Vik skole")
    town.area(corners, amenity="school", name="Vik skole")
    assert len(seen()[0]) == 1


def test_a_mapped_entrance_is_used_and_a_private_one_is_not(town, seen):
    hall = town.area(
        [(0, 10), (20, 10), (40, 10), (40, 40), (20, 40), (0, 40)],
        amenity="library",
        building="yes",
    )
    town.node((20, 40), entrance="main")
    town.node((20, 10), entrance="yes", access="private")
    town.node((0, 40), entrance="emergency")
    assert how(seen()[1], hall) == [("mapped", 20, 40)]


def test_only_private_entrances_leave_the_facade(town, seen):
    hall = town.area(box(0, 10, 40, 40), amenity="library", building="yes")
    town.node((0, 40), entrance="yes", access="private")
    ((kind, _, y),) = how(seen()[1], hall)
    assert (kind, y) == ("facade", 10)


def test_a_park_is_entered_where_the_street_crosses_it(town, seen):
    park = town.area(box(100, -50, 200, 50), leisure="park")
    assert how(seen()[1], park) == [("crossing", 100, 0), ("crossing", 200, 0)]


def test_a_fenced_school_yard_is_entered_at_its_gate_only(town, seen):
    town.way([(50, 0), (50, 50)], highway="footway")  # drawn straight through the fence
    town.way([(90, 0), (90, 10), (90, 50)], highway="footway")
    yard = box(0, 10, 150, 100)
    school = town.area([*yard[:1], (90, 10), *yard[1:]], amenity="school", barrier="fence")
    town.node((90, 10), barrier="gate")
    assert how(seen()[1], school) == [("crossing", 90, 10)]


def test_a_fenced_yard_without_a_mapped_gate_is_entered_where_paths_lead_in(town, seen):
    town.way([(50, 0), (50, 50)], highway="footway")
    school = town.area(box(0, 10, 150, 100), amenity="school", barrier="fence")
    assert how(seen()[1], school) == [("crossing", 50, 10)]


def test_a_private_gate_is_no_entrance(town, seen):
    town.way([(50, 0), (50, 50)], highway="footway")
    yard = [(0, 10), (90, 10), (150, 10), (150, 100), (0, 100)]
    school = town.area(yard, amenity="school", barrier="fence")
    town.node((90, 10), barrier="gate", access="private")
    assert how(seen()[1], school) == [("crossing", 50, 10)]


def test_a_park_with_one_gate_and_no_path_is_entered_there(town, seen):
    fence = [(0, 10), (120, 10), (120, 90), (0, 90)]
    park = town.area(box(2, 12, 118, 88), leisure="park")
    town.area([*fence[:2], (120, 40), *fence[2:]], barrier="fence")
    town.node((120, 40), barrier="gate")
    assert how(seen()[1], park) == [("mapped", 120, 40)]


def test_every_place_has_an_entrance(town, seen):
    town.node((50, 50), leisure="playground")
    town.area(box(0, 10, 100, 100), leisure="park")
    town.way([(0, 200), (250, 200)], **{"piste:type": "nordic", "lit": "yes"})
    places, entrances = seen()
    assert set(entrances["place_id"]) == set(places.index)
    assert len(places) == 3


def test_inside_means_any_part_of_it_within_the_boundary(town, seen):
    within, across, outside = (
        town.area(box(west, 10, west + 50, 60), leisure="park") for west in (0, 175, 300)
    )
    places, _ = seen(shapely.box(-500, -500, 200, 1000))
    assert places["inside"].to_dict() == {within: True, across: True, outside: False}


@pytest.mark.parametrize(
    "tags",
    [
        {"leisure": "park", "access": "private"},
        {"leisure": "park", "construction": "yes"},
        {"amenity": "library", "disused": "yes"},
        {"shop": "books"},
    ],
)
def test_what_is_closed_or_something_else_is_no_place(town, seen, tags):
    town.area(box(0, 10, 100, 100), **tags)
    places, entrances = seen()
    assert places.empty
    assert entrances.empty


def test_a_bridge_does_not_join_the_street_below(tmp_path):
    town = Drawing()
    town.way([(0, 0), (600, 0)], highway="residential")
    town.way([(300, -300), (300, 300)], highway="footway", bridge="yes", layer="1")
    town.way([(0, 0), (0, 100), (0, 200)], highway="steps", name="Trappa")
    extract = read_file(
        town.save(tmp_path / "t.osm"), keep_feature=wanted, keep_way=is_walkable
    )
    paths = paths_of(extract, CRS).set_index("way")
    assert paths["length_m"].round().to_dict() == {1: 600, 2: 600, 3: 200}
    assert paths["steps"].to_dict() == {1: False, 2: False, 3: True}
    assert paths.loc[3, "name"] == "Trappa"
    assert not set(paths.loc[2, ["u", "v"]]) & set(paths.loc[1, ["u", "v"]])
    assert paths.loc[3, "u"] == paths.loc[1, "u"]


def test_a_street_is_cut_where_another_meets_it(tmp_path):
    town = Drawing()
    town.way([(0, 0), (100, 0), (300, 0), (600, 0)], highway="residential")
    town.way([(300, 0), (300, 200)], highway="footway")
    extract = read_file(
        town.save(tmp_path / "t.osm"), keep_feature=wanted, keep_way=is_walkable
    )
    paths = paths_of(extract, CRS)
    assert sorted(paths["length_m"].round()) == [200, 300, 300]
    assert len(set(paths[["u", "v"]].to_numpy().ravel())) == 4
