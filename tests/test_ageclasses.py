"""Published classes of age become our groups, with what is not known of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ageclasses import grouped
from data.catalogue import groups
from geo.errors import SourceError
from geo.tables import AGES

FIVES = {f"{n}-{n + 4}": (n, n + 4) for n in range(0, 80, 5)} | {"80-": (80, 120)}
OURS = {group: groups()[group].ages for group in AGES}
YEARS = {str(n): (n, n) for n in range(105)} | {"105+": (105, 120)}


def one(counts, classes, total=None, **options):
    """Return `{group: (value, low, high)}` of one place."""
    total = None if total is None else pd.Series([total], dtype=float)
    row = grouped(pd.DataFrame([counts], dtype=float), classes, total, **options).iloc[0]
    return {group: tuple(row[[group, f"{group}_low", f"{group}_high"]]) for group in AGES}


def exactly(value):
    return (value, value, value)


def unknown(low, high):
    return pytest.approx((np.nan, low, high), nan_ok=True)


def test_single_years_are_added_up():
    ages = one(dict.fromkeys(YEARS, 1), YEARS)
    assert [ages[group] for group in AGES] == [exactly(n) for n in (6, 10, 4, 47, 13, 26)]


def test_a_class_in_two_groups_is_split_by_years_and_says_so():
    ages = one(dict.fromkeys(FIVES, 10), FIVES, 170)
    assert ages["young_children"] == (12, 10, 20)  # 5 is one year of five
    assert ages["school_children"] == (8 + 10 + 2, 10, 30)
    assert ages["youth"] == (8, 0, 10)
    assert ages["adults"] == (9 * 10 + 4, 90, 100)
    assert ages["older_67_79"] == (6 + 20, 20, 30)
    assert ages["older_80"] == exactly(10)


def test_one_missing_class_is_what_the_others_leave():
    ages = one(dict.fromkeys(OURS, 10) | {"youth": None}, OURS, 57)
    assert ages["youth"] == exactly(7)


def test_two_missing_classes_share_a_band_and_no_number():
    ages = one(dict.fromkeys(OURS, 10) | {"youth": None, "adults": None}, OURS, 57)
    assert ages["youth"] == unknown(0, 17)
    assert ages["adults"] == unknown(0, 17)
    assert ages["older_80"] == exactly(10)


def test_without_a_total_nothing_bounds_what_is_suppressed():
    ages = one(dict.fromkeys(OURS, 10) | {"youth": None}, OURS)
    assert ages["youth"] == unknown(0, np.nan)
    assert ages["adults"] == exactly(10)


def test_suppressed_is_never_nobody():
    ages = one(dict.fromkeys(OURS, -1), OURS)
    assert all(ages[group] == unknown(0, np.nan) for group in AGES)


def test_missing_classes_of_one_group_are_known_together():
    classes = dict(list(FIVES.items())[:-1]) | {"80-84": (80, 84), "85-": (85, 120)}
    ages = one(dict.fromkeys(classes, 10) | {"80-84": None, "85-": None}, classes, 174)
    assert ages["older_80"] == exactly(14)


def test_rounded_numbers_have_bands_that_the_total_narrows():
    counts = {"young_children": 0, "school_children": 3, "youth": 4, "adults": 20}
    ages = one(counts | {"older_67_79": 7, "older_80": 5}, OURS, 37, rounded=True)
    assert ages["young_children"] == pytest.approx((0, 0, 0))  # 37 − 36 leaves 1 to 3
    assert ages["school_children"] == pytest.approx((1, 1, 1))
    assert ages["youth"] == exactly(4)


def test_rounded_numbers_without_a_total_keep_their_whole_band():
    ages = one(dict.fromkeys(OURS, 0) | {"youth": 3, "adults": 4}, OURS, rounded=True)
    assert ages["young_children"] == (0, 0, 2)
    assert ages["youth"] == (3, 1, 3)
    assert ages["adults"] == exactly(4)


def test_a_total_that_noise_has_moved_is_not_used():
    ages = one(dict.fromkeys(OURS, 10), OURS, 63)
    assert all(ages[group] == exactly(10) for group in AGES)


def test_an_open_end_across_two_groups_is_not_split():
    classes = {"0-66": (0, 66), "67-": (67, 120)}
    ages = one({"0-66": 67, "67-": 20}, classes, 87)
    assert ages["older_80"] == unknown(0, 20)
    assert ages["older_67_79"] == unknown(0, 20)
    assert ages["young_children"][0] == pytest.approx(6)


def test_nobody_beyond_an_open_end_is_nobody():
    classes = {"0-66": (0, 66), "67-": (67, 120)}
    assert one({"0-66": 67, "67-": 0}, classes)["older_80"] == exactly(0)


def test_ages_that_no_class_covers_are_not_invented():
    ages = one({"0-5": 6, "80-": 4}, {"0-5": (0, 5), "80-": (80, 120)}, 30)
    assert ages["young_children"] == exactly(6)
    assert all(ages[group] == unknown(0, 20) for group in AGES[1:5])


def test_those_older_than_the_last_class_are_not_nobody():
    ages = one({"0-66": 67}, {"0-66": (0, 66)})
    assert ages["older_80"] == unknown(0, np.nan)
    assert one({"0-66": 67}, {"0-66": (0, 66)}, 70)["older_80"] == unknown(0, 3)


def test_what_one_group_misses_is_most_likely_the_rest_where_others_are_rounded():
    classes = {"0-5": (0, 5), "6-79": (6, 79), "80-89": (80, 89), "90-": (90, 120)}
    counts = {"0-5": 0, "6-79": 20, "80-89": None, "90-": None}
    ages = one(counts, classes, 25, rounded=True)
    assert ages["older_80"] == (5, 3, 5)
    assert ages["young_children"] == (0, 0, 2)


def test_a_column_that_never_came_is_a_class_not_given():
    ages = one({"young_children": 5}, OURS, 20)
    assert ages["adults"] == unknown(0, 15)


def test_the_index_stays():
    table = pd.DataFrame({"young_children": [1.0, 2.0]}, index=["b", "a"])
    ages = grouped(table, OURS, pd.Series({"a": 2.0, "b": 4.0}))
    assert ages["adults_high"].to_dict() == {"b": 3.0, "a": 0.0}


def test_no_places_have_no_ages():
    ages = grouped(pd.DataFrame(columns=[*OURS]), OURS, None)
    assert ages.shape == (0, 18)


@pytest.mark.parametrize(
    "classes", [{"a": (0, 5), "b": (5, 9)}, {"a": (0, 120), "b": (80, 120)}, {"a": (9, 5)}]
)
def test_classes_that_overlap_are_refused(classes):
    with pytest.raises(SourceError, match="Classes of age overlap"):
        one(dict.fromkeys(classes, 1), classes)


@st.composite
def places(draw, always=()):
    """Draw people by single years, classes that may straddle, and what is published."""
    edges = sorted(draw(st.sets(st.integers(1, 80), max_size=14)) | {*always})
    spans = list(zip([0, *edges], [*(edge - 1 for edge in edges), 120], strict=True))
    classes = {f"{first}-{last}": (first, last) for first, last in spans}
    people = np.array(draw(st.lists(st.integers(0, 4), min_size=121, max_size=121)))
    counts = {name: int(people[a : b + 1].sum()) for name, (a, b) in classes.items()}
    return people, classes, counts


@given(places(), st.data())
def test_the_truth_lies_in_every_band(place, data):
    people, classes, counts = place
    suppressed = data.draw(st.sets(st.sampled_from(sorted(classes))))
    rounded = data.draw(st.booleans())
    total = data.draw(st.sampled_from([None, float(people.sum())]))
    if rounded:
        counts |= {
            name: data.draw(st.sampled_from([0, 3]))
            for name, count in counts.items()
            if count in (1, 2)
        }
    said = {name: None if name in suppressed else n for name, n in counts.items()}
    ages = one(said, classes, total, rounded=rounded)
    for group, (value, low, high) in ages.items():
        first, last = OURS[group]
        true = people[first : last + 1].sum()
        assert low <= true
        assert np.isnan(high) or true <= high
        assert np.isnan(value) or (low <= value and (np.isnan(high) or value <= high))
        if total is not None:
            assert high <= total
    values = [value for value, *_ in ages.values()]
    if total is not None and not np.isnan(values).any():
        assert sum(values) == pytest.approx(total)


@given(places())
def test_what_fits_our_groups_is_exact(place):
    people, classes, counts = place
    ages = one(counts, classes, float(people.sum()))
    for group, (first, last) in OURS.items():
        touching = [span for span in classes.values() if span[0] <= last and span[1] >= first]
        if all(first <= a and b <= last for a, b in touching):
            assert ages[group] == exactly(people[first : last + 1].sum())


@given(places(always=[80]))
def test_shares_of_years_lose_nobody(place):
    people, classes, counts = place
    assert sum(value for value, *_ in one(counts, classes).values()) == pytest.approx(
        people.sum()
    )


def test_the_recorded_basic_units_add_up(test_data):
    file = test_data / "api/grunnkrets/befolkning_grunnkrets_2024_bamble_25_properties.json"
    table = pd.read_json(file)
    given_ages = [name for name in table if name.startswith("befolkning")]
    classes = {name: _span(name) for name in given_ages}
    total = table["totalBefolkning"]
    ages = grouped(table, classes, total, rounded=True)
    whole = table[given_ages].notna().all(axis=1)
    assert whole.sum() == 15
    assert ages.loc[whole, [*AGES]].sum(axis=1).tolist() == pytest.approx(total[whole].tolist())
    old = ages[table["grunnkretsnummer"] == 40120505].iloc[0]  # 85–89 and 90+ not given
    assert tuple(old[["older_80", "older_80_low", "older_80_high"]]) == (16, 16, 16)
    assert (ages["older_80_low"] <= ages["older_80_high"]).all()


def _span(name):
    digits = [
        int(n)
        for n in name.removeprefix("befolkning").replace("År", "").split("Til")[:2]
        if n.isdigit()
    ]
    return (digits[0], digits[1]) if len(digits) == 2 else (90, 120)
