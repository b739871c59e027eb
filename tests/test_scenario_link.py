"""A scenario is the same after it went through a link, whatever is in it."""

import random
import string
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import ScenarioError
from geo.question import Question
from geo.scenario.edits import MENDED, Add, Close, House, Mend, Move, Open, Path
from geo.scenario.link import LONGEST_WORD, of_rows, of_text, to_text
from geo.scenario.rows import FARTHEST_M, LONGEST, MOST_PEOPLE, VERBS, as_row, line_of, of_row
from geo.scenario.scenario import TODAY, Scenario
from geo.tables import GROUPS

texts = st.text(max_size=LONGEST).map(lambda text: line_of(text) or "")
numbers = st.floats(-FARTHEST_M, FARTHEST_M) | st.integers(-900, 900).map(float)
points = st.tuples(numbers, numbers)
lines = st.lists(points, min_size=2, max_size=9).map(tuple)
hours = st.sampled_from(
    ["", "24/7", "Mo-Fr 17:00-21:00", "Jun-Aug Sa 10:00-16:00; PH off", "off"]
)
people = st.dictionaries(st.sampled_from(GROUPS), st.floats(0, MOST_PEOPLE)).map(
    lambda of: tuple((group, of[group]) for group in GROUPS if group in of)
)
edits = (
    st.builds(Add, texts, points, texts, hours)
    | st.builds(Move, texts, points)
    | st.builds(Close, texts)
    | st.builds(Open, texts, hours, texts)
    | st.builds(Path, lines, st.booleans())
    | st.builds(Mend, points, st.sampled_from(sorted(MENDED)))
    | st.builds(House, lines, people)
)
scenarios = st.builds(Scenario, st.lists(edits, max_size=6).map(tuple), texts)

EVERYTHING = Scenario(
    (
        Add("library", (262034.5, 6649121.0), "Bjørnøya «bok»", "Mo-Fr 10:00-19:00"),
        Move("w1", (-0.0, 1e-9)),
        Close("w1"),
        Open("w2", "Tu 18:00-21:00", "community_centre"),
        Path(((0.0, 0.0), (9.5, 0.1)), bridge=True),
        Path(((0.0, 0.0), (9.5, 0.1), (0.0, 0.0))),
        Mend((5.0, 5.0), "ramp"),
        House(((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)), (("everybody", 40.0), ("youth", 2.5))),
    ),
    "Mindre trafikk – mer møteplass",
)


@given(scenarios)
def test_a_scenario_comes_back_as_it_went(scenario):
    text = to_text(scenario)
    assert set(text) <= set(string.ascii_letters + string.digits + "-_")
    assert of_text(text) == scenario
    assert to_text(of_text(text)) == text


@given(edits)
def test_a_row_comes_back_as_it_went(edit):
    row = as_row(edit)
    assert of_row(row) == edit
    assert {type(value) for value in row.values()} <= {str, bool, tuple, dict}
    assert row["do"] in VERBS


def test_every_edit_keeps_its_order_and_the_scenario_its_name():
    back = of_text(to_text(EVERYTHING))
    assert back.edits == EVERYTHING.edits
    assert back.name == EVERYTHING.name
    assert {type(edit) for edit in back.edits} == set(VERBS.values())
    turned = Scenario(EVERYTHING.edits[::-1], EVERYTHING.name)
    assert of_text(to_text(turned)) == turned != EVERYTHING


def test_what_need_not_be_told_is_not():
    assert as_row(Add("park", (1.0, 2.0))) == {"do": "add", "kind": "park", "at": (1.0, 2.0)}
    assert as_row(Path(((0.0, 0.0), (1.0, 2.0)))).keys() == {"do", "line"}
    assert to_text(TODAY) == ""
    assert of_text("") is TODAY


def test_a_name_alone_is_kept():
    named = Scenario((), "Nothing yet")
    assert of_text(to_text(named)) == named
    assert not named


def test_a_question_carries_its_scenario():
    asked = Question("toytown", ("library",), scenario=EVERYTHING)
    assert Question.from_params(asked.to_params()) == asked
    assert Question("toytown", ("library",)).to_params()["scenario"] == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Vik\x00 skole\n", "Vik skole"),
        ("\u202eelobrag\u2066", "elobrag"),
        ("a\u200bb\ufeffc", "a b c"),
        ("\ud800lone", "lone"),
        ("tab\tand\u00a0space", "tab and space"),
        ("🏫 ok", "🏫 ok"),
        ("<b>&amp;", "<b>&amp;"),
        ("=1+1", "=1+1"),
        ("{0}", "{0}"),
        (" \r\n ", ""),
    ],
)
def test_what_nobody_sees_is_left_out_of_texts(written, read):
    scenario = Scenario((Add("park", (1.0, 2.0), written),), written)
    expected = Scenario((Add("park", (1.0, 2.0), read),), read)
    assert of_text(to_text(scenario)) == expected


def test_a_long_name_is_cut_off_and_a_long_text_is_none():
    assert of_rows([], "x" * 999).name == "x" * LONGEST
    with pytest.raises(ScenarioError, match="add: name is missing or wrong"):
        of_row({"do": "add", "kind": "park", "at": [1, 2], "name": "x" * 999})


def read(make, *of):
    """Return what comes of it, or the sentence that says why nothing does."""
    try:
        return make(*of)
    except ScenarioError as error:
        return str(error)


@settings(max_examples=60)
@given(st.data())
def test_a_link_with_a_slip_of_the_hand_is_damaged_or_means_the_same(data):
    text = to_text(EVERYTHING)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(string.ascii_letters + string.digits + "-_"))
    damaged = "The scenario in the link is damaged: copy the whole link again."
    assert read(of_text, text[:at] + other + text[at + 1 :]) in {EVERYTHING, damaged}
    assert read(of_text, text[:at] + text[at + 1 :]) in {EVERYTHING, damaged}
    assert read(of_text, text[:at]) == (damaged if at else TODAY)


@given(st.text(max_size=99))
def test_any_text_is_a_scenario_or_a_sentence(text):
    assert isinstance(read(of_text, text), Scenario | str)


rows = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)
names = st.sampled_from(
    ["kind", "place", "name", "hours", "at", "line", "bridge", "what", "people"]
)


@given(
    st.fixed_dictionaries({"do": st.sampled_from([*VERBS, "", "burn"])}, optional={}).flatmap(
        lambda do: st.dictionaries(names, rows | points | lines | hours, max_size=4).map(
            do.__or__
        )
    )
    | rows
)
def test_any_row_is_an_edit_or_a_sentence(row):
    edit = read(of_row, row)
    if not isinstance(edit, str):
        assert of_row(as_row(edit)) == edit
        assert of_text(to_text(Scenario((edit,)))) == Scenario((edit,))


def test_a_scenario_that_is_too_long_for_a_link():
    chance = random.Random(1)
    corners = [(chance.uniform(0, 9e6), chance.uniform(0, 9e6)) for _ in range(900)]
    long = Scenario((Path(tuple(corners[:450])), Path(tuple(corners[450:]))))
    assert len(to_text(long)) > LONGEST_WORD
    with pytest.raises(ScenarioError, match="The scenario is too long"):
        of_text(to_text(long))


def test_a_change_is_left_out_by_its_number():
    one, two, three = (Close(place) for place in "abc")
    listed = Scenario((one, two, three), "Three")
    assert listed.without(2) == Scenario((one, three), "Three")
    for number in (0, -1, 4, inf):
        assert listed.without(number) == listed
    assert listed.before_last == Scenario((one, two))
    assert Scenario().then(one).then(two) == listed.before_last
