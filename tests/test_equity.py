"""Percentiles, gaps and the indices of inequality."""

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import rankdata

from geo.errors import QuestionError
from geo.measures.equity import concentration, curve, gini, palma
from geo.measures.percentiles import gap, percentiles
from tests.walks import same

PEOPLE = st.sampled_from([0.0, 0.25, 1.0, 3.0, 40.0])
ACCESS = st.sampled_from([0.0, 0.0, 1.0, 2.0, 7.5])
INCOME = st.sampled_from([200.0, 300.0, 300.0, 500.0])
HOMES = st.lists(st.tuples(ACCESS, PEOPLE, INCOME), min_size=1, max_size=12)


def columns(homes):
    return [np.array(column) for column in zip(*homes, strict=True)]


def lived_in(homes):
    access, people, income = columns(homes)
    assume(people @ access > 0)
    return access, people, income


# Percentiles


@pytest.mark.parametrize(
    ("share", "expected"), [(0, 2), (0.5, 2), (0.51, 9), (0.75, 9), (0.76, inf), (1, inf)]
)
def test_a_percentile_is_a_walk_that_somebody_has(share, expected):
    assert percentiles([9.0, 2.0, inf, 0.0], [1.0, 2.0, 1.0, 0.0], share) == expected


def test_nobody_has_no_percentile_and_the_unknown_has_none():
    assert isnan(percentiles([], [], 0.5))
    assert isnan(percentiles([1.0], [0.0], 0.5))
    assert isnan(percentiles([1.0, 2.0], [3.0, nan], 0.5))
    assert isnan(percentiles([1.0, nan], [3.0, 1.0], 0.5))
    assert percentiles([1.0, nan], [3.0, 0.0], 0.5) == 1


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 3.0, 5.0, inf]), st.sampled_from([0, 1, 2, 5])),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9, 1.0]),
)
def test_a_percentile_is_that_of_people_standing_in_a_row(homes, share):
    row = sorted(walk for walk, people in homes for _ in range(people))
    assume(row)
    place = next(n for n in range(len(row)) if (n + 1) / len(row) >= share - 1e-12)
    walks, people = zip(*homes, strict=True)
    assert percentiles(walks, people, share) == row[place]


def test_a_gap_is_in_minutes_or_endless():
    near, far, none = [2.0], [12.0], [inf]
    assert gap(far, [1.0], near, [9.0]) == 10
    assert gap(near, [1.0], far, [9.0]) == -10
    assert gap(none, [1.0], near, [9.0]) == inf
    assert gap(near, [1.0], none, [9.0]) == -inf
    assert isnan(gap(none, [1.0], none, [9.0]))
    assert isnan(gap(near, [nan], near, [9.0]))
    assert gap([2.0, 30.0], [8.0, 2.0], [2.0, 10.0], [8.0, 2.0], share=0.9) == 20


# Gini and Lorenz


def test_inequality_checked_in_the_head():
    assert gini([4.0, 4.0, 4.0], [1.0, 7.0, 2.0]) == pytest.approx(0, abs=1e-15)
    assert gini([0.0, 4.0], [30.0, 10.0]) == 0.75
    assert gini([0.0] * 99 + [1.0], [1.0] * 100) == pytest.approx(0.99)
    who, what = curve([4.0, 0.0], [10.0, 30.0], by=[4.0, 0.0])
    assert (who.tolist(), what.tolist()) == ([0, 0.75, 1], [0, 0, 1])


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 2.0, 7.5]), min_size=1, max_size=20))
def test_gini_and_lorenz_are_those_of_pysal_where_all_weigh_the_same(access):
    from inequality.gini import Gini  # noqa: PLC0415 - draws in matplotlib
    from inequality.wolfson import lorenz_curve  # noqa: PLC0415

    assume(sum(access))
    ones = np.ones(len(access))
    assert gini(access, ones) == pytest.approx(Gini(np.array(access)).g, abs=1e-12)
    population, share = lorenz_curve(np.array(access))
    same(np.interp(population, *curve(access, ones, by=access)), share)


@given(HOMES)
def test_gini_is_the_mean_difference_of_two_people(homes):
    access, people, _ = lived_in(homes)
    difference = people @ np.abs(access[:, None] - access) @ people
    expected = difference / (2 * people.sum() * (people @ access))
    assert gini(access, people) == pytest.approx(expected, abs=1e-12)


# Concentration


def test_concentration_checked_in_the_head():
    income, people = [200.0, 500.0], [10.0, 10.0]
    for access, expected in (([0.0, 1.0], 1), ([1.0, 0.0], -1), ([1.0, 1.0], 0)):
        assert concentration(access, people, income, bounds=(0, 1)) == expected
    assert concentration([0.0, 1.0], people, income) == 0.5
    assert concentration([0.0, 0.0], people, income, bounds=(0, 1)) == 0
    assert isnan(concentration([0.0, 0.0], people, income))


def test_homes_of_one_zone_rank_the_same():
    assert concentration([0.0, 6.0], [5.0, 5.0], by=[300.0, 300.0]) == 0


@given(HOMES)
def test_concentration_is_its_definition(homes):
    """Over people who stand one by one, each a twentieth of a person."""
    access, people, income = lived_in(homes)
    row = np.repeat(np.arange(len(access)), (people * 4).astype(int))
    of, by = access[row], income[row]
    rank = (rankdata(by) - 0.5) / len(row)
    expected = 2 / of.mean() * ((of - of.mean()) * (rank - 0.5)).mean()
    assert concentration(access, people, income) == pytest.approx(expected, abs=1e-12)
    who, what = curve(access, people, income)
    assert concentration(access, people, income) == pytest.approx(
        1 - 2 * np.trapezoid(what, who), abs=1e-12
    )


@given(HOMES)
def test_the_corrected_index_says_the_same_of_having_as_of_lacking(homes):
    """Erreygers' mirror, and that neither units nor the level of access matter."""
    access, people, income = lived_in(homes)
    index = concentration(access, people, income, bounds=(0, 10))
    assert -1 <= index <= 1
    mirrored = concentration(10 - access, people, income, bounds=(0, 10))
    other_units = concentration(access * 60 + 5, people, income, bounds=(5, 605))
    reverse = concentration(access, people, -income, bounds=(0, 10))
    same([-mirrored, other_units, -reverse], [index] * 3)


@given(HOMES, st.randoms())
def test_the_order_of_homes_does_not_matter_nor_where_a_home_is_split(homes, random):
    access, people, income = lived_in(homes)
    order = random.sample(range(len(access)), len(access))
    halves = [np.concatenate([c[order], c[order]]) for c in (access, people / 2, income)]
    for index in (concentration, palma):
        same(index(*halves), index(access, people, income))
    same(gini(*halves[:2]), gini(access, people))


def test_access_outside_its_bounds_is_refused():
    for bounds in ((0, 1), (3, 9), (2, 2)):
        with pytest.raises(QuestionError):
            concentration([2.0, 2.5], [1.0, 1.0], [1.0, 2.0], bounds=bounds)


# Palma


def test_palma_checked_in_the_head():
    ten, ranks = [1.0] * 10, list(range(10))
    assert palma([3.0] * 10, ten, ranks) == pytest.approx(1)
    assert palma([1.0] * 9 + [5.0], ten, ranks) == pytest.approx(5)
    assert palma([0.0] * 4 + [1.0] * 6, ten, ranks) == inf
    assert palma([0.0] * 4 + [1.0] * 5 + [0.0], ten, ranks) != inf
    # one home astride the border: half of its people are among the lower four tenths
    assert palma([2.0, 4.0], [80.0, 20.0], [1, 2]) == pytest.approx(2)
    assert palma([2.0, 4.0, 6.0], [20.0, 40.0, 40.0], [1, 2, 3]) == pytest.approx(6 / 3)


@pytest.mark.parametrize("index", [concentration, palma, lambda *c: curve(*c)[0][0]])
@pytest.mark.parametrize(
    "homes",
    [
        ([], [], []),
        ([1.0], [0.0], [1.0]),
        ([0.0, 0.0], [1.0, 1.0], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, nan], [1.0, 2.0]),
        ([1.0, nan], [1.0, 1.0], [1.0, 2.0]),
        ([1.0, inf], [1.0, 1.0], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, 1.0], [1.0, nan]),
    ],
)
def test_what_is_unknown_has_no_index(index, homes):
    assert isnan(index(*homes))


def test_a_home_with_nobody_makes_nothing_unknown():
    homes = ([1.0, 2.0, nan], [1.0, 1.0, 0.0], [1.0, 2.0, nan])
    assert concentration(*homes) == concentration([1.0, 2.0], [1.0, 1.0], [1.0, 2.0])
