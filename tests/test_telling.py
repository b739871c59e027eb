"""What may be told of a few people: nothing that would point at them."""

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import FEWEST, Reach

amounts = st.floats(0, 30)


@pytest.mark.parametrize(
    ("people", "within"),
    [(10, 3), (10, 7), (3, 3), (4, 0)],
    ids=["a few within", "a few beyond", "a few in all", "a few, none within"],
)
def test_a_few_hide_the_rest_that_would_give_them_away(people, within):
    told = Reach(people, within, cut_off=0).told
    assert isnan(told.within)
    assert isnan(told.beyond)
    assert isnan(told.share)
    assert isnan(told.people) == (people < FEWEST)


@pytest.mark.parametrize("within", [0, 10, 5])
def test_none_and_all_and_enough_are_told(within):
    assert Reach(10, within, cut_off=0).told.within == within


@given(amounts, st.floats(0, 1), st.floats(0, 1))
def test_nothing_told_is_a_few(people, part, lost):
    reach = Reach(people, people * part, people * (1 - part) * lost)
    told = reach.told
    for n in (told.people, told.within, told.beyond, told.cut_off):
        assert isnan(n) or n < 0.5 or n >= FEWEST
    assert isnan(told.share) or not isnan(told.within) or people == 0
