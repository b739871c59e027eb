"""Files for the browser: small, complete or absent, named after their content."""

import json
import os
import threading
import time

import geopandas as gpd
import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geo.errors import ExportError
from layers import publish as published
from layers.geojson import SQUARE_M, encode
from layers.layer import Class, Drawing, Layer
from layers.publish import assets, own_folder, publish, scripts, styles, sweep

CRS = "EPSG:25833"
NEAR, FAR = Class("near", "Near", "#0b4f8a"), Class("far", "Far", "#a3150f")
CORNER = (500_000.0, 7_466_000.0)


def layer(geometry, drawing, keys=None, **options):
    keys = keys or ["near"] * len(geometry)
    table = gpd.GeoDataFrame({"is": keys, "secret": 3}, geometry=geometry, crs=CRS)
    return Layer("town", "Town", table, "is", (NEAR, FAR), drawing, **options)


def homes(**options):
    return layer([Point(CORNER)], Drawing.CIRCLES, card=(("is", "Is"),), **options)


def test_a_file_holds_what_the_browser_needs_and_nothing_else():
    (feature,) = json.loads(encode(homes()))["features"]
    assert feature["properties"] == {"is": "near"}
    longitude, latitude = feature["geometry"]["coordinates"]
    assert longitude == pytest.approx(15.0)
    assert latitude == round(latitude, 5)
    assert b"secret" not in encode(homes())


def test_rows_come_in_the_order_of_their_classes():
    marks = layer(
        [Point(CORNER)] * 3, Drawing.CIRCLES, ["far", "near", "far"], card=(("is", "Is"),)
    )
    keys = [row["properties"]["is"] for row in json.loads(encode(marks))["features"]]
    assert keys == ["near", "far", "far"]


def test_a_sign_stands_inside_its_place():
    x, y = CORNER
    around = Polygon(
        [(x, y), (x + 99, y), (x + 99, y + 9), (x + 9, y + 9), (x + 9, y + 99), (x, y + 99)]
    )
    places = layer([around], Drawing.SYMBOLS, title="is")
    document = json.loads(encode(places))
    (place,) = document["features"]
    assert place["geometry"]["type"] == "Point"
    assert place["id"] == "0"
    seen = gpd.GeoSeries([Point(place["geometry"]["coordinates"])], crs=4326).to_crs(CRS)
    assert seen.distance(around).item() < 1
    assert document["layer"]["signs"]["near"][""].startswith("<svg")


def test_a_background_is_one_feature_per_class_and_square():
    x, y = CORNER
    far = x + 3 * SQUARE_M
    lines = [LineString([(a, y), (a + 40, y)]) for a in (x, x + 40, far)]
    streets = layer(lines, Drawing.LINES)
    near, other = json.loads(encode(streets))["features"]
    assert len(near["geometry"]["coordinates"]) == 1  # two stretches joined
    assert len(near["geometry"]["coordinates"][0]) == 2  # and straightened
    assert other["properties"] == {"is": "near"}


def test_overlapping_land_is_wound_alike_so_that_it_is_filled_once():
    x, y = CORNER
    clockwise = Polygon([(x, y), (x, y + 90), (x + 90, y + 90), (x + 90, y)])
    land = layer([clockwise, MultiPolygon([box(x + 50, y, x + 99, y + 90)])], Drawing.AREAS)
    (green,) = json.loads(encode(land))["features"]
    rings = [Polygon(part[0]) for part in green["geometry"]["coordinates"]]
    assert len(rings) == 2
    assert all(ring.exterior.is_ccw for ring in rings)


def test_the_same_layer_has_the_same_name_and_another_one_another(tmp_path):
    name = publish(tmp_path, homes())
    assert publish(tmp_path, homes()) == name
    assert publish(tmp_path, homes(attribution="© Somebody")) != name
    assert (tmp_path / name).read_bytes() == encode(homes())
    assert len([*tmp_path.iterdir()]) == 2


def test_what_nobody_asks_for_any_more_is_swept_away(tmp_path):
    old, asked = (
        publish(tmp_path, homes()),
        publish(tmp_path, homes(unit="minutes", attribution="b")),
    )
    (tmp_path / ".town-0.1234.tmp").touch()
    (tmp_path / "map.css").touch()
    (tmp_path / "leaflet-1.9.3").mkdir()
    long_ago = time.time() - 3600
    for file in tmp_path.iterdir():
        os.utime(file, (long_ago, long_ago))
    publish(tmp_path, homes(unit="minutes", attribution="b"))
    assert sweep(tmp_path, 60) == 2
    assert {file.name for file in tmp_path.iterdir()} == {asked, "map.css", "leaflet-1.9.3"}
    assert sweep(tmp_path / "never made", 60) == 0
    assert old != asked


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").touch()
    for attempt in (
        lambda: publish(tmp_path / "file", homes()),
        lambda: assets(tmp_path / "file"),
    ):
        with pytest.raises(ExportError, match="cannot be written to") as caught:
            attempt()
        assert str(tmp_path / "file") in str(caught.value)


def test_an_interrupted_writer_leaves_no_half_file(tmp_path, monkeypatch):
    monkeypatch.setattr(published.Path, "replace", _no_space)
    with pytest.raises(ExportError, match="No space left"):
        publish(tmp_path, homes())
    with pytest.raises(ExportError, match="No space left"):
        assets(tmp_path)
    assert [*tmp_path.iterdir()] == []


def _no_space(*_):
    raise OSError(28, "No space left on device")


def test_scripts_and_styles_come_from_installed_packages(tmp_path):
    assets(tmp_path)
    for _, path in (*scripts(), *styles()):
        assert (tmp_path / path).stat().st_size > 500
    assert (tmp_path / "leaflet-1.9.3/images/layers.png").exists()
    assert not [*tmp_path.rglob("*.map")]
    assert not [*tmp_path.rglob("*.tmp")]


def test_assets_that_are_there_are_not_touched(tmp_path, monkeypatch):
    assets(tmp_path)
    monkeypatch.setattr(published.shutil, "copytree", _no_space)
    assets(tmp_path)


def test_processes_that_start_at_once_share_one_copy(tmp_path):
    faults = []

    def start():
        try:
            assets(tmp_path)
        except ExportError as error:
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {file.name for file in tmp_path.iterdir()} == {
        "leaflet-1.9.3",
        "markercluster-1.4.1",
        own_folder(),
    }


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(published.PACKAGES, "leaflet-1.9.3", "xstatic.pkg.not_there")
    with pytest.raises(ExportError, match=r"xstatic\.pkg\.not_there"):
        assets(tmp_path)
