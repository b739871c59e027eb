"""The PDF of a page of maps, as a printer, a reader for the blind and a checker see it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from layers.paper.page import Paper, pdf
from layers.paper.typesetting import typeset
from tests.printed import HOSTILE, NAMES, SAMI, a_map, a_print, incomes, tagged
from words.speaker import speaker

ROOT = Path(__file__).resolve().parent.parent
SAY = speaker("nb")
PAPERS = [Paper(size, across) for size in ("a4", "a3") for across in (False, True)]
MOST_S = 4.0
COLD = """
import time
from layers.paper.page import Paper, pdf
from tests.printed import a_print
from words.speaker import speaker
begin = time.perf_counter()
pdf([a_print()], Paper(), speaker("nb"))
print(time.perf_counter() - begin)
"""


def opened(made):
    return pikepdf.open(io.BytesIO(made))


def several():
    maps = [a_map(caption=f"Gruppe {n}", sentence=f"Om gruppe {n}.") for n in range(4)]
    return a_print(maps=maps)


def fonts(document):
    """Return the fonts of a document, those that are made of others by their parts."""
    found = [
        one
        for one in document.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
    ]
    return [one for one in found if one.get("/Subtype") != "/Type0"]


def test_a_reader_for_the_blind_is_told_title_and_language():
    for language, expected in (("nb", "nb"), ("nn", "nn"), ("en", "en"), ("sv", "sv")):
        document = opened(pdf([a_print()], Paper(), speaker(language)))
        assert str(document.Root.Lang) == expected
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]) == "Møteplasser i Bodø"
        with document.open_metadata() as told:
            assert told["dc:title"] == "Møteplasser i Bodø"
            assert told["pdfuaid:part"] == "1"


def test_it_is_read_in_the_order_of_the_page_and_the_map_tells_the_sentence():
    page = a_print()
    read = list(tagged(opened(pdf([page], Paper(), SAY))))
    names = [name for name, _ in read]
    pictures = [alt for name, alt in read if name == "Figure"]
    assert pictures[0] == page.sentence
    assert "" not in pictures
    assert len(pictures) == 3  # the map, the arrow, the bar
    first = names.index("Figure")
    assert names[:first].count("H1") == 1
    assert names[first:].count("H2") == 3  # legend, question, sources
    assert names.index("H1") < first < names.index("H2")
    assert names.index("H2") < names.index("H3")


def test_each_small_map_tells_what_it_shows():
    read = list(tagged(opened(pdf([several()], Paper(), SAY))))
    told = [alt for name, alt in read if name == "Figure"]
    assert told[:4] == [f"Gruppe {n}: Om gruppe {n}." for n in range(4)]


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_every_font_is_embedded_and_is_ours(paper):
    document = opened(pdf([a_print(title=f"Møteplasser {SAMI}")], paper, SAY))
    found = fonts(document)
    assert found
    for font in found:
        told = font.FontDescriptor
        assert "/FontFile2" in told or "/FontFile3" in told
        assert "SourceSansPro" in str(told.FontName)


def test_the_map_is_vectors():
    document = opened(pdf([several()], Paper(), SAY))
    pictures = [
        one
        for one in document.objects
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
    ]
    assert pictures == []


def test_it_does_nothing_but_lie_there():
    """No script, no link to follow, no file within: what users typed stays text."""
    made = pdf(
        [a_print(title=HOSTILE, sources=("https://example.org/x", HOSTILE))], Paper(), SAY
    )
    document = opened(made)
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        assert key not in document.Root
    assert all("/Annots" not in page for page in document.pages)
    assert not document.attachments


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_a_public_checker_finds_no_fault_with_pdf_ua(paper):
    """`page-validation` has 104 of the rules of PDF/UA-1 that a machine can check."""
    checker = pytest.importorskip("page", reason="page-validation is not installed")
    long = a_print(
        title=NAMES[-1], maker=HOSTILE, sources=tuple(f"Kilde {n}" for n in range(80))
    )
    report = checker.validate_pdf_bytes(
        pdf([a_print(), several(), long], paper, SAY), profile="ua1"
    )
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total > 100


def test_a_legend_of_two_properties_is_a_table_with_headings():
    page = a_print(maps=(a_map(layers=(incomes(SAY),), labels=None),))
    made = pdf([page], Paper(), SAY)
    names = [name for name, _ in tagged(opened(made))]
    assert names.count("Table") == 1
    assert names.count("TR") == 4
    assert names.count("TH") == 4
    checker = pytest.importorskip("page", reason="page-validation is not installed")
    report = checker.validate_pdf_bytes(made, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def test_the_checker_does_find_faults():
    checker = pytest.importorskip("page", reason="page-validation is not installed")
    document = opened(pdf([a_print()], Paper(), SAY))
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
            del one["/Alt"]
    document.save(broken := io.BytesIO())
    assert not checker.validate_pdf_bytes(broken.getvalue(), profile="ua1").is_compliant


def test_a_first_page_is_there_in_four_seconds():
    done = subprocess.run(
        [sys.executable, "-c", COLD],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(done.stdout) < MOST_S


def test_pages_say_the_day_they_are_of_and_not_that_of_the_machine():
    [made] = typeset(
        '#set document(title: "a")\n#set text(lang: "nb")\na', {}, {}, day="2020-02-03"
    )
    document = opened(made)
    assert str(document.docinfo["/CreationDate"]).startswith("D:20200203")
