"""How far one gets from the asked places: areas of a street that a head can measure."""

from datetime import datetime

import pytest
import shapely

from geo.answer import answer
from geo.areas.reachable import reachable, steps
from geo.question import Question
from geo.timetable import OSLO
from geo.town import prepare
from tests.towns import CRS, bundle, catalogue, streets

NOW = datetime(2026, 11, 24, 12, tzinfo=OSLO)
STREET = streets([(0, 0), (4000, 0)])
ADULT_M = 1.3 * 60
"""What an adult walks in a minute."""


def town(hours=""):
    drawn = bundle(
        STREET,
        {(390, 0): {"everybody": 9.0}, (2000, 0): {"everybody": 9.0}},
        {"n1": ("library", (0, 0)), "n2": ("park", (4000, 0))},
    )
    drawn.places["opening_hours"] = hours
    return prepare(drawn)


def asked(*kinds, minutes=15, hours="", **how):
    question = Question("toytown", kinds, minutes=minutes, **how)
    return reachable(town(hours), question, catalogue(), now=NOW)


@pytest.mark.parametrize("minutes", range(1, 61))
def test_times_grow_to_the_asked_one_and_are_at_most_three(minutes):
    drawn = steps(minutes)
    assert drawn == sorted(set(drawn))
    assert (drawn[0] >= 1, drawn[-1], len(drawn) <= 3) == (True, minutes, True)


def test_areas_reach_as_far_as_the_walk():
    found = asked("library")
    assert found["minutes"].tolist() == [5, 10, 15]
    assert found.crs == CRS
    beside_m = 25
    ends = [n * ADULT_M + beside_m for n in (5, 10, 15)]
    assert found.bounds["maxx"].tolist() == pytest.approx(ends, abs=1)


def test_a_slower_walker_gets_less_far():
    whole, half = (asked("library", walker=key).area.iloc[-1] for key in ("", "wheelchair"))
    assert half < 0.6 * whole


def test_only_the_asked_places_count():
    assert asked("library").union_all().bounds[2] < 1300
    assert asked("park").union_all().bounds[0] > 2700
    both = asked("library", "park").union_all()
    assert len(shapely.get_parts(both)) == 2


@pytest.mark.parametrize(
    "how",
    [
        {"kinds": ("sauna",)},
        {"kinds": ()},
        {"kinds": ("library",), "hours": "Mo 10:00-11:00", "when": "weekday_evening"},
        {"kinds": ("library",), "when": "saturday", "certain": True},
    ],
)
def test_without_a_place_that_counts_there_is_no_area(how):
    kinds = how.pop("kinds")
    found = asked(*kinds, **how)
    assert found.empty
    assert found.crs == CRS


@pytest.mark.parametrize("minutes", [1, 5, 6, 20])
def test_a_home_is_within_the_area_if_the_answer_says_that_it_is_within_reach(minutes):
    question = Question("toytown", ("library", "park"), minutes=minutes)
    known = town()
    within = answer(known, question, catalogue(), now=NOW).minutes <= minutes
    area = reachable(known, question, catalogue(), now=NOW).union_all()
    beside = known.bundle.homes.geometry.buffer(1)
    assert beside.intersects(area).tolist() == within.tolist()
