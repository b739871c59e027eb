"""All measures of one question, in a town that a head can check, and in a real one."""

from dataclasses import replace
from datetime import datetime
from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geo.answer import answer
from geo.between import Band
from geo.coverage import Reach
from geo.errors import QuestionError
from geo.figures.figures import figures
from geo.figures.having import access
from geo.figures.meetings import told
from geo.figures.offer import AtHome
from geo.figures.uneven import Unranked, uneven
from geo.figures.walked import CHOICE, walked
from geo.incomes import with_incomes
from geo.question import Question
from geo.search.matrix import walks
from geo.tables import AGES, INCOMES
from geo.timetable import OSLO
from geo.town import prepare
from layers.figures_file import sheets
from tests.towns import bundle, catalogue, streets
from words import speaker

NOW = datetime(2026, 11, 24, 12, tzinfo=OSLO)
PEOPLE = {
    "everybody": 100.0,
    "young_children": 10.0,
    "school_children": 20.0,
    "youth": 10.0,
    "adults": 30.0,
    "older_67_79": 20.0,
    "older_80": 10.0,
}
OLD = {**dict.fromkeys(PEOPLE, 0.0), "everybody": 100.0, "older_80": 100.0}
STREET = streets([(-3000, 0), (0, 0)], [(0, 0), (3000, 0)])
FOREST = (1000, 1500)
TOWN = prepare(
    bundle(
        STREET,
        {(0, 0): PEOPLE, (390, 0): PEOPLE, (1500, 0): OLD, FOREST: PEOPLE},
        {
            "n1": ("library", (780, 0)),
            "n2": ("park", (-78, 0)),
            "n3": ("library;school", (1500, 30)),
            "n4": ("park", (2900, 0)),
        },
    )
)
"""
Adults walk 78 m a minute. To n1, n2, n3 and n4 they have, in metres:
780, 78, 1530, 2900 from the first home; 390, 468, 1140, 2510 from the second;
720, 1578, 30, 1400 from the third, where only the oldest live; no way from the forest.
"""


def ask(*kinds, town=TOWN, rank=None, **how):
    return figures(town, Question("toytown", kinds, **how), catalogue(), now=NOW, rank=rank)


BOTH = ask("library", "park")


def test_the_walk_to_the_nearest_and_to_the_third():
    found = BOTH.access["everybody"]
    assert found.people == 400
    assert found.half_min == 1  # 30 ÷ 78, 1, 5 and none
    assert found.most_min == inf  # one in four has no way
    assert found.choice_min == pytest.approx(1400 / 78, abs=1e-6)  # 14.6, 17.9, 19.6, none


def test_a_third_place_is_found_however_far_it_is():
    assert ask("library", "park", minutes=1).access["everybody"].choice_min == pytest.approx(
        1400 / 78, abs=1e-6
    )
    assert ask("library").access["everybody"].choice_min == inf  # there are two


def test_places_within_reach_exactly_at_the_limit_too():
    assert BOTH.access["everybody"].places == 2  # 2, 2, 2 and 0: 780 m are ten minutes
    assert ask("library", "park", minutes=9).access["everybody"].places == 1


def test_near_places_count_for_more():
    second_home = 2 ** (-5 / 5) + 2 ** (-6 / 5)
    assert BOTH.access["everybody"].weighted == pytest.approx(second_home, abs=1e-6)


def test_all_that_is_offered_is_shared_once():
    """The three places that anybody reaches are shared by 112, 168 and 100 people."""
    first_home = 0.22 / 112 + 1 / 168
    found = BOTH.access["everybody"]
    assert found.per_thousand == pytest.approx(1000 * first_home)


def test_sorts_are_families_of_what_was_asked_for():
    assert BOTH.access["everybody"].sorts == 1  # 2, 2, 1 and 0
    assert ask("library", "school", "park").access["older_80"].sorts == 2  # n3 is both


def test_indoors_and_outdoors():
    found = BOTH.access["everybody"]
    assert (found.indoors.within, found.outdoors.within) == (300, 200)
    assert found.only_outdoors.within == 0
    near = ask("library", "park", minutes=4).access["everybody"]
    assert near.only_outdoors == Reach(400, 100, 300)
    assert BOTH.both
    assert not ask("park").both


def test_every_group_walks_at_its_own_pace():
    child = BOTH.access["young_children"]
    assert child.people == 30
    assert child.half_min == pytest.approx(390 / 54, abs=1e-6)  # 1.4, 7.2 and none
    wheels = ask("library", "park", walker="adult").access["young_children"]
    assert wheels.half_min == 5


def test_how_unevenly_it_is_spread():
    """Three homes have two places each, and one has none."""
    spread = BOTH.spread["places"]
    assert spread.gini == pytest.approx(0.25)
    assert spread.least == pytest.approx(1 / 3)
    assert spread.palma == pytest.approx(2 / (0.15 * 2 / 0.4))
    assert spread.lorenz[0] == 0
    assert spread.lorenz[-1] == pytest.approx(1)
    assert BOTH.spread["weighted"].gini > spread.gini


def test_without_incomes_there_is_no_concentration_index():
    assert BOTH.spread["places"].concentration == Unranked()
    rich_last = ask("library", "park", rank=np.array([2.0, 3.0, 4.0, 1.0]))
    assert rich_last.spread["places"].concentration == pytest.approx(0.25)
    rich_first = ask("library", "park", rank=-np.array([2.0, 3.0, 4.0, 1.0]))
    assert rich_first.spread["places"].concentration == pytest.approx(-0.25)


def test_whose_income_is_not_known_is_left_out():
    """Three homes have two places each, which is even; the forest, with none, has no rank."""
    gap = ask("library", "park", rank=np.array([2.0, 3.0, 4.0, nan])).spread["places"]
    assert (gap.concentration, gap.ranked) == (pytest.approx(0), 0.75)
    other = ask("library", "park", rank=np.array([nan, nan, 4.0, 1.0])).spread["places"]
    assert (other.concentration, other.ranked) == (pytest.approx(0.5), 0.5)
    most = ask("library", "park", rank=np.array([2.0, nan, nan, nan])).spread["places"]
    assert most.concentration == Unranked(0.25)
    assert uneven([1.0, 2.0], [9.0, 9.0], [1.0, nan]).told.concentration != Unranked()
    assert isnan(uneven([1.0, 2.0], [9.0, 9.0], [1.0, nan]).told.concentration)


def test_who_can_meet_where():
    """To n1 the young children and the oldest walk from the second home only."""
    met = BOTH.meetings
    assert list(met.index) == ["n2", "n1", "n3", "n4"]
    assert met["people"].tolist() == [200, 140, 100, 0]
    assert met["children"].tolist() == [60, 30, 0, 0]
    assert met["older"].tolist() == [60, 30, 100, 0]
    assert met.loc["n3", "evenness"] == 0
    assert isnan(met.loc["n4", "evenness"])
    assert met.loc["n2", "likeness"] < 1


def test_figures_agree_with_the_answer():
    question = Question("toytown", ("library", "park"), "older_80", minutes=7)
    found = figures(TOWN, question, catalogue(), now=NOW)
    told = answer(TOWN, question, catalogue(), now=NOW)
    assert found.beyond == told.reach["older_80"]
    assert list(found.meetings.index.sort_values()) == list(told.places.index)


def test_places_that_are_closed_do_not_count():
    shut = bundle(STREET, {(0, 0): PEOPLE}, {"n1": ("library", (78, 0))})
    shut.places["opening_hours"] = "Mo-Fr 10:00-12:00"
    town = prepare(shut)
    assert ask("library", town=town).access["everybody"].places == 1
    evening = ask("library", town=town, when="weekday_evening")
    assert evening.access["everybody"].places == 0
    assert evening.access["everybody"].half_min == inf
    assert evening.meetings.empty


def test_where_those_beyond_gather():
    homes = {(x, 0): PEOPLE for x in range(125, 2500, 250)}
    town = prepare(bundle(STREET, homes, {"n1": ("park", (125, 0))}))
    cells = ask("park", town=town, minutes=22).gathered  # 1,716 m: the last three are beyond
    assert cells["people"].tolist() == [100]
    assert cells["near"].tolist() == ["Street 1"]
    assert cells.geometry.iloc[0].bounds[0] == 2000
    assert ask("park", town=town, minutes=60).gathered.empty


def test_unknown_ages_stay_unknown():
    homes = {(x, 0): {"everybody": 20.0} for x in range(125, 2500, 250)}
    town = prepare(bundle(STREET, homes, {"n1": ("park", (125, 0))}))
    found = ask("park", town=town, group="youth", minutes=5)
    youth = found.access["youth"]
    assert all(
        isnan(value)
        for value in (youth.people, youth.half_min, youth.places, youth.per_thousand)
    )
    assert isnan(youth.outdoors.within)
    assert found.gathered.empty
    assert found.access["everybody"].places == 0
    met = found.meetings.iloc[0]
    assert met["people"] == 40  # everybody's, at everybody's pace
    assert isnan(met["children"])
    assert isnan(met["evenness"])


@pytest.mark.parametrize("kinds", [(), ("cinema",)])
def test_no_place_is_no_way_and_nothing_shared(kinds):
    found = ask(*kinds)
    everybody = found.access["everybody"]
    assert (everybody.half_min, everybody.choice_min) == (inf, inf)
    assert (everybody.places, everybody.weighted, everybody.per_thousand) == (0, 0, 0)
    assert isnan(found.spread["places"].gini)
    assert found.meetings.empty


def test_a_town_without_anything_has_figures():
    found = ask("park", town=prepare(bundle(streets(), {}, {})))
    assert found.access["everybody"].people == 0
    assert isnan(found.access["everybody"].half_min)
    assert found.gathered.empty


def test_what_does_not_exist_is_said():
    with pytest.raises(QuestionError, match="There is no kind pub"):
        ask("pub")


def test_nobody_writes_into_the_bundle():
    before = {name: getattr(TOWN.bundle, name).copy(deep=True) for name in ("homes", "places")}
    ask("library", "park")
    assert all(getattr(TOWN.bundle, name).equals(table) for name, table in before.items())


# --- What may be told ------------------------------------------------------------------


def of(people, nearest):
    one = np.array(nearest, dtype=float)
    has = one < inf
    return access(np.array(people), AtHome(one, one, one, one, one, one, has & False, has))


@pytest.mark.parametrize(
    ("people", "half", "most"),
    [(9.0, False, False), (10.0, True, False), (49.0, True, False), (50.0, True, True)],
)
def test_no_median_of_a_few_is_told(people, half, most):
    shown = of([people], [3.0]).told
    assert (shown.half_min == 3, shown.most_min == 3) == (half, most)
    assert isnan(shown.places) != half


@pytest.mark.parametrize("few", [(40.0, 3.0), (3.0, 40.0)])
def test_settings_are_told_together_or_not_at_all(few):
    """Three have somewhere outdoors, or three have not: each tells the other."""
    shown = of(few, [3.0, inf]).told
    parts = (shown.indoors, shown.outdoors, shown.only_outdoors)
    assert all(isnan(part.within) for part in parts)
    assert of([40.0, 30.0], [3.0, inf]).told.outdoors.within == 40


def test_unevenness_among_a_few_is_not_told():
    some = uneven([1.0, 3.0], [20.0, 20.0]).told
    assert some.gini == 0.25
    assert some.least == 0.25
    assert isnan(some.palma)  # the tenth with most are four
    assert isnan(some.lorenz[1])
    assert isnan(uneven([1.0, 3.0], [4.0, 5.0], rank=[1.0, 2.0]).told.concentration)


def test_who_can_meet_is_not_told_of_a_few():
    columns = {"children": [3.0, 20.0, 20.0], "older": [20.0, 20.0, 0.2], "evenness": 0.5}
    columns |= {"likeness": 0.5, "rest": 90.0, "mixed": False}
    table = gpd.GeoDataFrame({"people": [40.0, 43.0, 45.0], **columns})
    shown = told(table)
    assert shown["children"].isna().tolist() == [True, True, False]
    assert shown["older"].isna().tolist() == [True, True, False]
    assert shown["people"].tolist() == [40, 43, 45]
    assert not table["children"].isna().any()


@given(
    st.lists(st.tuples(st.floats(0, 30), st.integers(0, 9)), min_size=1, max_size=8),
)
def test_what_is_told_never_stands_for_a_few(homes):
    people, walk = (list(part) for part in zip(*homes, strict=True))
    shown = of(people, [inf if n == 9 else n for n in walk]).told
    total = sum(people)
    if not isnan(shown.half_min) and total >= 0.5:
        assert total / 2 >= 5
    if not isnan(shown.most_min) and total >= 0.5:
        assert total >= 50
    inside = shown.outdoors.within
    if not isnan(inside):
        assert not 0.5 <= inside < 5
        assert not 0.5 <= total - inside < 5


# --- A real town -----------------------------------------------------------------------


def alone(town, walker, minutes, side):
    """Return the walks of one walker to all places, searched for on their own."""
    near = walks(
        side.weighed,
        side.homes,
        side.entrances,
        of=town.place_of,
        places=len(town.bundle.places),
        cutoff_m=minutes * walker.speed_m_s * 60,
    )
    near.data = walker.minutes(near.data).round(6)
    return near


def test_one_search_gives_what_each_walker_finds_alone(karhula):
    town, walkers = prepare(karhula), catalogue().walkers
    question = Question("demo-karhula", ("park", "playground"), minutes=8)
    counted = np.flatnonzero(town.of_kind("park") | town.of_kind("playground"))
    mask = np.isin(np.arange(len(town.bundle.places)), counted)
    ways = walked(town, question, walkers, mask, town.side)
    for key, walker in walkers.items():
        side = town.side(question.terms(walker).gait)
        near = alone(town, walker, 8, side)[:, counted]
        assert (ways[key].times.minutes != near).nnz == 0
        assert ways[key].times.minutes.nnz == near.nnz > 0
        far = alone(town, walker, 60, side)[:, counted]
        some = np.flatnonzero(np.diff(far.indptr) >= CHOICE)[:50]
        for row in some:
            least = np.sort(far.data[far.indptr[row] : far.indptr[row + 1]])[:CHOICE]
            assert least.tolist() == ways[key].nearest_min[row].tolist()
    assert ways["young_child"] is ways["older_80"]  # of one pace


def test_figures_of_a_real_town_hang_together(karhula):
    town = prepare(karhula)
    question = Question("demo-karhula", ("park", "playground"), minutes=10)
    found = figures(town, question, catalogue(), now=NOW)
    for group in ("everybody", *AGES):
        one = found.access[group]
        assert one.half_min <= one.most_min
        assert one.half_min <= one.choice_min
        assert 0 <= one.weighted <= one.places
        assert one.indoors.within + one.only_outdoors.within <= one.people + 1e-6
    assert found.access["older_80"].places <= found.access["adults"].places
    assert found.meetings["people"].is_monotonic_decreasing
    assert found.meetings["likeness"].dropna().between(0, 1).all()


def test_groups_whose_numbers_are_rounded_or_suppressed_are_named():
    """All homes but the forest lie where a quarter to half have low income."""
    land = gpd.GeoDataFrame(
        {"name": "", "source": "file", "measure": "EU-60", "of": "persons", "value": nan},
        geometry=[box(-10, -10, 2000, 50)],
        index=["a"],
        crs=TOWN.bundle.homes.crs,
    ).assign(share=nan, low=0.25, high=0.5, area_class="unknown")
    incomes = INCOMES.check(land)
    told = replace(TOWN.bundle, incomes=incomes, homes=with_incomes(TOWN.bundle.homes, incomes))
    found = ask("library", town=prepare(told), group="low_income", minutes=10)
    assert found.rough == {"low_income"}  # nothing at all is known of low-income areas
    assert found.beyond.band == Band(within=(75, 150), beyond=(0, 100))
    assert BOTH.rough == frozenset()
    note = sheets(found, catalogue(), speaker("en"))["measures"].set_index("group")["note"]
    assert note["People with low income"] == "Unknown. Rests on rounded or suppressed numbers"
    assert note["Everybody"] == "Empty: no way on foot, or too few to tell"
