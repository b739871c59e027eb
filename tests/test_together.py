"""Who can meet in a place, how mixed they are, and what a home has to choose from."""

from math import inf, log, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.measures.together import co_accessibility, reached, settings, variety
from tests.walks import amounts, same, tables, times_of


def met(table, within=10, **people):
    times = dict.fromkeys(people, times_of(table))
    of = {group: np.array(count) for group, count in people.items()}
    return co_accessibility(times, of, within=within)


def test_a_town_checked_in_the_head():
    """Young live west, old east; one place in each part, one between, one too far off."""
    town = met(
        [[0.0, inf, 9.0, 15.0], [inf, 0.0, 10.0, 15.0]], young=[30.0, 0.0], old=[0.0, 10.0]
    )
    assert town.groups == ("young", "old")
    same(town.people, [[30, 0], [0, 10], [30, 10], [0, 0]])
    between = -(0.75 * log(0.75) + 0.25 * log(0.25)) / log(2)
    same(town.evenness, [0, 0, between, nan])
    same(town.likeness, [0.75, 0.25, 1, nan])


def test_each_group_walks_at_its_own_pace():
    times = {"adults": times_of([[8.0]]), "old": times_of([[12.0]])}
    people = {"adults": np.array([5.0]), "old": np.array([5.0])}
    same(co_accessibility(times, people, within=10).people, [[5.0, 0.0]])


def test_the_published_index_of_a_place_in_amsterdam():
    """Of 1440 people 270 children, 900 adults, 270 elderly: 0.8388 in their own table."""
    place = met([[0.0]], children=[270.0], adults=[900.0], elderly=[270.0])
    assert place.evenness.item() == pytest.approx(0.8387794678549643, rel=1e-12)


def test_the_unknown_of_a_group_is_unknown():
    town = met([[0.0, inf], [inf, 0.0]], young=[nan, 4.0], old=[2.0, 4.0])
    same(town.people, [[nan, 2], [4, 4]])
    same(town.evenness, [nan, 1])
    same(town.likeness, [nan, nan])  # the area's own mixture is unknown


def test_one_group_alone_has_no_evenness():
    town = met([[0.0]], everybody=[3.0])
    same(town.evenness, [nan])
    same(town.likeness, [1.0])


def test_a_limit_beyond_the_cut_off_is_refused():
    with pytest.raises(QuestionError):
        met([[0.0]], within=21, young=[1.0])
    with pytest.raises(QuestionError):
        reached(times_of([[0.0]]), np.ones((1, 1), dtype=bool), within=21)


@given(tables(), st.data())
def test_a_mixture_is_its_definition(table, data):
    groups = {name: data.draw(amounts(table.shape[0])) for name in "abc"}
    town = met(table, **groups)
    whole = np.array([groups[name].sum() for name in "abc"])
    for place, walks in enumerate(table.T <= 10):
        counts = np.array([groups[name][walks].sum() for name in "abc"])
        same(town.people[place], counts)
        if counts.sum() == 0:
            assert np.isnan([town.evenness[place], town.likeness[place]]).all()
            continue
        shares = counts / counts.sum()
        entropy = -sum(share * log(share) for share in shares if share > 0)
        same(town.evenness[place], entropy / log(3))
        same(town.likeness[place], np.minimum(shares, whole / whole.sum()).sum())


@given(st.data())
def test_a_place_that_all_reach_is_like_its_area(data):
    groups = {name: data.draw(amounts(4)) for name in "ab"}
    assume(sum(count.sum() for count in groups.values()))
    same(met([[0.0]] * 4, **groups).likeness, [1.0])


def test_five_parks_are_one_sort():
    times = times_of([[0.0, 3.0, 10.0, 10.1], [inf] * 4])
    sorts = np.array([[1, 0], [1, 0], [1, 1], [0, 1]], dtype=bool)
    assert variety(times, sorts[:, :1], within=10).tolist() == [1, 0]
    assert variety(times, sorts, within=9).tolist() == [1, 0]
    assert variety(times, sorts, within=10).tolist() == [2, 0]


def test_a_place_that_is_both_counts_indoors_and_outdoors():
    assert settings(["indoor", "outdoor", "both"]).tolist() == [[1, 0], [0, 1], [1, 1]]
    assert settings([]).shape == (0, 2)


@given(tables(), st.data())
def test_what_is_reached_is_its_definition(table, data):
    column = st.lists(st.booleans(), min_size=table.shape[1], max_size=table.shape[1])
    sorts = np.array(data.draw(st.lists(column, min_size=1, max_size=3))).T
    expected = [[(of & (row <= 10)).any() for of in sorts.T] for row in table]
    times = times_of(table)
    assert reached(times, sorts, within=10).tolist() == expected
    order = np.array(data.draw(st.permutations(range(times.places))))
    twice = np.concatenate([order, order])
    assert np.array_equal(
        variety(times.of_places(twice), sorts[twice], within=10),
        variety(times, sorts, within=10),
    )
