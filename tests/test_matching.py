import pytest

from data.matching import feature_tags, is_walkable, kinds_of


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "steps"},
        {"highway": "cycleway", "foot": "designated"},
        {"highway": "cycleway"},  # gang- og sykkelvei without a word about feet
        {"highway": "track", "motor_vehicle": "private"},  # forest road with a bar
        {"highway": "service", "access": "destination"},
        {"highway": "residential", "access": "private", "foot": "yes"},  # privat vei
        {"highway": "primary", "tunnel": "yes"},
        {"highway": "trunk", "foot": "yes"},
        {"highway": "trunk", "sidewalk": "right"},
        {"highway": "trunk", "sidewalk:left": "yes"},
        {"highway": "trunk", "maxspeed": "50", "ref": "E10", "name": "Villaveien"},
        {"highway": "trunk", "maxspeed": "80", "tunnel": "yes", "foot": "yes"},
        {"highway": "busway", "foot": "yes"},
        {"highway": "path", "sac_scale": "demanding_mountain_hiking"},
        {"highway": "footway", "tunnel": "building_passage"},
        {"highway": "pedestrian", "area": "yes"},
    ],
)
def test_somebody_walks_here(tags):
    assert is_walkable(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"building": "yes"},
        {"highway": "motorway", "foot": "yes"},
        {"highway": "motorway_link"},
        {"highway": "construction", "construction": "footway"},
        {"highway": "proposed"},
        {"highway": "corridor"},
        {"highway": "elevator"},
        {"highway": "platform"},
        {"highway": "via_ferrata"},
        {"highway": "footway", "indoor": "yes"},
        {"highway": "footway", "access": "private"},
        {"highway": "footway", "access": "no", "foot": "private"},
        {"highway": "cycleway", "foot": "no"},
        {"highway": "secondary", "foot": "use_sidepath"},
        {"highway": "trunk"},
        {"highway": "trunk", "maxspeed": "80"},
        {"highway": "trunk", "maxspeed": "50", "sidewalk": "no", "motorroad": "yes"},
        {"highway": "trunk", "maxspeed": "50", "tunnel": "yes"},
        {"highway": "trunk", "foot": "yes", "motorroad": "yes"},
        {"highway": "path", "sac_scale": "alpine_hiking"},
        {"highway": "track", "ice_road": "yes"},
        {"route": "ferry", "foot": "yes"},
        {"highway": "path", "disused": "yes"},
        {"piste:type": "nordic"},
    ],
)
def test_nobody_walks_here(tags):
    assert not is_walkable(tags)


def test_several_values_give_several_kinds_in_the_catalogues_order():
    assert kinds_of({"amenity": "school;library"}) == ("library", "school")
    assert kinds_of({"amenity": "library; school"}) == ("library", "school")


def test_a_value_that_rules_out_does_so_only_alone():
    assert kinds_of({"leisure": "pitch", "sport": "table_tennis"}) == ("outdoor_games",)
    both = kinds_of({"leisure": "pitch", "sport": "soccer;table_tennis"})
    assert both == ("outdoor_games", "pitch")
    assert kinds_of({"amenity": "cafe;bar"}) == ("cafe",)


def test_all_tags_of_a_rule_are_needed():
    assert kinds_of({"piste:type": "nordic"}) == ()
    assert kinds_of({"piste:type": "nordic", "lit": "yes"}) == ("ski_track",)
    assert kinds_of({"natural": "beach"}) == ()
    assert kinds_of({"natural": "beach", "name": "Ramberg"}) == ("beach",)


def test_whoever_asks_for_features_asks_for_enough_and_no_more():
    asked = feature_tags()
    assert {"library", "community_centre"} <= asked["amenity"]
    assert "bench" not in asked["amenity"]
    assert asked["shelter_type"] >= {"lean_to", "basic_hut"}
    assert not {"name", "access", "sport", "lit", "building"} & asked.keys()
