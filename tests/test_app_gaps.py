"""The page of gaps: how many, where, a list that moves the map, and one gap told of."""

import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from geo.answer import answer as answered
from geo.gaps import gaps, lives_in, within_anyway
from geo.question import Question
from geo.search.access import Nearest
from geo.town import prepare
from layers.gap_text import card, names, rows
from layers.gaps_text import beyond, not_listed
from layers.sentences import answered as in_words
from tests.drawn import FRIDAY
from tests.page import answer, html, keep, page, tables
from tests.towns import bundle, catalogue, streets
from tests.visit import served, visiting
from views import map as maps
from words import speaker

EN = speaker("en")
STREET = streets([(-500, 0), (0, 0)], [(0, 0), (6000, 0)])
NOWHERE = (1900.0, 1500.0)
PLACES = {"n1": ("park", (0, 0)), "n2": ("library", (880, 0))}
NEAR, LARGE, SMALL = (78.0, 0.0), (800.0, 0.0), (1300.0, 0.0)
HOMES = {NEAR: 100.0, LARGE: 60.0, SMALL: 20.0, NOWHERE: 10.0}
"""Everybody; the last of them on no street."""


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, moteplass_home):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)


def town(homes, places=PLACES):
    """Return a town where people live of whom nothing but their number is known."""
    return bundle(STREET, {spot: {"everybody": n} for spot, n in homes.items()}, places)


@pytest.fixture(scope="module")
def gappy(moteplass_home):
    """Return an area with three gaps that a head can check."""
    return keep(town(HOMES), "gappy")


def asked(area="gappy", **params):
    told = {"kinds": "park", "group": "everybody", "minutes": "5", "lang": "en"}
    at = page("gaps", area=area, **told | params)
    assert not at.exception
    assert not at.error
    return at


def found(known, **how):
    usual = {"kinds": ("park",), "group": "everybody", "minutes": 5}
    question = Question("toytown", **usual | how)
    return answered(prepare(known), question, catalogue(), now=FRIDAY)


def says(known, **how):
    return beyond(found(known, **how), catalogue(), EN, places=known.places, now=FRIDAY)


def listed(at):
    """Return the keys of the list, from the top."""
    keys = [button.key.removeprefix("gap-") for button in at.button]
    return [key for key in keys if re.fullmatch(r"-?\d+_-?\d+", key)]


def labels(at):
    return [
        button.label for button in at.button if button.key.removeprefix("gap-")[0].isdigit()
    ]


# How many, and in how many cells.


def test_the_page_says_how_many_live_beyond_reach_and_where(gappy):
    assert answer(asked()) == (
        "About 90 of the residents have more than 5 minutes on foot to the nearest park. They"
        " live in 3 cells of 250 m. About 90 of them live in the 3 largest gaps. For about 10"
        " of them there is no way on foot at all."
    )


def test_only_the_five_largest_are_counted_together():
    homes = {(1000.0 * n, 0.0): 10.0 * n for n in range(1, 7)}
    assert "About 200 of them live in the 5 largest gaps." in says(town(homes))


def test_nobody_beyond_is_said_gladly(gappy):
    text = says(town({NEAR: 100.0}))
    assert text.startswith("Nobody lives beyond reach: all of the residents have 5 minutes")
    keep(town({NEAR: 100.0}), "all-near")
    at = asked("all-near")
    assert listed(at) == []
    assert "Ask for fewer minutes" in html(at)
    assert len(at.get("component_instance")) == 1


@pytest.mark.parametrize(
    ("homes", "how"),
    [
        ({NEAR: 100.0, LARGE: 3.0}, {}),  # a few beyond
        ({NEAR: 3.0, LARGE: 100.0}, {}),  # a few within
        ({NEAR: 100.0, LARGE: 60.0}, {"group": "youth"}),  # unknown
        ({NEAR: 0.1, LARGE: 0.1}, {}),  # nobody
    ],
)
def test_where_it_is_not_told_the_answer_says_why(homes, how):
    known = town(homes)
    made = found(known, **how)
    expected = in_words(made, catalogue(), EN, places=known.places, now=FRIDAY)
    assert says(known, **how) == expected
    assert "cells" not in expected


def test_a_few_without_a_way_are_not_counted():
    assert "no way" not in says(town(HOMES | {NOWHERE: 3.0}))


def test_certain_says_that_nobody_knows_a_way():
    assert "no way is known that they can take" in says(town(HOMES), certain=True)


# The gaps one by one.


def test_gaps_are_in_order_with_the_place_most_are_nearest_to():
    known = town(HOMES)
    listed_ = gaps(found(known, kinds=("park", "library")), known.homes)
    assert [(gap.key, gap.people, gap.place) for gap in listed_.values()] == [
        ("1250_0", 20.0, "n2"),
        ("1750_1500", 10.0, ""),
    ]


def test_the_nearest_place_is_that_of_most_people():
    homes = {(430.0, 0.0): 10.0, (445.0, 0.0): 12.0}  # half-way is 440
    known = town(homes)
    made = found(known, kinds=("park", "library"))
    assert [gap.place for gap in gaps(made, known.homes).values()] == ["n2"]
    known = town({(430.0, 0.0): 13.0, (445.0, 0.0): 12.0})
    made = found(known, kinds=("park", "library"))
    assert [gap.place for gap in gaps(made, known.homes).values()] == ["n1"]


def test_a_key_is_the_same_in_another_answer():
    known = town(HOMES)
    keys = [set(gaps(found(known, minutes=n), known.homes)) for n in (3, 5)]
    assert keys[0] == keys[1] == {"750_0", "1250_0", "1750_1500"}


def test_homes_of_a_gap_are_those_beyond_reach_in_its_cell():
    known = town({NEAR: 100.0, (240.0, 0.0): 30.0, LARGE: 60.0})
    made = found(known, minutes=2)  # 156 m of an adult
    by_key = gaps(made, known.homes)
    assert lives_in(by_key["0_0"], made, known.homes).tolist() == [False, True, False]


def test_kinds_within_reach_anyway_are_those_of_half_the_people():
    adult = catalogue().walkers["adult"]
    metres = adult.speed_m_s * 60
    walks = {
        "park": Nearest(np.array([1.0, 9.0, 1.0]) * metres, np.zeros(3, int)),
        "library": Nearest(np.array([9.0, 2.0, 1.0]) * metres, np.zeros(3, int)),
    }
    known = town({NEAR: 1.0, LARGE: 1.0, SMALL: 1.0}).homes["everybody"]
    lives = known.set_axis(["a", "b", "c"])
    for people_, expected in (
        ([10.0, 5.0, 0.0], {"park": 1.0}),
        ([5.0, 10.0, 0.0], {"library": 2.0}),
        ([0.0, 0.0, 0.0], {}),
    ):
        lives[:] = people_
        assert within_anyway(walks, adult, lives, within=5) == expected


def test_a_place_without_a_name_is_called_by_its_kind():
    known = town(HOMES)
    assert names(known.places, catalogue(), EN)["n1"] == "Park without a name"


def test_a_card_tells_of_a_gap_without_a_way():
    known = town(HOMES)
    made = found(known)
    gap = gaps(made, known.homes)["1750_1500"]
    told = card(gap, made.question, catalogue(), EN, place="", anyway={})
    assert told == [
        "About 10 of the residents live beyond reach here, in a cell of 250 × 250 m.",
        "Most of them have no way on foot.",
        "At least half of them have no other kind within reach either.",
    ]


def test_many_kinds_are_counted():
    known = town(HOMES)
    made = found(known)
    gap = gaps(made, known.homes)["750_0"]
    some = dict.fromkeys(list(catalogue().kinds)[:11], 2.0)
    told = card(gap, made.question, catalogue(), EN, place="Vik", anyway=some)
    assert told[2].endswith("and 3 more.")


# The list.


def test_every_gap_is_a_button_that_tells_what_it_is(gappy):
    assert labels(asked())[:2] == [
        "**1\\. Street 1**  \nabout 60 people · 11 minutes · Park without a name",
        "**2\\. Street 1**  \nabout 20 people · 17 minutes · Park without a name",
    ]


@pytest.fixture
def drawn(monkeypatch):
    """Return what the map is drawn with, and draw none."""
    made = []

    def draw_map(asked, over, *, window, right=None):
        made.append((window, [layer.key for layer, _ in over]))

    monkeypatch.setattr(maps, "draw_map", draw_map)
    return made


def test_a_click_moves_the_map_and_tells_of_the_gap(gappy, drawn):
    at = asked()
    assert drawn[-1][0].look_at is None
    key = listed(at)[0]
    at.button(key=f"gap-{key}").click().run()
    assert not at.exception
    assert at.query_params["spot"] == key == "750_0"
    window, layers = drawn[-1]
    west, south, east, north = window.look_at
    assert 0 < east - west < 0.03
    assert 0 < north - south < 0.01
    assert layers[-1] == "chosen"
    text = html(at)
    assert "<h2>Near: Street 1</h2>" in text
    assert "About 60 of the residents live beyond reach here" in text
    assert "Half of them have at most 11 minutes on foot to the nearest park." in text
    assert "have other kinds within reach anyway: library (2 minutes)." in text
    at.button(key="gap-none").click().run()
    assert at.query_params["spot"] == ""
    assert "Near: Street 1" not in html(at)


def test_a_link_shows_its_gap(gappy, drawn):
    assert "About 20 of the residents live beyond reach here" in html(asked(spot="1250_0"))


@pytest.mark.parametrize("spot", ["0_0", "", "<script>", "750_0 ", "9" * 9000, "nan_nan"])
def test_a_link_to_no_gap_shows_none(gappy, drawn, spot):
    at = asked(spot=spot)
    assert 'class="m-gap"' not in html(at)
    assert drawn[-1][0].look_at is None


def test_a_changed_question_forgets_a_gap_that_is_none_any_more(gappy, drawn):
    at = asked(spot="750_0")
    at.slider(key="minutes").set_value(12).run()
    assert not at.exception
    assert 'class="m-gap"' not in html(at)
    at.slider(key="minutes").set_value(5).run()
    assert 'class="m-gap"' in html(at)


@pytest.fixture(scope="module")
def row_of_gaps(moteplass_home):
    """Return a town with twenty gaps along its street, the farther the larger."""
    return keep(
        town({NEAR: 100.0} | {(800.0 + 250 * n, 0.0): 10.0 + n for n in range(20)}), "row"
    )


def test_fifteen_are_shown_and_more_when_asked_for(row_of_gaps, drawn):
    at = asked("row")
    assert len(listed(at)) == 15
    assert at.button(key="gap-more").label == "Show 5 more"
    at.button(key="gap-more").click().run()
    assert len(listed(at)) == 20
    assert "gap-more" not in {button.key for button in at.button}


def test_a_gap_far_down_the_list_is_listed_when_the_link_names_it(row_of_gaps, drawn):
    at = asked("row", spot="750_0")  # the smallest
    assert listed(at)[-1] == "750_0"
    assert 'class="m-gap"' in html(at)


def test_the_table_for_copying_says_what_the_list_says(row_of_gaps, drawn):
    at = asked("row")
    (table,) = (rows_ for rows_ in tables(at) if rows_[0][-1] == "Nearest place")
    assert len(table) == 16
    assert [row[1] for row in table[1:3]] == ["about 29", "about 28"]
    for label, row in zip(labels(at), table[1:], strict=True):
        assert row[1] in label
        assert row[2] in label


def test_names_from_outside_are_text(moteplass_home, drawn):
    hostile = "<img src=x onerror=alert(1)> **b** [l](https://x.y)"
    known = town(HOMES)
    known.places["name"] = hostile
    known.paths["name"] = hostile
    keep(known, "hostile-gaps")
    at = asked("hostile-gaps", spot="750_0")
    assert "<img src=x" not in html(at)
    assert not re.search(r"(?<!\\)\[l", " ".join(labels(at)))


def test_what_gathers_is_found_when_asked_for(gappy, drawn, monkeypatch):
    at = asked()
    assert not at.toggle(key="gathering").value
    at.toggle(key="gathering").set_value(True).run()
    assert not at.exception
    assert "Those beyond reach live scattered" in html(at)


# Nothing to list.


def test_without_kinds_it_says_what_to_do(gappy):
    at = asked(kinds="")
    assert answer(at) == "Choose at least one kind of meeting place."
    assert listed(at) == []
    assert len(at.get("component_instance")) == 1


def test_where_only_a_few_live_in_each_gap_that_is_said(moteplass_home):
    homes = {NEAR: 100.0} | {(800.0 + 250 * n, 0.0): 3.0 for n in range(4)}
    keep(town(homes), "scattered")
    at = asked("scattered")
    assert answer(at).startswith("About 12 of the residents have more than 5 minutes")
    assert "They live in 4 cells of 250 m." in answer(at)
    assert listed(at) == []
    assert "Too few live in each cell to list them" in html(at)


# A few are never told.


def test_a_cell_of_a_few_cannot_be_found_as_the_rest(moteplass_home):
    homes = {NEAR: 100.0, LARGE: 60.0, SMALL: 20.0, (1800.0, 0.0): 3.0}
    made = found(town(homes))
    told = gaps(made, town(homes).homes)
    assert [gap.people for gap in told.values()] == [60.0]  # 83 less 60 are 23
    assert not_listed(made, EN).startswith("Of 2 cells it is not told how many")
    assert "About 60 of them live in the largest gap." in says(town(homes))


COUNTS = st.sampled_from([0.0, 0.3, 1.0, 3.0, 4.0, 5.0, 7.0, 12.0, 60.0])
SPOTS = st.sampled_from(
    [NEAR, LARGE, SMALL, NOWHERE, *((800.0 + 250 * n, 0.0) for n in range(3, 9))]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(SPOTS, COUNTS, min_size=1))
def test_no_few_can_be_worked_out_of_the_list_and_the_sentence(homes):
    known = town(homes)
    made = found(known)
    listed_ = [*gaps(made, known.homes).values()]
    text = says(known)
    shown = rows(listed_, {}, EN, certain=False)
    counts = [float(row[1].removeprefix("about ")) for row in shown]
    assert all(n >= 5 for n in counts)
    numbers = [
        int(n)
        for n in re.findall(r"\d+", re.sub(r"5 minutes|250 m|\d+ (cells?|largest)", "", text))
    ]
    assert all(n >= 5 or n == 0 for n in numbers)
    reach = made.reach["everybody"]
    for whole in (reach.told.beyond, reach.told.people):
        rest = whole - sum(gap.people for gap in listed_)
        assert not 0.5 <= rest < 5
    largest = sum(gap.people for gap in listed_[:5])
    assert not 0.5 <= reach.told.beyond - largest < 5


# In a browser.


@pytest.mark.browser
def test_a_key_press_in_the_list_flies_the_map_there(browser, tmp_path, moteplass_home, gappy):
    with (
        served(moteplass_home, tmp_path / "log.txt") as address,
        visiting(browser, address) as visit,
    ):
        page_ = visit.open("?area=gappy&kinds=park&group=everybody&minutes=5&lang=en")
        page_.locator(".st-key-ways").get_by_role("link", name="Gaps").click()
        expect(page_.locator("h1")).to_contain_text("where people live beyond reach")
        before = visit.view()
        button = page_.get_by_role("button", name="2. Street 1")
        button.focus()
        page_.keyboard.press("Enter")
        expect(page_.get_by_role("heading", name="Near: Street 1")).to_be_visible()
        expect(page_).to_have_url(re.compile("spot=1250_0"))
        expect(button).to_be_focused()
        page_.wait_for_timeout(2000)
        assert visit.view()[0] > before[0]
        page_.go_back()
        expect(page_.get_by_role("heading", name="Near: Street 1")).to_have_count(0)
        assert (visit.outside, visit.faults) == ([], [])
