"""The page of groups: who is best and worst off, the picture of it, and two maps."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.answer import answer as answered
from geo.between import Band
from geo.coverage import Reach
from geo.question import Question
from geo.tables import AGES
from geo.town import prepare
from layers.groups_text import compared, of_group
from layers.mixture_text import alike, why
from layers.sentences import answered as in_words
from layers.standing import best_and_worst, ends
from tests.drawn import FRIDAY
from tests.few_town import MIDDLE, NOWHERE, people, town, zoned
from tests.page import answer, html, keep, page, tables
from tests.towns import bundle, catalogue, streets
from views import map as maps
from words import speaker

EN = speaker("en")
NEAR, FAR = (78.0, 0.0), (800.0, 0.0)
STREET = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
PARK = {"n1": ("park", (0, 0))}
HERE, THERE = (10, 30, 10, 60, 20, 10), (10, 10, 10, 60, 20, 30)
"""By age: three of four schoolchildren live near the park, and one of four who are 80."""
BEST = (
    "Best off are the schoolchildren aged 6–15: 75% have 5 minutes or less on foot to the"
    " nearest park. Worst off are the older people aged 80 or more: 25%. The difference is 50"
    " percentage points. Of all residents it is 50%."
)
LEFT_OUT = "2 groups are left out: nobody, too few to tell, or unknown."


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, moteplass_home):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)


@pytest.fixture(scope="module")
def sided(moteplass_home):
    """Return an area whose shares a head can check."""
    return keep(bundle(STREET, {NEAR: people(HERE), FAR: people(THERE)}, PARK), "sided")


def asked(area="sided", **params):
    told = {"kinds": "park", "group": "school_children", "minutes": "5", "lang": "en"}
    at = page("groups", area=area, **told | params)
    assert not at.exception
    assert not at.error
    return at


def told(known, **how):
    question = Question("toytown", ("park",), **{"group": "everybody", "minutes": 5, **how})
    return answered(prepare(known), question, catalogue(), now=FRIDAY)


def shares(at):
    """Return what the picture says of each group: its share, and the bars' widths."""
    (drawn,) = re.findall(r'<div class="m-scroll".*?</div>', html(at), flags=re.DOTALL)
    return {
        re.sub("<.*?>", "", row.partition("</th>")[0]): re.findall(r'style="([^"]+)"', row)
        for row in drawn.partition("<tbody>")[2].split("</tr>")[:-1]
    }


# Who is best and worst off.


def test_the_page_says_who_is_best_and_worst_off(sided):
    assert answer(asked()) == f"{BEST} {LEFT_OUT}"


def test_groups_that_are_alike_are_named_together():
    alike_ = bundle(STREET, {NEAR: people(HERE), FAR: people((30, 10, 10, 60, 20, 30))}, PARK)
    text = compared(told(alike_), catalogue(), EN)
    assert "Worst off are the young children aged 0–5 and the older people aged 80 or" in text


def test_where_nobody_is_better_off_that_is_said():
    even = bundle(STREET, {NEAR: people(HERE), FAR: people(HERE)}, PARK)
    text = compared(told(even), catalogue(), EN)
    assert text.startswith(
        "All groups that are told of have about the same share within reach: 50%."
    )


def test_a_few_are_neither_best_nor_worst():
    known = bundle(
        STREET,
        {NEAR: people((10, 30, 10, 60, 20, 3)), FAR: people((10, 10, 10, 60, 20, 40))},
        PARK,
    )
    found = told(known)
    assert found.reach["older_80"].hidden
    text = compared(found, catalogue(), EN)
    assert "80" not in text
    assert "left out" in text


def test_only_one_group_is_nothing_to_compare():
    known = bundle(STREET, {NEAR: {"everybody": 40.0, "youth": 20.0}}, PARK)
    assert compared(told(known), catalogue(), EN).startswith("The groups cannot be compared")


def test_where_figures_overlap_nobody_is_called_best():
    known = town({MIDDLE: (40, 30, 20, 200, 50, 25), NOWHERE: (40, 30, 20, 200, 50, 75)})
    found = told(zoned(known, {NOWHERE: ["youth"]}))
    assert ends(found.reach["youth"]) is not None
    text = compared(found, catalogue(), EN)
    assert "Worst off are the older people aged 80 or more: 25%." in text
    assert "Where the young people aged 16–19 stand among them is not sure" in text


def test_the_least_difference_is_told_where_one_end_is_not_sure():
    sure = Reach(100.0, 90.0, 0.0)
    loose = Reach(100.0, 50.0, 0.0, Band((40.0, 60.0), (40.0, 60.0)))
    found = told(bundle(STREET, {NEAR: people(HERE), FAR: people(THERE)}, PARK))
    found = replace(
        found, reach={"everybody": sure, "youth": loose, "adults": sure, "older_80": sure}
    )
    text = compared(found, catalogue(), EN)
    assert "Worst off are the young people aged 16–19: 50% (between 40% and 60%)." in text
    assert "The difference is at least 30 percentage points." in text


PAIRS = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
    lambda pair: (min(pair) / 100, max(pair) / 100)
)


@given(st.dictionaries(st.sampled_from("abcdef"), PAIRS, min_size=2), st.data())
def test_the_best_are_best_whatever_is_true(known, data):
    best, worst = best_and_worst(known)
    true = {
        key: data.draw(st.floats(low, high)) if low < high else low
        for key, (low, high) in known.items()
    }
    assert all(true[key] == max(true.values()) for key in best)
    assert all(true[key] == min(true.values()) for key in worst)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach(40.0, 0.0, 0.0), (0.0, 0.0)),
        (Reach(0.2, 0.1, 0.0), None),
        (Reach(40.0, 38.0, 0.0), None),
        (Reach(40.0, 20.0, 0.0, withheld="parts"), None),
        (Reach(float("nan"), float("nan"), 0.0), None),
        (
            Reach(float("nan"), float("nan"), 0.0, Band((10.0, 20.0), (10.0, 30.0))),
            (0.25, 0.67),
        ),
    ],
)
def test_what_is_not_told_has_no_place_in_the_order(reach, expected):
    assert ends(reach) == expected


# Why they can differ.


@pytest.mark.parametrize(
    ("homes", "walker", "words"),
    [
        ({NEAR: HERE, FAR: THERE}, "", "by where they live and by how they walk"),
        ({NEAR: HERE, FAR: THERE}, "adult", "differ by where they live"),
        ({NEAR: HERE, FAR: HERE}, "", "differ by how they walk"),
        ({NEAR: HERE, FAR: HERE}, "adult", "cannot differ"),
    ],
)
def test_it_says_what_groups_can_differ_by(homes, walker, words):
    known = bundle(STREET, {spot: people(ages) for spot, ages in homes.items()}, PARK)
    assert words in why(known.homes, walker, EN)


def test_unknown_ages_are_not_alike():
    known = bundle(STREET, {NEAR: {"everybody": 9.0}, FAR: {"everybody": 9.0}}, PARK)
    assert not alike(known.homes)


# The picture.


def test_every_share_is_a_bar_of_that_length(sided):
    bars = shares(asked())
    assert bars["Schoolchildren, 6–15"] == ["width:75%", "left:50%"]  # and all residents
    assert bars["Older people, 80 or more"] == ["width:25%", "left:50%"]
    assert bars["People with low income"] == []


def test_what_a_share_lies_between_is_striped():
    known = town({MIDDLE: (40, 30, 20, 200, 50, 25), NOWHERE: (40, 30, 20, 200, 50, 25)})
    keep(zoned(known, {NOWHERE: ["youth"]}), "striped")
    at = asked("striped")
    low, unsure, _ = shares(at)["Youth, 16–19"]
    left = low.removeprefix("width:")
    assert unsure.startswith(f"left:{left};width:")
    assert "Its striped end" in html(at)


def test_the_row_that_is_asked_about_is_marked(sided):
    (here,) = re.findall(r'class="m-here"><th scope="row">(.*?)<', html(asked(group="youth")))
    assert here == "Youth, 16–19"


# Two maps.


@pytest.fixture
def drawn(monkeypatch):
    """Return what maps are drawn with, and draw none."""
    found = []

    def draw_map(asked, over, *, window=None, right=None):
        found.append((asked.question.group, over, window, right))

    monkeypatch.setattr(maps, "draw_map", draw_map)
    return found


def test_two_maps_move_together_each_with_its_sentence(sided, drawn):
    at = asked()
    assert [(group, window.together) for group, _, window, _ in drawn] == [
        ("school_children", "groups"),
        ("older_80", "groups"),
    ]
    assert len({window.key for _, _, window, _ in drawn}) == 2
    assert "75% of the schoolchildren aged 6–15 – 30 of 40" in html(at)
    assert "25% of the older people aged 80 or more – 10 of 40" in html(at)
    assert html(at).count('class="m-legend"') == 1


def test_one_map_has_both_sides_of_a_slider(sided, drawn):
    at = asked(compare="slider", against="youth")
    ((group, _, window, right),) = drawn
    assert (group, len(right) > 0) == ("school_children", True)
    assert window.captions == ("Schoolchildren, 6–15", "Youth, 16–19")
    assert "Left: Schoolchildren, 6–15" in html(at)
    assert "Right: Youth, 16–19" in html(at)


def test_maps_are_drawn_in_earnest(sided):
    assert len(asked().get("component_instance")) == 2
    assert len(asked(compare="slider").get("component_instance")) == 1


@pytest.mark.parametrize(
    ("group", "against", "shown"),
    [
        ("school_children", "", "older_80"),
        ("older_80", "", "school_children"),
        ("everybody", "", "older_80"),
        ("adults", "", "everybody"),
        ("adults", "youth", "youth"),
        ("adults", "adults", "everybody"),
        ("adults", "<script>", "everybody"),
        ("adults", "x" * 9000, "everybody"),
    ],
)
def test_the_other_group_is_of_the_link_or_a_sensible_one(sided, group, against, shown):
    told = {"against": against} if against else {}
    assert asked(group=group, **told).selectbox(key="against").value == shown


def test_what_is_chosen_is_in_the_link_and_nothing_else_is(sided):
    at = asked(compare="sideways")
    assert at.radio(key="compare").value == ""
    at = asked()
    assert not {"against", "compare"} & set(at.query_params)
    at.selectbox(key="against").set_value("youth").run()
    at.radio(key="compare").set_value("slider").run()
    assert not at.exception
    assert dict(at.query_params) | {"against": "youth", "compare": "slider"} == at.query_params
    assert "Right: Youth, 16–19" in html(at)
    at.selectbox(key="group").set_value("youth").run()
    assert at.selectbox(key="against").value == "everybody"


def test_cells_of_two_groups_tell_no_numbers(sided, drawn):
    """All but three of the 140 in a cell are adults: nobody may take one from the other."""
    homes = {NEAR: HERE, FAR: (0, 0, 3, 137, 0, 0), (450.0, 0.0): (0, 0, 40, 120, 0, 0)}
    few = {spot: people(ages) for spot, ages in homes.items()}
    keep(bundle(STREET, few, PARK), "cells")
    asked("cells", group="everybody", against="adults")
    spots = [layer for _, over, _, _ in drawn for layer, _ in over if layer.key == "spots"]
    assert [layer.table["people"].tolist() for layer in spots] == [
        ["100 people or more"] * 2
    ] * 2


def test_of_two_groups_it_is_not_told_what_is_only_possible():
    known = bundle(STREET, {NEAR: people(HERE), FAR: people(THERE)}, PARK)
    found = told(known, when="saturday")  # hours of the park are not known
    found = replace(found, sure=Reach(280.0, 0.0, 0.0))
    about = (known.places, FRIDAY)
    text = of_group(found, "everybody", catalogue(), EN, about=about)
    assert "If only places known" not in text
    alone = in_words(found, catalogue(), EN, places=known.places, now=FRIDAY)
    assert "If only places known" in alone


# Low income, measures, and nothing to say.


def test_where_incomes_are_not_known_it_says_whom_to_ask(sided):
    text = html(asked())
    assert "<h2>Low income</h2>" in text
    assert "Ask Statistics Norway (SSB)" in text


def test_where_incomes_are_known_both_groups_are_told():
    crowd = (40, 30, 20, 200, 50, 25)
    known = town({MIDDLE: crowd, NOWHERE: crowd}, classes={MIDDLE: "low", NOWHERE: "high"})
    keep(known, "incomes")
    text = html(asked("incomes"))
    assert "Of the residents of low-income areas 100% have" in text
    assert "100% of the residents of low-income areas – 365 of 365" in text
    assert text.count("Not everybody in a low-income area") == 1
    assert "Ask Statistics Norway" not in text


def test_measures_are_here_and_open_when_asked_for(sided):
    at = asked()
    assert not at.toggle(key="measures").value
    at.toggle(key="measures").set_value(True).run()
    assert not at.exception
    assert any(rows[0][0] == "Measure" for rows in tables(at))


def test_without_kinds_it_says_what_to_do(sided):
    at = asked(kinds="")
    assert answer(at) == "Choose at least one kind of meeting place."
    assert tables(at) == []
    assert "no such meeting place" in answer(asked(kinds="library"))


def test_every_age_of_the_demo_is_in_the_picture(karhula):
    at = asked("demo-karhula", kinds="playground,park", minutes="10")
    labels = [row[0] for row in tables(at)[0][1:]]
    assert set(labels) >= {EN(catalogue().groups[age].label) for age in AGES}
