"""GeoJSON, FlatGeobuf, Shapefile and KML, read back by who reads them."""

import io
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from lxml import etree

from geo.crs import WGS84
from layers import files
from layers.formats.rows import SHAPE_DEGREE
from tests.sheets import CRS, DAY, KEPT, TEXTS, drawn_export, same_areas, unpacked
from words import speaker

SAY = speaker("en")
STEM = f"moteplass-vik-{DAY}"
KML = "{http://www.opengis.net/kml/2.2}"
MAPS = ("zones", "paths", "mixed", "nothing", "places")


@pytest.fixture(scope="module")
def export():
    return drawn_export()


def parts(export, key):
    """Return the files of a format by the last part of their names."""
    return {
        name.removeprefix(f"{STEM}-"): content
        for name, content in unpacked(files.packed(export, key, SAY)).items()
    }


@pytest.fixture(scope="module")
def read(export, tmp_path_factory):
    """Return what gives a layer as GDAL reads it from a format, its rows in order."""
    folder = tmp_path_factory.mktemp("read")
    for key in ("geojson", "flatgeobuf", "shapefile"):
        (folder / key).mkdir()
        for name, content in parts(export, key).items():
            (folder / key / name).write_bytes(content)

    def layer(file, by=None):
        (path,) = folder.glob(f"*/{file}")
        table = pyogrio.read_dataframe(path)
        return table.sort_values(by, ignore_index=True) if by else table

    return layer


def names(table, column="name"):
    return dict(zip(table["id"], table[column], strict=True))


EXPECTED = dict(zip((f"n{i}" for i in range(len(TEXTS))), KEPT.values(), strict=True))


# --- What is the same in all of them ---------------------------------------------------------


@pytest.mark.parametrize("ending", ["geojson", "fgb"])
def test_the_same_rows_and_values_come_back(read, export, ending):
    places, sheet = (
        read(f"places.{ending}", "places_per_thousand"),
        export.sheet("places").table,
    )
    assert places.crs == (WGS84 if ending == "geojson" else CRS)
    assert list(places.columns) == [*export.sheet("places").columns, "geometry"]
    assert names(places) == EXPECTED
    for column in ("minutes", "places_per_home"):
        assert np.array_equal(places[column], sheet[column], equal_nan=True)
    assert places["inside"].tolist() == sheet["inside"].tolist()
    assert places["reach"].tolist() == sheet["reach"].tolist()
    apart = places.to_crs(CRS).distance(sheet.geometry)
    assert apart.max() < 0.02


@pytest.mark.parametrize("ending", ["geojson", "fgb", "shp"])
def test_areas_agree_to_a_square_metre_and_nothing_is_nothing(read, export, ending):
    zones = read(f"zones.{ending}", "id")
    same_areas(zones.geometry, export.sheet("zones"))
    assert zones["people"].tolist()[::2] == [1234, 0]
    assert np.isnan(zones["people"][1])
    words = "people_tex" if ending == "shp" else "people_text"
    assert zones[words].tolist()[:2] == ["about 1,230", "fewer than 5"]
    assert zones.geometry.explode().count_interior_rings().sum() == 1


@pytest.mark.parametrize("ending", ["geojson", "fgb", "shp"])
def test_a_layer_without_rows_is_a_layer(read, ending):
    nothing = read(f"nothing.{ending}")
    assert len(nothing) == 0
    if ending != "geojson":  # which knows no columns without rows
        assert set(nothing.columns) == {"id", "minutes", "class", "geometry"}


def test_degrees_are_as_fine_as_areas_need(export):
    """With the seven decimals that many programs write, the wide zone is off by more."""
    (wide,) = export.sheet("zones").table.geometry[1:2].to_crs(WGS84)
    kept, coarse = (
        gpd.GeoSeries([shapely.set_precision(wide, step, mode="pointwise")], crs=WGS84)
        .to_crs(CRS)
        .area[0]
        for step in (SHAPE_DEGREE, 1e-7)
    )
    true = export.sheet("zones").table.area[1]
    assert abs(kept - true) < 1 < abs(coarse - true)


# --- GeoJSON ---------------------------------------------------------------------------------


def refuse(token):
    raise AssertionError(token)


def rings(shape):
    polygons = (
        shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    )
    for outer, *holes in polygons:
        yield outer, True
        yield from ((hole, False) for hole in holes)


def test_geojson_is_as_rfc_7946_has_it(export):
    found = parts(export, "geojson")
    assert set(found) == {f"{key}.geojson" for key in MAPS}
    for content in found.values():
        assert not content.startswith(b"\xef\xbb\xbf")
        collection = json.loads(content, parse_constant=refuse)
        assert collection["type"] == "FeatureCollection"
        assert "crs" not in collection
        assert collection["about"][1] == "Source: © <Ŋuorgu> & co"
        for feature in collection["features"]:
            assert set(feature) == {"type", "properties", "geometry"}
            shape = feature["geometry"]
            if shape is None or not shape["type"].endswith("Polygon"):
                continue
            for ring, outer in rings(shape):
                assert shapely.LinearRing(ring).is_ccw == outer
                assert ring[0] == ring[-1]
                assert all(14 < lon < 16 and 67 < lat < 68 for lon, lat in ring)
    zones = json.loads(found["zones.geojson"])
    assert (zones["name"], zones["title"]) == ("zones", "The zones: [all]")
    assert zones["columns"]["area_m2"] == "Area_m2 ø (m²)"


def test_geojson_has_null_for_what_is_not_there(export):
    mixed = json.loads(parts(export, "geojson")["mixed.geojson"])["features"]
    kinds = [one["geometry"] and one["geometry"]["type"] for one in mixed]
    assert kinds == ["Point", "Polygon", "LineString", "GeometryCollection", None]
    places = json.loads(parts(export, "geojson")["places.geojson"])["features"]
    assert [one["properties"]["minutes"] for one in places][:3] == [None, 0.1, 0.2]
    assert places[0]["properties"]["reach"] == "No way on foot"


# --- FlatGeobuf ------------------------------------------------------------------------------


def test_a_flatgeobuf_says_what_it_is(read, export, tmp_path):
    content = parts(export, "flatgeobuf")["places.fgb"]
    file = tmp_path / "places.fgb"
    file.write_bytes(content)
    known = pyogrio.read_info(file)
    assert (known["crs"], known["geometry_type"]) == (CRS, "Point")
    assert known["layer_metadata"]["02 Source"] == "© <Ŋuorgu> & co"
    assert known["layer_metadata"]["minutes"] == "Minutes ø (min)"
    assert known["features"] == len(TEXTS)
    near = export.sheet("places").table.geometry[:3].buffer(1).total_bounds
    assert len(pyogrio.read_dataframe(file, bbox=tuple(near))) == 3


def test_a_flatgeobuf_holds_any_shapes_and_none(read):
    mixed = read("mixed.fgb", "n")
    assert mixed["n"].tolist() == [0, 1, 2, 3, 4]
    assert mixed.geom_type[:4].tolist() == [
        "Point",
        "Polygon",
        "LineString",
        "GeometryCollection",
    ]
    assert mixed.geometry[4] is None


# --- Shapefile -------------------------------------------------------------------------------


def test_shapefiles_have_all_their_parts_and_a_key(export):
    found = parts(export, "shapefile")
    layers = (
        "zones",
        "paths",
        "mixed_points",
        "mixed_lines",
        "mixed_areas",
        "nothing",
        "places",
    )
    ends = ("shp", "shx", "dbf", "prj", "cpg")
    wanted = {f"{layer}.{end}" for layer in layers for end in ends}
    assert set(found) == wanted | {"columns.csv", "about.txt"}
    assert {found[f"{layer}.cpg"] for layer in layers} == {b"UTF-8"}
    assert all(b"UTM_Zone_33N" in found[f"{layer}.prj"] for layer in layers)
    key = pd.read_csv(io.BytesIO(found["columns.csv"]), sep=";", encoding="utf-8-sig")
    of_places = key[key["File"] == "places.shp"].set_index("Full name")
    assert of_places["Column"]["places_per_thousand"] == "places_per"
    assert of_places["Column"]["places_per_home"] == "places_p_2"
    assert of_places["What it is"]["minutes"] == "Minutes ø (min)"
    assert of_places["Texts cut"].to_dict()["name"] == 1
    assert of_places["Texts cut"].sum() == 1
    about = found["about.txt"].decode("utf-8-sig")
    assert "© <Ŋuorgu> & co" in about
    assert "254 bytes" in about


def test_shapefiles_keep_what_they_can(read, export):
    places, sheet = read("places.shp", "id"), export.sheet("places").table
    sheet = sheet.sort_values("id", ignore_index=True)
    assert places.crs.to_epsg() == 25833
    for there, here in zip(
        names(places).values(), (EXPECTED[i] for i in places["id"]), strict=True
    ):
        assert there == here if len(here.encode()) < 255 else here.startswith(there)
    assert max(len(name.encode()) for name in places["name"]) == 254
    assert np.array_equal(places["minutes"], sheet["minutes"], equal_nan=True)
    assert np.allclose(places["places_p_2"], sheet["places_per_home"], rtol=0, atol=1e-12)
    assert places["inside"].tolist() == sheet["inside"].tolist()
    assert places.distance(sheet.geometry).max() < 1e-6


def test_shapes_of_several_kinds_become_as_many_shapefiles(read):
    points, lines, areas = (read(f"mixed_{kind}.shp") for kind in ("points", "lines", "areas"))
    assert points["n"].tolist() == [0, 3, 4]
    assert (lines["n"].tolist(), lines.length.tolist()) == ([2], [5.0])
    assert areas["n"].tolist() == [1, 3]
    assert areas.area.tolist() == [62_500, 62_500]


# --- KML -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kml(export):
    made = unpacked(files.packed(export, "kml", SAY))
    assert list(made) == [f"{STEM}.kml"]
    return made[f"{STEM}.kml"]


def text(element, path):
    return element.findtext("/".join(KML + part for part in path.split("/")))


def test_a_kml_has_a_folder_for_each_layer_and_class(kml):
    document = etree.fromstring(kml)[0]
    assert text(document, "name") == "Meeting places in <Vik>"
    folders = {text(folder, "name"): folder for folder in document.findall(f"{KML}Folder")}
    assert list(folders) == [f"The {key}: [all]" for key in MAPS]
    inside = folders["The places: [all]"].findall(f"{KML}Folder")
    assert [text(one, "name") for one in inside] == ["Near <1>", "Far"]
    styles = {style.get("id") for style in document.iter(f"{KML}Style")}
    urls = {url.text.removeprefix("#") for url in document.iter(f"{KML}styleUrl")}
    assert urls <= styles
    assert {"places-0", "places-1", "zones-0", "zones-1"} <= urls
    assert text(document.find(f"{KML}Style[@id='zones-0']"), "PolyStyle/color") == "808a4f0b"


def test_a_kml_fetches_nothing_and_holds_no_markup_of_others(kml):
    root = etree.fromstring(kml)
    assert not list(root.iter(f"{KML}href", f"{KML}Icon", f"{KML}NetworkLink"))
    told = [element.text for element in root.iter(f"{KML}description")]
    assert len(told) == 1 + len(TEXTS)
    for content in told:
        html = etree.HTML(f"<body>{content}</body>")
        assert {element.tag for element in html.iter()} <= {"html", "body", "br", "p"}
    assert any("<script>alert(1)</script>" in "".join(etree.HTML(t).itertext()) for t in told)


def test_a_kml_read_back_holds_every_row(kml, export, tmp_path):
    file = tmp_path / "a.kml"
    file.write_bytes(kml)
    layers = pyogrio.list_layers(file)[:, 0]
    assert "Near <1>" in layers
    found = pd.concat(pyogrio.read_dataframe(file, layer=layer) for layer in layers)
    ids = found[found["id2"].isin(EXPECTED)].set_index("id2")  # GDAL has an id of its own
    assert len(ids) == len(EXPECTED)
    assert ids["name2"].to_dict() == EXPECTED
    assert ids["Name"].to_dict() == EXPECTED
    sheet = export.sheet("places").table.set_index("id")
    assert np.array_equal(ids["minutes"].loc[sheet.index], sheet["minutes"], equal_nan=True)
    assert ids["reach"].loc["n0"] == "No way on foot"
    assert ids["inside"].loc[sheet.index].tolist() == sheet["inside"].tolist()
    spots = gpd.GeoSeries(ids.geometry, crs=WGS84).loc[sheet.index].to_crs(CRS)
    assert spots.distance(sheet.geometry).max() < 0.02


def test_areas_of_a_kml_agree_to_a_square_metre(kml, export):
    root = etree.fromstring(kml)
    (folder,) = (
        f for f in root[0].findall(f"{KML}Folder") if text(f, "name") == "The zones: [all]"
    )
    found = {}
    for place in folder.iter(f"{KML}Placemark"):
        (ident,) = (d.text for d in place.iter(f"{KML}SimpleData") if d.get("name") == "id")
        polygons = []
        for polygon in place.iter(f"{KML}Polygon"):
            outer, *holes = (
                [tuple(map(float, spot.split(","))) for spot in ring.text.split()]
                for ring in polygon.iter(f"{KML}coordinates")
            )
            polygons.append(shapely.Polygon(outer, holes))
        found[ident] = shapely.MultiPolygon(polygons)
    shapes = [found[ident] for ident in ("z1", "z2", "z3")]
    same_areas(gpd.GeoSeries(shapes, crs=WGS84), export.sheet("zones"))


def test_what_is_missing_has_no_field_in_a_kml(kml):
    root = etree.fromstring(kml)
    data = [
        {field.get("name"): field.text for field in place.iter(f"{KML}SimpleData")}
        for place in root.iter(f"{KML}Placemark")
    ]
    (first,) = (row for row in data if row.get("id") == "n0")
    assert "minutes" not in first
    assert b"nan" not in kml
    assert b">None<" not in kml
    types = {field.get("name"): field.get("type") for field in root.iter(f"{KML}SimpleField")}
    assert types["minutes"] == "double"
    assert types["name"] == "string"
