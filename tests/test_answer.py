"""From a question to figures that a head can check."""

from math import inf, isnan

import pytest

from geo.answer import answer
from geo.errors import QuestionError
from geo.model import Question
from geo.town import prepare
from tests.towns import bundle, catalogue, streets

PEOPLE = {
    "everybody": 10.0,
    "young_children": 1.0,
    "school_children": 2.0,
    "youth": 1.0,
    "adults": 3.0,
    "older_67_79": 2.0,
    "older_80": 1.0,
}
"""Of every home, but for the last one, where only old people live."""
OLD = {**dict.fromkeys(PEOPLE, 0.0), "everybody": 10.0, "older_80": 10.0}
FOREST = (1000, 1500)
TOWN = prepare(
    bundle(
        streets([(-3000, 0), (0, 0)], [(0, 0), (3000, 0)]),
        {(0, 0): PEOPLE, (390, 0): PEOPLE, (1500, 0): OLD, FOREST: PEOPLE},
        {
            "n1": ("library", (780, 0)),
            "n2": ("park", (-78, 0)),
            "n3": ("library;school", (1500, 30)),
            "n4": ("park", (2900, 0)),  # beyond the boundary
        },
    )
)
UNKNOWN = prepare(
    bundle(
        streets([(0, 0), (900, 0)]), {(0, 0): {"everybody": 10.0}}, {"n1": ("park", (78, 0))}
    )
)


def ask(*kinds, town=TOWN, **how):
    return answer(town, Question("toytown", kinds, **how), catalogue())


def test_an_adult_walks_78_metres_a_minute():
    assert ask("library").minutes.tolist() == pytest.approx([10, 5, 30 / 78, inf], abs=1e-6)
    assert ask("library").place.tolist() == ["n1", "n1", "n3", ""]


def test_the_nearest_of_several_kinds_counts():
    both = ask("library", "park")
    assert both.minutes.tolist() == pytest.approx([1, 5, 30 / 78, inf], abs=1e-6)
    assert both.place.tolist() == ["n2", "n1", "n3", ""]


def test_a_place_of_two_kinds_counts_as_each():
    assert ask("school").place.tolist() == ["n3", "n3", "n3", ""]
    assert ask("school").count == {"school": 1}
    assert ask("library").count == {"library": 2}
    assert list(ask("library", "school").places.index) == ["n1", "n3"]


def test_places_beyond_the_boundary_are_walked_to_but_not_counted():
    assert ask("park").count == {"park": 1}
    assert list(ask("park").places.index) == ["n2", "n4"]


def test_each_group_walks_at_its_own_pace():
    found = ask("library", minutes=10).reach
    assert found["everybody"].within == 30  # the first home needs 10 minutes exactly
    assert found["adults"].within == 6
    assert found["young_children"].within == 1  # 780 m take 14 minutes at 54 m a minute
    assert found["young_children"].share == pytest.approx(1 / 3)
    assert {group: one.people for group, one in found.items()} == {
        group: 3 * PEOPLE[group] + OLD[group] for group in PEOPLE
    }
    assert found["everybody"].cut_off == 10


def test_a_walker_for_everybody_sets_one_pace():
    found = ask("library", walker="adult", minutes=10).reach
    assert found["young_children"].within == 2


def test_the_gap_is_a_group_less_everybody():
    found = ask("library", minutes=10)
    assert found.gap("everybody") == 0
    assert found.gap("young_children") == pytest.approx(1 / 3 - 3 / 4)
    assert found.gap("older_80") == pytest.approx(11 / 13 - 3 / 4)


def test_by_kind_each_kind_stands_alone():
    found = ask("library", "park", minutes=3)
    assert found.reach["everybody"].within == 20
    assert {kind: one.within for kind, one in found.by_kind.items()} == {
        "library": 10,
        "park": 10,
    }


def test_the_asked_group_is_the_one_that_is_shown():
    found = ask("library", group="older_80", minutes=10)
    assert found.minutes.tolist()[1] == pytest.approx(390 / 54)
    assert found.by_kind["library"] == found.reach["older_80"]
    assert found.spots["people"].tolist() == [1, 1]


def test_unknown_ages_stay_unknown():
    found = ask("park", town=UNKNOWN)
    assert found.reach["everybody"].share == 1
    assert isnan(found.reach["youth"].share)
    assert isnan(found.gap("youth"))
    assert found.gap("everybody") == 0


@pytest.mark.parametrize("kinds", [(), ("cinema",)])
def test_no_place_leaves_everybody_beyond_and_cut_off(kinds):
    found = ask(*kinds)
    assert found.minutes.tolist() == [inf] * 4
    assert found.place.tolist() == [""] * 4
    assert found.reach["everybody"].within == 0
    assert found.reach["everybody"].cut_off == 40
    assert found.places.empty
    assert found.count == dict.fromkeys(kinds, 0)


def test_a_town_without_anything_answers():
    ghost = prepare(bundle(streets(), {}, {}))
    found = ask("park", town=ghost)
    assert found.minutes.empty
    assert isnan(found.reach["everybody"].share)
    assert isnan(found.gap("everybody"))
    assert found.spots.empty


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Question("toytown", ("pub",)), "There is no kind pub: choose from library, "),
        (
            Question("toytown", (), group="cats"),
            "There is no group cats: choose from everybody",
        ),
        (Question("toytown", (), walker="horse"), "There is no walker horse: choose from "),
        (Question("toytown", ("x" * 999,)), f"There is no kind {'x' * 40}: "),
    ],
)
def test_what_does_not_exist_is_said(asked, said):
    with pytest.raises(QuestionError) as raised:
        answer(TOWN, asked, catalogue())
    assert str(raised.value).startswith(said)


def test_a_walk_that_remembers_is_asked_once_for_each_side():
    asked = []

    def walk(kind, steps):
        asked.append((kind, steps))
        return TOWN.walk(kind, steps)

    answer(TOWN, Question("toytown", ("library",)), catalogue(), walk=walk)
    assert asked == [("library", True)]


def test_nobody_writes_into_the_bundle():
    before = {name: getattr(TOWN.bundle, name).copy(deep=True) for name in ("homes", "places")}
    ask("library", "park")
    assert all(getattr(TOWN.bundle, name).equals(table) for name, table in before.items())
