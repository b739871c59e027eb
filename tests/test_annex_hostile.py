"""A whole annex of a town whose names mean harm: every file is opened, and looked into."""

import csv
import io
import json
import math
import re
import sqlite3
import subprocess
import tomllib
import zipfile
from contextlib import closing
from dataclasses import replace

import openpyxl
import pikepdf
import pyogrio
import pytest
from docx import Document
from lxml import etree
from lxml import html as markup

from data.norms import norms
from geo.bundle import CONTRACTS, Bundle, Source
from geo.question import Question
from layers.annex.binding import write
from layers.annex.whole import whole
from layers.export.full import Desk, full_export
from layers.formats.text import FORBIDDEN, FORMULA
from layers.record.figures import figures_of
from layers.record.record import Built, Record, program
from tests.answers import NOW, TODAY, hostile_town
from tests.reports import program as installed
from tests.towns import catalogue
from words import speaker

IMG = "<img src=x onerror=alert(1)>"
NAMES = {
    "n1": IMG,
    "n2": '=HYPERLINK("http://evil.example","Vik")',
    "n3": "Vik\x00\x1b[31m\x1f\x7f",
    "n4": "</script><script>alert(2)</script>",
    "n5": "@SUM(1)|cmd",
    "n6": "\t=1+1",
    "n7": "]]><b onclick=alert(3)>&lol;",
    "n8": "#panic() *b* $x$ \\input",
    "n9": "javascript:alert(4)",
    "n10": "-2+3\r\n=1",
}
HARM = {"img", "script", "b", "iframe", "object", "embed", "foreignobject", "a"}
"""Elements that would have to come from a name: no KML or drawing of ours has one."""

SPEECHLESS = re.compile(r"[+-]?(inf(inity)?|nan|null|nat|<na>)", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d[\d\s]*([.,]\d+)?(e[+-]?\d+)?", re.IGNORECASE)

STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

OPENED = {
    *(".csv", ".docx", ".fgb", ".geojson", ".gpkg", ".html", ".kml", ".pdf", ".png", ".svg"),
    *(".toml", ".txt", ".xlsx", ".zip"),
}


def town() -> Bundle:
    """Return the town of every sort of home, with names worse still."""
    known = hostile_town()
    places = known.places.copy()
    places["name"] = places.index.map(NAMES)
    places["opening_hours"] = IMG
    area = replace(
        known.area,
        name=f"=Town {IMG}\x1b",
        sources=(Source(f"=Map {IMG}", "ODbL 1.0", "@OSM\x00 </script>", TODAY, 1),),
    )
    tables = {name: getattr(known, name) for name in CONTRACTS}
    return Bundle(area, **{**tables, "places": places})


@pytest.fixture(scope="module", params=["nb", "en"])
def files(request, tmp_path_factory):
    """Return all files of the annex, by name."""
    known, say = town(), speaker(request.param)
    question, desk = Question("toytown", ("park",)), Desk(catalogue(), norms())
    case, export = full_export(question, known, desk, say=say, now=NOW, areas=True)
    area = known.area
    record = Record(
        question,
        NOW,
        say.language,
        True,
        program(),
        Built(area.code, area.name, area.built, {}, area.sources),
        {sheet.key: figures_of(sheet) for sheet in export.sheets},
    )
    file = tmp_path_factory.mktemp("annex") / "a.zip"
    write(whole(case, export, record), file, day=TODAY)
    return unpacked(file.read_bytes())


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of(files, *endings):
    """Return the files of those endings, of which there have to be some."""
    found = {name: content for name, content in files.items() if name.endswith(endings)}
    assert found, endings
    return found


def cells(files):
    """Yield every cell of every spreadsheet as text, with the file it stands in."""
    sheets = of(files, ".csv")
    for name, content in of(files, "shapefile.zip").items():
        inner = of(unpacked(content), ".csv")
        sheets |= {f"{name} {one}": text for one, text in inner.items()}
    for name, content in sheets.items():
        text = content.decode("utf-8-sig")
        delimiter = ";" if ";" in text.splitlines()[0] else ","
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield from ((name, cell) for cell in row)


def test_every_file_is_of_a_format_that_is_looked_into_here(files):
    assert {f".{name.rpartition('.')[2]}" for name in files} == OPENED


def test_no_cell_of_a_spreadsheet_runs_or_says_that_nothing_is_a_number(files):
    told = [*cells(files)]
    assert len(told) > 1000
    assert any(IMG in cell for _, cell in told)
    runs = [
        (name, cell)
        for name, cell in told
        if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell)
    ]
    assert runs == []
    assert [one for one in told if SPEECHLESS.fullmatch(one[1])] == []


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(files):
    for content in of(files, ".xlsx").values():
        book = openpyxl.load_workbook(io.BytesIO(content))
        told = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in told} <= {"s", "n", "b", "d", "inlineStr"}
        assert not any(cell.hyperlink for cell in told)
        assert any(NAMES["n2"] in str(cell.value) for cell in told)
        texts = [cell.value for cell in told if isinstance(cell.value, str)]
        assert [text for text in texts if SPEECHLESS.fullmatch(text)] == []
        numbers = [cell.value for cell in told if isinstance(cell.value, float)]
        assert all(map(math.isfinite, numbers))
        inside = unpacked(content)
        assert not any("externalLink" in name or "vba" in name.lower() for name in inside)
        assert not any(b'TargetMode="External"' in one for one in inside.values())


def test_a_geopackage_has_finite_numbers_and_names_as_text(files, tmp_path):
    for content in of(files, ".gpkg").values():
        (tmp_path / "a.gpkg").write_bytes(content)
        with closing(sqlite3.connect(tmp_path / "a.gpkg")) as base:
            tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                if table.startswith(("rtree_", "gpkg_spatial_ref_sys")):
                    continue
                for row in base.execute(f'SELECT * FROM "{table}"'):
                    assert all(math.isfinite(c) for c in row if isinstance(c, float)), table
                    texts = [cell for cell in row if isinstance(cell, str)]
                    assert not any(map(SPEECHLESS.fullmatch, texts)), table
            named = base.execute("SELECT name FROM places").fetchall()
            assert {NAMES["n1"], NAMES["n2"]} <= {name for (name,) in named}
            styles = base.execute("SELECT styleQML, styleSLD FROM layer_styles").fetchall()
            metadata = base.execute("SELECT metadata FROM gpkg_metadata").fetchall()
        for text in (one for row in (*styles, *metadata) for one in row if one):
            harmless(etree.fromstring(text.encode()))


def test_geojson_is_strict_json(files):
    def refuse(word):
        raise AssertionError(word)

    for name, content in of(files, ".geojson").items():
        whole_ = json.loads(content, parse_constant=refuse)
        told = [one["properties"] for one in whole_["features"]]
        texts = [cell for row in told for cell in row.values() if isinstance(cell, str)]
        assert not any(map(SPEECHLESS.fullmatch, texts)), name


def test_other_layers_have_no_infinite_number_and_no_word_for_none(files, tmp_path):
    for name, content in of(files, ".fgb", "shapefile.zip").items():
        file = tmp_path / name.rpartition("/")[2]
        file.write_bytes(content)
        where = f"/vsizip/{file}" if file.suffix == ".zip" else file
        for layer, _ in pyogrio.list_layers(where):
            _, _, _, columns = pyogrio.raw.read(where, layer=layer)
            for column in columns:
                for cell in column:
                    if isinstance(cell, str):
                        assert not SPEECHLESS.fullmatch(cell), (name, layer)
                    elif cell is not None:
                        assert not math.isinf(float(cell)), (name, layer)


def harmless(root):
    """Require that no element or attribute is one that a name would have brought along."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        assert name not in HARM, name
        for key, value in element.attrib.items():
            assert not etree.QName(key).localname.lower().startswith("on"), key
            assert not value.strip().lower().startswith("javascript:"), key


def test_a_kml_and_drawings_are_markup_of_ours_alone(files):
    for name, content in of(files, ".kml", ".svg").items():
        assert b"<!ENTITY" not in content
        root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
        harmless(root)
        for told in root.iter("{http://www.opengis.net/kml/2.2}description"):
            harmless(markup.fragment_fromstring(told.text or "-", create_parent=True))
        for key in ("href", "{http://www.w3.org/1999/xlink}href"):
            links = [one.get(key) for one in root.iter(etree.Element) if one.get(key)]
            assert all(link.startswith(("#", "data:")) for link in links), name


def test_the_page_for_the_browser_runs_our_scripts_alone(files):
    for content in of(files, ".html").values():
        root = markup.document_fromstring(content.decode())
        for element in root.iter(etree.Element):
            assert not [key for key in element.attrib if key.startswith("on")]
            assert "javascript:" not in str(element.get("href"))
        pictures = [str(one.get("src")) for one in root.iter("img")]
        assert all(one.startswith("data:image/") for one in pictures)
        shown = root.text_content()
        assert IMG in shown
        assert not any(
            "alert(" in (one.text or "")
            for one in root.iter("script")
            if one.get("type") in (None, "module", "text/javascript")
        )


def test_a_report_for_word_has_no_field_and_no_link_from_a_name(files):
    for content in of(files, ".docx").values():
        inside = unpacked(content)
        assert not any(b'TargetMode="External"' in one for one in inside.values())
        for name, one in inside.items():
            if name.endswith((".xml", ".rels")):
                fields = etree.fromstring(one).iter("{*}instrText")
                assert not any('HYPERLINK "http' in (field.text or "") for field in fields)
        told = Document(io.BytesIO(content))
        texts = [one.text for one in told.paragraphs]
        texts += [c.text for table in told.tables for row in table.rows for c in row.cells]
        assert any(IMG in text for text in texts)
        assert not any(SPEECHLESS.fullmatch(text) for text in texts)


def test_no_pdf_does_anything(files, tmp_path):
    for content in of(files, ".pdf").values():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert not {"/OpenAction", "/AA", "/AcroForm"} & {*pdf.Root.keys()}
            for one in pdf.objects:
                if isinstance(one, pikepdf.Dictionary):
                    assert not {"/JS", "/Launch", "/EmbeddedFile"} & {*one.keys()}
                    assert one.get("/S") not in ("/JavaScript", "/URI", "/Launch")


def test_the_words_of_a_pdf_are_the_names(files, tmp_path):
    reader = installed("pdftotext")
    for content in of(files, ".pdf").values():
        (tmp_path / "a.pdf").write_bytes(content)
        done = subprocess.run(
            [reader, "-layout", "a.pdf", "-"], cwd=tmp_path, capture_output=True, check=True
        )
        words = done.stdout.decode().split()
        assert "onerror=alert(1)>" in words
        assert not {"inf", "nan", "NaN", "∞"} & {*words}


def test_texts_hold_no_letter_that_steers_a_terminal(files):
    for name, content in of(files, ".txt", ".toml", ".csv", ".kml", ".svg", ".html").items():
        steering = STEERING if name.endswith((".txt", ".toml")) else FORBIDDEN
        found = steering.search(content.decode("utf-8-sig"))
        assert found is None, (name, found)
    for content in of(files, ".txt").values():
        words = re.split(r"[\s.,:;]+", content.decode("utf-8-sig"))
        assert not {"inf", "nan", "NaN", "∞"} & {*words}


def test_the_record_is_read_as_it_was_meant(files):
    for content in of(files, ".toml").values():
        told = tomllib.loads(content.decode())
        assert told["bundle"]["name"] == town().area.name
        assert told["bundle"]["sources"][0]["attribution"].startswith("@OSM")
