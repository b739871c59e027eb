"""The page on what would be different: changed by forms, kept in the link, told in words."""

import re

import geopandas as gpd
import pytest

from geo.scenario.edits import Add, Close, House, Open, Path
from geo.scenario.link import of_text, to_text
from geo.scenario.scenario import Scenario
from tests.page import answer, html, keep, page, tables
from tests.towns import bundle, streets
from views.own_layer import Own
from words import LANGUAGES, speaker

STREET = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
HOMES = {(-400.0, 0.0): 40.0, (800.0, 0.0): 60.0}
PLACES = {"n1": ("library", (-450, 0)), "n2": ("school", (850, 0)), "n3": ("park", (880, 0))}
EVENINGS = "Mo-Fr 17:00-21:00"


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, moteplass_home):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)


@pytest.fixture(scope="module")
def town(moteplass_home):
    """Return an area with a library, and at its other end a school."""
    homes = {spot: {"everybody": n} for spot, n in HOMES.items()}
    return keep(bundle(STREET, homes, PLACES), "changing")


def asked(*edits, **params):
    told = {"kinds": "library", "group": "everybody", "minutes": "5", "lang": "en"}
    scenario = {"scenario": to_text(Scenario(edits))} if edits else {}
    at = page("whatif", area="changing", **told | scenario | params)
    assert not at.exception
    return at


def scenario(at):
    """Return what the link says is changed."""
    return of_text("".join(at.query_params.get("scenario", "")))


def press(at, label):
    (button,) = [one for one in at.button if one.label == label]
    return button.click().run()


def choose(at, label, value):
    (box,) = [one for one in at.selectbox if one.label == label]
    return box.select(value).run()


def test_nothing_is_changed_at_first(town):
    at = asked()
    assert answer(at).startswith("What would be different?")
    assert "Nothing yet" in html(at)
    assert not scenario(at)
    assert all(button.disabled for button in at.button if button.label in ("Undo", "Do again"))


def test_closing_the_only_library_is_told(town):
    at = choose(asked(do="close"), "Place", "n1")
    at = press(at, "Close it")
    assert scenario(at).edits == (Close("n1"),)
    assert "about 40 of the residents" in answer(at)
    rows = {row[0]: row for table in tables(at) for row in table}
    assert rows["Everybody"][1:6] == ["100", "40", "0", "0", "40"]


def test_a_school_that_opens_as_a_library_is_within_reach_of_its_neighbours(town):
    at = choose(asked(do="open", when="weekday_evening"), "Place", "n2")
    at = press(at, "Open it")
    assert scenario(at).edits == (Open("n2", EVENINGS, "library"),)
    assert "about 60 more of the residents" in answer(at)
    assert "nobody among them loses" in answer(at)


def test_a_school_that_is_asked_for_opens_as_what_it_is(town):
    at = asked(do="open", when="weekday_evening", kinds="school")
    at = press(choose(at, "Place", "n2"), "Open it")
    assert scenario(at).edits == (Open("n2", EVENINGS),)
    assert "about 60 more of the residents" in answer(at)


def test_undo_to_the_start_gives_the_start_and_redo_the_end(town):
    first = asked(do="close")
    told = answer(first)
    at = press(choose(first, "Place", "n1"), "Close it")
    changed = answer(at)
    at = press(at, "Undo")
    assert answer(at) == told
    assert not scenario(at)
    at = press(at, "Do again")
    assert answer(at) == changed
    at = press(at, "Take back")
    assert answer(at) == told


def test_the_link_shows_the_same_to_somebody_else(town):
    at = press(choose(asked(do="close"), "Place", "n1"), "Close it")
    link = {name: "".join(told) for name, told in at.query_params.items()}
    again = page("whatif", **link)
    assert answer(again) == answer(at)
    assert tables(again) == tables(at)


def test_another_area_has_nothing_changed(town):
    homes = {spot: {"everybody": n} for spot, n in HOMES.items()}
    keep(bundle(STREET, homes, PLACES), "elsewhere")
    at = press(choose(asked(do="close"), "Place", "n1"), "Close it")
    at = at.selectbox(key="area").select("elsewhere").run()
    assert not scenario(at)
    assert answer(at).startswith("What would be different?")


def test_what_is_impossible_is_said_and_nothing_is_lost(town):
    at = asked(Close("n3"), do="add")
    at = at.text_input(key="scenario-where").input("59.9 10.7").run()
    at = press(at, "Put it there")
    assert [one.value for one in at.error] == ["Change 2\\: This lies outside the area\\."]
    assert scenario(at).edits == (Close("n3"),)


def test_a_position_that_is_none_is_refused(town):
    at = asked(do="add")
    at = press(at.text_input(key="scenario-where").input("here").run(), "Put it there")
    assert "latitude and longitude" in at.error[0].value


def test_a_button_without_a_place_asks_for_one(town):
    at = press(asked(do="close"), "Close it")
    assert [one.value for one in at.error] == ["Choose a place first\\."]


def test_a_damaged_link_says_so_and_can_be_left(town):
    at = asked(scenario="x")
    assert "damaged" in at.error[0].value
    at = press(at, "Take back all changes")
    assert not at.error
    assert not scenario(at)


def test_a_scenario_that_the_area_no_longer_allows_can_be_left(town):
    at = asked(Close("gone"))
    assert at.error[0].value.startswith("Change 1\\: There is no place")
    at = press(at, "Take back all changes")
    assert not at.error


def test_every_page_is_of_the_scenario(town):
    told = {"area": "changing", "kinds": "library", "group": "everybody", "lang": "en"}
    shut = to_text(Scenario((Close("n1"),)))
    for path in ("", "groups", "gaps", "places", "export"):
        at = page(path, scenario=shut, **told)
        assert not at.exception, path
        assert not at.error, path
        assert "1 change" in html(at), path


def test_two_scenarios_are_compared(town):
    at = press(choose(asked(do="close"), "Place", "n1"), "Close it")
    at = press(at, "Set aside, to compare with another")
    assert "Compared with" in html(at)
    at = press(at, "Take back all changes")
    assert "about 40 more of the residents" in answer(at)
    at = press(at, "Compare with today")
    assert answer(at).startswith("What would be different?")


@pytest.mark.parametrize("do", ["open", "close", "add", "move", "path", "mend", "house"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_drawn_in_every_language(town, do, language):
    at = asked(do=do, lang=language)
    assert not at.error
    name = speaker(language)("What do you want to change?")
    assert name in [one.label for one in at.selectbox]


def test_paths_and_homes_are_drawn_corner_by_corner(town):
    """Corners are written as degrees here; pointing is tested in the browser."""
    at = press(asked(do="path"), "Lay it")
    assert "2 corners or more" in at.error[0].value
    at = press(asked(do="house"), "Build them")
    assert "3 corners or more" in at.error[0].value


def test_new_homes_are_counted_apart(town):
    x, y = (town.places.geometry["n1"].x, town.places.geometry["n1"].y)
    land = ((x + 10, y + 10), (x + 60, y + 10), (x + 60, y + 60), (x + 10, y + 60))
    at = asked(House(land, (("everybody", 25.0),)))
    rows = {table[0][1]: table for table in tables(at)}
    assert rows["Move in"][1][:2] == ["Everybody", "25"]


def test_what_only_one_place_gives_is_ranked(town):
    at = asked(further="depend")
    assert "library" in html(at)
    [ranking] = [table for table in tables(at) if len(table[0]) == 5]
    assert [row[2] for row in ranking[1:]] == ["about 40"]
    at = press(at, "Close it in the scenario")
    assert scenario(at).edits == (Close("n1"),)


def test_what_could_be_opened_is_ranked_and_opened(town):
    at = asked(further="bench", when="weekday_evening")
    [ranking] = [table for table in tables(at) if table[0][0] == "Place"]
    assert ranking[1][2] == "about 60"
    at = at.multiselect(key="bench-chosen").select("n2").run()
    at = press(at, "Open them in the scenario")
    assert scenario(at).edits == (Open("n2", EVENINGS, "library"),)


def test_a_list_of_empty_buildings_is_among_them(town):
    at = asked(further="bench", when="weekday_evening")
    hall = gpd.GeoDataFrame(
        {"row": [1, 2], "name": ["Old hall", "Far away"]},
        geometry=gpd.points_from_xy([780.0, 9e5], [10.0, 10.0]),
        crs=town.places.crs,
    )
    at.session_state["own-layer"] = Own("empty.csv", 2, 2, hall)
    at.session_state["bench-own"] = True
    at = at.run()
    [ranking] = [table for table in tables(at) if table[0][0] == "Place"]
    assert ["Old hall", "Of your own list", "about 60"] in [row[:3] for row in ranking]
    assert "1 row is left out\\." in [one.value for one in at.caption]
    at = at.multiselect(key="bench-chosen").select("own-1").run()
    at = press(at, "Open them in the scenario")
    assert scenario(at).edits == (Add("library", (780.0, 10.0), "Old hall", EVENINGS),)


def test_spots_in_a_grid_are_where_something_could_be_built(town):
    at = asked(further="next", minutes="3")
    at = at.radio(key="siting-among").set_value("grid").run()
    at = press(at, "Find the best places")
    assert not at.exception
    at = press(at, "Put the best ones into the scenario")
    first = scenario(at).edits[0]
    assert isinstance(first, Add)
    assert abs(first.at[1]) <= 125
    assert "about 60 more of the residents" in answer(at)


def test_the_best_places_are_found_and_put_into_the_scenario(town):
    at = press(asked(further="next", when="weekday_evening"), "Find the best places")
    assert "Proven: nothing is better" in html(at)
    at = press(at, "Put the best ones into the scenario")
    assert scenario(at).edits == (Open("n2", EVENINGS, "library"),)


def test_names_of_a_scenario_are_text(town):
    name = "<img src=x onerror=alert(1)> **A**"
    told = to_text(Scenario((Add("park", (100.0, 50.0), name), Close("n1")), name))
    at = asked(scenario=told, kinds="library,park")
    assert "<img src=x" not in html(at)
    listed = [one.value for one in at.markdown]
    assert any(r"\<img src=x" in text for text in listed)
    assert not any("<img" in re.sub(r"\\<", "", text) for text in listed)


def test_a_bridge_is_told_with_its_length(town):
    x, y = town.homes.geometry.iloc[0].x, town.homes.geometry.iloc[0].y
    at = asked(Path(((x, y), (x + 300, y)), bridge=True))
    assert "300 m" in "".join(one.value for one in at.markdown)
