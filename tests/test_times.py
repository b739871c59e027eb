"""The table of walks, and sums over it."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.times import Times
from tests.walks import CUTOFF_MIN, amounts, same, table_of, tables, times_of


def test_a_walk_of_no_minutes_is_a_walk_and_inf_is_none():
    times = times_of([[0.0, inf], [inf, inf]])
    assert times.minutes.data.tolist() == [0.0]
    assert times.by_home([1.0, 1.0]).tolist() == [1.0, 0.0]


def test_the_shortest_of_several_doors_counts():
    times = Times.of_walks(
        [1, 0, 0, 0], [0, 1, 1, 0], [9.0, 8.0, 0.0, 3.0], shape=(2, 2), cutoff_min=20
    )
    assert table_of(times).tolist() == [[3.0, 0.0], [9.0, inf]]
    assert len(times.minutes.data) == 3


def test_a_walk_as_long_as_the_cut_off_is_kept():
    times = times_of([[CUTOFF_MIN, CUTOFF_MIN + 0.1]])
    assert table_of(times).tolist() == [[CUTOFF_MIN, inf]]


def test_nothing_is_told_of_walks_that_were_not_looked_for():
    times = times_of([[5.0]])
    times.require(CUTOFF_MIN)
    with pytest.raises(QuestionError, match=r"known up to 20\.0 minutes, not up to 21"):
        times.at_most(21)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_an_empty_town_has_no_walks(shape):
    times = Times.of_walks([], [], [], shape=shape, cutoff_min=10)
    assert (times.homes, times.places) == shape
    assert times.at_most(5).by_home(np.ones(shape[1])).tolist() == [0.0] * shape[0]
    assert times.by_place(np.ones(shape[0])).tolist() == [0.0] * shape[1]


def test_the_unknown_stays_where_it_has_a_part():
    times = times_of([[0.0, 5.0], [inf, 5.0], [0.0, inf]])
    same(times.by_home([nan, 2.0]), [nan, 2.0, nan])
    same(times.by_home([nan, 2.0], weights=[0.0, 1.0, 1.0, 1.0]), [2.0, 2.0, nan])
    same(times.by_home([[nan, 1.0], [2.0, 3.0]]), [[nan, 4.0], [2.0, 3.0], [nan, 1.0]])


@given(tables())
def test_walks_survive_being_stored(table):
    assert np.array_equal(table_of(times_of(table)), table)


@given(tables(), st.sampled_from([0.0, 5.0, 9.9, 20.0]))
def test_at_most_keeps_just_the_shorter_walks(table, limit):
    times = times_of(table)
    assert np.array_equal(table_of(times.at_most(limit)), np.where(table <= limit, table, inf))
    assert np.array_equal(table_of(times), table)


@given(tables(), st.data())
def test_places_are_taken_in_any_order_and_twice(table, data):
    columns = data.draw(st.lists(st.integers(0, table.shape[1] - 1), max_size=8))
    rows = np.array(columns, dtype=np.intp)
    assert np.array_equal(table_of(times_of(table).of_places(rows)), table[:, rows])
    mask = np.isin(np.arange(table.shape[1]), rows)
    assert np.array_equal(table_of(times_of(table).of_places(mask)), table[:, mask])


@given(tables(), st.data())
def test_sums_are_those_of_the_plain_table(table, data):
    times = times_of(table)
    of_place = data.draw(amounts(times.places, unknown=True))
    of_home = data.draw(amounts(times.homes, unknown=True))
    walks = table < inf
    home = [sum((v for v, w in zip(of_place, row, strict=True) if w), 0.0) for row in walks]
    place = [sum((v for v, w in zip(of_home, row, strict=True) if w), 0.0) for row in walks.T]
    same(times.by_home(of_place), home)
    same(times.by_place(of_home), place)
