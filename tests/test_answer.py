"""From a question to figures that a head can check."""

from dataclasses import replace
from datetime import datetime
from math import inf, isnan, nan

import geopandas as gpd
import pytest
from shapely import box

from geo.answer import answer
from geo.between import Band
from geo.coverage import Reach
from geo.errors import QuestionError
from geo.incomes import with_incomes
from geo.question import Question
from geo.tables import INCOMES
from geo.town import prepare
from tests.towns import bundle, catalogue, streets

FRIDAY = datetime(2026, 11, 20, 12)
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
    return answer(town, Question("toytown", kinds, **how), catalogue(), now=FRIDAY)


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
    assert {group: found[group].people for group in PEOPLE} == {
        group: 3 * PEOPLE[group] + OLD[group] for group in PEOPLE
    }
    assert set(found) - set(PEOPLE) == {"low_income", "low_income_areas"}  # unknown here
    assert found["everybody"].cut_off == 10


def test_a_walker_for_everybody_sets_one_pace():
    found = ask("library", walker="adult", minutes=10).reach
    assert found["young_children"].within == 2


def test_the_gap_is_a_group_less_everybody():
    found = ask("library", minutes=10)
    assert found.gap("everybody") == 0
    large = {"young_children": Reach(60, 20, 0), "everybody": Reach(80, 60, 0)}
    assert replace(found, reach=large).gap("young_children") == pytest.approx(1 / 3 - 3 / 4)
    few = large | {"everybody": Reach(80, 77, 0)}
    assert isnan(replace(found, reach=few).gap("young_children"))


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
        (
            Question("toytown", (), when="noon"),
            "There is no moment noon: choose from weekday_evening, saturday, ",
        ),
    ],
)
def test_what_does_not_exist_is_said(asked, said):
    with pytest.raises(QuestionError) as raised:
        answer(TOWN, asked, catalogue(), now=FRIDAY)
    assert str(raised.value).startswith(said)


def test_a_walk_that_remembers_is_asked_once_for_each_terms():
    asked = []

    def walk(terms):
        asked.append(terms)
        return TOWN.walk(terms, catalogue().kinds, FRIDAY)

    question, known = Question("toytown", ("library", "park"), dark=True), catalogue()
    remembered = answer(TOWN, question, known, now=FRIDAY, walk=walk)
    # All on foot share one way; the second is for what is sure.
    on_foot = question.terms(known.walkers["adult"])
    sure = replace(on_foot, gait=replace(on_foot.gait, certain=True))
    assert sorted(asked, key=lambda terms: terms.gait.certain) == [on_foot, sure]
    afresh = answer(TOWN, question, known, now=FRIDAY)
    assert remembered.minutes.tolist() == afresh.minutes.tolist()
    assert repr(remembered.reach) == repr(afresh.reach)  # nan is not nan


def test_nobody_writes_into_the_bundle():
    before = {name: getattr(TOWN.bundle, name).copy(deep=True) for name in ("homes", "places")}
    ask("library", "park")
    assert all(getattr(TOWN.bundle, name).equals(table) for name, table in before.items())


def crossing(**told):
    """
    Return a home between a library, 234 m to the west, and another one, 468 m to the east.

    Street 0 leads west, street 1 east; `told` is known of them, by column.
    """
    paths = streets([(0, 0), (-900, 0)], [(0, 0), (900, 0)], [(0, 0), (0, 90)], **told)
    spots = {"west": ("library", (-234, 0)), "east": ("library", (468, 0))}
    return prepare(bundle(paths, {(0, 30): {"everybody": 10.0}}, spots))


@pytest.mark.parametrize(
    ("told", "asked", "minutes"),
    [
        ({}, {}, 264 / 78),
        ({}, {"walker": "wheelchair"}, 264 / 36),  # not known to be impassable
        ({}, {"walker": "wheelchair", "certain": True}, inf),
        ({"wheelchair": {0: "no"}}, {"walker": "wheelchair"}, 498 / 36),
        ({"wheelchair": {0: "no"}}, {"walker": "pram"}, 264 / 78),
        ({"pram": {0: "no"}}, {"walker": "pram"}, 498 / 78),
        ({"wheelchair": {0: "no"}}, {}, 264 / 78),
        ({"lit": {0: "no"}}, {"dark": True}, 498 / 78),
        ({"lit": {1: "yes", 2: "yes"}}, {"dark": True}, 264 / 78),
        ({"lit": {1: "yes", 2: "yes"}}, {"dark": True, "certain": True}, 498 / 78),
        ({"winter": {0: "closed"}}, {"winter": True}, (30 + 1.0786 * 468 + 2.358) / 78),
        ({"winter": {0: "closed"}}, {}, 264 / 78),
    ],
)
def test_each_walker_goes_where_it_can(told, asked, minutes):
    """In snow the 30 m to the crossing are a path, too, and take 2.358 m more."""
    found = ask("library", town=crossing(**told), minutes=30, **asked).minutes
    assert found.tolist() == pytest.approx([minutes], abs=1e-5)


WHEELS_KNOWN = {"wheelchair": {1: "yes", 2: "yes"}}


def test_what_is_sure_is_less_than_what_may_be():
    """West is 264 m, perhaps passable; east 498 m, and known to be."""
    town = crossing(**WHEELS_KNOWN)
    chair = {"town": town, "walker": "wheelchair"}
    eight, fourteen = (ask("library", minutes=limit, **chair) for limit in (8, 14))
    assert (eight.reach["everybody"].within, eight.sure.within) == (10, 0)
    assert (fourteen.reach["everybody"].within, fourteen.sure.within) == (10, 10)
    assert eight.sure.cut_off == 0
    none_known = ask("library", town=crossing(), walker="wheelchair", minutes=30)
    assert (none_known.sure.within, none_known.sure.cut_off) == (0, 10)


def test_who_asks_for_certainty_gets_what_is_sure():
    chair = {"town": crossing(**WHEELS_KNOWN), "walker": "wheelchair", "minutes": 8}
    certain = ask("library", certain=True, **chair)
    assert certain.reach["everybody"] == certain.sure == ask("library", **chair).sure
    assert certain.place.tolist() == ["east"]
    assert ask("library", **chair).place.tolist() == ["west"]


def test_on_foot_all_that_can_be_walked_is_sure():
    found = ask("library", town=crossing(), minutes=4)
    assert found.sure == found.reach["everybody"]


def hours(**told):
    """Return a street with a home, and a place every 156 m: two minutes each, by its hours."""
    kinds = {"shop": "cafe", "book": "library", "pupils": "school", "trees": "park"}
    spots = {i: (kind, (156 * n, 0)) for n, (i, kind) in enumerate(kinds.items(), 1)}
    drawn = bundle(streets([(-300, 0), (900, 0)]), {(0, 0): {"everybody": 10.0}}, spots)
    drawn.places["opening_hours"] = [told.get(i, "") for i in drawn.places.index]
    return prepare(drawn)


OPEN_LATE = "Mo-Fr 10:00-20:00"


@pytest.mark.parametrize(
    ("told", "asked", "states"),
    [
        ({}, {}, {"shop": "open", "book": "open", "pupils": "open", "trees": "open"}),
        (
            {"book": OPEN_LATE},
            {"when": "weekday_evening"},
            {"shop": "unknown", "book": "open", "trees": "open"},
        ),
        ({"book": OPEN_LATE}, {"when": "saturday"}, {"shop": "unknown", "trees": "open"}),
        (
            {"book": OPEN_LATE, "trees": "Mo 10:00-11:00"},
            {"when": "saturday", "schools": True},
            {"shop": "unknown", "pupils": "open"},
        ),
        ({"shop": "soon"}, {"when": "saturday", "certain": True}, {"trees": "open"}),
        ({"book": "off"}, {}, {"shop": "open", "pupils": "open", "trees": "open"}),
    ],
)
def test_only_places_that_may_be_open_count(told, asked, states):
    found = ask("cafe", "library", "school", "park", town=hours(**told), **asked)
    assert found.places["state"].to_dict() == states
    names = {"shop": "cafe", "book": "library", "pupils": "school", "trees": "park"}
    assert found.count == {kind: int(i in states) for i, kind in names.items()}
    nearest = next(iter(states))
    assert found.place.tolist() == [nearest]
    assert found.minutes.tolist() == pytest.approx([2 * (list(names).index(nearest) + 1)])


def test_a_place_that_may_be_closed_is_not_sure():
    """A café 2 minutes away, whose hours nobody knows; a park 8 minutes away."""
    saturday = {"town": hours(), "when": "saturday"}
    assert ask("cafe", "park", minutes=5, **saturday).reach["everybody"].within == 10
    assert ask("cafe", "park", minutes=5, **saturday).sure.within == 0
    assert ask("cafe", "park", minutes=8, **saturday).sure.within == 10
    whenever = ask("cafe", "park", minutes=5, town=hours())
    assert whenever.sure.within == 10


def test_a_place_of_two_kinds_is_open_as_the_kind_that_was_asked_for():
    """A school with a sports hall: its pupils' on a Saturday, the hall's hours unknown."""
    spots = {"n1": ("school;sports_centre", (78, 0))}
    town = prepare(bundle(streets([(0, 0), (900, 0)]), {(0, 0): PEOPLE}, spots))
    asked = {"town": town, "when": "saturday"}
    assert ask("school", **asked).places.empty
    assert ask("sports_centre", **asked).places["state"].tolist() == ["unknown"]
    both = ask("school", "sports_centre", **asked)
    assert both.count == {"school": 0, "sports_centre": 1}
    assert both.places[["kind", "state"]].to_numpy().tolist() == [["sports_centre", "unknown"]]
    opened = ask("school", "sports_centre", schools=True, **asked)
    assert opened.places[["kind", "state"]].to_numpy().tolist() == [["school", "open"]]


def test_the_day_that_is_meant_follows_the_day_of_asking():
    """What opens on the Saturdays of December is closed on the next one in November."""
    town = hours(book="Dec Sa 10:00-16:00")
    question = Question("toytown", ("library",), when="saturday")
    november, december = (
        answer(town, question, catalogue(), now=datetime(2026, month, 5, 9))
        for month in (11, 12)
    )
    assert november.places.empty
    assert december.places["state"].tolist() == ["open"]


def by_area(**told):
    """Return two homes: in the west a quarter have little; of the east `told` is known."""
    drawn = bundle(
        streets([(-900, 0), (0, 0)], [(0, 0), (900, 0)]),
        {(-780, 0): {"everybody": 40.0}, (780, 0): {"everybody": 40.0}},
        {"n1": ("library", (-390, 0))},
    )
    west = {"share": 0.25, "low": 0.25, "high": 0.25, "area_class": "low"}
    rows = [west, {"share": nan, "low": 0.0, "high": 1.0, "area_class": "unknown"} | told]
    land = gpd.GeoDataFrame(
        [
            {"name": "", "source": "file", "measure": "EU-60", "of": "persons", **r}
            for r in rows
        ],
        geometry=[box(-1000, -10, 0, 10), box(0, -10, 1000, 10)],
        index=["w", "e"],
        crs=drawn.homes.crs,
    )
    incomes = INCOMES.check(land.assign(value=100 * land["share"]))
    homes = with_incomes(drawn.homes, incomes)
    return prepare(replace(drawn, incomes=incomes, homes=homes))


def test_low_income_is_known_between_two_numbers_where_it_is_suppressed_in_part():
    """Ten in the west have little; in the east, nobody knows of the forty, 15 minutes away."""
    found = ask("library", town=by_area(), group="low_income", minutes=10)
    reach = found.reach["low_income"]
    assert isnan(reach.people)
    assert reach.band == Band(within=(10, 10), beyond=(0, 40))
    assert reach.band.share == (0.2, 1.0)
    assert found.sure.band == found.by_kind["library"].band == reach.band
    areas = found.reach["low_income_areas"]
    assert areas.band == Band(within=(40, 40), beyond=(0, 40))
    assert found.reach["everybody"].band is None


def test_low_income_is_exact_where_every_area_tells():
    east = {"share": 0.1, "low": 0.1, "high": 0.1, "area_class": "middle"}
    found = ask("library", town=by_area(**east), minutes=10).reach
    assert (found["low_income"].people, found["low_income"].within) == (14, 10)
    assert (found["low_income_areas"].people, found["low_income_areas"].within) == (40, 40)
    assert found["low_income"].band is None


def test_a_share_told_as_a_band_lies_in_it():
    east = {"share": 0.1, "low": 0.05, "high": 0.2, "area_class": "middle"}
    found = ask("library", town=by_area(**east), minutes=10).reach["low_income"]
    assert found.people == 14
    assert found.band == Band(within=(10, 10), beyond=(2, 8))
