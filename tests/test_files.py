"""Municipal files: opened, understood, remembered and read, in towns that a head can check."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from math import isnan, nan

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from data.files import kept
from data.files.applying import apply
from data.files.coordinates import lonlat
from data.files.door import borders_of, boundary_of, look, read
from data.files.encodings import decoded
from data.files.guessing import guess
from data.files.joining import joined
from data.files.numbers import number
from data.files.opening import opened
from data.files.position import position
from data.files.raw import Raw
from data.files.recipe import NEWEST, Recipe, fits, pattern_of
from data.files.recipe_file import recipe_of, written
from data.files.report import COLUMNS
from data.services.addresses import Located
from data.services.service import Land
from data.toml_rows import Row
from geo.crs import WGS84, to_metric
from geo.errors import CatalogueError, Message, SourceError
from geo.tables import AGES, INCOMES, ZONES

OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
SOMNA = Land("1812", "Sømna", "no", shapely.box(11.5, 65.1, 12.6, 65.5), "EPSG:25833")


@pytest.fixture(autouse=True)
def empty_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))


def got(text: str | bytes, name: str = "a.csv", **changed):
    """Read a file as it is guessed, and return what is known, the report and the recipe."""
    data = text.encode() if isinstance(text, str) else text
    borders, get = changed.pop("borders", None), changed.pop("get", None)
    recipe = replace(look(data, name, land=SOMNA).guess.recipe, **changed)
    known, report = read(data, recipe, SOMNA, get, name=name, borders=borders)
    return known, report, recipe


def square(at: int, side: float = 1000.0) -> shapely.Polygon:
    return shapely.box(367_000 + at * side, 7_246_000, 367_000 + (at + 1) * side, 7_247_000)


def land(numbers, column="nr"):
    shapes = [square(at) for at in range(len(numbers))]
    return gpd.GeoDataFrame({column: numbers}, geometry=shapes, crs="EPSG:25833")


def package(table: gpd.GeoDataFrame, path) -> bytes:
    table.to_file(path)
    return path.read_bytes()


# --- Text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_however_a_sheet_is_saved_it_says_the_same(encoding, separator):
    lines = [["navn", "tall", "gårdsnr"], ["Øvre Bø; sør, øst", "3", "Å\nB"], ["Vik", "4", ""]]
    quoted = [separator.join(f'"{cell}"' for cell in line) for line in lines]
    raw = opened("\r\n".join(quoted).encode(encoding), "a.csv")
    assert raw.separator == separator
    assert raw.cells.to_numpy().tolist() == lines[1:]
    assert raw.rows.tolist() == [2, 3]


@given(st.text(st.sampled_from("abcæøåØÅ ;\n"), min_size=1).filter(str.strip))
def test_nordic_text_survives_every_old_code_page(text):
    for encoding in ("utf-8", "cp1252", "cp865"):
        assert decoded(text.encode(encoding), "a.csv")[0] == text


@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 4)), st.sampled_from(".,"))
def test_a_number_comes_back_however_it_is_written(value, decimal):
    other = {".": ",", ",": "."}[decimal]
    plain = f"{value:.4f}".replace(".", decimal)
    grouped = f"{value:,.4f}".translate(str.maketrans({",": other, ".": decimal}))
    blanks = f"{value:,.4f}".translate(str.maketrans({",": "\u00a0", ".": decimal}))
    assert (
        number(plain, decimal) == number(grouped, decimal) == number(blanks, decimal) == value
    )


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_unknown_or_none(text):
    for decimal in ".,":
        found = number(text, decimal)
        assert found is None or isnan(found) or np.isfinite(found)


@pytest.mark.parametrize("told", [":", "..", "<5", "< 3", "-", "", " ", "NaN", "færre enn 5"])
def test_what_is_not_shown_is_unknown_and_never_nothing(told):
    assert isnan(number(told))


def test_a_title_above_the_table_is_no_header():
    text = "07459: Befolkning\n\nkretsnr;0-19 år;20 år og over\n1;5;10\n2;:;20\n"
    raw = opened(text.encode(), "a.csv")
    assert raw.cells.columns.tolist() == ["kretsnr", "0-19 år", "20 år og over"]
    assert raw.rows.tolist() == [4, 5]


def test_a_sheet_without_a_header_has_numbered_columns():
    assert opened(b"65.3,12.1\n65.4,12.2\n", "a.csv").cells.shape == (2, 2)


# --- Workbooks and archives ------------------------------------------------------------------


def test_a_workbook_shows_its_sheets_and_keeps_its_line_numbers():
    book = openpyxl.Workbook()
    book.active.title = "Les meg"
    other = book.create_sheet("Skoler")
    for at, line in enumerate([("navn", "lat", "lon"), ("Vik skole", 65.31, 12.17)], 3):
        for column, cell in enumerate(line, 2):
            other.cell(at, column, cell)
    book.create_sheet("Gjemt").sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    raw = opened(buffer.getvalue(), "skoler.xlsx")
    assert (raw.layer, raw.layers) == ("Skoler", ("Les meg", "Skoler"))
    assert raw.rows.tolist() == [4]
    assert raw.cells["lat"].tolist() == ["65.31"]
    with pytest.raises(SourceError, match="no sheet Gjemt; it has Les meg, Skoler"):
        opened(buffer.getvalue(), "skoler.xlsx", layer="Gjemt")


def test_an_open_document_sheet_as_programs_write_them():
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{a}</text:p>'
        f'</table:table-cell><table:table-cell office:value-type="string"><text:p>{b}</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16382"/>'
        "</table:table-row>"
        for a, b in (("navn", "tall"), ("Vik", "3,5"))
    )
    content = (
        f'<office:document-content xmlns:office="{OPEN}office:1.0" xmlns:text="{OPEN}text:1.0"'
        f' xmlns:table="{OPEN}table:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{OPEN}manifest:1.0"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    raw = opened(buffer.getvalue(), "a.ods")
    assert raw.cells.to_dict("records") == [{"navn": "Vik", "tall": "3,5"}]


def test_files_of_one_archive_are_its_layers(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mappe/skoler.csv", "navn,lat,lon\nVik,65,12\n")
        archive.writestr("mappe/soner.gpkg", package(land(["1", "2"]), tmp_path / "s.gpkg"))
    raw = opened(buffer.getvalue(), "alt.zip", layer="soner.gpkg")
    assert (len(raw), raw.layer, raw.layers) == (2, "soner.gpkg", ("skoler.csv", "soner.gpkg"))


@pytest.mark.parametrize(
    ("suffix", "driver"),
    [("gpkg", "GPKG"), ("geojson", "GeoJSON"), ("kml", "KML"), ("gml", "GML")],
)
def test_whatever_the_format_the_town_is_the_same(tmp_path, suffix, driver):
    town = gpd.GeoDataFrame(
        {"navn": ["Vik skole", "Berg skole"]},
        geometry=[shapely.Point(12.17, 65.31), shapely.Point(12.3, 65.4)],
        crs="EPSG:4326",
    )
    town.to_file(tmp_path / f"a.{suffix}", driver=driver)
    data = (tmp_path / f"a.{suffix}").read_bytes()
    if suffix == "kml":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("doc.kml", data)
        data = buffer.getvalue()
    known, report, recipe = got(data, f"skoler.{suffix}")
    assert recipe.crs == "EPSG:4326"
    assert known.register["name"].tolist() == ["Vik skole", "Berg skole"]
    assert known.register.geometry.x.round(6).tolist() == [12.17, 12.3]
    assert report.used == 2


def test_a_shapefile_lies_beside_its_parts(tmp_path):
    land(["1"]).to_file(tmp_path / "a.shp")
    assert opened(tmp_path / "a.shp", "a.shp").cells["nr"].tolist() == ["1"]
    with pytest.raises(SourceError, match=r"lacks its .shx file"):
        opened((tmp_path / "a.shp").read_bytes(), "a.shp")


# --- Coordinate systems ----------------------------------------------------------------------


@pytest.mark.parametrize("number", [4326, 25833, 25832, 25835, 32633, 3857])
@pytest.mark.parametrize("swapped", [False, True])
def test_a_land_tells_in_which_system_numbers_are(number, swapped):
    x, y = shapely.get_coordinates(
        gpd.GeoSeries([shapely.Point(12.0, 65.3)], crs=4326).to_crs(number)
    ).T
    found = position(*((y, x) if swapped else (x, y)), None, SOMNA)
    assert found.swapped == swapped
    lon, lat = lonlat(x, y, CRS.from_user_input(found.crs))
    assert (lon.round(4).tolist(), lat.round(4).tolist()) == ([12.0], [65.3])


def test_a_wrong_declaration_is_noticed():
    x, y = np.array([640_000.0]), np.array([7_245_000.0])  # zone 32, at 12° E
    found = position(x, y, CRS.from_epsg(25833), SOMNA)
    assert (found.crs, found.confidence) == ("EPSG:25832", 0.6)
    assert "The file says ETRS89 / UTM zone 33N" in str(found.reason)


def test_a_declaration_that_fits_is_kept_and_heights_are_dropped():
    found = position(np.array([12.0]), np.array([65.3]), CRS.from_epsg(4979), SOMNA)
    assert (found.crs, found.confidence) == ("EPSG:4326", 1.0)


def test_numbers_that_fit_nothing_are_told():
    found = position(np.array([4e5]), np.array([3e6]), None, SOMNA)
    assert (found.crs, found.confidence) == ("", 0.0)
    with pytest.raises(SourceError, match=r"coordinate system of a\.csv is not known"):
        got("navn;x;y\nVik skole;400000;3000000\n")


# --- Places ----------------------------------------------------------------------------------


PLACES = """navn;type;orgnr;adresse;postnr;poststed;lat;lon;rullestol;oppdatert
Vik barnehage;Ordinær barnehage;881503972.0;Storgata 1;8920;SØMNA;65,31;12,17;Ja;15.11.2024
Berg;Familiebarnehage;2;Storgata 2;8920;SØMNA;65,32;12,18;Nei;
Åpent hus;Åpen barnehage;3;Storgata 3;8920;SØMNA;65,33;12,19;Delvis;2025-01-02
Uten sted;Ordinær barnehage;4;Storgata 4;8920;SØMNA;;;;
Uten adresse;Ordinær barnehage;5;;;;;;;
Kiosken;Kiosk;6;Storgata 6;8920;SØMNA;65,34;12,2;;
"""


def test_places_have_kinds_and_homes_are_left_out():
    known, report, recipe = got(PLACES, "barnehager_2026.csv", source="Sømna kommune")
    assert recipe.columns["kind"] == "type"
    register = known.register.set_index("ref")
    assert register["kind"].to_dict() == {"881503972": "kindergarten", "3": "family_centre"}
    first = register.loc["881503972"]
    assert (first["name"], first["address"]) == ("Vik barnehage", "Storgata 1, 8920 SØMNA")
    assert (first["wheelchair"], first["updated"]) == ("yes", "2024-11-15")
    assert first["source"] == "somnakommune"
    assert {fault.row: str(fault.reason)[:30] for fault in report.faults} == {
        3: "It is left out: so few use it ",
        5: "It has no coordinates, and its",
        6: "It has neither coordinates nor",
        7: "The recipe says of no kind wha",
    }
    assert (report.read, report.used) == (6, 2)
    assert known.sources[0].name == "Sømna kommune"


def test_addresses_are_looked_up_once_and_only_where_they_are_needed():
    asked = []

    def locate(addresses):
        asked.extend(addresses)
        points = gpd.GeoSeries([shapely.Point(12.2, 65.35)], index=asked, crs=WGS84)
        return Located(points, (), ())

    raw = opened(PLACES.encode(), "a.csv")
    recipe = guess(raw, "barnehager.csv", SOMNA).recipe
    known, report = apply(recipe, raw, land=SOMNA, locate=locate)
    assert asked == ["Storgata 4, 8920 SØMNA"]
    assert known.register.set_index("ref").geometry["4"] == shapely.Point(12.2, 65.35)
    assert {fault.row for fault in report.faults} == {3, 6, 7}


def test_a_list_of_addresses_alone_is_enough(monkeypatch):
    def register(addresses, *, number, get):
        assert (number, get("url")) == ("1812", b"answer")
        points = gpd.GeoSeries([shapely.Point(12.17, 65.31)], index=addresses, crs=WGS84)
        return Located(points, (), ())

    monkeypatch.setattr("data.files.door.located", register)
    text = "navn;adresse\nVik skole;Storgata 1\nBerg skole;\n"
    known, report, recipe = got(text, "skoler.csv", get=lambda url: b"answer")
    assert (recipe.what, recipe.crs) == ("places", "")
    assert known.register.geometry.to_wkt().tolist() == ["POINT (12.17 65.31)"]
    assert [fault.row for fault in report.faults] == [3]
    without, report, _ = got(text, "skoler.csv")
    assert len(without.register) == 0
    assert [fault.row for fault in report.faults] == [2, 3]


def test_a_report_is_a_table_and_a_few_sentences():
    _, report, _ = got(PLACES, "barnehager.csv")
    table = report.table()
    assert tuple(table.columns) == COLUMNS
    assert table["row"].tolist() == sorted(table["row"])
    assert str(report.summary()[0]) == "2 of 6 rows of barnehager.csv were used."
    assert len(report.summary()) == 5


def test_a_row_without_a_number_of_its_own_is_called_by_its_line():
    known, _, _ = got("navn,lat,lon\nVik skole,65.31,12.17\n", "skoler.csv")
    assert known.register["ref"].tolist() == ["row 2"]


@pytest.mark.parametrize(
    "spot", ["65.31, 12.17", "65,31; 12,17", "(65.31 12.17)", "POINT (12.17 65.31)"]
)
def test_one_column_may_hold_both_coordinates(spot):
    known, _, _ = got(f'navn\tkoordinater\nVik skole\t"{spot}"\n', "skoler.csv")
    assert known.register.geometry.to_wkt().tolist() == ["POINT (12.17 65.31)"]


# --- Zones -----------------------------------------------------------------------------------


LONG = """sone;navn;alder;kjønn;antall
010101;Vik;0-5 år;menn;10
010101;Vik;0-5 år;kvinner;11
010101;Vik;6-15 år;menn;20
010101;Vik;6-15 år;kvinner;:
010101;Vik;16 år og over;menn;30
010101;Vik;16 år og over;kvinner;31
010102;Berg;0-5 år;menn;1
010102;Berg;0-5 år;kvinner;2
010102;Berg;6-15 år;menn;3
010102;Berg;6-15 år;kvinner;4
010102;Berg;16 år og over;menn;5
010102;Berg;16 år og over;kvinner;x
010199;Uoppgitt;0-5 år;menn;5
"""


def test_women_and_men_are_added_up_and_what_is_hidden_stays_so():
    known, report, _ = got(LONG, borders=land(["10101", "10102", "10103"]))
    zones = known.zones
    assert zones.index.tolist() == ["10101", "10102"]
    assert zones["young_children"].tolist() == [21.0, 3.0]
    assert isnan(zones["school_children"]["10101"])
    assert zones["school_children_low"]["10101"] == 0
    assert zones["school_children"]["10102"] == 7.0
    assert zones["people"].isna().all()
    notes = [str(note) for note in report.notes]
    assert "Figures and borders were joined by code and nr: 2 of 3 fit." in notes
    assert "Borders without figures (1): 10103." in notes
    faults = {(fault.row, str(fault.reason)): fault.used for fault in report.faults}
    assert faults == {
        (13, "This is no number, so it counts as unknown."): True,
        (14, "There is no land for this zone among the borders."): False,
    }
    assert ZONES.check(to_metric(zones, "EPSG:25833")).crs.to_epsg() == 25833


def test_single_years_up_to_a_hundred_are_everybody():
    years = [f"1812;{age}.0;total;{2.0 if age < 3 else 1.0}" for age in range(105)]
    text = "\n".join(["kommunenummer;alder;sex;pop", *years, "1812;3.0;female;1"])
    known, report, recipe = got(text, "befolkning_2026.csv")
    zone = known.zones.loc["1812"]
    assert recipe.pick == {"sex": "total"}
    assert zone["people"] == 108.0
    assert [zone[group] for group in AGES] == [9.0, 10.0, 4.0, 47.0, 13.0, 25.0]
    assert all(zone[f"{group}_low"] == zone[f"{group}_high"] for group in AGES)
    assert zone.geometry == SOMNA.boundary
    assert report.used == 105


def test_ages_may_stand_beside_one_another(tmp_path):
    table = land(["01", "02"]).assign(
        befolkning0Til05Ar=[4, 5], befolkning06Til15Ar=[6, None], totalBefolkning=[30, 20]
    )
    known, _, recipe = got(package(table, tmp_path / "s.gpkg"), "soner.gpkg")
    assert recipe.what == "zones"
    assert recipe.ages == {"befolkning0Til05Ar": (0, 5), "befolkning06Til15Ar": (6, 15)}
    assert known.zones["people"].tolist() == [30.0, 20.0]
    assert known.zones["young_children"].tolist() == [4.0, 5.0]
    assert known.zones["school_children_high"].tolist() == [6.0, 15.0]


def test_small_numbers_without_one_and_two_were_rounded():
    cells = {f"{a}-{a + 4}": ["0", "3", "4", "5"] * 5 for a in range(0, 100, 5)}
    raw = Raw("a.csv", pd.DataFrame({"sone": range(20), **cells}).astype(str), np.arange(20))
    assert guess(raw, "a.csv").recipe.rounded
    cells["0-4"][0] = "1"
    raw = replace(raw, cells=pd.DataFrame({"sone": range(20), **cells}).astype(str))
    assert not guess(raw, "a.csv").recipe.rounded


def test_pieces_of_one_zone_are_one(tmp_path):
    table = land(["1", "1", "2"]).assign(navn=["A", "A", "B"])
    known, _, _ = got(
        package(table, tmp_path / "s.gpkg"),
        what="zones",
        columns={"code": "nr", "name": "navn"},
    )
    assert known.zones.area.to_dict() == {"1": 2e6, "2": 1e6}


# --- Joining ---------------------------------------------------------------------------------


def test_names_join_where_numbers_do_not():
    figures = pd.DataFrame({"code": ["a", "b"], "name": ["St. Hanshaugen", "GAMLE OSLO"]})
    found = joined(figures, land(["St.Hanshaugen", "Gamle Oslo"], "bydel"))
    assert found.land["code"].tolist() == ["St.Hanshaugen", "Gamle Oslo"]
    assert "by name and bydel: 2 of 2" in str(found.notes[0])


def test_the_key_that_finds_most_is_taken():
    figures = pd.DataFrame({"code": ["1", "2", "3"], "name": ["A", "B", "C"]})
    borders = land(["3", "4", "5"]).assign(navn=["A", "B", "Z"])
    assert joined(figures, borders).lonely == (2,)


def test_figures_without_any_land_say_what_they_and_the_borders_are_called():
    with pytest.raises(SourceError, match="figures are of 99, borders of 1, 2"):
        joined(pd.DataFrame({"code": ["99"]}), land(["1", "2"]))


@given(st.lists(st.integers(1, 99_999_999), min_size=1, max_size=20, unique=True))
def test_every_number_finds_its_land_whatever_is_before_it(numbers):
    figures = pd.DataFrame({"code": [f"wardoslo_nor{number:08d}" for number in numbers]})
    found = joined(figures, land([f"{number}.0" for number in numbers]))
    assert found.land["code"].tolist() == list(map(str, numbers))
    assert not found.lonely


def test_figures_of_zones_without_borders_ask_for_them():
    with pytest.raises(SourceError, match="Choose the file with the borders"):
        got(LONG)


# --- Incomes and grids -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "unit", "shares"),
    [
        (["12,5", ":", "7,0"], "%", [0.125, nan, 0.07]),
        (["0,125", ":", "0,07"], "share", [0.125, nan, 0.07]),
    ],
)
def test_a_share_is_of_one_and_unknown_where_it_is_hidden(figures, unit, shares):
    lines = [f"{at};Sone {at};{figure}" for at, figure in enumerate(figures, 1)]
    text = "\n".join(["sonenr;navn;Andel personer med lavinntekt", *lines])
    known, _, recipe = got(text, borders=land(["1", "2", "3"]))
    assert (recipe.what, recipe.unit, recipe.of) == ("incomes", unit, "persons")
    np.testing.assert_allclose(known.incomes["share"], shares)
    assert known.incomes["low"].tolist()[1] == 0.0
    assert known.incomes["high"].tolist()[1] == 1.0
    INCOMES.check(to_metric(known.incomes, "EPSG:25833"))


def test_an_amount_is_no_share():
    text = "sonenr;Medianinntekt\n1;512000\n2;433 000\n"
    known, _, recipe = got(text, borders=land(["1", "2"]))
    assert (recipe.of, recipe.unit) == ("other", "amount")
    assert known.incomes["value"].tolist() == [512_000.0, 433_000.0]
    assert known.incomes[["share", "low", "high"]].isna().all(axis=None)


def test_a_share_above_all_is_told_and_unknown():
    text = "sonenr;lavinntekt prosent\n1;120\n2;12\n3;-1\n"
    known, report, _ = got(text, borders=land(["1", "2", "3"]), unit="%", of="persons")
    assert known.incomes["share"].isna().tolist() == [True, False, True]
    assert {fault.row for fault in report.faults} == {2, 4}


GRID = """ssbid250m;pop_tot
23670007246000;14
23672507246000;:
23672507246000;3
2,36725E+13;7
23675007246000;9
23675007246000;9
"""


def test_cells_are_squares_and_rounded_numbers_are_told():
    known, report, recipe = got(GRID, "befolkning_250m_2026.csv")
    assert recipe.what == "grid"
    assert known.grid["people"].tolist() == [14.0, 9.0]
    assert known.grid.total_bounds.tolist() == [367_000, 7_246_000, 367_750, 7_246_250]
    assert {fault.row for fault in report.faults} == {3, 4, 5, 7}
    assert report.used == 2


def test_shapes_that_lie_elsewhere_than_their_numbers_are_refused(tmp_path):
    shapes = [
        shapely.box(x, 7_246_000, x + 250, 7_246_250) for x in (367_000, 367_250, 367_500)
    ]
    table = gpd.GeoDataFrame(
        {"ssbid": ["23670007246000", "23672507246000", "23675007246000"], "pop": [1, 2, 3]},
        geometry=shapes,
        crs="EPSG:25833",
    )
    assert got(package(table, tmp_path / "a.gpkg"), "a.gpkg")[0].grid["people"].sum() == 6
    table["ssbid"] = ["23670007246000", "23672507246000", "23670257246000"][::-1]
    with pytest.raises(SourceError, match="lie where their numbers say"):
        got(package(table, tmp_path / "b.gpkg"), "b.gpkg")


# --- Boundaries ------------------------------------------------------------------------------


def test_one_piece_of_land_is_a_boundary(tmp_path):
    data = package(land(["1"]), tmp_path / "a.gpkg")
    recipe = look(data, "grense.gpkg").recipe
    assert recipe.what == "boundary"
    assert boundary_of(data, recipe, name="grense.gpkg").area.tolist() == [1e6]
    assert borders_of(data, recipe, name="grense.gpkg")["nr"].tolist() == ["1"]
    with pytest.raises(SourceError, match="holds no borders"):
        borders_of(b"navn,lat,lon\nVik skole,65,12\n", Recipe("places", "a.csv"), name="a.csv")


# --- Recipes ---------------------------------------------------------------------------------


FULL = Recipe(
    what="incomes",
    pattern="lavinntekt_*.csv",
    layer="Ark 1",
    encoding="cp1252",
    separator="\t",
    decimal=",",
    crs="EPSG:25833",
    swapped=True,
    columns={"code": "Sone nr.", "share": 'Andel "lav"'},
    ages={"0–5 år": (0, 5), "80+": (80, 120)},
    pick={"År": NEWEST},
    kind="school",
    kinds={"Skole [barn]": "school"},
    side_m=1000,
    rounded=True,
    measure="Lavinntekt",
    of="households",
    unit="share",
    source="Sømna kommune",
    licence="CC BY 4.0",
    attribution="© Sømna kommune",
    date="2026-01-01",
    url="https://example.org",
    confirmed=True,
)


def test_a_recipe_comes_back_as_it_was_and_for_next_year_s_file():
    path = kept.save(FULL)
    assert kept.load(path) == FULL
    assert kept.find_recipe("Lavinntekt_2027.csv") == FULL
    assert kept.find_recipe("lavinntekt_ny.csv") is None
    assert not list(path.parent.glob("*.part"))
    assert kept.save(replace(FULL, date="2027-01-01")) == path
    assert kept.find_recipe("lavinntekt_2027.csv").date == "2027-01-01"


def test_a_remembered_recipe_is_used_and_a_confirmed_one_asks_no_more():
    recipe = look(PLACES.encode(), "barnehager_2026.csv").recipe
    kept.save(replace(recipe, confirmed=True, licence="NLOD"))
    seen = look(PLACES.encode(), "barnehager_2027.csv")
    assert seen.recipe.licence == "NLOD"
    assert seen.doubts == ()


def test_a_recipe_that_no_longer_fits_names_the_column():
    recipe = look(PLACES.encode(), "barnehager.csv").recipe
    changed = PLACES.replace(";lat;", ";breddegrad;").encode()
    with pytest.raises(SourceError, match=r"a\.csv has no column lat, which its recipe names"):
        read(changed, recipe, SOMNA, name="a.csv")


def test_the_newest_year_is_next_year_s_newest():
    text = "kommunenr;år;lavinntekt andel personer\n1812;2025;7,5\n1812;2026;8,5\n"
    known, _, recipe = got(text)
    assert recipe.pick == {"år": NEWEST}
    assert known.incomes["value"].tolist() == [8.5]
    later = (text + "1812;2027;9,5\n1812;2028;:\n").encode()
    known, _ = read(later, recipe, SOMNA, name="a.csv")
    assert known.incomes["value"].tolist() == [9.5]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"what": "gird"}, "what 'gird' is unknown"),
        ({"version": 2}, "needs version = 1, not 2"),
        ({"decimal": ";"}, "decimal ';' is unknown"),
        ({"colums": {}}, "colums is unknown"),
        ({"columns": {"latt": "x"}}, "latt is unknown"),
        ({"kind": "pub"}, "kind 'pub' is unknown"),
        ({"kinds": {"a": "pub"}}, "a 'pub' is unknown"),
        ({"ages": {"a": "young"}}, "needs a as years"),
        ({"confirmed": "yes"}, "needs confirmed of another type"),
        ({"side_m": 123}, "side_m 123 is unknown"),
    ],
)
def test_a_recipe_that_was_edited_wrongly_says_where(change, says):
    told = {"version": 1, "what": "places", "pattern": "a.csv"} | change
    with pytest.raises(CatalogueError, match=says):
        recipe_of(Row("a.toml", "top level", told))


def test_a_broken_recipe_is_no_recipe():
    kept.save(FULL)
    (kept.folder() / "broken.toml").write_text("version = ", encoding="utf-8")
    assert kept.find_recipe("lavinntekt_2026.csv") == FULL


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30))
def test_any_name_fits_its_own_pattern(name):
    recipe = Recipe("places", pattern_of(name))
    assert fits(recipe, name)
    assert 'pattern = "' in written(recipe)


def test_what_was_guessed_says_why():
    hints = look(LONG.encode(), "a.csv").guess.hints
    assert {"what", "borders"} <= {hint.about for hint in hints}
    assert all(isinstance(hint.reason, Message) and 0 <= hint.confidence <= 1 for hint in hints)
