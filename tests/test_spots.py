"""Where those beyond live, added up by cells."""

import numpy as np
import pandas as pd
import pytest

from geo.cells import CELL_M, cells_of
from geo.spots import spots
from tests.towns import points, streets

STREET = streets([(0, 0), (900, 0)], [(0, 900), (900, 900)])


def found(*homes, within=10, paths=STREET):
    """Homes: x, y, people, minutes."""
    table = points(*((x, y) for x, y, *_ in homes)).to_frame("geometry")
    people = pd.Series([float(h[2]) for h in homes], dtype=float)
    minutes = pd.Series([float(h[3]) for h in homes], dtype=float)
    cells = spots(table, people, minutes, paths, within=within)
    return cells.drop(columns=["geometry", "told"]).to_numpy().tolist()


def test_only_those_beyond_the_limit_are_counted():
    assert found((10, 10, 8, 10), (20, 10, 4, 10.01)) == [[4, 10.01, "Street 0"]]


def test_cells_begin_on_round_metres_and_hold_their_first():
    assert found((CELL_M - 1, 0, 11, 20), (CELL_M, 0, 12, 20)) == [
        [12, 20, "Street 0"],
        [11, 20, "Street 0"],
    ]


def test_the_middle_walk_is_that_of_the_people_not_of_the_houses():
    assert found((1, 1, 100, 12), (2, 1, 1, 30), (3, 1, 1, 40))[0][:2] == [102, 12]


def test_most_of_them_cut_off_is_said_as_no_way():
    assert found((1, 1, 3, np.inf), (2, 1, 1, 30))[0][:2] == [4, np.inf]


def test_unknown_people_stay_unknown():
    ((people, minutes, near),) = found((1, 1, np.nan, 12), (2, 1, np.nan, 14))
    assert np.isnan(people)
    assert minutes == 12
    assert near == "Street 0"


def test_the_street_is_the_one_nearest_to_where_they_live():
    assert found((10, 800, 1, 20))[0][2] == "Street 1"


def test_without_named_streets_nothing_is_named():
    assert found((1, 1, 1, 20), paths=STREET.assign(name=""))[0][2] == ""
    assert found((1, 1, 1, 20), paths=streets())[0][2] == ""


@pytest.mark.parametrize("homes", [[], [(1, 1, 5, 3)]])
def test_nobody_beyond_makes_no_spots(homes):
    assert found(*homes) == []


def test_the_middle_walk_of_a_cell_does_not_hang_on_how_many_live_elsewhere():
    chance = np.random.default_rng(1)
    cells, homes = 400, 40
    at = np.repeat(np.arange(cells) * CELL_M + 1, 2 * homes)
    nearer = (
        np.tile(np.repeat([1.0, 2.0], homes), cells)
        + np.tile(np.arange(homes), 2 * cells) / 1e3
    )
    half = chance.integers(1, 999, (cells, homes)) / 0.7  # the nearer half, and as many again
    found = cells_of(np.column_stack([at, at]))
    assert len(found.corner) == cells
    assert found.middle(nearer, np.hstack([half, half]).ravel()).max() < 2
