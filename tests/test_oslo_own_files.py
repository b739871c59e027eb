"""Central Oslo from its own files: grid, ages by district, schools and kindergartens."""

from __future__ import annotations

import pandas as pd
import pytest

from data import bundle
from data.__main__ import main
from data.register.merging import place_id
from geo.tables import AGES, EVERYBODY

FILES = (
    "befolkning_250m_2023_oslo.shp",
    "befolkning_alder_kjonn_bydel_2026.csv",
    "oslo_bydeler_befolkning_2024.gpkg",
    "grunnskoler.geojson",
    "barnehager.csv",
)
BY_AREA = 163_668
"""People of the grid in the extract, when cells that it cuts count by area."""


@pytest.fixture(scope="module")
def built(test_data, tmp_path_factory):
    """Build it by the one command, once."""
    told = ["--code", "oslo-files", "--name", "Oslo", "--municipality", "0301"]
    for name in FILES:
        told += ["--file", str(test_data / "oslo" / name)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTEPLASS_HOME", str(tmp_path_factory.mktemp("store")))
        osm = str(test_data / "oslo" / "oslo-sentrum.osm.pbf")
        assert main(["build", "--osm", osm, *told]) == 0
        yield bundle.read("oslo-files")


def test_people_add_up_to_the_grid(built):
    assert built.homes[EVERYBODY].sum() == pytest.approx(BY_AREA, rel=1e-3)
    assert set(built.homes["basis"]) == {"grid"}
    assert built.homes[list(AGES)].sum().sum() == pytest.approx(BY_AREA, rel=1e-3)


def test_every_district_has_the_ages_of_its_table(built, test_data):
    table = pd.read_csv(test_data / "oslo" / FILES[1])
    table = table[table["sex"] == "total"].dropna(subset=["age"])
    ends = {"young_children": 5, "school_children": 15, "youth": 19, "adults": 66}
    ends |= {"older_67_79": 79, "older_80": 120}
    group = pd.cut(table["age"], [-1, *ends.values()], labels=list(ends))
    code = table["location_code"].str[-6:]
    counted = table.pivot_table("pop_jan1_n", code, group, aggfunc="sum", observed=False)
    expected = counted.div(counted.sum(axis=1), axis=0)
    zones = built.zones["name"].to_dict()
    ours = built.homes.groupby("zone")[list(AGES)].sum()
    shares = ours.div(ours.sum(axis=1), axis=0)
    assert len(shares) == 8
    for zone, row in shares.iterrows():
        district = str(zone)[-6:]
        assert row.to_numpy() == pytest.approx(expected.loc[district].to_numpy(), abs=1e-9), (
            zones[zone]
        )


def test_schools_and_kindergartens_are_one_register_with_the_map(built):
    register = built.register
    schools = register[register["kind"].isin(["school", "upper_secondary_school"])]
    schools = schools[schools["source"] != "osm"]
    assert len(schools) == 32
    status = schools["status"].value_counts()
    assert status["matched"] >= 21
    alone = schools[schools["status"] == "alone"]
    ids = [place_id(*key) for key in zip(alone["source"], alone["ref"], strict=True)]
    places = built.places.loc[ids]
    assert not places["inside"].any()  # the others lie outside the extract
    own = built.places["sources"].str.contains("osm").ne(True)
    assert own.any()
    assert built.entrances["place_id"].isin(built.places.index).all()
    assert set(built.places.index) == set(built.entrances["place_id"])


def test_the_area_says_what_it_rests_on(built):
    assert [source.name for source in built.area.sources][1:5] == [
        name for name in FILES if not name.endswith(".gpkg")
    ]
    said = [str(warning) for warning in built.area.warnings]
    assert any("the grid decides how many they are" in text for text in said)
    assert any("nobody has confirmed it" in text for text in said)
