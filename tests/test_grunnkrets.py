"""Basic units: what is not given is unknown, what was rounded has a band, and the map fits."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest
import shapely

from data.services.grunnkrets import SERVICE
from geo.crs import to_metric
from geo.errors import SourceError
from geo.tables import AGES, ZONES
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.gml import GEONORGE, UNREADABLE_SENTENCE, Member, Service, box_land, recorded

NAME = "app:BefolkningPåGrunnkrets"
LAND = box_land(9.0, 58.5, 10.0, 59.5, "4012")
UNIT = shapely.box(9.5, 59.0, 9.6, 59.1)
FIRST = ("0Til04", *(f"{age:02}Til{age + 4:02}" for age in range(5, 90, 5)))


def unit(people: float | None, *ages: int | None, number="40120505", year=2024, spell="År"):
    """Return a unit; an age that is None is not given, and years over 89 come last."""
    names = [f"befolkning{ages_}{spell}" for ages_ in FIRST] + [f"befolkning90{spell}OgOver"]
    values = {
        "statistikkÅr": year,
        "grunnkretsnummer": number,
        "grunnkretsnavn": "Valle",
        "totalBefolkning": people,
        "folketilvekst": 9999,
        **dict(zip(names, ages, strict=False)),
    }
    told = {name: value for name, value in values.items() if value is not None}
    return Member(f"id{number}{year}", told, UNIT)


def read(folder, monkeypatch, play):
    with fetcher(folder, monkeypatch, play) as (get, asked):
        return SERVICE.read(LAND, get), asked


def zones(folder, monkeypatch, *units, style=GEONORGE):
    return read(folder, monkeypatch, Service({NAME: units}, style))[0].zones


def test_ages_are_added_up_to_groups(tmp_path, monkeypatch):
    ages = [10] * 19
    found = zones(tmp_path, monkeypatch, unit(190, *ages)).loc["40120505"]
    assert found["name"] == "Valle"
    assert found["people"] == 190
    assert found["older_80"] == found["older_80_low"] == found["older_80_high"] == 30
    assert sum(found[age] for age in AGES) == pytest.approx(190)


def test_the_oldest_are_what_is_left_if_only_they_are_not_given(tmp_path, monkeypatch):
    ages = [10] * 16 + [None] * 3
    found = zones(tmp_path, monkeypatch, unit(171, *ages)).loc["40120505"]
    assert found["older_80"] == 11


def test_what_is_not_given_is_unknown_and_not_0(tmp_path, monkeypatch):
    ages = [None, *[10] * 15, None, 10, 10]
    found = zones(tmp_path, monkeypatch, unit(180, *ages)).loc["40120505"]
    assert math.isnan(found["young_children"])
    assert math.isnan(found["older_80"])
    assert found["older_80_low"] == 20
    assert found["older_80_high"] == 30
    assert found["adults"] > 0


def test_a_0_or_a_3_may_stand_for_less_or_more(tmp_path, monkeypatch):
    ages = [10] * 16 + [0, 3, 0]
    found = zones(tmp_path, monkeypatch, unit(None, *ages)).loc["40120505"]
    assert (found["older_80"], found["older_80_low"], found["older_80_high"]) == (3, 1, 7)
    assert math.isnan(found["people"])


@pytest.mark.parametrize("spell", ["År", "Aar", "ÅR"])
def test_the_names_of_classes_are_spelt_in_several_ways(tmp_path, monkeypatch, spell):
    found = zones(tmp_path, monkeypatch, unit(190, *[10] * 19, spell=spell))
    assert found["older_80"].tolist() == [30]


def test_numbers_keep_their_zero(tmp_path, monkeypatch):
    found = zones(tmp_path, monkeypatch, unit(190, *[10] * 19, number="3011505"))
    assert found.index.tolist() == ["03011505"]


def test_only_the_newest_year_counts_and_parts_are_one(tmp_path, monkeypatch):
    ages = [10] * 19
    east = replace(unit(190, *ages), id="east", shape=shapely.box(9.7, 59.0, 9.8, 59.1))
    old = unit(95, *[5] * 19, year=2023)
    found = zones(tmp_path, monkeypatch, unit(190, *ages), old, east)
    assert found["people"].tolist() == [190]
    assert found.geometry.iloc[0].equals(shapely.union(UNIT, east.shape))


def test_a_neighbour_whose_edge_lies_inside_is_left_out(tmp_path, monkeypatch):
    across = replace(
        unit(190, *[10] * 19, number="39990101"), shape=shapely.box(9.98, 59, 10.2, 59.1)
    )
    found = zones(tmp_path, monkeypatch, unit(190, *[10] * 19), across)
    assert found.index.tolist() == ["40120505"]


def test_nothing_published_is_told(tmp_path, monkeypatch):
    known, _ = read(tmp_path, monkeypatch, Service({NAME: []}))
    assert known.zones is None
    assert "nothing is published for Prøve" in str(known.missing[0])


def test_an_answer_without_ages_is_said(tmp_path, monkeypatch):
    with pytest.raises(SourceError, match="gives no ages any more"):
        zones(tmp_path, monkeypatch, unit(190))


@pytest.mark.parametrize("latitude_first", [True, False])
def test_the_recorded_units_of_bamble(tmp_path, monkeypatch, test_data, latitude_first):
    file = test_data / "api/grunnkrets/befolkning_grunnkrets_2024_bamble_4features.geojson"
    units = recorded(file)
    style = replace(GEONORGE, latitude_first=latitude_first)
    found = zones(tmp_path, monkeypatch, *units, style=style)
    assert found["people"].to_dict() == {
        "40120402": 319,
        "40120501": 78,
        "40120505": 191,
        "40120507": 247,
    }
    checked = ZONES.check(to_metric(found, "EPSG:25832"))
    assert checked.area.between(1e4, 1e8).all()
    valle = found.loc["40120505"]  # the classes given make 186 of 191; 85 and over are not
    assert valle["older_80"] == 11 + (191 - 186)
    sota = found.loc["40120402"]
    assert sota["older_80"] == 10 + 9 + 4


def test_every_recorded_unit_adds_up(tmp_path, monkeypatch, test_data):
    file = test_data / "api/grunnkrets/befolkning_grunnkrets_2024_bamble_25_properties.json"
    rows = json.loads(file.read_text(encoding="utf-8"))
    units = [
        Member(row["gml_id"], {k: v for k, v in row.items() if k != "gml_id"}, UNIT)
        for row in rows
    ]
    found = zones(tmp_path, monkeypatch, *units)
    assert len(found) == 25
    for age in AGES:
        number = found[age]
        assert (number.isna() | number.between(found[f"{age}_low"], found[f"{age}_high"])).all()
    told = found[list(AGES)].sum(axis=1, min_count=len(AGES))
    assert 10 <= told.notna().sum() < 25
    pd.testing.assert_series_equal(
        told.dropna(), found["people"][told.notna()], check_names=False
    )


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path, monkeypatch, always(said))


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with pytest.raises(SourceError, match=UNREADABLE_SENTENCE):
        read(tmp_path, monkeypatch, always(said))
