"""The GeoPackage as others open it: GDAL's validator, a second reader, and QGIS."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from lxml import etree
from shapely import box

from layers.qgis import geopackage
from layers.qgis.fields import headings
from tests.answers import HOSTILE, exported
from tests.qgis_gis import faults, qgis
from tests.towns import CRS, SQUARE_M
from words import speaker

STYLES = [
    *("id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column"),
    *("styleName", "styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui"),
    "update_time",
]


def made(language="nb", **asked):
    corner = SQUARE_M
    area = box(*corner, corner[0] + 90, corner[1] + 90)
    reach = gpd.GeoDataFrame({"minutes": [10]}, geometry=[area], crs=CRS)
    return exported(language, reach_areas=reach, **asked)


def written(export, folder, language="nb"):
    geopackage.write(export, folder, speaker(language))
    (file,) = folder.iterdir()
    assert file.name == f"{export.stem}.gpkg"
    return file


@pytest.fixture(scope="module")
def known():
    return made()


@pytest.fixture(scope="module")
def file(known, tmp_path_factory):
    return written(known, tmp_path_factory.mktemp("gis"))


def rows(file, sql):
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute(sql).fetchall()


def test_gdals_validator_has_nothing_to_say(file):
    assert faults(file) == ""


def test_gdals_validator_would_say_so(file, tmp_path):
    broken = shutil.copy(file, tmp_path / "broken.gpkg")
    with closing(sqlite3.connect(broken)) as opened:
        opened.execute("DELETE FROM gpkg_contents WHERE table_name = 'layer_styles'")
        opened.execute("UPDATE gpkg_metadata_reference SET table_name = 'gone'")
        opened.commit()
    assert faults(broken) != ""


def test_sqlite_finds_no_fault_and_no_link_to_nothing(file):
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "PRAGMA foreign_key_check") == []


def test_layers_come_in_their_order_and_are_called_in_the_readers_language(file, known):
    layers = dict(pyogrio.list_layers(file))
    assert [name for name in layers if name != "layer_styles"] == [s.key for s in known.sheets]
    named = dict(rows(file, "SELECT table_name, identifier FROM gpkg_contents"))
    assert {key: name for key, name in named.items() if key != "layer_styles"} == {
        sheet.key: sheet.name for sheet in known.sheets
    }
    systems = {pyogrio.read_info(file, layer=s.key)["crs"] for s in known.sheets if s.located}
    assert systems == {CRS}


def same(read, told, name):
    """Whether a column came back as it was: numbers, words, and nothing for nothing."""
    if pd.api.types.is_numeric_dtype(told) and not pd.api.types.is_bool_dtype(told):
        return np.array_equal(
            read.to_numpy(dtype=float), told.to_numpy(dtype=float), equal_nan=True
        )
    return read.fillna("").astype(str).tolist() == told.fillna("").astype(str).tolist()


def test_every_value_and_shape_comes_back(file, known):
    for sheet in known.sheets:
        back = pyogrio.read_dataframe(file, layer=sheet.key)
        assert len(back) == len(sheet.table)
        names = list(headings(sheet))
        assert [name for name in back.columns if name != "geometry"] == names
        for name in names:
            assert same(back[name], sheet.table[name], name), (sheet.key, name)
        if sheet.located:
            there = sheet.table.geometry.reset_index(drop=True)
            assert back.geometry.area.sub(there.area).abs().max() < 1 or back.empty
            assert back.geometry.geom_equals(there).all()


def test_hostile_names_are_text(file):
    back = pyogrio.read_dataframe(file, layer="places")
    assert dict(zip(back["id"], back["name"], strict=True)) == HOSTILE


def test_no_number_is_infinite_or_of_few(file, known):
    counts = {"people", "within", "beyond", "cut_off"}
    seen = 0
    for sheet in known.sheets:
        back = pd.DataFrame(pyogrio.read_dataframe(file, layer=sheet.key))
        numbers = back.select_dtypes("number")
        assert not np.isinf(numbers.to_numpy(dtype=float)).any()
        for name in counts & set(numbers):
            told = numbers[name].dropna()
            seen += len(told)
            assert not told.between(0, 5, inclusive="neither").any()
    assert seen > 5


def test_each_layer_and_table_has_a_style_under_the_columns_that_qgis_asks_for(file, known):
    assert [row[1] for row in rows(file, "PRAGMA table_info(layer_styles)")] == STYLES
    asked = "SELECT f_table_name, f_geometry_column, useAsDefault, styleSLD FROM layer_styles"
    found = {name: told for name, *told in rows(file, asked)}
    for sheet in known.sheets:
        column, default, sld = found[sheet.key]
        assert (column, default) == ("geom" if sheet.located else "", 1)
        assert bool(sld) == sheet.drawn
    assert len(found) == len(known.sheets)


def test_the_file_and_each_layer_have_metadata_in_both_forms(file, known):
    sql = (
        "SELECT reference_scope, table_name, md_standard_uri, metadata, md_parent_id"
        " FROM gpkg_metadata_reference JOIN gpkg_metadata ON id = md_file_id"
    )
    found = rows(file, sql)
    assert len(found) == 2 * (1 + len(known.sheets))
    assert {row[2] for row in found} == {
        "http://www.isotc211.org/2005/gmd",
        "http://mrcc.com/qgis.dtd",
    }
    assert [row[0] for row in found if row[1] is None] == ["geopackage", "geopackage"]
    assert {row[1] for row in found} == {None, *(sheet.key for sheet in known.sheets)}
    for *_, text, _ in found:
        assert etree.fromstring(text.encode()) is not None
    assert all((parent is None) == (table is None) for _, table, _, _, parent in found)


def test_columns_have_names_and_classes_have_labels_in_the_schema(file, known):
    sql = "SELECT table_name, column_name, name, constraint_name FROM gpkg_data_columns"
    found = {(table, column): told for table, column, *told in rows(file, sql)}
    places = known.sheet("places")
    assert found["homes", "minutes"][0] == known.sheet("homes").columns["minutes"].heading
    assert found["places", "family"][1] == "places_classes"
    assert set(found) == {(s.key, name) for s in known.sheets for name in headings(s)}
    sql = "SELECT value, description FROM gpkg_data_column_constraints"
    labels = rows(file, f"{sql} WHERE constraint_name = 'places_classes' ORDER BY rowid")
    assert labels == [(entry.key, entry.label) for entry in places.layer.classes]


def test_two_layers_or_columns_of_one_name_are_told_apart(known, tmp_path):
    homes = known.sheet("homes")
    alike = dict.fromkeys(homes.columns, homes.columns["minutes"])
    again = replace(homes, key="again", columns=alike)
    file = written(replace(known, sheets=(homes, again)), tmp_path)
    named = dict(rows(file, "SELECT table_name, identifier FROM gpkg_contents"))
    assert named["again"] == f"{homes.name} [again]"
    assert faults(file) == ""


def test_a_layer_without_rows_is_still_a_layer_of_its_shape(known, tmp_path):
    sheets = []
    for sheet in known.sheets:
        if sheet.drawn:
            layer = replace(sheet.layer, table=sheet.layer.table.iloc[:0])
            sheets.append(replace(sheet, table=sheet.table.iloc[:0], layer=layer))
    file = written(replace(known, sheets=tuple(sheets)), tmp_path)
    shapes = dict(pyogrio.list_layers(file))
    assert (shapes["homes"], shapes["paths"], shapes["spots"]) == (
        *("Point", "LineString"),
        "Polygon",
    )
    assert faults(file) == ""


def test_the_same_export_is_written_the_same(known, tmp_path):
    dumps = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        with closing(sqlite3.connect(written(known, tmp_path / name))) as opened:
            dumps.append(opened.execute("SELECT * FROM gpkg_contents").fetchall())
    assert dumps[0] == dumps[1]


def test_what_fails_leaves_what_was_there(known, tmp_path, monkeypatch):
    file = written(known, tmp_path)
    before = file.read_bytes()

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(geopackage, "add_tables", full)
    with pytest.raises(sqlite3.OperationalError):
        geopackage.write(made(minutes=30), tmp_path, speaker("nb"))
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_qgis_opens_every_layer_with_its_style_and_without_a_word(language, tmp_path):
    export = made(language)
    file = written(export, tmp_path, language)
    keys = [sheet.key for sheet in export.sheets]
    found = qgis(file, keys)
    assert found["said"] == []
    for sheet in export.sheets:
        opened = found["layers"][sheet.key]
        assert (opened["valid"], opened["loaded"]) == (True, True), opened["message"]
        assert (opened["styles"], opened["style"]) == (1, sheet.name)
        assert opened["rows"] == len(sheet.table)
        named = {name: alias for name, alias in opened["aliases"].items() if name != "fid"}
        assert named == headings(sheet)
        assert opened["title"] == f"{sheet.name} – {export.title}"
        assert opened["abstract"].startswith(export.about[0][0])
        assert "© OpenStreetMap contributors" in opened["rights"]
        assert opened["licenses"][0].endswith("ODbL 1.0")
        assert opened["parent"] == export.stem
        if sheet.layer:
            seen(opened, sheet)


def seen(opened, sheet):
    """See that a layer is drawn by its classes, in their order, and QGIS reads every rule."""
    present = sheet.layer.present or sheet.layer.classes
    assert opened["renderer"] == "categorizedSymbol"
    assert opened["attribute"] == sheet.layer.value
    assert opened["ordered"]
    assert opened["faults"] == []
    assert opened["crs"] == opened["metadata_crs"] or sheet.table.empty
    assert [row[:2] for row in opened["categories"]] == [[e.key, e.label] for e in present]


def test_qgis_would_say_what_it_cannot_read(file, known, tmp_path):
    broken = shutil.copy(file, tmp_path / "broken.gpkg")
    with closing(sqlite3.connect(broken)) as opened:
        opened.execute(
            "UPDATE layer_styles SET styleQML = replace(styleQML, 'max(', 'no_such(')"
            " WHERE f_table_name = 'homes'"
        )
        opened.execute("UPDATE layer_styles SET styleQML = '' WHERE f_table_name = 'places'")
        opened.commit()
    found = qgis(broken, ["homes", "places"])["layers"]
    assert found["homes"]["faults"] != []
    assert not found["places"]["loaded"] or found["places"]["renderer"] == "singleSymbol"


def test_qgis_reads_the_sld_too(file, known, tmp_path):
    slds = {}
    for key, text in rows(file, "SELECT f_table_name, styleSLD FROM layer_styles"):
        if text:
            slds[key] = str(tmp_path / f"{key}.sld")
            (tmp_path / f"{key}.sld").write_text(text, encoding="utf-8")
    found = qgis(file, list(slds), slds=slds)
    assert found["said"] == []
    for key in slds:
        read = found["layers"][key]["sld"]
        assert read["read"], read["message"]
        present = known.sheet(key).layer.present or known.sheet(key).layer.classes
        assert read["rules"] >= len(present)


def test_qgis_adds_a_style_of_somebodys_own_to_our_table(file, tmp_path):
    kept = shutil.copy(file, tmp_path / "kept.gpkg")
    assert qgis(kept, ["homes"], saves=["homes"])["layers"]["homes"]["saved"] == ""
    assert rows(kept, "SELECT COUNT(*) FROM layer_styles WHERE styleName = 'mine'") == [(1,)]
    own = tmp_path / "own.gpkg"
    pyogrio.write_dataframe(pyogrio.read_dataframe(file, layer="homes"), own, layer="homes")
    qgis(own, ["homes"], saves=["homes"])
    assert [row[1] for row in rows(own, "PRAGMA table_info(layer_styles)")] == STYLES
