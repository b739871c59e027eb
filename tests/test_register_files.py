"""The register as files: every source's word, nothing that runs, and whose licence it is."""

import dataclasses
import io
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest

from data.catalogue import kinds
from data.register.decided import SAME, Decision
from data.register.deciding import redecided
from geo.crs import to_wgs84
from layers.register_files import geopackage, sheet, told
from layers.register_lacking import caution, lacking, lacking_geojson, tags_of
from tests.registers import area
from words import speaker

EN, NB = speaker("en"), speaker("nb")
LICENCES = {"skoler": "Schools, NLOD", "osm": "OpenStreetMap, ODbL 1.0"}


@pytest.fixture(scope="module")
def known():
    return area()[0]


def test_every_sources_word_stands_side_by_side(known):
    table = told(known, kinds(), LICENCES, EN)
    assert len(table) == len(known.register) == 5
    nes = table[table["place_id"] == "w2"].set_index("source")
    assert nes["opening_hours"].to_dict() == {"osm": "", "skoler": "24/7"}
    assert nes.loc["osm", "kinds"] == "School, Library"
    assert set(nes["place"]) == {"Nes skole"}
    assert nes["licence"].to_dict() == {key: LICENCES[key] for key in ("osm", "skoler")}
    assert table["status"].value_counts()["To be decided"] == 1


def test_a_spreadsheet_runs_nothing_and_reads_as_its_country_does(known):
    text = sheet(told(known, kinds(), LICENCES, EN), EN)
    read = pd.read_csv(io.BytesIO(text), keep_default_na=False)
    assert "'=1+1" in read["name"].tolist()
    assert not [v for v in read.to_numpy().ravel() if str(v).startswith("=")]
    spots = to_wgs84(known.register[["geometry"]]).representative_point()
    assert np.allclose(read[["lon", "lat"]], spots.get_coordinates(), atol=1e-6)
    norwegian = sheet(told(known, kinds(), LICENCES, NB), NB).decode("utf-8-sig")
    assert norwegian.splitlines()[0].startswith("place_id;place;")


def test_a_geopackage_holds_points_and_outlines(known, tmp_path):
    file = tmp_path / "register.gpkg"
    same = {("skoler", "1"): Decision("skoler", "1", SAME, "w1")}
    table = told(redecided(known, same), kinds(), LICENCES, EN)
    file.write_bytes(geopackage(table, {"Area": "Toytown"}))
    assert {name for name, _ in pyogrio.list_layers(file)} == {"register", "register_areas"}
    points = gpd.read_file(file, layer="register")
    assert set(points.geom_type) == {"Point"}
    assert len(points) == 6
    assert points.crs == known.places.crs


def test_what_the_map_lacks_is_named_with_tags_and_licence(known):
    table = lacking(known, kinds(), LICENCES, EN)
    assert table["name"].tolist() == ["=1+1"]  # the other one lies beyond the edge
    assert table["licence"].tolist() == ["Schools, NLOD"]
    (feature,) = json.loads(lacking_geojson(known, kinds(), LICENCES, EN))["features"]
    tags = feature["properties"]
    assert tags["leisure"] == "pitch"
    assert tags["name"] == "=1+1"
    assert tags["moteplass:licence"] == "Schools, NLOD"
    assert tags["moteplass:address"] == "<b>Vik</b>"
    assert not any(values == "*" for values in tags.values())
    spot = to_wgs84(table).geometry.iloc[0]
    assert feature["geometry"]["coordinates"] == pytest.approx([spot.x, spot.y], abs=1e-6)
    assert "ODbL" in caution(EN)


def test_an_owner_nobody_knows_has_to_be_asked(known):
    assert "ask" in lacking(known, kinds(), {}, EN)["licence"].iloc[0]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_every_kind_has_a_suggestion_that_it_fits(kind):
    tags, choose = tags_of(kind, {"name": "", "opening_hours": "", "wheelchair": ""})
    assert tags or choose
    assert "*" not in tags.values()
    assert "*" not in choose


def test_an_area_without_registers_has_empty_files(known):
    bare = dataclasses.replace(known, register=known.register.iloc[:0])
    assert len(told(bare, kinds(), LICENCES, EN)) == 0
    assert json.loads(lacking_geojson(bare, kinds(), LICENCES, EN))["features"] == []
    assert sheet(lacking(bare, kinds(), LICENCES, EN), EN)
    assert geopackage(told(bare, kinds(), LICENCES, EN), {})
