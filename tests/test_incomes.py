"""Low income, by areas that a head can add up: classes, homes, ranks, and what may be told."""

from math import inf, isnan, nan

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from geo.bundle import Fact
from geo.coverage import FEWEST, NOBODY, Reach
from geo.errors import TableError
from geo.incomes import (
    classed,
    crossed,
    income_notes,
    middle_walk,
    rank,
    told_crossed,
    with_incomes,
)
from geo.tables import GROUPS, HOMES, INCOMES

CRS = "EPSG:25833"


def areas(*shares, of="persons", measure="EU-60", values=None, geometry=None):
    """Return areas of 10 m, side by side, with shares of low income; `nan` is suppressed."""
    shares = np.array(shares, dtype=float)
    counts = of != "other"
    return gpd.GeoDataFrame(
        {
            "name": [f"Area {n}" for n in range(len(shares))],
            "source": "file",
            "measure": measure,
            "of": of,
            "value": 100 * shares if values is None else np.array(values, dtype=float),
            "share": shares if counts else nan,
            "low": np.nan_to_num(shares, nan=0.0) if counts else 0.0,
            "high": np.nan_to_num(shares, nan=1.0) if counts else 1.0,
            "area_class": "unknown",
        },
        geometry=geometry or [box(10 * n, 0, 10 * n + 10, 10) for n in range(len(shares))],
        index=[f"a{n}" for n in range(len(shares))],
        crs=CRS,
    )


def homes(*spots):
    """Return homes at (x, people)."""
    return HOMES.check(
        gpd.GeoDataFrame(
            {
                "building": [f"w{n}" for n in range(len(spots))],
                **{group: [float(people) for _, people in spots] for group in GROUPS},
                "basis": "grid",
                "zone": "",
                "income": "",
            },
            geometry=[Point(x, 5) for x, _ in spots],
            index=[f"h{n}" for n in range(len(spots))],
            crs=CRS,
        )
    )


def classes(table, people=None, **how):
    counted = None if people is None else pd.Series(people, table.index, dtype=float)
    return classed(table, counted, **how)["area_class"].tolist()


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([10, 10, 60, 10, 10], ["low", "low", "middle", "high", "high"]),
        ([20, 20, 20, 20, 20], ["low", "middle", "middle", "middle", "high"]),
        ([40, 10, 10, 40, 0], ["low", "middle", "middle", "high", "high"]),  # astride, half in
        ([41, 10, 9, 40, 0], ["middle", "middle", "middle", "high", "high"]),  # most of it out
        ([90, 4, 3, 2, 1], ["middle", "high", "high", "high", "high"]),
        ([0, 0, 0, 0, 0], ["low", "middle", "middle", "middle", "high"]),
    ],
)
def test_the_poorest_fifth_of_the_people_are_low(people, found):
    assert classes(areas(0.3, 0.2, 0.15, 0.1, 0.05), people) == found


def test_an_area_that_holds_everybody_is_neither():
    assert classes(areas(0.3)) == ["middle"]
    assert classes(areas(0.3, nan)) == ["middle", "unknown"]
    assert classes(areas()) == []


def test_areas_of_one_value_go_together_in_whatever_order():
    even = areas(*[0.1] * 5)
    assert classes(even) == ["middle"] * 5
    some = areas(0.3, 0.3, 0.1, 0.1, 0.05, 0.05)
    people = [10, 10, 30, 30, 10, 10]
    assert classes(some, people) == ["low", "low", "middle", "middle", "high", "high"]


def test_of_money_the_least_is_poor():
    table = areas(*[0.0] * 5, of="other", measure="median", values=[300, 400, 500, 600, nan])
    assert classes(table) == ["low", "middle", "middle", "high", "unknown"]
    assert classes(table, much_is_poor=True) == ["high", "middle", "middle", "low", "unknown"]


def test_measures_are_not_compared():
    both = pd.concat([areas(0.3, 0.1, 0.05), areas(0.2, 0.1, 0.01, measure="EU-50")])
    both.index = [f"b{n}" for n in range(6)]
    assert classes(both) == ["low", "middle", "high"] * 2


def test_limits_count_with_themselves():
    table = areas(0.2, 0.15, 0.1, 0.05, 0.0, nan)
    found = ["low", "low", "middle", "high", "high", "unknown"]
    assert classes(table, limits=(0.15, 0.05)) == found
    money = areas(*[0.0] * 4, of="other", values=[300, 400, 500, nan])
    assert classes(money, limits=(300, 500)) == ["low", "middle", "high", "unknown"]


def test_a_table_that_breaks_its_contract_is_refused():
    with pytest.raises(TableError, match="incomes"):
        classed(areas(0.1, 0.2).assign(low=7.0))


shares = st.lists(st.floats(0, 1) | st.just(nan), min_size=1, max_size=12)


@given(shares, st.data())
def test_the_low_are_never_better_off_nor_many_more_than_a_fifth(given_shares, data):
    table = areas(*given_shares)
    counts = st.lists(
        st.integers(0, 1000), min_size=len(given_shares), max_size=len(given_shares)
    )
    people = pd.Series(data.draw(counts), table.index, dtype=float)
    found = classed(table, people)
    by = {key: found[found["area_class"] == key]["share"] for key in ("low", "middle", "high")}
    assert (found["area_class"] == "unknown").tolist() == table["share"].isna().tolist()
    for poorer, richer in (("low", "middle"), ("middle", "high"), ("low", "high")):
        if len(by[poorer]) and len(by[richer]):
            assert by[poorer].min() > by[richer].max()
    known = people[table["share"].notna()].sum()
    assert people[by["low"].index].sum() <= 0.4 * known + 1e-6 or not known
    table_again = classed(table.iloc[::-1], people)["area_class"]
    assert table_again.reindex(table.index).tolist() == found["area_class"].tolist()


def test_homes_get_the_share_and_the_class_of_their_area():
    land = classed(areas(0.25, 0.1, nan))
    told = with_incomes(homes((5, 8), (15, 10), (25, 10), (99, 10)), land)
    assert told["income"].tolist() == ["a0", "a1", "a2", ""]
    assert told["low_income"].fillna(-1).tolist() == [2, 1, -1, -1]
    assert land["area_class"].tolist() == ["middle", "middle", "unknown"]  # two halves
    poor = land.assign(area_class=["low", "middle", "unknown"])
    told = with_incomes(homes((5, 8), (15, 10), (25, 10), (99, 10)), poor)
    assert told["low_income_areas"].fillna(-1).tolist() == [8, 0, -1, -1]
    assert told["everybody"].tolist() == [8, 10, 10, 10]


def test_an_amount_of_money_tells_areas_but_no_people():
    money = areas(0.0, 0.0, of="other", values=[300, 400]).assign(area_class=["low", "high"])
    told = with_incomes(homes((5, 8), (15, 10)), money)
    assert told["low_income"].isna().all()
    assert told["low_income_areas"].tolist() == [8, 0]


def test_shares_of_households_are_taken_for_those_of_their_people():
    told = with_incomes(homes((5, 8)), areas(0.5, of="households"))
    assert told["low_income"].tolist() == [4]


def test_the_smallest_area_counts_wherever_it_stands_in_the_table():
    whole, part = box(0, 0, 100, 100), box(0, 0, 10, 10)
    for geometry, inner in (([whole, part], "a1"), ([part, whole], "a0")):
        land = areas(0.5, 0.5, geometry=geometry)
        told = with_incomes(homes((5, 8), (50, 8)), land)
        assert told["income"].tolist() == [inner, {"a1": "a0", "a0": "a1"}[inner]]


def test_a_home_on_a_border_is_in_one_area():
    told = with_incomes(homes((10, 8)), areas(0.5, 0.25))
    assert told["income"].tolist()[0] in {"a0", "a1"}


def test_old_figures_are_forgotten_and_nobody_writes_into_the_tables():
    before, land = homes((5, 8)), areas(0.5)
    kept, kept_land = before.copy(deep=True), land.copy(deep=True)
    told = with_incomes(before, INCOMES.none(CRS))
    assert told["income"].tolist() == [""]
    assert told[["low_income", "low_income_areas"]].isna().all(axis=None)
    with_incomes(before, land)
    classed(land)
    assert before.equals(kept)
    assert land.equals(kept_land)
    assert with_incomes(HOMES.none(CRS), land).empty


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(0, 100)), max_size=20), shares)
def test_people_with_low_income_are_the_shares_of_their_areas(spots, given_shares):
    land = classed(areas(*given_shares))
    told = with_incomes(homes(*spots), land)
    inside = told["income"] != ""
    share = land["share"].reindex(told["income"][inside]).to_numpy()
    expected = told["everybody"][inside] * share
    np.testing.assert_allclose(told["low_income"][inside], expected)
    assert told["low_income"][~inside].isna().all()


def test_homes_rank_the_higher_the_less_low_income_there_is():
    land = areas(0.25, 0.1, nan)
    told = with_incomes(homes((5, 8), (15, 10), (25, 10), (99, 10)), land)
    assert np.nan_to_num(rank(told, land), nan=9.0).tolist() == [-0.25, -0.1, 9, 9]
    money = areas(0.0, 0.0, of="other", values=[300, 400])
    assert rank(with_incomes(homes((5, 8), (15, 10)), money), money).tolist() == [300, 400]


def test_what_cannot_be_compared_has_no_rank():
    assert rank(homes((5, 8)), INCOMES.none(CRS)) is None
    unknown = areas(nan)
    assert rank(with_incomes(homes((5, 8)), unknown), unknown) is None
    mixed = areas(0.2, 0.1).assign(measure=["EU-60", "EU-50"])
    assert rank(with_incomes(homes((5, 8), (15, 8)), mixed), mixed) is None


def test_classes_are_crossed_with_walks():
    land = areas(0.3, 0.1, 0.05, nan).assign(area_class=["low", "middle", "high", "unknown"])
    told = with_incomes(homes((5, 40), (6, 10), (15, 30), (25, 20), (35, 10), (99, 15)), land)
    minutes = pd.Series([4.0, 12.0, 10.0, inf, 3.0, 30.0], told.index)
    found = crossed(told, land, minutes, within=10)
    assert found == {
        "low": Reach(50, 40, 0),
        "middle": Reach(30, 30, 0),
        "high": Reach(20, 0, 20),
        "unknown": Reach(25, 10, 0),
    }
    nobody = crossed(HOMES.none(CRS), INCOMES.none(CRS), pd.Series(dtype=float), within=10)
    assert {one.people for one in nobody.values()} == {0.0}


def test_who_would_be_the_rest_is_hidden_too():
    told = told_crossed(
        {
            "low": Reach(3, 3, 0),
            "middle": Reach(90, 60, 0),
            "high": Reach(50, 20, 0),
            "unknown": Reach(0, 0, 0),
        }
    )
    assert isnan(told["low"].people)
    assert isnan(told["high"].people)
    assert (told["middle"].people, told["middle"].within) == (90, 60)
    assert all(isnan(one.cut_off) for one in told.values())


amounts = st.tuples(st.integers(0, 30), st.integers(0, 30))


@given(st.lists(amounts, min_size=4, max_size=4))
def test_no_class_can_be_found_by_subtraction(parts):
    """All together is known: what is hidden sums to nobody, or to no few, or is everything."""
    keys = ("low", "middle", "high", "unknown")
    found = {
        key: Reach(float(a + b), float(a), 0.0) for key, (a, b) in zip(keys, parts, strict=True)
    }
    told = told_crossed(found)
    for part in ("people", "within", "beyond"):
        hidden = [key for key in keys if isnan(getattr(told[key], part))]
        shown = [getattr(told[key], part) for key in keys if key not in hidden]
        assert not any(NOBODY <= n < FEWEST for n in shown)
        rest = sum(getattr(found[key], part) for key in hidden)
        inhabited = [key for key in keys if found[key].people]
        everything = set(inhabited) <= set(hidden)
        assert not hidden or not NOBODY <= rest < FEWEST or everything
        assert len(hidden) != 1 or everything


def test_the_walk_of_an_area_is_that_of_half_its_people():
    land = areas(0.3, 0.1, 0.1)
    told = with_incomes(homes((5, 40), (6, 50), (15, 30), (99, 30)), land)
    found = middle_walk(told, land, pd.Series([4.0, 12.0, inf, 1.0], told.index))
    assert found["people"].tolist() == [90, 30, 0]
    assert found["minutes"].fillna(-1).tolist() == [12, inf, -1]


def notes(table, *facts, **how):
    return [str(note) for note in income_notes(table, facts, **how)]


def test_without_areas_it_is_said_what_is_known_and_whom_to_ask():
    share = Fact("low_income_share", "Persons below EU-60", 9.5, "%", "SSB", "2024")
    hidden = Fact("low_income_children", "Children below EU-60", nan, "%", "SSB", "2024")
    told = notes(INCOMES.none(CRS), share, hidden)
    assert told[0].endswith("the open figures are of the whole municipality.")
    assert told[1].endswith("Persons below EU-60: 9.5 % (SSB, 2024).")
    assert "grunnkrets" in told[2]
    assert "EU-60" in told[2]
    assert len(told) == 3
    alone = notes(INCOMES.none(CRS), hidden)
    assert alone[0] == "Where people with low income live is not known here."
    assert "Statistics Norway" not in " ".join(notes(INCOMES.none(CRS), country="se"))


def test_with_areas_it_is_said_what_they_cannot_tell():
    told = notes(classed(areas(0.2, 0.1)))
    assert told[0].endswith("what is true of areas need not be true of people.")
    assert len(told) == 2
    households = notes(classed(areas(0.2, nan, of="households")))
    assert any("households" in one for one in households)
    assert any(one.startswith("Of 1 of 2 areas the income is not known") for one in households)
    money = notes(classed(areas(0.2, of="other", measure="Median income", values=[5])))
    assert any(one.startswith("Median income is no share of people") for one in money)
