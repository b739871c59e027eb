"""Every format of a hostile town: whole or not at all, nothing told that must not be."""

import csv
import errno
import io
import json
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
from lxml import etree
from shapely import box
from xlsxwriter.exceptions import FileCreateError

from geo.errors import ExportError
from geo.tables import GROUPS
from layers import files
from layers.formats.format import Format
from layers.formats.readable import readable
from layers.formats.text import defused
from tests import answers
from tests.answers import HOSTILE, TODAY
from tests.sheets import unpacked
from tests.towns import CRS, SQUARE_M
from words import speaker

SAY = speaker("en")
STEM = f"moteplass-toytown-{TODAY}"
KEYS = ("geopackage", "geojson", "shapefile", "flatgeobuf", "kml", "csv", "excel")
COUNTS = {"people", "within", "beyond", "cut_off", "children", "older", "people_beyond"}
DRAWN = {
    *("paths", "boundary", "spots", "walk_cells", "homes"),
    *("gathered", "meetings", "place_areas", "places"),
}
KML = "{http://www.opengis.net/kml/2.2}"


exported = cache(answers.exported)


def parts(known, key, say=SAY):
    """Return the files of a packed format by the ends of their names."""
    made = unpacked(files.packed(known, key, say))
    return {name.removeprefix(STEM).lstrip("-"): content for name, content in made.items()}


def rows_of(known, key, folder):
    """Return all rows of all tables of a format, by the names of the columns."""
    say = speaker("nb")
    packed = files.packed(known, key, say)
    if key == "csv":
        return [
            row
            for name, content in parts(known, key, say).items()
            for row in sheet(name, content, known)
        ]
    if key == "excel":
        return of_workbook(openpyxl.load_workbook(io.BytesIO(packed)), known)
    if key == "geojson":
        made = parts(known, key, say).values()
        return [f["properties"] for one in made for f in json.loads(one)["features"]]
    if key == "kml":
        places = etree.fromstring(parts(known, key, say)[".kml"]).iter(f"{KML}Placemark")
        return [{d.get("name"): d.text for d in p.iter(f"{KML}SimpleData")} for p in places]
    file = folder / f"a{files.FORMATS[key].ending}"
    file.write_bytes(packed)
    if key == "geopackage":
        names = dict(pyogrio.list_layers(file))
        return [row for name in names for row in read(file, layer=name)]
    ends = (".shp", ".fgb")
    inside = [name for name in unpacked(packed) if name.endswith(ends)]
    return [row for name in inside for row in read(f"/vsizip/{file}/{name}")]


def read(file, **options):
    return pyogrio.read_dataframe(file, **options).to_dict("records")


def sheet(name, content, known):
    """Return the rows of a spreadsheet, as one of Norway reads it."""
    if name.endswith(".sdmx.csv"):
        found = csv.DictReader(io.StringIO(content.decode(), newline=""))
        return [{row["MEASURE"].lower(): row["OBS_VALUE"]} for row in found]
    columns = list(known.sheet(name.removesuffix(".csv")).columns)
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [dict(zip(columns, row, strict=False)) for row in rows]


def of_workbook(book, known):
    """Return the rows of all pages, by the names of columns instead of their headings."""
    rows = []
    for page, one in zip(book, readable(known, speaker("nb"), sourced=False), strict=True):
        lines = page.iter_rows(min_row=2, values_only=True)
        rows += [dict(zip(one.columns, line, strict=True)) for line in lines]
    return rows


def test_there_are_seven_formats():
    assert tuple(files.FORMATS) == KEYS
    assert len({one.ending for one in files.FORMATS.values()}) == len(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_in_no_file_are_one_to_four_people_a_number(key, tmp_path):
    rows = rows_of(exported("nb"), key, tmp_path)
    told = [row[name] for row in rows for name in COUNTS & set(row)]
    numbers = [float(str(n).replace(",", ".")) for n in told if n not in ("", None)]
    assert len(numbers) > 10
    assert [n for n in numbers if 0 < n < 5] == []


@pytest.mark.parametrize("group", GROUPS)
def test_nor_for_any_group(group, tmp_path):
    rows = rows_of(exported("nb", group=group), "csv", tmp_path)
    told = [row[name] for row in rows for name in COUNTS & set(row) if row[name]]
    assert [n for n in told if 0 < float(n.replace(",", ".")) < 5] == []


@pytest.mark.parametrize("key", KEYS)
def test_what_has_no_number_has_a_word_in_every_format(key, tmp_path):
    rows = rows_of(exported("nb"), key, tmp_path)
    cells = [str(cell).lower() for row in rows for cell in row.values()]
    assert not {"inf", "-inf", "infinity"} & set(cells)
    assert speaker("nb")("No way on foot").lower() in cells
    assert speaker("nb")("fewer than {n}", n=5).lower() in cells


@pytest.mark.parametrize("key", KEYS)
def test_every_name_is_in_every_format_as_it_is(key, tmp_path):
    rows = rows_of(exported("nb"), key, tmp_path)
    found = {row["name"] for row in rows if row.get("name")}
    tamed = defused if key in ("csv", "excel") else str
    most = 254 if key == "shapefile" else 10_000
    for name in HOSTILE.values():
        wanted = tamed(name)[:most]
        assert wanted in {one.replace("_x000D_", "\r") for one in found}


def test_maps_have_all_layers():
    known = exported("en")
    for key, ending in (("geojson", "geojson"), ("flatgeobuf", "fgb")):
        assert set(parts(known, key)) == {f"{name}.{ending}" for name in DRAWN}
    inside = unpacked(files.packed(known, "shapefile", SAY))
    assert {name.removesuffix(".shp") for name in inside if name.endswith(".shp")} == DRAWN


def test_areas_are_one_more_layer():
    area = box(*SQUARE_M, SQUARE_M[0] + 90, SQUARE_M[1] + 90)
    reach = gpd.GeoDataFrame({"minutes": [10]}, geometry=[area], crs=CRS)
    made = parts(answers.exported("en", reach_areas=reach), "geojson")
    (feature,) = json.loads(made["reach_areas.geojson"])["features"]
    assert feature["properties"]["minutes"] == 10


def test_every_format_is_written_and_replaced(tmp_path):
    known, folder = exported("en"), tmp_path / "new" / "folder"
    made = files.write(known, folder, SAY)
    assert made == sorted(folder.iterdir())
    endings = {".gpkg", ".kml", ".xlsx", "-shapefile.zip", "-homes.geojson", "-homes.fgb"}
    assert {f"{STEM}{ending}" for ending in (*endings, "-groups.csv")} <= {f.name for f in made}
    made[0].write_bytes(b"old")
    (folder / "mine.txt").write_text("mine")
    assert files.write(known, folder, SAY) == made
    assert made[0].read_bytes() != b"old"
    assert (folder / "mine.txt").read_text() == "mine"


def test_only_the_formats_that_are_asked_for(tmp_path):
    made = files.write(exported("en"), tmp_path, SAY, ["excel", "kml", "excel"])
    assert [file.name for file in made] == [f"{STEM}.kml", f"{STEM}.xlsx"]
    with pytest.raises(ExportError, match="There is no format dwg: choose from geopackage"):
        files.write(exported("en"), tmp_path, SAY, ["dwg"])
    with pytest.raises(ExportError, match="dwg"):
        files.packed(exported("en"), "dwg", SAY)


def test_a_file_in_the_place_of_the_folder_is_said_so(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(ExportError, match="could not be written") as said:
        files.write(exported("en"), tmp_path / "taken", SAY)
    assert str(tmp_path / "taken") in str(said.value)


FULL = OSError(errno.ENOSPC, "No space left on device")


def failing(key, error):
    """Return the formats, of which one fails when it has written everything."""
    one = files.FORMATS[key]

    def write(*told):
        one.write(*told)
        raise error

    return {**files.FORMATS, key: Format(one.key, write, one.ending, one.mime, one.packed)}


@pytest.mark.parametrize(
    ("key", "error"),
    [
        ("geojson", FULL),
        ("excel", FileCreateError(FULL)),
        ("shapefile", pyogrio.errors.DataSourceError("no space left")),
        ("flatgeobuf", pyogrio.errors.FeatureError("database or disk is full")),
        ("geopackage", sqlite3.OperationalError("database or disk is full")),
    ],
)
def test_on_a_full_disk_nothing_is_left_half_written(tmp_path, monkeypatch, key, error):
    files.write(exported("en"), tmp_path, SAY, dict.fromkeys((key, "csv")))
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr(files, "FORMATS", failing(key, error))
    with pytest.raises(ExportError, match=r"(?i)no space|full"):
        files.write(exported("nb"), tmp_path, SAY, dict.fromkeys(("csv", key)))
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
    with pytest.raises(ExportError, match=r"(?i)no space|full"):
        files.packed(exported("en"), key, SAY)


@pytest.mark.parametrize("locked", [0, 3, 11])
def test_a_file_open_elsewhere_leaves_all_as_they_were(tmp_path, monkeypatch, locked):
    made = files.write(exported("en"), tmp_path, SAY, ["geojson", "kml"])
    made[5].unlink()  # one that is new the next time
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    replace, calls = Path.replace, iter(range(1000))

    def refuse(path, target):
        if next(calls) == locked:
            raise PermissionError(errno.EACCES, "The file is in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match="close files"):
        files.write(exported("nb"), tmp_path, SAY, ["geojson", "kml"])
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_geopackage_is_a_database(tmp_path):
    file = tmp_path / "a.gpkg"
    file.write_bytes(files.packed(exported("en"), "geopackage", SAY))
    with closing(sqlite3.connect(file)) as database:
        names = {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
    assert {"places", "homes", "groups", "about"} <= names
