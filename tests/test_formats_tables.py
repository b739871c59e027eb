"""CSV, its plain sibling and Excel, read back as people and programs read them."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from openpyxl.cell.cell import TYPE_FORMULA

from layers import files
from layers.export.sheet import Column, Sheet
from layers.formats import excel
from layers.formats.sdmx import COLUMNS
from layers.formats.text import FORMULA, cut, defused
from layers.layer import Drawing
from tests.sheets import CRS, DAY, KEPT, TEXTS, at, drawn, drawn_export, nothing, unpacked
from words import speaker

SAY = speaker("en")
LANGUAGES = ("nb", "nn", "sv", "en")
STEM = f"moteplass-vik-{DAY}-"


def parts(language, export=None):
    packed = files.packed(export or drawn_export(), "csv", speaker(language))
    return {name.removeprefix(STEM): content for name, content in unpacked(packed).items()}


def rows(content, separator=";"):
    """Read a CSV as RFC 4180 has it; the text must have a mark at its beginning."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    )


# --- CSV for people --------------------------------------------------------------------------


def test_tables_come_as_two_files_each_and_bare_shapes_not_at_all():
    made = parts("nb")
    people = {name for name in made if not name.endswith(".sdmx.csv")}
    assert people == {
        f"{key}.csv" for key in ("zones", "mixed", "nothing", "places", "groups", "about")
    }
    assert set(made) - people == {f"{key}.sdmx.csv" for key in ("zones", "places", "groups")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_written_as_its_country_reads_it(language):
    made, say = parts(language), speaker(language)
    comma, separator = (".", ",") if language == "en" else (",", ";")
    heading, everybody, older = rows(made["groups.csv"], separator)
    assert heading == ["Key", "Group", "People", "Share (%)", "Half have at most (min)", "Note"]
    assert everybody == ["everybody", "'=All", "163667", f"-33{comma}25", f"10{comma}3", ""]
    assert older == ["older", "Older, 67–79", "", "", "", "Too few to tell"]
    heading, first, *_ = rows(made["zones.csv"], separator)
    assert heading[-3:] == [f"{say('Longitude')} (°)", f"{say('Latitude')} (°)", say("Source")]
    lon, lat = (float(cell.replace(comma, ".")) for cell in first[-3:-1])
    spot = gpd.GeoSeries([shapely.Point(lon, lat)], crs=4326).to_crs(CRS)[0]
    assert spot.distance(at(shapely.Point(125, 125))) < 0.1
    assert first[-1] == "© OpenStreetMap contributors (ODbL 1.0); mine.csv"
    _, first, second, *_ = rows(made["places.csv"], separator)
    assert (first[4], second[4]) == (say("Yes"), say("No"))


def test_every_text_comes_back_and_none_is_a_formula():
    found = [row[1] for row in rows(parts("nb")["places.csv"])[1:]]
    assert found == [defused(text) for text in KEPT.values()]
    for content in parts("nb").values():
        told = io.StringIO(content.decode("utf-8-sig"), newline="")
        separator = ";" if content.startswith(b"\xef\xbb\xbf") else ","
        for row in csv.reader(told, delimiter=separator):
            assert not [c for c in row if c.startswith(FORMULA) and not is_number(c)]
            assert not {"inf", "-inf", "nan", "None", "True"} & set(row)


def is_number(text):
    try:
        return float(text.replace(",", ".")) < 0
    except ValueError:
        return False


def test_lines_end_as_rfc_4180_wants():
    for content in parts("nb").values():
        outside = content.decode("utf-8-sig").split('"')[::2]
        assert not any("\n" in text.replace("\r\n", "") for text in outside)


def test_columns_that_are_called_alike_are_told_apart():
    table = pd.DataFrame({"a": ["x"], "b": ["y"]})
    twins = Sheet("twins", "Twins", table, {"a": Column("Name"), "b": Column("Name")})
    assert rows(parts("nb", drawn_export(twins))["twins.csv"])[0] == ["Name", "Name 2"]


# --- CSV for programs ------------------------------------------------------------------------


def plainly(key, language="nb"):
    content = parts(language)[f"{key}.sdmx.csv"]
    assert not content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_plain_table_has_a_figure_per_row_and_says_why_one_is_missing():
    found = plainly("groups")
    assert list(found[0]) == list(COLUMNS)
    assert list(COLUMNS[:3]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert len(found) == 6
    assert found[0] == {
        "STRUCTURE": "DATAFLOW",
        "STRUCTURE_ID": "MOTEPLASS:GROUPS(1.0)",
        "ACTION": "I",
        "REF_AREA": "vik",
        "TIME_PERIOD": DAY,
        "ROW": "everybody",
        "MEASURE": "PEOPLE",
        "OBS_VALUE": "163667",
        "OBS_STATUS": "A",
        "UNIT_MEASURE": "",
        "COMMENT_OBS": "",
    }
    share = [row for row in found if row["MEASURE"] == "SHARE_PERCENT"]
    assert [(row["OBS_VALUE"], row["UNIT_MEASURE"]) for row in share] == [
        ("-33.25", "%"),
        ("", "%"),
    ]


def status(found, row, measure):
    (one,) = (r for r in found if (r["ROW"], r["MEASURE"]) == (row, measure))
    return one["OBS_VALUE"], one["OBS_STATUS"], one["COMMENT_OBS"]


def test_suppressed_and_unreachable_and_unknown_have_codes_of_their_own():
    zones, places = plainly("zones", "en"), plainly("places", "en")
    assert status(zones, "z2", "PEOPLE") == ("", "Q", "fewer than 5")
    assert status(zones, "z3", "PEOPLE") == ("0", "A", "")
    assert status(places, "n0", "MINUTES") == ("", "M", "No way on foot")
    assert status(places, "n3", "MINUTES") == ("", "O", "Within reach")
    assert status(places, "n1", "MINUTES") == ("0.1", "A", "")
    assert status(places, "n1", "PLACES_PER_HOME")[0] == repr(1 / 3)
    table = pd.DataFrame({"share": [0.5, 0.5]})
    twins = Sheet("twins", "Twins", table, {"share": Column("Share")})
    told = parts("en", drawn_export(twins))["twins.sdmx.csv"].decode().splitlines()
    assert [line.split(",")[5] for line in told] == ["ROW", "1", "2"]


# --- Excel -----------------------------------------------------------------------------------


def workbook(export=None, language="en"):
    packed = files.packed(export or drawn_export(), "excel", speaker(language))
    return openpyxl.load_workbook(io.BytesIO(packed))


@pytest.fixture(scope="module")
def book():
    return workbook()


def cells(page):
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_workbook_has_a_sheet_per_table_what_it_is_about_first(book):
    names = [
        "What it rests on",
        "Groups",
        "The zones all",
        "The mixed all",
        "The nothing all",
    ]
    assert book.sheetnames == [*names, "The places all"]
    known = book.properties
    assert (known.title, known.subject) == ("Meeting places in <Vik>", "Vik")
    assert known.description == "© OpenStreetMap contributors\nmine.csv"
    assert known.created == datetime.fromisoformat(DAY)


def test_headings_stay_filter_and_are_bold(book):
    for page in book:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions.replace(":A1", "") or page.max_row == 1
        assert all(cell.font.bold and cell.alignment.wrap_text for cell in page[1])
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert all(8 <= width <= 62 for width in widths)
    assert [cell.value for cell in book["Groups"][1]][3:5] == [
        "Share (%)",
        "Half have at most (min)",
    ]


def test_numbers_are_numbers_and_shown_as_their_unit_is(book):
    _, everybody, older = book["Groups"].iter_rows()
    assert [cell.value for cell in everybody] == [
        "everybody",
        "'=All",
        163_667,
        -33.25,
        10.3,
        None,
    ]
    assert [cell.value for cell in older[2:]] == [None, None, None, "Too few to tell"]
    assert [cell.number_format for cell in everybody[2:5]] == ["#,##0", "0.0", "0.0"]
    places = cells(book["The places all"])
    assert [row[4] for row in places[1:3]] == ["Yes", "No"]
    assert [row[2] for row in places[1:4]] == [None, 0.1, 0.2]


def test_every_text_of_a_workbook_is_text():
    book = workbook()
    found = [row[1] for row in cells(book["The places all"])[1:]]
    assert [unescaped(text) for text in found] == [
        cut(defused(text), 2 * excel.MOST_LETTERS, "utf-16-le") for text in KEPT.values()
    ]
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != TYPE_FORMULA
                assert cell.hyperlink is None
                assert not isinstance(cell.value, str) or not cell.value.startswith(FORMULA)


def unescaped(text):
    """Return a text as Excel reads it: a carriage return is written by its number."""
    return text.replace("_x000D_", "\r")


def test_no_sheet_names_a_place_outside(book):
    packed = files.packed(drawn_export(), "excel", SAY)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b'TargetMode="External"' not in content
            assert b"<f>" not in content
            assert not set(content) & set(range(9))


def test_a_cell_is_full_at_32767_letters_of_two_bytes():
    long = {"a": "x" * 40_000, "b": "🏖" * 20_000, "c": "=" + "y" * 40_000}
    table = pd.DataFrame({"text": list(long.values())})
    export = drawn_export(Sheet("long", "Long", table, {"text": Column("Text")}))
    found = [row[0] for row in cells(workbook(export)["Long"])[1:]]
    assert [len(text.encode("utf-16-le")) // 2 for text in found] == [32_767, 32_766, 32_767]
    assert found[2].startswith("'=y")


def test_what_does_not_fit_in_a_sheet_is_said_in_its_last_row(monkeypatch):
    monkeypatch.setattr(excel, "MOST_ROWS", 6)
    found = cells(workbook()["The places all"])
    assert len(found) == 6
    assert [row[0] for row in found[1:5]] == ["n0", "n1", "n2", "n3"]
    assert found[5][0] == f"{len(TEXTS) - 4} rows more do not fit in a sheet."


def test_a_table_without_rows_is_a_heading(book):
    page = book["The nothing all"]
    assert page.max_row == 1
    assert [cell.value for cell in page[1]][:2] == ["Id ø", "Minutes ø (min)"]


def test_two_tables_of_one_name_are_two_sheets():
    one = replace(nothing(), key="other", name="groups")
    assert "groups 2" in [name.lower() for name in workbook(drawn_export(one)).sheetnames]


def test_a_row_without_a_shape_has_no_spot():
    found = rows(parts("nb")["mixed.csv"])
    assert found[-1][2:4] == ["", ""]
    empty = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point()], crs=CRS)
    export = drawn_export(replace(drawn("empty", empty, Drawing.CIRCLES)))
    assert rows(parts("nb", export)["empty.csv"])[1][2:4] == ["", ""]
