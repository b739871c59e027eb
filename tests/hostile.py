"""Files that mean harm, or were made by accident: each with what has to come of it."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

Maker = Callable[[Path], Path]

HEADER = "navn,lat,lon\n"
ROW = "Vik skole,65.31,12.17\n"
SCHOOLS = (HEADER + ROW * 3).encode()
XML = '<?xml version="1.0" encoding="UTF-8"?>'
KML = "http://www.opengis.net/kml/2.2"
GML = "http://www.opengis.net/gml/3.2"


@dataclass(frozen=True)
class Refused:
    """It is not opened, and this stands in the sentence that says why."""

    says: str


@dataclass(frozen=True)
class Read:
    """It is read: so many places, and faults in these rows."""

    places: int
    faults: tuple[int, ...] = ()
    crs: str = "EPSG:4326"
    says: str = ""


Outcome = Refused | Read
MAKERS: dict[str, tuple[Maker, Outcome]] = {}


def hostile(name: str, outcome: Outcome) -> Callable[[Maker], Maker]:
    """Add a file to the list."""

    def add(make: Maker) -> Maker:
        assert name not in MAKERS
        MAKERS[name] = (make, outcome)
        return make

    return add


def plainly(name: str, outcome: Outcome, content: bytes | str) -> None:
    """Add a file of that content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    hostile(name, outcome)(make)


def packed(members: dict[str, bytes]) -> bytes:
    """Return an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def features(*rows: tuple[dict[str, object], object], crs: str = "") -> str:
    """Return GeoJSON of pairs of properties and geometry, which may be `None`."""
    some = [{"type": "Feature", "properties": p, "geometry": g} for p, g in rows]
    told: dict[str, object] = {"type": "FeatureCollection", "features": some}
    if crs:
        told["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(told)


def point(*xy: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": list(xy)}


def school(x: float = 12.17, y: float = 65.31) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"navn": ["Vik skole"]}, geometry=[shapely.Point(x, y)], crs="EPSG:4326"
    )


def shapefile(folder: Path, *, without: str = "") -> dict[str, bytes]:
    school().to_file(folder / "skoler.shp")
    found = {path.name: path.read_bytes() for path in folder.glob("skoler.*")}
    return {name: one for name, one in found.items() if not without or without not in name}


# --- Archives ----------------------------------------------------------------------------


plainly("bomb.zip", Refused("would unpack"), packed({"a.csv": b"0" * 60_000_000}))
plainly("many.zip", Refused("files; at most"), packed({f"{n}.csv": b"a" for n in range(2500)}))
plainly(
    "nested.zip",
    Refused("another archive"),
    packed({"inner.zip": packed({"a.csv": SCHOOLS})}),
)
plainly("up.zip", Refused("leads out"), packed({"../../skoler.csv": SCHOOLS}))
plainly("absolute.zip", Refused("leads out"), packed({"/etc/skoler.csv": SCHOOLS}))
plainly("drive.zip", Refused("leads out"), packed({"C:\\skoler.csv": SCHOOLS}))
plainly("nothing.zip", Refused("no file that is read here"), packed({"readme.md": b"hello"}))
plainly("hidden.zip", Read(3), packed({"skoler.csv": SCHOOLS, "run.vrt": b"<OGRVRT/>"}))
plainly("cut.zip", Refused("damaged"), packed({"skoler.csv": SCHOOLS * 50})[:120])


@hostile("link.zip", Refused("a link"))
def link(folder: Path) -> Path:
    info = zipfile.ZipInfo("skoler.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "link.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return folder / "link.zip"


@hostile("liar.zip", Refused("damaged"))
def liar(folder: Path) -> Path:
    """Declare ten bytes, and hold ten million."""
    data = bytearray(packed({"a.csv": b"0" * 10_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    (folder / "liar.zip").write_bytes(data)
    return folder / "liar.zip"


# --- Markup ------------------------------------------------------------------------------


laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
placemark = "<Placemark><name>{}</name><Point><coordinates>12.17,65.31</coordinates></Point>"
plainly(
    "laughs.kml",
    Refused("declares a document type"),
    f'{XML}<!DOCTYPE kml [<!ENTITY l0 "lol">{laughs}]><kml xmlns="{KML}"><Document>'
    f"{placemark.format('&l9;')}</Placemark></Document></kml>",
)
plainly(
    "laughs.gml",
    Refused("declares a document type"),
    f'{XML}<!DOCTYPE a [<!ENTITY l0 "lol">{laughs}]><gml:FeatureCollection xmlns:gml="{GML}">'
    "&l9;</gml:FeatureCollection>",
)
plainly(
    "outside.kml",
    Refused("declares a document type"),
    f'{XML}<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml xmlns="{KML}">'
    f"<Document>{placemark.format('&x;')}</Placemark></Document></kml>",
)
plainly(
    "outside16.kml",
    Refused("declares a document type"),
    f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE kml SYSTEM "http://127.0.0.1:9/a.dtd">'
    f'<kml xmlns="{KML}"/>'.encode("utf-16"),
)
plainly(
    "deep.kml",
    Refused("deep"),
    f'{XML}<kml xmlns="{KML}">{"<Folder>" * 100_000}{"</Folder>" * 100_000}</kml>',
)
plainly("vrt.gml", Refused("neither KML nor GML"), "<OGRVRTDataSource></OGRVRTDataSource>")
plainly(
    "two_roots.gml",
    Refused("damaged"),
    f'<gml:FeatureCollection xmlns:gml="{GML}"/><OGRVRTDataSource/>',
)
plainly(
    "network_link.kml",
    Read(1, says="kind"),
    f'{XML}<kml xmlns="{KML}"><Document><NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href>'
    f"</Link></NetworkLink>{placemark.format('Vik skole')}</Placemark></Document></kml>",
)


# --- Text --------------------------------------------------------------------------------


plainly("empty.csv", Refused("is empty"), b"")
plainly("blank.csv", Refused("is empty"), "\n\n , ,\n")
plainly("header.csv", Refused("no rows"), HEADER)
plainly("garbage.csv", Refused("no text"), bytes(range(256)) * 400)
plainly("wide.csv", Refused("columns"), ",".join(map(str, range(1_000_000))) + "\n1,2\n")
plainly("twins.csv", Read(1), "navn,navn,lat,lon\nVik skole,x,65.31,12.17\n")
plainly("geometry.csv", Read(1), "geometry,navn,lat,lon\nx,Vik skole,65.31,12.17\n")
plainly(
    "formula.csv",
    Read(2),
    HEADER + "\"=cmd|' /C calc'!A0 skole\",65.3,12.1\n+1+1 skole,65.3,12.1\n",
)
plainly("marks.csv", Read(1), HEADER + "Vik\u202e eloks\x07 skole,65.31,12.17\n")
plainly("nul.csv", Read(2), HEADER + "Vik\0 skole,65.31,12.17\n" + ROW)
plainly("utf16.csv", Read(3), (HEADER + ROW * 3).encode("utf-16-le"))
plainly("dos.csv", Read(1), "navn;lat;lon\nSkøyen skåle skole;65,31;12,17\n".encode("cp865"))
plainly("comma.csv", Read(1), 'navn;lat;lon\n"Vik; gamle, skole";65,31;12,17\n')
plainly("mixed.csv", Read(1), 'navn,lat,lon\n"Vik; a|b\tskole","65,31","12,17"\n')
plainly(
    "ragged.csv",
    Read(2, faults=(3, 4)),
    HEADER + ROW + "Vik skole,65.3\n" + "a,65,12,9\n" + ROW,
)
plainly("quote.csv", Refused("does not end"), HEADER + '"Vik skole,65.3,12.1\n' + ROW * 60_000)
plainly(
    "infinite.csv",
    Read(20, faults=(2, 3, 4, 5)),
    HEADER + "A skole,nan,12\nB skole,inf,12\nC skole,1e999,12\nD skole,x,12\n" + ROW * 20,
)
plainly("swapped.csv", Read(3), "navn,lat,lon\n" + "Vik skole,12.17,65.31\n" * 3)
plainly(
    "metres.csv",
    Read(2, crs="EPSG:25833"),
    "navn;x;y\nVik skole;367500;7247000\nBerg skole;367800,5;7247100\n",
)
plainly("rows.csv", Refused("more than"), "a\n" + "1\n" * 1_000_002)


# --- Maps --------------------------------------------------------------------------------


plainly("nesting.geojson", Refused("deep"), '{"type":"FeatureCollection","a":' + "[" * 500_000)
plainly(
    "nesting_closed.geojson",
    Refused("deep"),
    '{"type":"FeatureCollection","features":[],"a":' + "[" * 90_000 + "]" * 90_000 + "}",
)
plainly(
    "pipeline.geojson",
    Refused("no GeoJSON"),
    '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}',
)
plainly(
    "pipeline2.geojson",
    Refused("damaged"),
    '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read a.csv",'
    ' "x": {"type": "FeatureCollection"}}',
)
plainly("cut.geojson", Refused("damaged"), features(({"navn": "Vik"}, point(12, 65)))[:90])
plainly("nothing.geojson", Refused("no rows"), features())
plainly(
    "mixed.geojson",
    Read(3, faults=(4, 5)),
    features(
        ({"navn": "Vik skole"}, point(12.17, 65.31)),
        ({"navn": "Elv skole"}, {"type": "LineString", "coordinates": [[12, 65], [12.1, 65]]}),
        (
            {"navn": "Jord skole"},
            {
                "type": "Polygon",
                "coordinates": [[[12, 65], [12.1, 65], [12.1, 65.1], [12, 65]]],
            },
        ),
        ({"navn": "Luft skole"}, None),
        ({"navn": "Tom skole"}, {"type": "Polygon", "coordinates": []}),
    ),
)
plainly(
    "geometry.geojson",
    Read(1),
    features(({"geometry": "x", "navn": "Vik skole", "index": 1}, point(12.17, 65.31))),
)
plainly(
    "wrong_crs.geojson",
    Read(2, crs="EPSG:25833"),
    features(
        ({"navn": "Vik skole"}, point(367500, 7247000)),
        ({"navn": "Berg skole"}, point(367800, 7247100)),
    ),
)
plainly("swapped.geojson", Read(1), features(({"navn": "Vik skole"}, point(65.31, 12.17))))
plainly(
    "far.geojson",
    Read(2, faults=(3,)),
    features(
        ({"navn": "Vik skole"}, point(12.17, 65.31)),
        ({"navn": "Berg skole"}, point(12.18, 65.31)),
        ({"navn": "Null skole"}, point(0, 0)),
    ),
)


@hostile("wide.geojson", Refused("columns"))
def wide_map(folder: Path) -> Path:
    told = {f"c{n}": n for n in range(3000)}
    (folder / "wide.geojson").write_text(features((told, point(12, 65))))
    return folder / "wide.geojson"


@hostile("cut.gpkg", Refused("damaged"))
def cut_package(folder: Path) -> Path:
    path = folder / "cut.gpkg"
    school().to_file(path)
    path.write_bytes(path.read_bytes()[:20_000])
    return path


@hostile("other.gpkg", Refused("no GeoPackage"))
def other_database(folder: Path) -> Path:
    path = folder / "other.gpkg"
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "CREATE TABLE a (x); CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;"
        )
    return path


@hostile("endless.gpkg", Refused("no layer that is a table"))
def endless_view(folder: Path) -> Path:
    """Hide a question that never ends behind the name of the layer."""
    path = folder / "endless.gpkg"
    school().to_file(path, layer="skoler")
    with closing(sqlite3.connect(path)) as base:
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        base.executescript(
            "ALTER TABLE skoler RENAME TO hidden; CREATE VIEW skoler AS WITH RECURSIVE"
            " n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n)"
            " SELECT fid, NULL AS geom, 'a' AS navn FROM n;"
            " UPDATE gpkg_contents SET table_name = 'skoler';"
        )
    return path


@hostile("triggers.gpkg", Read(1))
def triggers(folder: Path) -> Path:
    path = folder / "triggers.gpkg"
    school().to_file(path)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "CREATE TRIGGER bad AFTER INSERT ON triggers BEGIN DELETE FROM triggers; END;"
            " CREATE VIEW slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n)"
            " SELECT * FROM n;"
        )
    return path


for missing in (".shx", ".dbf"):

    def without(folder: Path, missing: str = missing) -> Path:
        path = folder / f"without{missing}.zip"
        path.write_bytes(packed(shapefile(folder, without=missing)))
        return path

    hostile(f"without{missing}.zip", Refused(f"lacks its {missing}"))(without)


@hostile("without.prj.zip", Read(1))
def without_projection(folder: Path) -> Path:
    (folder / "a.zip").write_bytes(packed(shapefile(folder, without=".prj")))
    return folder / "a.zip"


@hostile("cut.shp.zip", Refused("damaged"))
def cut_shapefile(folder: Path) -> Path:
    parts = shapefile(folder)
    parts["skoler.shp"] = parts["skoler.shp"][:50]
    parts["skoler.dbf"] = parts["skoler.dbf"][:20]
    (folder / "cut.shp.zip").write_bytes(packed(parts))
    return folder / "cut.shp.zip"


# --- Workbooks ---------------------------------------------------------------------------


def book(*rows: tuple[object, ...]) -> bytes:
    sheets = openpyxl.Workbook()
    assert sheets.active is not None
    for row in rows:
        sheets.active.append(row)
    buffer = io.BytesIO()
    sheets.save(buffer)
    return buffer.getvalue()


def rewritten(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    assert old in members[name]
    members[name] = members[name].replace(old, new)
    return packed(members)


SHEET = book(("navn", "lat", "lon"), ("Vik skole", 65.31, 12.17))
FORMULA = book(("navn", "lat", "lon"), ('=HYPERLINK("http://127.0.0.1") skole', 65.31, 12.17))
plainly("cut.xlsx", Refused("damaged"), SHEET[: len(SHEET) // 2])
plainly(
    "corners.xlsx",
    Refused("most of them empty"),
    rewritten(SHEET, "xl/worksheets/sheet1.xml", b'r="C2"', b'r="XFD1048576"'),
)
plainly(
    "links.xlsx",
    Read(1),
    packed(
        {
            **{
                one: zipfile.ZipFile(io.BytesIO(SHEET)).read(one)
                for one in zipfile.ZipFile(io.BytesIO(SHEET)).namelist()
            },
            "xl/externalLinks/externalLink1.xml": b'<externalLink r:id="http://127.0.0.1:9/"/>',
        }
    ),
)
plainly("typed.csv", Read(1), SHEET)
plainly("bomb.xlsx", Refused("would unpack"), packed({"xl/workbook.xml": b"0" * 50_000_000}))
plainly("old.xls", Refused("damaged"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000)


@hostile("repeated.ods", Refused("most of them empty"))
def repeated(folder: Path) -> Path:
    content = (
        f'{XML}<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16000">'
        "<text:p>a</text:p></table:table-cell></table:table-row></table:table>"
        "</office:document-content>"
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    path = folder / "repeated.ods"
    path.write_bytes(packed({"mimetype": mime, "content.xml": content.encode()}))
    return path


# --- What they are called, and how large they are ------------------------------------------


@hostile("huge.csv", Refused("MB; at most"))
def huge(folder: Path) -> Path:
    path = folder / "huge.csv"
    with path.open("wb") as file:
        file.truncate(500 * 1024**2)
    return path


@hostile("folder.csv", Refused("no ordinary file"))
def a_folder(folder: Path) -> Path:
    (folder / "folder.csv").mkdir()
    return folder / "folder.csv"


@hostile("absent.csv", Refused("cannot be read"))
def absent(folder: Path) -> Path:
    return folder / "absent.csv"


@hostile("raster.tif", Refused("a picture or a raster"))
def raster(folder: Path) -> Path:
    (folder / "raster.tif").write_bytes(b"II*\0" + b"\0" * 100)
    return folder / "raster.tif"
