"""Who depends on one place: by hand, and as those who fall out of reach if it is closed."""

from dataclasses import replace
from datetime import datetime
from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.answer import answer
from geo.coverage import Reach
from geo.question import Question
from geo.scenario.changed import changed
from geo.scenario.dependence import dependence, dependents, told
from geo.scenario.edits import Close
from geo.scenario.withholding import columns, told_apart
from geo.tables import AGES, EVERYBODY, GROUPS, LOW_INCOME_AREAS
from geo.town import prepare
from geo.visitors import visitors
from tests.lattice import crowded, plans
from tests.towns import CRS, bundle, catalogue, streets

NOW = datetime(2026, 11, 20, 12)
KNOWN = catalogue()
STREET = streets([(0, 0), (1500, 0)], [(1500, 0), (3000, 0)], [(0, 1500), (900, 1500)])
"""One long street, and one that no way leads to."""

LIBRARIES = {"a": ("library", (0, 0)), "b": ("library", (1500, 0))}
METRES_PER_MIN = 78.0
"""An adult's: a limit of ten minutes is 780 m."""


def asked(homes, places=LIBRARIES, **question):
    """Ask about libraries in a street; `homes`: people at each spot, everybody an adult."""
    people = {
        at: dict.fromkeys(GROUPS, 0.0) | {EVERYBODY: n, "adults": n} for at, n in homes.items()
    }
    town = prepare(bundle(STREET, people, places))
    return dependence(town, Question("toytown", ("library",), **question), KNOWN, now=NOW)


def rows(found):
    return found.table[["people", "next_min", "none"]].round(6).to_dict("index")


def test_whoever_has_one_place_in_reach_depends_on_it():
    found = asked({(100, 0): 40.0, (750, 0): 30.0, (1700, 0): 20.0, (2900, 0): 10.0})
    assert rows(found) == {
        "a": {"people": 40, "next_min": round(1400 / METRES_PER_MIN, 6), "none": 0},
        "b": {"people": 20, "next_min": round(1700 / METRES_PER_MIN, 6), "none": 0},
    }
    assert found.sole.tolist() == ["a", "", "b", ""]
    assert found.next_min.round(1).tolist() == pytest.approx(
        [17.9, nan, 21.8, nan], nan_ok=True
    )
    assert (found.total.people, found.total.within) == (90, 60)


def test_the_next_place_is_that_of_the_middle_one_of_them():
    found = asked({(10, 0): 10.0, (200, 0): 31.0, (400, 0): 20.0})
    assert rows(found)["a"]["next_min"] == round(1300 / METRES_PER_MIN, 6)


def test_exactly_the_limit_is_within():
    at_the_limit, beside = 1500 - 780, 1500 - 780 - 1
    assert rows(asked({(at_the_limit, 0): 9.0}))["a"]["people"] == 0
    assert rows(asked({(beside, 0): 9.0}))["a"]["people"] == 9


@pytest.mark.parametrize("other", ["a", "c"])
def test_of_two_places_equally_far_nobody_depends_on_either(other):
    twice = LIBRARIES | {"a": ("library", (0, 0)), "c": ("library", (0, 0))}
    found = asked({(100, 0): 40.0}, twice)
    assert rows(found)[other] == pytest.approx(
        {"people": 0, "next_min": nan, "none": 0}, nan_ok=True
    )


def test_two_places_equally_far_in_two_directions():
    found = asked({(750, 0): 40.0})
    assert found.table["people"].tolist() == [0, 0]
    assert asked({(750, 0): 40.0}, minutes=9).total.people == 0


def test_without_any_other_place_there_is_no_next_one():
    alone = {"a": ("library", (0, 0))}
    assert rows(asked({(100, 0): 40.0}, alone))["a"] == {
        "people": 40, "next_min": inf, "none": 40
    }  # fmt: skip
    apart = alone | {"b": ("library", (500, 1500))}
    found = asked({(100, 0): 40.0, (600, 1500): 9.0}, apart)
    assert rows(found) == {
        "a": {"people": 40, "next_min": inf, "none": 40},
        "b": {"people": 9, "next_min": inf, "none": 9},
    }


def test_most_of_them_without_another_is_said_as_no_way():
    places = LIBRARIES | {"b": ("library", (500, 1500))}
    split = streets([(0, 0), (1500, 0)], [(0, 1500), (900, 1500)])
    homes = {(100, 0): 10.0, (600, 1500): 9.0}
    people = {at: {EVERYBODY: n} for at, n in homes.items()}
    town = prepare(bundle(split, people, places | {"c": ("library", (1500, 0))}))
    found = dependence(town, Question("x", ("library",)), KNOWN, now=NOW)
    assert rows(found)["a"]["next_min"] == round(1400 / METRES_PER_MIN, 6)
    assert rows(found)["b"]["next_min"] == inf


def test_homes_that_reach_nothing_depend_on_nothing():
    found = asked({(100, 0): 40.0, (600, 1500): 9.0, (1900, 1900): 7.0})
    assert found.sole.tolist() == ["a", "", ""]
    assert found.table["people"].tolist() == [40, 0]


def test_a_place_that_nobody_needs_is_told_as_such():
    found = asked({(100, 0): 0.0, (1700, 0): 20.0})
    assert found.table.index.tolist() == ["b", "a"]
    assert told(found)["people"].tolist() == [20, 0]
    assert isnan(told(found)["next_min"].iloc[1])
    assert found.sole.tolist() == ["a", "b"]


def test_a_place_with_several_doors_is_one_place():
    town = prepare(bundle(STREET, {(100, 0): {EVERYBODY: 40.0}}, LIBRARIES))
    doors = town.bundle.entrances.iloc[[0]].assign(place_id="a")
    both = prepare(
        replace(
            town.bundle,
            entrances=gpd.GeoDataFrame(
                pd.concat([town.bundle.entrances, doors], ignore_index=True), crs=CRS
            ),
        )
    )
    found = dependence(both, Question("x", ("library",)), KNOWN, now=NOW)
    assert found.table.loc["a", "people"] == 40


def test_without_places_or_homes_there_is_nothing_to_depend_on():
    for kinds in (("sauna",), ()):
        town = prepare(bundle(STREET, {(100, 0): {EVERYBODY: 40.0}}, LIBRARIES))
        found = dependence(town, Question("x", kinds), KNOWN, now=NOW)
        assert found.table.empty
        assert (found.total.people, found.sole.tolist()) == (0, [""])
    assert asked({}).table["people"].tolist() == [0, 0]


def test_unknown_people_stay_unknown_and_touch_no_other_place():
    people = {(100, 0): {EVERYBODY: 40.0}, (1700, 0): {EVERYBODY: 20.0, "youth": 6.0}}
    town = prepare(bundle(STREET, people, LIBRARIES))
    found = dependence(town, Question("x", ("library",), group="youth"), KNOWN, now=NOW)
    assert found.table["people"].to_dict() == pytest.approx({"b": 6, "a": nan}, nan_ok=True)
    assert found.table.index.tolist() == ["b", "a"]
    assert found.table.loc["a", "next_min"] == pytest.approx(1400 / METRES_PER_MIN)
    assert isnan(found.total.within)


def test_each_group_walks_at_its_own_pace():
    people = {(700, 0): {EVERYBODY: 80.0, "young_children": 20.0}}
    town = prepare(bundle(STREET, people, LIBRARIES | {"b": ("library", (2700, 0))}))
    found = dependence(town, Question("x", ("library",)), KNOWN, now=NOW)
    within = {key: one.within for key, one in found.reach["a"].items()}
    assert (within[EVERYBODY], within["young_children"]) == (80, 0)  # 54 m a minute


def test_the_cells_of_those_who_depend_on_a_place():
    homes = {(100, 0): 40.0, (120, 0): 2.0, (400, 0): 9.0, (1700, 0): 20.0}
    people = {at: {EVERYBODY: n} for at, n in homes.items()}
    town = prepare(bundle(STREET, people, LIBRARIES))
    found = dependence(town, Question("x", ("library",)), KNOWN, now=NOW)
    cells = dependents(town, found, "a")
    assert cells[["people", "told"]].to_numpy().tolist() == [[42, True], [9, True]]
    assert cells["minutes"].round(6).tolist() == [
        round(1400 / METRES_PER_MIN, 6),
        round(1100 / METRES_PER_MIN, 6),
    ]


# What may be told


def test_a_few_are_never_told():
    found = asked({(100, 0): 4.0, (1700, 0): 20.0, (2000, 0): 30.0, (750, 0): 9.0})
    shown = told(found)
    assert shown.loc["b", "people"] == 50
    assert isnan(shown.loc["a", "people"])
    assert found.total.hidden  # less those of the other place, it would tell
    assert isnan(shown.loc["a", "next_min"])
    assert not dependents_told(found, "a")


def dependents_told(found, place):
    return not found.reach[place][found.question.group].hidden


def test_a_few_are_not_what_is_left():
    """Nobody has a choice: all within reach less those of one place are those of the other."""
    found = asked({(100, 0): 4.0, (1700, 0): 20.0})
    assert told(found)["people"].isna().all()


def test_a_few_who_could_go_elsewhere_too_are_not_what_is_left():
    """Who can walk to a place is told elsewhere: less those who depend on it, it is three."""
    found = asked({(100, 0): 40.0, (750, 0): 3.0, (1700, 0): 20.0, (2900, 0): 90.0})
    assert told(found)["people"].isna().all()


def test_nothing_is_told_of_a_group_that_the_answer_withholds():
    people = {(100, 0): {EVERYBODY: 43.0, "adults": 40.0, "youth": 3.0},
              (1700, 0): {EVERYBODY: 20.0, "adults": 20.0, "youth": 0.0}}  # fmt: skip
    town = prepare(bundle(STREET, people, LIBRARIES))
    question = Question("x", ("library",), group="adults")
    assert answer(town, question, KNOWN, now=NOW).reach["adults"].hidden
    found = dependence(town, question, KNOWN, now=NOW)
    assert told(found)["people"].isna().all()


def test_those_without_another_are_not_told_of_if_all_others_are_a_few():
    table = asked({(100, 0): 40.0, (1700, 0): 20.0}).table
    assert table["none"].tolist() == [0, 0]


def test_parts_that_are_told_of_leave_no_few():
    assert told_apart(np.array([3.0, 9.0, 40.0]), 0.0).tolist() == [False, False, True]
    assert told_apart(np.array([3.0, 9.0, 40.0]), 30.0).tolist() == [False, True, True]
    assert told_apart(np.array([0.3] * 9 + [40.0]), 3.0).tolist() == [True] * 9 + [False]
    assert told_apart(np.array([]), 3.0).tolist() == []


def test_other_groups_are_told_of_where_enough_have_a_choice():
    row = {EVERYBODY: Reach(90.0, 40.0, 0.0), "youth": Reach(30.0, 3.0, 0.0)}
    other = {EVERYBODY: Reach(90.0, 20.0, 0.0), "youth": Reach(30.0, 20.0, 0.0)}
    open_, tight = ({EVERYBODY: 20.0, "youth": n} for n in (7.0, 4.0))
    assert columns([row, other], EVERYBODY, open_) == [row, other]
    assert all(one["youth"].hidden for one in columns([row, other], EVERYBODY, tight))


def test_what_is_unknown_of_one_group_hides_no_other():
    people = {
        at: {EVERYBODY: n, "adults": n} for at, n in {(100, 0): 40.0, (750, 0): 30.0}.items()
    }
    people[(1700, 0)] = {EVERYBODY: 3.0, "adults": 3.0}  # so that something is hidden
    town = prepare(bundle(STREET, people, LIBRARIES))
    found = dependence(town, Question("x", ("library",)), KNOWN, now=NOW)
    assert not found.reach["a"]["adults"].hidden
    assert isnan(found.reach["a"]["youth"].within)


# Against the answer to the same question when the place is closed

QUESTIONS = st.builds(
    Question,
    area=st.just("toytown"),
    kinds=st.lists(st.sampled_from(["library", "school", "park"]), min_size=1, unique=True).map(
        tuple
    ),
    group=st.sampled_from(GROUPS),
    walker=st.sampled_from(["", "adult", "older_80", "wheelchair"]),
    minutes=st.integers(1, 20),
    when=st.sampled_from(["", "saturday"]),
    certain=st.booleans(),
)
few_towns = settings(max_examples=25)


@few_towns
@given(plans(), QUESTIONS)
def test_they_are_those_who_fall_out_of_reach_if_it_closes(plan, question):
    town = plan.town()
    found = dependence(town, question, KNOWN, now=NOW)
    before = answer(town, question, KNOWN, now=NOW)
    assert sorted(found.table.index) == sorted(before.places.index)
    people = town.bundle.homes[question.group]
    for place, row in found.table.iterrows():
        after = answer(changed(town, Close(place), KNOWN.kinds), question, KNOWN, now=NOW)
        lost = (before.minutes <= question.minutes) & ~(after.minutes <= question.minutes)
        assert row["people"] == pytest.approx(people[lost].sum())
        assert row["none"] == pytest.approx(people[lost & np.isinf(after.minutes)].sum())
        assert ((found.sole == place) == lost).all()
        assert found.next_min[lost].tolist() == after.minutes[lost].tolist()
        for group, one in found.reach[place].items():
            gone = before.reach[group].within - after.reach[group].within
            assert one.within == pytest.approx(gone)
        if row["people"]:
            known = after.minutes[lost & (people > 0)]
            half = people[known.index][known <= row["next_min"]].sum()
            assert half >= row["people"] / 2 - 1e-9
    assert found.total.people == pytest.approx(before.reach[question.group].within)
    assert found.total.within == pytest.approx(found.table["people"].sum())


@few_towns
@given(plans(), QUESTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_places_does_not_matter(plan, question, chance):
    town = plan.town()
    ids = town.bundle.places.index.tolist()
    chance.shuffle(ids)
    mixed = prepare(replace(town.bundle, places=town.bundle.places.loc[ids]))
    one, other = (dependence(this, question, KNOWN, now=NOW) for this in (town, mixed))
    assert one.table.index.tolist() == other.table.index.tolist()
    assert one.sole.tolist() == other.sole.tolist()
    assert one.table["told"].tolist() == other.table["told"].tolist()


@few_towns
@given(plans(unknown=True), QUESTIONS)
def test_what_is_unknown_is_unknown_only_where_it_counts(plan, question):
    town = plan.town()
    found = dependence(town, question, KNOWN, now=NOW)
    people = town.bundle.homes[question.group]
    for place, row in found.table.iterrows():
        assert isnan(row["people"]) == people[found.sole == place].isna().any()


SEEDS = st.integers(0, 2**32)
CLOSE_BY = st.builds(
    Question,
    area=st.just("toytown"),
    kinds=st.just(("library",)),
    group=st.sampled_from(GROUPS),
    walker=st.sampled_from(["", "adult"]),
    minutes=st.integers(2, 7),
)


def small(people):
    return not isnan(people) and 1 <= round(people, 6) <= 4


def leaks(town, question, found):
    """Return every few that can be worked out from what is told, and the answer beside it."""
    beside = answer(town, question, KNOWN, now=NOW).reach
    shown, asked_of = told(found), question.group
    yield from (n for name in ("people", "none") for n in shown[name])
    yield from shown["people"] - shown["none"]
    column = shown["people"].sum()
    yield from (one.told.within - column for one in (found.total, beside[asked_of]))
    yield from (found.total.told.beyond, found.total.told.within)
    yield beside[asked_of].told.people - column
    rows_ = town.bundle.places.index.isin(shown.index)
    can = visitors(town, question, KNOWN, rows_, side=town.side)
    ids = town.bundle.places.index[rows_]
    for place, who in zip(ids, can, strict=True):
        of = {key: one.told.within for key, one in found.reach[place].items()}
        yield from of.values()
        yield from (who[key].told.within - n for key, n in of.items())
        if question.walker:
            ages = [n for key, n in of.items() if key in AGES and not isnan(n)]
            yield of[EVERYBODY] - sum(ages)
            yield from (of[EVERYBODY] - of[key] for key in (LOW_INCOME_AREAS, asked_of))
        cells = dependents(town, found, place)
        yield of[asked_of] - cells["people"].where(cells["told"]).sum()
        yield from cells["people"].where(cells["told"])
    for group in GROUPS:
        parts = [one[group].told.within for one in found.reach.values()]
        yield beside[group].told.within - np.nansum(parts)


@settings(max_examples=60)
@given(SEEDS, CLOSE_BY)
def test_no_few_can_be_worked_out(seed, question):
    town = crowded(seed).town()
    found = dependence(town, question, KNOWN, now=NOW)
    assert [n for n in leaks(town, question, found) if small(n)] == []
