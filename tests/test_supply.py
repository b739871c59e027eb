"""Room shared among those who reach it."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.measures.decay import Exponential, Linear, Step
from geo.measures.supply import Zones, e2sfca
from tests.walks import amounts, same, tables, times_of

DECAYS = (Step(10), Zones((5, 10), (1.0, 0.5)), Linear(20), Exponential(5))


def test_a_town_checked_in_the_head():
    """Hall of 30 for 10 near and 10 far at half weight; hall of 8 for the far ones alone."""
    times = times_of([[0.0, inf], [8.0, 5.0], [inf, inf]])
    shared = e2sfca(times, [10.0, 10.0, 7.0], [30.0, 8.0], Zones((5, 10), (1.0, 0.5)))
    assert shared.demand.tolist() == [15.0, 10.0]
    assert shared.per_person.tolist() == [2.0, 0.8]
    assert shared.at_home.tolist() == [2.0, 1.8, 0.0]


def test_a_place_that_nobody_reaches_gives_nothing():
    times = times_of([[inf, 15.0, 0.0], [inf, inf, 5.0]])
    shared = e2sfca(times, [10.0, 0.0], [5.0, 5.0, 20.0], Step(10))
    same(shared.demand, [0.0, 0.0, 10.0])
    same(shared.per_person, [nan, nan, 2.0])
    same(shared.at_home, [2.0, 2.0])


def test_an_empty_home_takes_nothing_but_finds_what_there_is():
    times = times_of([[5.0], [5.0]])
    assert e2sfca(times, [0.0, 4.0], [8.0], Step(10)).at_home.tolist() == [2.0, 2.0]


def test_the_unknown_spreads_no_farther_than_it_has_a_part():
    times = times_of([[0.0, 0.0, inf], [inf, 0.0, inf], [inf, inf, 0.0]])
    people_unknown = e2sfca(times, [nan, 4.0, 4.0], [8.0, 8.0, 8.0], Step(10))
    same(people_unknown.per_person, [nan, nan, 2.0])
    same(people_unknown.at_home, [nan, nan, 2.0])
    room_unknown = e2sfca(times, [4.0, 4.0, 4.0], [nan, 8.0, 8.0], Step(10))
    same(room_unknown.per_person, [nan, 1.0, 2.0])
    same(room_unknown.at_home, [nan, 1.0, 2.0])


def test_a_decay_beyond_the_cut_off_is_refused():
    with pytest.raises(QuestionError):
        e2sfca(times_of([[5.0]]), [1.0], [1.0], Zones.thirds(30))


@given(tables(), st.sampled_from(DECAYS), st.data())
def test_it_is_its_definition(table, decay, data):
    homes, places = table.shape
    people, room = data.draw(amounts(homes)), data.draw(amounts(places))
    weights = [decay(row) for row in table]
    demand = [sum(people[i] * weights[i][j] for i in range(homes)) for j in range(places)]
    ratio = [s / d if d else nan for s, d in zip(room, demand, strict=True)]
    at_home = [sum(ratio[j] * w[j] for j in range(places) if demand[j]) for w in weights]
    shared = e2sfca(times_of(table), people, room, decay)
    same(shared.demand, demand)
    same(shared.per_person, ratio)
    same(shared.at_home, at_home)


@given(tables(), st.sampled_from(DECAYS), st.data())
def test_all_that_is_offered_is_given_out_once(table, decay, data):
    people = data.draw(amounts(table.shape[0]))
    room = data.draw(amounts(table.shape[1]))
    shared = e2sfca(times_of(table), people, room, decay)
    same(people @ shared.at_home, room[shared.demand > 0].sum())


@given(tables(), st.sampled_from(DECAYS), st.data())
def test_halving_a_place_into_two_changes_nothing_at_home(table, decay, data):
    people = data.draw(amounts(table.shape[0]))
    room = data.draw(amounts(table.shape[1]))
    times = times_of(table)
    twice = times.of_places(np.tile(np.arange(times.places), 2))
    halves = e2sfca(twice, people, np.tile(room / 2, 2), decay)
    same(halves.at_home, e2sfca(times, people, room, decay).at_home)
