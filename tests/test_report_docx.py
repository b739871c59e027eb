"""The report for Word: what python-docx and LibreOffice read of it again."""

import io
import re
import zipfile

import docx as reader
import pytest
from docx.oxml.ns import qn

from layers.report.docx import docx
from layers.report.docx_parts import TABLE
from layers.report.tree import (
    Bullets,
    Heading,
    Meta,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Title,
    headings,
)
from tests.reports import MAPS, TOWNS, read_pdf, through_office, written
from words.languages import LANGUAGES

META = Meta("Title", "What for", "2026-11-21", "nb", page="Side")


def opened(blocks, about=META):
    return reader.Document(io.BytesIO(docx(blocks, about)))


def bare(text):
    return "".join(one for one in text if one.isalnum())


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def one():
    return written(TOWNS["one place"])


def test_headings_are_real_ones_of_their_level(one):
    document = opened(*one)
    found = [
        (int(style.removeprefix("Heading ")), paragraph.text)
        for paragraph in document.paragraphs
        for style in [paragraph.style.name]
        if style.startswith("Heading ")
    ]
    assert found == [(heading.level, heading.text) for heading in headings(one[0])]
    assert document.paragraphs[0].style.name == "Title"


def test_contents_lead_to_every_heading_of_two_levels(one):
    document = opened(*one)
    marks = {
        mark.get(qn("w:name")): mark.getparent()
        for mark in document.element.iter(qn("w:bookmarkStart"))
    }
    links = list(document.element.iter(qn("w:hyperlink")))
    listed = [heading.text for heading in headings(one[0]) if heading.level <= 2]
    assert ["".join(text.text for text in link.iter(qn("w:t"))) for link in links] == listed
    for link, text in zip(links, listed, strict=True):
        to = marks[link.get(qn("w:anchor"))]
        assert "".join(part.text for part in to.iter(qn("w:t"))) == text
    codes = [code.text.strip() for code in document.element.iter(qn("w:instrText"))]
    assert codes == ['TOC \\o "1-2" \\h \\z \\u']
    kinds = [one.get(qn("w:fldCharType")) for one in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_nobody_is_asked_anything_when_the_file_is_opened(one):
    assert b"updateFields" not in parts(docx(*one))["word/settings.xml"]


def test_tables_repeat_their_headings_and_keep_their_cells(one):
    document = opened(*one)
    tables = [block for block in one[0] if isinstance(block, Table)]
    assert len(document.tables) == len(tables)
    for found, told in zip(document.tables, tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in found.rows]
        assert rows == [list(told.columns), *map(list, told.rows)]
        head = found.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")).get(qn("w:val")) == "true"
        described = found._tbl.tblPr.find(qn("w:tblCaption"))
        assert described.get(qn("w:val")) == told.caption


def test_properties_of_tables_stand_in_the_order_that_word_asks_for(one):
    for found in opened(*one).tables:
        names = [child.tag.partition("}")[2] for child in found._tbl.tblPr]
        assert names == sorted(names, key=TABLE.index)
        assert {"tblBorders", "tblCellMar", "tblCaption"} <= set(names)


def test_every_picture_has_a_text_in_its_place(one):
    document = opened(*one)
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == [block.alt for block in one[0] if isinstance(block, Picture)]
    numbers = [shape._inline.docPr.get("id") for shape in document.inline_shapes]
    assert len(set(numbers)) == len(numbers)


def test_a_tall_picture_stays_on_its_page():
    tall = MAPS["places"].svg.replace("30mm", "300mm").replace("4 3", "4 30")
    [shape] = opened((Picture(alt="A tower", caption="A tower", svg=tall),)).inline_shapes
    assert shape.height.mm == pytest.approx(200)
    assert shape.width.mm == pytest.approx(200 * 4 / 30, abs=0.1)


def test_captions_and_lists_have_styles_of_their_own(one):
    document = opened(*one)
    by_style = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    captions = [block.caption for block in one[0] if isinstance(block, Table | Picture)]
    assert by_style["Caption"] == captions
    items = [item for block in one[0] if isinstance(block, Bullets) for item in block.items]
    assert by_style["List Bullet"] == items
    assert by_style["Lead"] == [
        block.text for block in one[0] if isinstance(block, Paragraph) and block.lead
    ]


@pytest.mark.parametrize(
    ("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB"), ("sv", "sv-SE")]
)
def test_the_file_says_what_it_is_and_in_which_language(language, tag):
    blocks, about = written(TOWNS["one place"], language=language)
    document = opened(blocks, about)
    told = document.core_properties
    assert (told.title, told.author, told.language) == (about.title, "Møteplass", tag)
    assert told.created.date().isoformat() == told.modified.date().isoformat() == about.day
    assert "python-docx" not in told.comments
    styles = parts(docx(blocks, about))["word/styles.xml"].decode()
    assert set(re.findall(r'<w:lang w:val="([\w-]+)"', styles)) == {tag}


def test_the_page_is_numbered():
    foot = opened((Title("x"),)).sections[0].footer
    codes = [code.text.strip() for code in foot._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert foot.paragraphs[0].text == "Title\tSide 1 / 1"


def test_a_page_begins_at_the_heading_behind_a_break():
    document = opened((Heading(1, "One"), PageBreak(), Heading(1, "Two")))
    first, second = document.paragraphs
    assert first.paragraph_format.page_break_before is None
    assert second.paragraph_format.page_break_before is True


def test_what_somebody_typed_is_text_and_nothing_runs():
    evil = (
        '<w:p/> &lt; ]]> \x00\x0b\ud800 \u202e{ HYPERLINK "http://evil.example" } ' + "x" * 9000
    )
    blocks = (
        Title(evil, (evil,)),
        Heading(1, evil),
        Paragraph(evil),
        Bullets((evil,)),
        Table(evil, (evil,), ((evil,),)),
        Picture(alt=evil, caption=evil, svg=MAPS["places"].svg),
    )
    content = docx(blocks, Meta(evil, evil, "2026-11-21", "nb"))
    found = parts(content)
    assert not [name for name in found if "vba" in name.lower() or name.endswith(".bin")]
    for name, part in found.items():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in part
    text = reader.Document(io.BytesIO(content)).paragraphs[2].text
    assert text.startswith("<w:p/> &lt; ]]>")
    assert "\u202e" not in text
    assert "x" * 51 not in text  # no word is so long that it leaves the page
    assert len(text) < 400


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOWNS)
def test_every_report_opens_again(name, language):
    blocks, about = written(TOWNS[name], language=language)
    assert len(opened(blocks, about).paragraphs) > len(headings(blocks))


@pytest.mark.parametrize(("name", "language"), [("hostile", "nb"), ("incomes", "sv")])
def test_libreoffice_passes_all_parts_on_to_pdf(name, language, tmp_path):
    blocks, about = written(TOWNS[name], language=language)
    text = bare(read_pdf(through_office(docx(blocks, about), tmp_path)))
    for heading in headings(blocks):
        times = text.count(bare(heading.text))
        assert times >= (2 if heading.level <= 2 else 1), heading  # there, and in the contents
    for block in blocks:
        if isinstance(block, Table | Picture):
            assert bare(block.caption) in text
        if isinstance(block, Bullets):
            assert all(bare(item)[:60] in text for item in block.items)
