"""People beyond a walk by cells, and where they gather."""

from math import inf, nan, sqrt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import CrsError
from geo.measures.unmet import LEVEL, cells, hot_spots
from tests.walks import same

CRS = "EPSG:25833"


def town(*homes, within=10):
    """Return the cells of homes: easting, northing, people, minutes."""
    where = gpd.GeoDataFrame(geometry=[shapely.Point(*home[:2]) for home in homes], crs=CRS)
    people, minutes = (pd.Series([home[n] for home in homes], dtype=float) for n in (2, 3))
    return cells(where, people, minutes, within=within)


def grid(beyond):
    """Return cells of a drawn grid, row by row from the south."""
    rows = np.array(beyond, dtype=float)
    squares = [
        shapely.box(x * 250, y * 250, x * 250 + 250, y * 250 + 250)
        for y, x in np.ndindex(rows.shape)
    ]
    table = {"people": np.full(rows.size, 50.0), "beyond": rows.ravel()}
    return gpd.GeoDataFrame(table, geometry=squares, crs=CRS)


def beside(table, beyond):
    """Return cells and one more, far off from them."""
    far = grid([[beyond]]).set_geometry([shapely.box(9000, 0, 9250, 250)], crs=CRS)
    return pd.concat([table, far], ignore_index=True)


def gi_star(rows):
    """Return Gi* by the formula of Ord & Getis 1995, cell by cell."""
    rows = np.array(rows, dtype=float)
    n, mean, spread = rows.size, rows.mean(), rows.std()
    for y, x in np.ndindex(rows.shape):
        near = rows[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
        w = near.size
        yield (near.sum() - w * mean) / (spread * sqrt((n * w - w * w) / (n - 1)))


def test_cells_count_those_beyond_and_those_with_no_way():
    found = town(
        (0, 0, 8, 10), (249, 249, 4, 10.1), (100, 0, 2, inf), (250, 0, 5, 3), (-1, 0, 7, 11)
    )
    assert found["people"].tolist() == [7, 14, 5]
    assert found["beyond"].tolist() == [7, 6, 0]
    bounds = found.geometry.bounds[["minx", "maxx"]].to_numpy().tolist()
    assert bounds == [[-250, 0], [0, 250], [250, 500]]
    assert found.crs == CRS


def test_the_unknown_is_unknown_and_the_empty_is_left_out():
    found = town(
        (0, 0, nan, 30), (10, 0, 4, 30), (300, 0, 4, nan), (600, 0, 0, nan), (900, 0, 3, 11)
    )
    same(found[["people", "beyond"]].to_numpy(), [[3, 3], [nan, nan], [4, nan]])
    same(town((0, 0, 0, nan), (9, 0, 3, 11))["beyond"], [3])  # nobody lives in the first


def test_no_homes_have_no_cells():
    assert town().empty
    assert hot_spots(town()).empty


def test_degrees_are_refused():
    where = gpd.GeoDataFrame(geometry=[shapely.Point(14, 67)], crs=4326)
    with pytest.raises(CrsError):
        cells(where, pd.Series([1.0]), pd.Series([1.0]), within=10)


@given(
    st.lists(
        st.tuples(
            st.integers(-600, 600),
            st.integers(-600, 600),
            st.sampled_from([0.25, 1.0, 40.0]),
            st.sampled_from([0.0, 10.0, 10.5, inf]),
        ),
        max_size=15,
    )
)
def test_everybody_is_in_some_cell(homes):
    found = town(*homes)
    assert found["people"].sum() == pytest.approx(sum(home[2] for home in homes))
    far = sum(people for *_, people, minutes in homes if minutes > 10)
    assert found["beyond"].sum() == pytest.approx(far)
    assert found["beyond"].is_monotonic_decreasing


def test_people_side_by_side_are_a_hot_spot_and_scattered_ones_are_none():
    together = np.zeros((7, 7))
    together[2:5, 2:5] = 40
    hot = hot_spots(grid(together))["hot"].to_numpy().reshape(7, 7)
    assert hot[3, 3]
    assert not hot[[0, 0, 6, 6], [0, 6, 0, 6]].any()
    scattered = np.zeros((7, 7))
    scattered[::3, ::3] = 40
    assert not hot_spots(grid(scattered))["hot"].any()


def test_a_cell_far_from_others_is_still_scored():
    scores = hot_spots(beside(grid([[0.0] * 9]), 90.0))
    assert scores["z"].iloc[-1] == pytest.approx(sqrt(9))
    assert scores["p"].iloc[-1] == pytest.approx(10 * 0.0013499, rel=1e-4)  # of ten tests
    assert scores["hot"].tolist() == [False] * 9 + [True]


@pytest.mark.parametrize(
    "rows", [[[5.0]], [[3.0, 3.0], [3.0, 3.0]], [[0.0] * 5] * 5, [[1.0, 2.0], [3.0, 4.0]]]
)
def test_where_there_is_nothing_to_compare_nothing_is_hot(rows):
    scores = hot_spots(grid(rows))
    assert scores["z"].isna().all()
    assert scores["p"].isna().all()
    assert not scores["hot"].any()


def test_unknown_cells_are_left_out_of_the_comparison():
    rows = np.arange(25.0).reshape(5, 5) ** 2
    scores = hot_spots(beside(grid(rows), nan))
    same(scores["z"], [*hot_spots(grid(rows))["z"], nan])
    assert not scores["hot"].iloc[-1]


@settings(max_examples=30)
@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 1.0, 30.0]), min_size=4, max_size=4),
        min_size=4,
        max_size=7,
    )
)
def test_a_score_is_the_published_formula_and_few_are_false(rows):
    scores = hot_spots(grid(rows))
    if np.ptp(rows) == 0:
        assert scores["z"].isna().all()
        return
    same(scores["z"], list(gi_star(rows)))
    assert (scores["hot"] == (scores["p"] <= LEVEL)).all()
    assert (scores.loc[scores["hot"], "z"] > 0).all()
