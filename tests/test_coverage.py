"""Shares of people within a limit."""

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import Reach, reach


def count(people, minutes, within=10):
    return reach(np.array(people, dtype=float), np.array(minutes, dtype=float), within=within)


@pytest.mark.parametrize(
    ("minutes", "within", "cut_off"),
    [(9.99, 4, 0), (10, 4, 0), (10.01, 0, 0), (inf, 0, 4)],
)
def test_a_walk_exactly_as_long_as_the_limit_is_within(minutes, within, cut_off):
    assert count([4], [minutes]) == Reach(4, within, cut_off)


def test_the_cut_off_are_among_those_beyond():
    found = count([2, 3, 4], [1, 20, inf])
    assert (found.beyond, found.cut_off, found.share) == (7, 4, 2 / 9)


def test_unknown_people_make_unknown_shares():
    found = count([2, nan], [1, 1])
    assert all(map(isnan, (found.people, found.within, found.beyond, found.share)))


def test_nobody_has_no_share():
    assert isnan(count([], []).share)
    assert isnan(count([0], [1]).share)


@given(st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 100) | st.just(inf)), max_size=20))
def test_a_longer_limit_never_reaches_fewer(homes):
    people, minutes = [p for p, _ in homes], [m for _, m in homes]
    reached = [count(people, minutes, limit).within for limit in (0, 10, 60)]
    assert reached == sorted(reached)
    assert reached[-1] <= sum(people) * (1 + 1e-12)
