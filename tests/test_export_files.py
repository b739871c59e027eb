"""Files in every format: read back by who reads them, whole or not at all."""

import csv
import errno
import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from shapely import box

from data.norms import norms
from geo.errors import ExportError
from geo.tables import GROUPS
from layers import files
from tests.answers import HOSTILE, TODAY, exported
from tests.towns import CRS, SQUARE_M
from words import speaker

SAY = speaker("en")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COUNTS = {"people", "within", "beyond", "cut_off", "children", "older", "people_beyond"}
DRAWN = ["places", "place_areas", "homes", "spots", "boundary", "meetings", "gathered"]
PLAIN = ["groups", "measures", "indices", "lorenz", "norms", "about"]
SHEETS = {f"{name}.csv" for name in ("places", "spots", "meetings", "gathered", *PLAIN)}


def written(known, folder, language="en"):
    """Write every format, and return the files by the end of their names."""
    made = files.write(known, folder, speaker(language))
    return {
        file.name.removeprefix(f"moteplass-toytown-{TODAY}").lstrip("-"): file for file in made
    }


def unpacked(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet(content, language):
    """Read a spreadsheet as one of that country does."""
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, delimiter="," if language == "en" else ";"))


def sheets(language, **asked):
    packed = unpacked(files.csv(exported(language, **asked), speaker(language)))
    return {name.split(f"{TODAY}-")[1]: content for name, content in packed.items()}


@pytest.fixture(scope="module")
def geopackage(tmp_path_factory):
    file = tmp_path_factory.mktemp("gis") / "answer.gpkg"
    file.write_bytes(files.geopackage(exported("en"), SAY))
    return file


def test_a_geopackage_opens_with_all_its_layers(geopackage):
    layers = dict(pyogrio.list_layers(geopackage))
    assert list(layers) == DRAWN + PLAIN
    assert layers["spots"] == "Polygon"
    assert layers["meetings"] == "Point"
    assert {layers[name] for name in PLAIN} == {None}
    plain = (len(GROUPS), len(GROUPS), 12, 11, len(norms()), len(exported("en").about))
    for name, rows in zip(DRAWN + PLAIN, (10, 0, 4, 3, 1, 10, 0, *plain), strict=True):
        info = pyogrio.read_info(geopackage, layer=name, force_feature_count=True)
        assert info["features"] == rows
        assert info["crs"] == ("EPSG:25833" if layers[name] else None)
    assert set(pyogrio.read_info(geopackage, layer="homes")["fields"]) == {
        *("id", "minutes", "reach", "place_id", "place", "basis")
    }


def test_a_geopackage_says_what_it_rests_on(geopackage):
    about = pyogrio.read_dataframe(geopackage, layer="about")
    assert list(zip(about["what"], about["text"], strict=True)) == exported("en").about
    for name in DRAWN:
        known = pyogrio.read_info(geopackage, layer=name)["layer_metadata"]
        assert any("© OpenStreetMap contributors" in text for text in known.values())
        assert known["02 Question"].startswith("Everybody: 10 minutes or less")


def test_a_geopackage_keeps_every_name_as_it_is(geopackage):
    places = pyogrio.read_dataframe(geopackage, layer="places")
    assert dict(zip(places["id"], places["name"], strict=True)) == HOSTILE


def test_areas_are_one_more_layer_and_file(tmp_path):
    corner = SQUARE_M
    area = box(*corner, corner[0] + 90, corner[1] + 90)
    reach = gpd.GeoDataFrame({"minutes": [10]}, geometry=[area], crs=CRS)
    known = exported("en", reach_areas=reach)
    name = f"moteplass-toytown-{TODAY}-reach_areas.geojson"
    (feature,) = json.loads(unpacked(files.geojson(known, SAY))[name])["features"]
    assert feature["properties"] == {"minutes": 10}
    file = tmp_path / "answer.gpkg"
    file.write_bytes(files.geopackage(known, SAY))
    assert pyogrio.read_dataframe(file, layer="reach_areas").area.tolist() == [8100]


def test_geojson_is_in_degrees_and_knows_no_strange_numbers():
    packed = unpacked(files.geojson(exported("en"), SAY))
    assert len(packed) == len(DRAWN)

    def refuse(token):
        raise AssertionError(token)

    for content in packed.values():
        collection = json.loads(content, parse_constant=refuse)
        assert collection["type"] == "FeatureCollection"
        assert "crs" not in collection
        assert "© OpenStreetMap contributors" in " ".join(collection["about"])
        for feature in collection["features"]:
            assert set(feature) == {"type", "properties", "geometry"}
            spot = feature["geometry"]["coordinates"]
            while isinstance(spot[0], list):
                spot = spot[0]
            assert 14 < spot[0] < 15  # longitude first
            assert 67 < spot[1] < 68
    homes = json.loads(packed[f"moteplass-toytown-{TODAY}-homes.geojson"])["features"]
    assert [home["properties"]["minutes"] for home in homes] == [1.0, 10.3, 16.1, None]


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_a_spreadsheet_is_written_as_its_country_reads_it(language):
    found = sheets(language)
    assert set(found) == SHEETS
    assert all(content.startswith("\ufeff".encode()) for content in found.values())
    spots = sorted(sheet(found["spots.csv"], language), key=lambda row: row["minutes"])[::-1]
    spots = [spots[1], spots[2]]  # the nearer, and the one without a way
    comma = "." if language == "en" else ","
    assert spots[0]["minutes"] == f"10{comma}3"
    assert spots[1]["minutes"] == ""
    assert spots[1]["reach"] == speaker(language)("No way on foot")
    assert spots[0]["lon"].startswith(f"14{comma}")
    assert spots[0]["source"].startswith("© OpenStreetMap contributors")


def test_no_cell_of_a_spreadsheet_is_a_formula():
    found = {name: sheet(content, "en") for name, content in sheets("en").items()}
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert [c for c in cells if c.startswith(FORMULA) and not is_number(c)] == []
    names = [row["name"] for row in found["places.csv"]]
    tamed = [f"'{n}" if n.startswith(FORMULA) else n for n in HOSTILE.values()]
    assert names == tamed
    assert dict(row.values() for row in found["about.csv"])["Area"] == "'=Toytown (toytown)"


def is_number(text):
    try:
        return float(text) < 0
    except ValueError:
        return False


@pytest.mark.parametrize("group", GROUPS)
def test_in_no_file_are_one_to_four_people_a_number(group, tmp_path):
    made = written(exported("nb", group=group), tmp_path, "nb")
    rows = []
    for name, file in made.items():
        if name.endswith(".csv"):
            rows += sheet(file.read_bytes(), "nb")
        elif name.endswith(".geojson"):
            rows += [f["properties"] for f in json.loads(file.read_bytes())["features"]]
        else:
            for layer in DRAWN + PLAIN:
                rows += pyogrio.read_dataframe(file, layer=layer).to_dict("records")
    people = [
        row[key] for row in rows for key in COUNTS & set(row) if row[key] not in ("", None)
    ]
    numbers = [float(str(n).replace(",", ".")) for n in people]
    assert len(numbers) > 40
    assert [n for n in numbers if 0 < n < 5] == []


def test_every_format_is_written_and_replaced(tmp_path):
    folder = tmp_path / "new" / "folder"
    made = written(exported("en"), folder)
    assert len(made) == 1 + len(DRAWN) + len(SHEETS)
    assert sorted(made.values()) == sorted(folder.iterdir())
    made[".gpkg"].write_bytes(b"old")
    (folder / "mine.txt").write_text("mine")
    again = written(exported("en"), folder)
    assert again == made
    assert list(dict(pyogrio.list_layers(again[".gpkg"]))) == DRAWN + PLAIN
    assert (folder / "mine.txt").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_said_so(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(ExportError, match="could not be written") as said:
        files.write(exported("en"), tmp_path / "taken", SAY)
    assert str(tmp_path / "taken") in str(said.value)


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        ("_geojson", FULL),
        ("_csv", FULL),
        ("_geopackage", pyogrio.errors.DataSourceError("no space left")),
        ("_geopackage", pyogrio.errors.FeatureError("database or disk is full")),
    ],
)
def test_on_a_full_disk_nothing_is_left_half_written(tmp_path, monkeypatch, make, error):
    whole = getattr(files, make)

    def full(*told):
        whole(*told)
        raise error

    written(exported("en"), tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr(files, make, full)
    with pytest.raises(ExportError, match=r"(?i)no space|full"):
        files.write(exported("nb", minutes=60), tmp_path, SAY)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_file_open_elsewhere_is_said_so(tmp_path, monkeypatch):
    def locked(*_):
        raise PermissionError(errno.EACCES, "The file is in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(ExportError, match="close files"):
        files.write(exported("en"), tmp_path, SAY)


def test_a_download_on_a_full_disk_is_an_error_of_ours(monkeypatch):
    def full(*_):
        raise FULL

    monkeypatch.setattr(files, "_csv", full)
    with pytest.raises(ExportError, match="No space"):
        files.csv(exported("en"), SAY)
