"""Nearest, dual, cumulative and gravity, and the decay of a walk's weight."""

from math import exp, inf, nan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QuestionError
from geo.measures.decay import Exponential, Gaussian, Linear, Logistic, Step
from geo.measures.opportunities import cumulative, dual, gravity, nearest
from geo.measures.supply import Zones
from tests.walks import CUTOFF_MIN, amounts, same, tables, times_of

DECAYS = (
    Step(10),
    Zones((5, 10, 20), (1.0, 0.68, 0.22)),
    Linear(20),
    Exponential(7),
    Logistic(10, 3),
    Logistic(10, 0.001),
    Gaussian(6),
)
TOWN = [
    [0.0, 5.0, 10.0],  # next door to one, two farther off
    [inf, 10.1, inf],
    [inf, inf, inf],  # reaches nothing
]


def test_a_town_checked_in_the_head():
    times = times_of(TOWN)
    assert nearest(times).tolist() == [0.0, 10.1, inf]
    assert dual(times, count=2).tolist() == [5.0, inf, inf]
    assert cumulative(times, within=10).tolist() == [3.0, 0.0, 0.0]
    assert cumulative(times, within=5, worth=[30.0, 40.0, 50.0]).tolist() == [70.0, 0.0, 0.0]
    same(gravity(times, Linear(20)), [1 + 0.75 + 0.5, 1 - 10.1 / 20, 0.0])


def test_places_equally_far_are_as_many_as_they_are():
    times = times_of([[5.0, 5.0, 5.0, 9.0]])
    assert [dual(times, count=n).item() for n in range(1, 6)] == [5.0, 5.0, 5.0, 9.0, inf]


def test_an_unknown_worth_counts_only_where_it_is_reached():
    times = times_of(TOWN)
    same(cumulative(times, within=10, worth=[1.0, 1.0, nan]), [nan, 0.0, 0.0])
    same(cumulative(times, within=5, worth=[1.0, 1.0, nan]), [2.0, 0.0, 0.0])
    same(gravity(times, Linear(10), worth=[1.0, 1.0, nan]), [1.5, 0.0, 0.0])


@pytest.mark.parametrize(
    "ask",
    [
        lambda times: cumulative(times, within=21),
        lambda times: gravity(times, Step(20.5)),
        lambda times: dual(times, count=0),
    ],
)
def test_what_cannot_be_told_is_refused(ask):
    with pytest.raises(QuestionError):
        ask(times_of(TOWN))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Linear(0),
        lambda: Exponential(-1),
        lambda: Logistic(10, 0),
        lambda: Logistic(0, 3),
        lambda: Gaussian(inf),
        lambda: Zones((), ()),
        lambda: Zones((5, 5), (1.0, 0.5)),
        lambda: Zones((5, 10), (0.5, 1.0)),
        lambda: Zones((5, 10), (1.0, -0.5)),
        lambda: Zones((5, 10), (1.0,)),
    ],
)
def test_a_decay_that_is_none_is_refused(make):
    with pytest.raises(QuestionError):
        make()


@pytest.mark.parametrize(
    ("decay", "minutes", "expected"),
    [
        (Exponential(10), 7.0, exp(-np.log(2) * 0.7)),
        (Gaussian(6), 3.0, exp(-(3.0**2) / (2 * 6.0**2))),
        (
            Logistic(10, 3),
            12.0,
            (1 + exp(-10 * pi / (3 * sqrt(3)))) / (1 + exp(2 * pi / (3 * sqrt(3)))),
        ),
        (Logistic(10, 3), 10.0, (1 + exp(-10 * pi / (3 * sqrt(3)))) / 2),
        (Zones.thirds(15), 5.0, 1.0),
        (Zones.thirds(15), 5.001, 0.68),
    ],
)
def test_a_decay_is_its_published_formula(decay, minutes, expected):
    assert decay(np.array([minutes])).item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("decay", DECAYS, ids=repr)
def test_a_decay_falls_from_one_to_nothing(decay):
    weights = decay(np.array([0.0, *np.linspace(0.01, 400, 999), 1e6, inf]))
    assert weights[0] == pytest.approx(1, abs=1e-15)
    assert weights[-1] == 0
    assert (np.diff(weights) <= 0).all()
    assert hash(decay) == hash(decay)
    if decay.reach_min < inf:
        assert decay(np.array([np.nextafter(decay.reach_min, inf)])).item() == 0


@given(tables(), st.sampled_from(DECAYS), st.data())
def test_gravity_is_its_definition(table, decay, data):
    worth = data.draw(amounts(table.shape[1], unknown=True))
    expected = []
    for row in table:
        weighed = zip(decay(row), worth, strict=True)
        expected.append(sum((weight * of for weight, of in weighed if weight > 0), 0.0))
    same(gravity(times_of(table), decay, worth=worth), expected)


@given(tables(), st.integers(1, 7))
def test_dual_access_is_a_place_in_the_row(table, count):
    times = times_of(table)
    expected = [sorted([*row, *[inf] * 7])[count - 1] for row in table]
    assert dual(times, count=count).tolist() == expected
    assert dual(times, count=1).tolist() == nearest(times).tolist()


@given(tables(), st.integers(1, 6), st.sampled_from([0.0, 5.0, 10.0, CUTOFF_MIN]))
def test_dual_and_cumulative_say_the_same(table, count, limit):
    """So many places lie within the limit just where the walk to that many does."""
    times = times_of(table)
    enough = cumulative(times, within=limit) >= count
    assert np.array_equal(enough, dual(times, count=count) <= limit)


@given(tables(), st.sampled_from(DECAYS), st.data())
def test_the_order_of_places_does_not_matter_and_twice_is_double(table, decay, data):
    times = times_of(table)
    order = np.array(data.draw(st.permutations(range(table.shape[1]))))
    same(gravity(times.of_places(order), decay), gravity(times, decay))
    assert np.array_equal(nearest(times.of_places(order)), nearest(times))
    twice = times.of_places(np.tile(order, 2))
    same(gravity(twice, decay), 2 * gravity(times, decay))
    assert np.array_equal(nearest(twice), nearest(times))
    assert np.array_equal(dual(twice, count=2), nearest(times))
