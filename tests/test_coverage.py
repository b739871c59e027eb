"""Shares of people within a limit."""

from math import inf, isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.between import Band
from geo.bounds import bounds
from geo.coverage import Reach, few, reach
from geo.tables import AGES, INCOMES


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


def test_a_band_adds_up_what_homes_lie_between():
    band = (np.array([2.0, 0.0, 3.0]), np.array([2.0, 8.0, 4.0]))
    found = reach(np.array([2.0, nan, 3.0]), np.array([1.0, 10.0, 11.0]), within=10, band=band)
    assert found.band == Band(within=(2, 10), beyond=(3, 4))
    assert found.band.people == (5, 14)
    assert found.band.share == (2 / 6, 10 / 13)
    assert isnan(found.people)


def test_what_is_exact_or_unknown_has_no_band():
    people = np.array([2.0, 3.0])
    exact = reach(people, np.array([1.0, 20.0]), within=10, band=(people, people))
    assert exact == reach(people, np.array([1.0, 20.0]), within=10)
    unknown = np.array([nan, 3.0])
    assert reach(people, people, within=10, band=(unknown, people)).band is None


def test_a_band_of_nobody_has_no_share():
    assert all(map(isnan, Band((0.0, 5.0), (0.0, 0.0)).share))


def test_a_few_at_an_end_widen_a_band():
    told = Reach(nan, nan, nan, Band(within=(3.0, 40.0), beyond=(0.0, 4.0))).told
    assert told.band == Band(within=(0.0, 40.0), beyond=(0.0, 5.0))
    told = Reach(nan, nan, nan, Band(within=(30.0, 33.0), beyond=(7.0, 7.0))).told
    assert told.band == Band(within=(30.0, 35.0), beyond=(7.0, 7.0))


@pytest.mark.parametrize("within", [3.0, 37.0])
def test_what_is_hidden_has_no_band(within):
    band = Band(within=(within - 2, within + 2), beyond=(38 - within, 42 - within))
    assert Reach(40.0, within, 0.0, band).told.band is None


ends = st.tuples(st.floats(0, 60), st.floats(0, 60)).map(sorted).map(tuple)


@given(ends, ends, st.floats(0, 1), st.floats(0, 1))
def test_no_end_told_is_a_few_and_the_truth_stays_inside(within, beyond, part, other):
    truth = [low + (high - low) * at for (low, high), at in ((within, part), (beyond, other))]
    told = Reach(nan, nan, nan, Band(within, beyond)).told.band
    for pair, true in zip((told.within, told.beyond), truth, strict=True):
        assert not any(few(end) for end in pair)
        assert pair[0] <= true * (1 + 1e-9) + 1e-9
        assert true <= pair[1] * (1 + 1e-9) + 1e-9
    if sum(truth) and not isnan(told.share[0]):
        assert told.share[0] - 1e-9 <= truth[0] / sum(truth) <= told.share[1] + 1e-9


@st.composite
def towns(draw):
    """Draw zones with known ages, what is published of them, and homes that lie there."""
    counts = draw(st.lists(st.integers(0, 60), min_size=6, max_size=18))
    truth = np.array(counts[: len(counts) // 6 * 6], dtype=float).reshape(-1, 6)
    how = draw(st.lists(st.sampled_from("xrs"), min_size=truth.size, max_size=truth.size))
    shown, low, high = truth.copy(), truth.copy(), truth.copy()
    total = truth.sum(axis=1)
    for cell, rule in zip(np.ndindex(truth.shape), how, strict=True):
        if rule == "r" and truth[cell] < 3:  # rounded, up or down
            shown[cell], low[cell], high[cell] = draw(st.sampled_from([0, 3])), 0, 3
        elif rule == "s":
            shown[cell], low[cell], high[cell] = nan, 0, total[cell[0]]
    names = [f"z{n}" for n in range(len(truth))]
    zones = pd.DataFrame({"people": total}, index=names)
    for n, age in enumerate(AGES):
        columns = {age: shown, f"{age}_low": low, f"{age}_high": high}
        zones = zones.assign(**{column: table[:, n] for column, table in columns.items()})
    spots = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(names) - 1),
                st.floats(0, 20),
                st.floats(0, 20) | st.just(inf),
            ),
            min_size=1,
            max_size=12,
        )
    )
    of = [zone for zone, _, _ in spots]
    everybody = np.array([people for _, people, _ in spots])
    size = np.where(total > 0, total, nan)[of][:, None]
    true = everybody[:, None] * np.nan_to_num(truth[of] / size)
    told = everybody[:, None] * shown[of] / size
    homes = pd.DataFrame({"everybody": everybody, "zone": [names[n] for n in of], "income": ""})
    homes[list(AGES)] = told
    homes[["low_income", "low_income_areas"]] = nan
    return homes, zones, pd.DataFrame(true, columns=AGES), np.array([m for _, _, m in spots])


@given(towns())
def test_the_true_number_lies_in_its_band_in_every_town(town):
    homes, zones, truth, minutes = town
    bands = bounds(homes, zones, INCOMES.none("EPSG:25833"))
    assert not {"everybody", "low_income", "low_income_areas"} & set(bands)
    for age in AGES:
        found = reach(homes[age].to_numpy(), minutes, within=10, band=bands.get(age))
        within = truth[age][minutes <= 10].sum()
        beyond = truth[age][~(minutes <= 10)].sum()
        if found.band is None:
            continue
        for true, (low, high) in ((within, found.band.within), (beyond, found.band.beyond)):
            assert low - 1e-6 <= true <= high + 1e-6
        low, high = found.band.share
        if within + beyond and not isnan(low):
            assert low - 1e-6 <= within / (within + beyond) <= high + 1e-6
        if not isnan(found.people):
            assert found.band.people[0] - 1e-6 <= found.people <= found.band.people[1] + 1e-6
