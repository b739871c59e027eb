"""What may be told of a few people: nothing that would point at them."""

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.between import Band
from geo.coverage import FEWEST, Reach
from layers.telling import (
    people_between,
    people_ends,
    share_between,
    share_ends,
    unknown_text,
)
from words import speaker

SAY = speaker("en")

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


bands = st.tuples(
    *[st.tuples(st.floats(0, 5000), st.floats(0, 5000)).map(sorted).map(tuple)] * 2
).map(lambda ends: Band(*ends))


@given(bands)
def test_a_band_in_words_holds_what_it_says(band):
    """Whole numbers, rounded away from each other: nothing between falls out."""
    for low, high in (band.within, band.beyond, band.people):
        least, most = people_ends((low, high))
        assert least <= low + 0.5  # an expected half is nobody
        assert high - 0.5 <= most
    if not isnan(band.share[0]):
        least, most = share_ends(band.share)
        assert 0 <= least <= band.share[0] + 1e-6
        assert band.share[1] - 1e-6 <= most <= 1


def test_why_figures_are_missing_or_unsure():
    band = Band((10.0, 12.0), (20.0, 20.0))
    cases = [
        (Reach(31.0, 11.0, 0.0, band), "Rests on rounded or suppressed numbers"),
        (Reach(nan, nan, nan, band), "Rests on rounded or suppressed numbers"),
        (Reach(nan, nan, nan), "Unknown"),
        (Reach(23.0, 3.0, 0.0, band), "Too few to tell"),
        (Reach(30.0, 10.0, 0.0), ""),
    ]
    assert [unknown_text(reach, SAY) for reach, _ in cases] == [text for _, text in cases]


def test_a_band_that_says_no_more_is_not_told_twice():
    assert people_between(10.0, (10.0, 10.0), SAY) == "10"
    assert people_between(nan, (10.0, 10.0), SAY) == "10"
    assert people_between(nan, None, SAY) == "–"
    assert share_between(Reach(40.0, 20.0, 0.0, Band((20.0, 20.0), (20.0, 20.0))), SAY) == "50%"
