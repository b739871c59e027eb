"""Grid cells: numbers that are exact or refused, and people who are counted or unknown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.services.ssb_grid import SERVICE
from data.ssbid import cell, cells_of, ssbid, whole
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.gml import UNREADABLE_SENTENCE, Member, Service, Style, box_land

NUMBER = 21080006729000
"""The example in the library of Statistics Norway: x = 108 000, y = 6 729 000."""

MAPSERVER = Style(wrap="wfs:member", prefix="ms", inherit_srs=False, srs="EPSG:4326")
# The middle of Bodø: x = 474 000, y = 7 464 000 in EPSG:25833, near 14.39 E 67.29 N.
BODO = ssbid([474_000.0, 474_250.0, 474_500.0], [7_464_000.0] * 3)
LAND = box_land(14.3, 67.2, 14.5, 67.4)


def squares() -> list[shapely.Polygon]:
    """Return the three cells in degrees, rounded as services round them."""
    return list(shapely.set_precision(cells_of(BODO).to_crs(4326).to_numpy(), 1e-6))


def cells(**values: list[object]) -> list[Member]:
    return [
        Member(f"befolkning.{n}", {name: some[n] for name, some in values.items()}, square)
        for n, square in enumerate(squares())
    ]


def read(folder, monkeypatch, play):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return SERVICE.read(LAND, get), asked


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        float(NUMBER),
        np.int64(NUMBER),
        np.float64(NUMBER),
        "21080006729000",
        " 21080006729000.0 ",
        "21080006729000,0",
        "2.1080006729000E+13",
    ],
)
def test_a_number_may_be_written_in_many_ways(written):
    assert cell(written) == (108_000, 6_729_000, 108_250, 6_729_250)


@pytest.mark.parametrize(
    "rounded",
    [
        np.float32(NUMBER),
        float(np.float32(NUMBER)),
        "2.1080007E+13",
        "2.10800067E+13",
        21080006729001,
        21080006729000.5,
        "21080006",
        2108000672900,
        210800067290000,
        "1e999999",
        "nan",
        float("inf"),
        None,
        "",
        True,
        "21080006729OOO",
        -NUMBER,
        10**40,
    ],
)
def test_a_number_that_lost_digits_is_refused(rounded):
    with pytest.raises(SourceError, match=r"Row 2: .* is not the whole number of a grid cell"):
        whole([NUMBER, rounded])


def test_a_column_of_small_decimals_is_refused_whatever_it_holds():
    with pytest.raises(SourceError, match="Row 1"):
        whole(pd.Series([NUMBER, NUMBER + 250], dtype="float32"))


def test_a_number_of_a_finer_grid_is_refused():
    with pytest.raises(SourceError, match="of a grid cell of 1000 m"):
        whole([NUMBER + 250], side_m=1000)


def test_west_of_the_meridian_nothing_is_cut_off():
    assert ssbid(-1.0, 6_729_001.0) == 19997506729000
    assert cell(19997506729000) == (-250, 6_729_000, 0, 6_729_250)


@given(
    st.floats(-100_000, 1_150_000, allow_nan=False),
    st.floats(6_420_000, 8_980_000, allow_nan=False),
    st.sampled_from([250, 1000, 5000]),
)
def test_every_point_lies_in_its_cell(x, y, side_m):
    west, south, east, north = cell(ssbid(x, y, side_m=side_m), side_m=side_m)
    assert west <= x < east
    assert south <= y < north
    assert east - west == north - south == side_m


def test_cells_keep_the_index_of_a_series():
    found = cells_of(pd.Series(["21080006729000"], index=["a"]))
    assert found.index.tolist() == ["a"]
    assert found.crs == "EPSG:25833"
    assert found.area.tolist() == [62_500.0]


def test_no_number_is_no_cell():
    assert len(cells_of([])) == 0


@pytest.mark.parametrize("told", [True, False])
def test_people_are_told_by_cell(tmp_path, monkeypatch, told):
    numbers = {"ssbid250m": BODO.tolist()} if told else {}
    layer = {"befolkning_250m_2026": cells(**numbers, pop_tot=[3, 0, 412])}
    known, asked = read(tmp_path, monkeypatch, Service(layer, MAPSERVER))
    assert known.grid["people"].tolist() == [3.0, 0.0, 412.0]
    assert known.grid["ssbid"].tolist() == BODO.tolist()
    assert known.grid.geometry.equals(cells_of(BODO))
    assert known.grid.crs == "EPSG:25833"
    assert known.sources[0].date == "2026-01-01"
    assert "&BBOX=67.200000,14.300000,67.400000,14.500000,EPSG:4326" in asked[0]


def test_an_older_year_stands_in_and_is_named(tmp_path, monkeypatch):
    layer = {"befolkning_250m_2025": cells(pop_tot=[3, 5, 7])}
    known, _ = read(tmp_path, monkeypatch, Service(layer, MAPSERVER))
    assert known.sources[0].date == "2025-01-01"
    assert known.grid["people"].sum() == 15


def test_longitude_first_gives_the_same_cells(tmp_path, monkeypatch):
    layer = {"befolkning_250m_2026": cells(pop_tot=[3, 5, 7])}
    turned = replace(MAPSERVER, latitude_first=False)
    known, _ = read(tmp_path, monkeypatch, Service(layer, turned))
    assert known.grid["ssbid"].tolist() == BODO.tolist()


def test_no_cells_are_not_told_as_a_land_without_people(tmp_path, monkeypatch):
    known, _ = read(tmp_path, monkeypatch, Service({"befolkning_250m_2026": []}, MAPSERVER))
    assert known.grid is None
    assert "nothing is published for Prøve" in str(known.missing[0])


def test_a_cell_without_a_number_of_people_is_not_empty(tmp_path, monkeypatch):
    layer = {"befolkning_250m_2026": cells(pop_tot=[3, "", 7])}
    with pytest.raises(SourceError, match="no number of people for some cells"):
        read(tmp_path, monkeypatch, Service(layer, MAPSERVER))


def test_a_rounded_number_is_refused(tmp_path, monkeypatch):
    rounded = [str(float(np.float32(number))) for number in BODO]
    layer = {"befolkning_250m_2026": cells(ssbid250m=rounded, pop_tot=[3, 5, 7])}
    with pytest.raises(SourceError, match="Keep it as text"):
        read(tmp_path, monkeypatch, Service(layer, MAPSERVER))


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path, monkeypatch, always(said))


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        read(tmp_path, monkeypatch, always(said))
