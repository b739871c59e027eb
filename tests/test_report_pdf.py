"""The report as PDF: whole, tagged, with an outline, and nothing in it that runs."""

import io
from dataclasses import replace

import pikepdf
import pytest

from layers.report.pdf import pdf
from layers.report.tree import Bullets, Heading, Meta, Picture, Table, Title, headings
from tests.reports import MAPS, TOWNS, read_pdf, written
from words.languages import LANGUAGES

TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "sv": "sv-SE"}


def opened(blocks, about):
    return pikepdf.open(io.BytesIO(pdf(blocks, about)))


def words(text):
    """Return a text without what lines and columns do to it."""
    return " ".join(text.replace("\u200b", "").split())


def bare(text):
    """Return the letters of a text alone: in a PDF, spaces are where lines ended."""
    return "".join(one for one in text if one.isalnum())


def tagged(node):
    """Yield the elements of the structure, in reading order, with their kind."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            yield from tagged(kid)


@pytest.fixture(scope="module")
def one():
    return written(TOWNS["one place"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOWNS)
def test_headings_and_contents_are_all_there(name, language, tmp_path):
    blocks, about = written(TOWNS[name], language=language)
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(blocks, about))
    text = bare(read_pdf(file))
    listed = [one for one in headings(blocks) if one.level <= 2]
    for heading in headings(blocks):
        times = text.count(bare(heading.text))
        assert times >= (2 if heading in listed else 1), heading


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_aloud_finds_title_and_language(language):
    blocks, about = written(TOWNS["one place"], language=language)
    with opened(blocks, about) as file:
        assert str(file.Root.Lang) == TAGS[language]
        assert str(file.docinfo["/Title"]) == about.title
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == about.title


def test_the_outline_leads_to_every_heading(one):
    blocks, about = one
    with opened(blocks, about) as file, file.open_outline() as outline:

        def titles(items):
            for item in items:
                yield str(item.title)
                yield from titles(item.children)

        found = list(titles(outline.root))
    told = [heading.text for heading in headings(blocks)]
    assert [title for title in found if title in told] == told


def test_pictures_have_their_text_and_tables_their_headings(one):
    blocks, about = one
    with opened(blocks, about) as file:
        tags = list(tagged(file.Root.StructTreeRoot))
    alts = {str(node.Alt) for kind, node in tags if kind == "/Figure"}
    assert alts == {block.alt for block in blocks if isinstance(block, Picture)}
    kinds = [kind for kind, _ in tags]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert kinds.count("/Table") == len(tables)
    assert kinds.count("/TH") == sum(len(block.columns) for block in tables)
    assert kinds.count("/LI") >= sum(
        len(block.items) for block in blocks if isinstance(block, Bullets)
    )
    assert {"/H1", "/H2", "/TOC", "/TOCI", "/Caption"} <= set(kinds)


def test_fonts_are_embedded_and_are_ours(one):
    with opened(*one) as file:
        fonts = [
            font for page in file.pages for font in page.Resources.get("/Font", {}).values()
        ]
        for font in fonts:
            inner = font.DescendantFonts[0]
            assert "SourceSansPro" in str(inner.BaseFont)
            described = inner.FontDescriptor
            assert "/FontFile2" in described or "/FontFile3" in described
    assert fonts


def test_what_somebody_typed_is_text(tmp_path):
    evil = '#panic("x") $x$ [*b*] <script> \\u{0} \u202e 🏖️ شاطئ ' + "x" * 5000
    about = Meta(evil, evil, "2026-11-21", "nb")
    blocks = (
        Title(evil, (evil,)),
        Heading(1, evil),
        Bullets((evil,)),
        Table(evil, (evil, "n"), ((evil, evil),)),
    )
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(blocks, about))
    told = read_pdf(file)
    assert '#panic("x")' in told
    assert "$x$ [*b*] <script>" in told
    with pikepdf.open(file) as opened_again:
        assert "/OpenAction" not in opened_again.Root
        assert "/JavaScript" not in opened_again.Root.get("/Names", {})


def test_a_tall_picture_stays_on_its_page():
    tall = MAPS["places"].svg.replace("30mm", "300mm").replace("4 3", "4 30")
    blocks = (Title("x"), Heading(1, "x"), Picture(alt="A tower", caption="A tower", svg=tall))
    with opened(blocks, Meta("x", "", "2026-11-21", "nb")) as file:
        assert len(file.pages) == 1
        figures = [node for kind, node in tagged(file.Root.StructTreeRoot) if kind == "/Figure"]
        assert len(figures) == 1


def test_the_same_report_is_the_same_file(one):
    assert pdf(*one) == pdf(*one)
    blocks, about = one
    assert pdf(*one) != pdf(blocks, replace(about, day="2026-11-22"))


def test_nothing_leads_out_of_the_file(one):
    with opened(*one) as file:
        for page in file.pages:
            for mark in page.get("/Annots", []):
                assert "/URI" not in mark.get("/A", {})
