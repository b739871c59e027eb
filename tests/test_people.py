"""Residents estimated from buildings: none lost, none invented."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.people import AGES, FEW, homes, residents
from tests.towns import CRS

SHARES = dict(zip(AGES, (0.05, 0.15, 0.05, 0.5, 0.15, 0.1), strict=True))


def blocks(*levels, kind="flats"):
    """Draw buildings of 10 × 20 m."""
    return gpd.GeoDataFrame(
        {"type": kind, "levels": levels, "usual_levels": 3.0, "m2_per_person": 50.0},
        geometry=[shapely.box(0, 0, 10, 20)] * len(levels),
        crs=CRS,
    ).astype({"levels": float})


def doors(*of):
    table = gpd.GeoDataFrame({"of": of}, geometry=[shapely.Point(0, 0)] * len(of), crs=CRS)
    return table.astype({"of": str})


def test_floor_area_by_floor_area_per_person():
    assert residents(blocks(1, 5)).tolist() == [4, 20]


def test_unknown_storeys_are_the_usual_ones_where_few_tell_theirs():
    told = [5] * (FEW - 1)
    assert residents(blocks(*told, np.nan)).iloc[-1] == 12


def test_unknown_storeys_are_the_neighbours_median_where_enough_tell_theirs():
    told = [5] * FEW
    assert residents(blocks(*told, np.nan)).iloc[-1] == 20


def test_neighbours_of_another_type_do_not_count():
    mixed = pd.concat([blocks(*[5] * FEW), blocks(np.nan, kind="houses")])
    assert residents(mixed).iloc[-1] == 12


def test_residents_are_split_evenly_over_the_doors():
    found = homes(doors("a", "b", "a"), pd.Series({"a": 30.0, "b": 7.0}), shares=None)
    assert found["everybody"].tolist() == [15, 7, 15]
    assert found["building"].tolist() == ["a", "b", "a"]
    assert found["estimated"].all()


def test_unknown_ages_stay_unknown():
    found = homes(doors("a"), pd.Series({"a": 30.0}), shares=None)
    assert found[list(AGES)].isna().all().all()


def test_known_ages_are_shared_out():
    found = homes(doors("a"), pd.Series({"a": 200.0}), shares=SHARES)
    assert found.loc[0, list(AGES)].tolist() == pytest.approx([10, 30, 10, 100, 30, 20])


def test_nobody_lives_in_an_empty_town():
    found = homes(doors(), pd.Series([], dtype=float), shares=SHARES, total=100)
    assert found.empty


def test_those_counted_live_where_there_are_doors():
    found = homes(doors("a"), pd.Series({"a": 30.0, "b": 30.0}), shares=None, total=10)
    assert found["everybody"].tolist() == [10]


def test_counted_people_are_not_scaled_out_of_nothing():
    found = homes(doors("a"), pd.Series({"a": 0.0}), shares=SHARES, total=100)
    assert found["everybody"].tolist() == [0]


people = st.lists(st.floats(0.01, 1e4), min_size=1, max_size=8)


@given(people, st.data(), st.none() | st.floats(1, 1e6))
def test_nobody_is_lost_and_nobody_invented(people, data, total):
    known = pd.Series(people, index=[f"w{n}" for n in range(len(people))])
    more = data.draw(st.lists(st.sampled_from(list(known.index)), max_size=8))
    found = homes(doors(*known.index, *more), known, shares=SHARES, total=total)
    expected = known.sum() if total is None else total
    assert found["everybody"].sum() == pytest.approx(expected)
    assert found[list(AGES)].sum().sum() == pytest.approx(expected)
