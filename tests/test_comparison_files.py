"""A comparison as files: one PDF with maps of one scale, and tables for spreadsheets."""

import io
import re
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pikepdf
import pytest

from geo.bundle import CONTRACTS
from geo.errors import ExportError
from layers.__main__ import main
from layers.comparison.comparison import compared
from layers.comparison.document import pdf
from layers.comparison.maps import one_scale, prints, small_map
from layers.comparison.sheets import FORMATS, export
from layers.files import packed
from layers.paper.sheetful import Paper
from tests.answers import hostile_town
from tests.test_comparison import EN, FAR, NEAR, NES, VIK, case, town

SCALE = re.compile(r"1:([\d,]+) on A4")


def document(*towns, paper=None):
    cases = [case(one) for one in towns]
    maps = {one.bundle.area.code: small_map(one) for one in cases}
    return pdf(compared(cases), maps, paper or Paper(), EN)


def text(made):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (poppler-utils)")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_one_pdf_holds_tables_plots_and_maps_and_is_tagged():
    made = document(VIK, NES)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).startswith("en")
        with opened.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == "Areas compared"
    said = text(made)
    assert re.search(r"Vik +40 +30 +10 +75%", said)
    assert re.search(r"Nes +400 +100 +300 +25%", said)
    assert "Areas compared: maps" in said
    assert "Legend" in said


def test_thirteen_areas_have_maps_of_one_scale_on_three_pages():
    some = [town(f"town-{n:02}", {NEAR: 10.0 * n, FAR: 10.0}) for n in range(13)]
    wide = replace(some[4], boundary=some[4].boundary.scale(4, 4).to_frame("geometry"))
    some[4] = wide
    said = text(document(*some))
    scales = SCALE.findall(said)
    assert len(scales) == 3
    assert len(set(scales)) == 1
    for n in range(13):
        assert f"Town-{n:02}" in said


def test_pages_of_maps_are_filled_evenly():
    for count, expected in ((1, [1]), (6, [6]), (7, [3, 4]), (13, [4, 4, 5])):
        some = [town(f"t-{n}", {NEAR: 9.0}) for n in range(count)]
        cases = [case(one) for one in some]
        maps = {one.bundle.area.code: small_map(one) for one in cases}
        made = prints(compared(cases), maps, EN)
        assert [len(page.maps) for page in made] == expected
        shown = [one.caption for page in made for one in page.maps]
        assert shown == [one.area.name for one in some]


def test_a_map_keeps_its_middle_when_it_shows_more():
    cases = [case(VIK), case(NES)]
    maps = {one.bundle.area.code: small_map(one) for one in cases}
    pages = prints(compared(cases), maps, EN)
    [page] = one_scale(pages, [{"width": 50, "height": 90}])
    for one, known in zip(page.maps, cases, strict=True):
        left, bottom, right, top = one.bounds
        middle = known.bundle.boundary.total_bounds
        assert (left + right) / 2 == pytest.approx((middle[0] + middle[2]) / 2)
        assert (bottom + top) / 2 == pytest.approx((middle[1] + middle[3]) / 2)


def test_hostile_names_break_no_file():
    evil = replace(hostile_town().area, name='=1+1 #panic("x") *b* <svg> \x00' + "x" * 300)
    some = (replace(hostile_town(), area=evil), VIK)
    assert document(*some)[:5] == b"%PDF-"
    made = export(compared([case(one) for one in some]), EN)
    book = openpyxl.load_workbook(io.BytesIO(packed(made, "excel", EN)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'=1+1") for cell in cells)


def test_maps_in_systems_of_their_own_say_so_on_the_same_page():
    other = town("nes", {NEAR: 100.0, FAR: 7.0})
    far = {
        key: getattr(other, key).set_crs("EPSG:3067", allow_override=True) for key in CONTRACTS
    }
    other = replace(other, area=replace(other.area, crs="EPSG:3067"), **far)
    *_, last, _ = text(document(VIK, other)).split("\f")
    assert re.search(r"EPSG:25833\)\s+\(Vik\)", last)
    assert re.search(r"EPSG:3067\)\s+\(Nes\)", last)
    assert "Legend" in last


def test_an_area_without_places_has_a_map_of_its_land():
    bare = town("bare", {NEAR: 40.0}, {})
    assert small_map(case(bare)).layers == ()
    assert document(bare)[:5] == b"%PDF-"


def test_spreadsheets_hold_a_row_for_each_area_and_group():
    made = export(compared([case(VIK), case(NES)]), EN)
    assert {*FORMATS} == {"excel", "csv"}
    book = openpyxl.load_workbook(io.BytesIO(packed(made, "excel", EN)))
    sheet = book["Residents by group"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert told["vik:everybody"]["Share within (%)"] == 75
    assert told["nes:everybody"]["Share within (%)"] == 25
    assert told["vik:everybody"]["Half have at most (min)"] == 1


# The command.


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Put two towns into a store of their own."""
    from data import bundle  # noqa: PLC0415

    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MOTEPLASS_LANGUAGE", "en")
    for one in (VIK, NES):
        bundle.write(one)
    return tmp_path


def test_the_command_writes_tables_and_one_pdf(stored, capsys):
    out = stored / "out"
    assert main(["compare", "vik", "nes", "--kinds", "park", "--out", str(out)]) == 0
    named = [line.rpartition("/")[2] for line in capsys.readouterr().out.splitlines()]
    assert sorted(named) == sorted(file.name for file in out.iterdir())
    assert {name.rpartition(".")[2] for name in named} == {"csv", "xlsx", "pdf"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["vik", "nowhere", "--kinds", "park"], "There is no area nowhere."),
        (["vik", "--kinds", "castle"], "There is no kind castle:"),
        (["vik", "--kinds", ""], "Choose at least one kind of meeting place."),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(stored, capsys, asked, said):
    assert main(["compare", *asked, "--out", str(stored / "out")]) == 1
    assert capsys.readouterr().err.startswith(said)
    assert not (stored / "out").exists()


def test_an_area_named_twice_is_asked_once(stored):
    out = stored / "out"
    assert main(["compare", "vik", "vik", "--kinds", "park", "--out", str(out)]) == 0


def test_a_file_that_cannot_be_written_is_told(stored, monkeypatch):
    from layers.comparison import command  # noqa: PLC0415

    with pytest.raises(ExportError, match="could not be written"):
        command._written(stored / "not there" / "a.pdf", b"")
