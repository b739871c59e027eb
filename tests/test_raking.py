"""Numbers that add up to several margins: by hand, and against a matrix scaled in full."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.people.raking import ROUNDS, Margin, off, rake


def margin(of, *totals):
    return Margin(np.array(of), np.array(totals, dtype=float))


def sums(numbers, margin):
    inside = margin.of >= 0
    return np.bincount(margin.of[inside], weights=numbers[inside], minlength=len(margin.totals))


def test_one_margin_is_met_in_proportion():
    raked = rake(np.array([1.0, 3.0, 5.0]), [margin([0, 0, 1], 8, 1)])
    assert raked.tolist() == [2, 6, 1]


def test_two_margins_are_met_at_once():
    rows, columns = margin([0, 0, 1, 1], 3, 7), margin([0, 1, 0, 1], 4, 6)
    raked = rake(np.array([1.0, 1.0, 1.0, 1.0]), [rows, columns])
    assert raked.tolist() == pytest.approx([1.2, 1.8, 2.8, 4.2], abs=1e-12)


def test_what_is_in_no_group_stays():
    assert rake(np.array([1.0, 5.0]), [margin([0, -1], 4)]).tolist() == [4, 5]


def test_an_unknown_total_asks_for_nothing():
    assert rake(np.array([1.0, 5.0]), [margin([0, 1], 4, np.nan)]).tolist() == [4, 5]


def test_a_total_of_zero_empties_its_group():
    assert rake(np.array([1.0, 5.0]), [margin([0, 1], 0, 5)]).tolist() == [0, 5]


def test_nothing_becomes_something():
    """A group of zeros cannot be met, and says so."""
    asked = margin([0, 1], 4, 5)
    raked = rake(np.array([0.0, 1.0]), [asked])
    assert raked.tolist() == [0, 5]
    assert off(raked, asked).tolist() == [-1, 0]


def test_where_margins_contradict_the_last_is_met():
    first, last = margin([0, 0, 1], 10, 10), margin([0, 1, 1], 4, 8)
    raked = rake(np.ones(3), [first, last])
    assert sums(raked, last).tolist() == pytest.approx([4, 8])
    assert np.abs(off(raked, first)).max() > 0.1


def test_no_numbers_are_no_fault():
    assert rake(np.array([]), [Margin(np.array([], dtype=int), np.array([4.0]))]).size == 0


def test_an_empty_land_that_nobody_was_counted_in_is_not_off():
    assert off(np.array([1.0]), margin([0], 1, 0)).tolist() == [0, 0]


def scaled(table, rows, columns):
    """Scale a full matrix the way the textbooks do."""
    for _ in range(ROUNDS):
        table = table * (rows / table.sum(axis=1))[:, None]
        table = table * (columns / table.sum(axis=0))
    return table


positive = st.floats(0.1, 50)


@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_homes_are_raked_like_the_whole_matrix(high, wide, data):
    n = high * wide
    draw = st.lists(positive, min_size=n, max_size=n).map(np.array)
    seed, truth = data.draw(draw), data.draw(draw).reshape(high, wide)
    rows, columns = truth.sum(axis=1), truth.sum(axis=0)
    row, column = (one.ravel() for one in np.indices((high, wide)))
    # Every number is split over two homes, which must change nothing.
    row, column, split = (np.tile(one, 2) for one in (row, column, seed / 2))
    raked = rake(split, [Margin(row, rows), Margin(column, columns)])
    expected = scaled(seed.reshape(high, wide), rows, columns).ravel()
    assert (raked >= 0).all()
    assert (raked[:n] + raked[n:]).tolist() == pytest.approx(expected.tolist(), rel=1e-6)
    assert sums(raked, Margin(row, rows)).tolist() == pytest.approx(rows.tolist(), rel=1e-6)


def test_a_large_town_takes_no_time(monkeypatch):
    """Homes of one cell and one zone are one number while they are raked."""
    seen = []
    from geo.people import raking  # noqa: PLC0415

    real = raking._factors
    monkeypatch.setattr(
        raking, "_factors", lambda now, *rest: seen.append(len(now)) or real(now, *rest)
    )
    chance = np.random.default_rng(1)
    cell, zone = chance.integers(0, 40, 100_000), chance.integers(0, 5, 100_000)
    rake(np.ones(100_000), [Margin(zone, np.full(5, 8.0)), Margin(cell, np.full(40, 1.0))])
    assert max(seen) == 200
