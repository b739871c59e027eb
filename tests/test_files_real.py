"""Real files of Oslo and Nordland, each read as it is guessed."""

from __future__ import annotations

import pytest
import shapely

from data.dwellings import ages
from data.files.door import borders_of, look, read
from data.services.service import Land
from geo.crs import to_metric
from geo.tables import AGES, INCOMES, ZONES

OSLO = Land("0301", "Oslo", "no", shapely.box(10.49, 59.81, 10.95, 60.135), "EPSG:25832")
BODO = Land("1804", "Bodø", "no", shapely.box(13.9, 67.0, 15.4, 67.7), "EPSG:25833")


@pytest.fixture(autouse=True)
def empty_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))


def got(path, land=OSLO, borders=None):
    seen = look(path, path.name, land=land)
    known, report = read(path, seen.recipe, land, borders=borders)
    return known, report, seen


def borders(path):
    return borders_of(path, look(path, path.name).recipe)


def test_the_grid_of_oslo_whose_numbers_are_decimals(test_data):
    known, report, seen = got(test_data / "oslo/befolkning_250m_2023_oslo.shp")
    assert (seen.recipe.what, seen.recipe.crs) == ("grid", "EPSG:25833")
    assert seen.preview["ru250m"].str.fullmatch(r"\d{14}").all()
    assert seen.doubts == ()
    assert (len(known.grid), known.grid["people"].sum()) == (2380, 707_339)
    assert (known.grid.area == 62_500).all()
    assert (report.used, report.faults) == (2380, ())


def test_the_districts_of_oslo_have_exact_ages(test_data):
    districts = borders(test_data / "oslo/oslo_bydeler_befolkning_2024.gpkg")
    known, report, _ = got(
        test_data / "oslo/befolkning_alder_kjonn_bydel_2026.csv", borders=districts
    )
    zones = ZONES.check(to_metric(known.zones, "EPSG:25832"))
    assert len(zones) == 17
    assert sorted(zones.index) == [f"0301{n:02d}" for n in range(1, 18)]
    assert report.faults == ()
    for group in AGES:
        assert (zones[group] == zones[f"{group}_low"]).all()
        assert (zones[group] == zones[f"{group}_high"]).all()
    assert (zones[list(AGES)].sum(axis=1) == zones["people"]).all()
    assert zones["people"].sum() == 726_544  # the others are registered in no district
    assert zones.loc["030116", ["name", "people"]].tolist() == ["Sentrum", 1486.0]
    assert zones.loc["030117", "name"] == "Marka"


def test_the_city_as_a_whole_agrees_with_the_catalogue(test_data):
    known, _, _ = got(test_data / "oslo/befolkning_alder_kjonn_kommune_2026.csv")
    assert known.zones.loc["0301", list(AGES)].to_dict() == ages()["0301"].people


def test_polygons_with_totals_are_zones_of_unknown_age(test_data):
    known, _, seen = got(test_data / "oslo/oslo_bydeler_befolkning_2024.gpkg")
    assert seen.recipe.what == "zones"
    assert known.zones["people"].sum() == 716_309
    assert known.zones[list(AGES)].iloc[:15].isna().all(axis=None)
    assert (known.zones["adults_high"] == known.zones["people"]).all()


def test_sub_districts_are_land_for_the_figures_of_others(test_data):
    seen = look(test_data / "oslo/oslo_delbydeler_bydelsfakta.geojson", "delbydeler.geojson")
    assert (seen.recipe.what, seen.rows, seen.recipe.crs) == ("zones", 96, "EPSG:4326")
    assert [doubt.about for doubt in seen.doubts] == ["what"]
    assert seen.recipe.columns["code"] == "id"


@pytest.mark.parametrize(
    ("county", "land", "schools"), [("oslo", OSLO, 32), ("nordland", BODO, 213)]
)
def test_the_schools_of_the_national_register(test_data, county, land, schools):
    known, report, seen = got(test_data / county / "grunnskoler.geojson", land)
    assert seen.recipe.columns["kind"] == "objtype"
    assert (len(known.register), report.faults) == (schools, ())
    assert set(known.register["kind"]) == {"school"}
    assert known.register["ref"].str.fullmatch(r"\d{9}").all()
    assert known.register["updated"].str.startswith("20").all()


def test_the_kindergartens_of_oslo_without_those_in_homes(test_data):
    known, report, seen = got(test_data / "oslo/barnehager.csv")
    assert seen.recipe.crs == "EPSG:4326"
    assert known.register["kind"].value_counts().to_dict() == {
        "kindergarten": 96,
        "family_centre": 1,
    }
    assert known.register["ref"][0] == "881503972"
    assert known.register["address"][0] == "Torvbakkgata 9, 0550 OSLO"
    left_out = [fault for fault in report.faults if fault.value == "Familiebarnehage"]
    assert (len(left_out), len(report.faults), report.used) == (7, 7, 97)


def test_low_income_by_municipality_in_long_form(test_data):
    path = test_data / "nordland/arealprofiler_ssb.csv"
    known, report, seen = got(path, BODO)
    assert seen.recipe.measure == "Andel personer i lavinntekthusholdning (EU60). Prosent"
    assert (seen.recipe.of, seen.recipe.unit) == ("persons", "%")
    assert known.incomes["value"].to_dict() == {"1804": 8.8}
    assert known.incomes["share"].tolist() == pytest.approx([0.088])
    assert report.used == 1
    county, report, _ = got(path, BODO, borders(test_data / "nordland/kommuner.geojson"))
    assert len(INCOMES.check(to_metric(county.incomes, "EPSG:25833"))) == 41
    assert [fault.value for fault in report.faults] == ["0301 Oslo"]


def test_basic_units_with_five_year_classes(test_data):
    path = test_data / "api/grunnkrets/befolkning_grunnkrets_2024_bamble_4features.geojson"
    known, _, seen = got(path, Land("4012", "Bamble", "no", OSLO.boundary, "EPSG:25832"))
    assert len(seen.recipe.ages) == 19
    assert known.zones.loc["40120505", ["name", "people"]].tolist() == ["Valle", 191.0]
    assert known.zones.loc["40120505", "young_children"] == pytest.approx(5.0)
