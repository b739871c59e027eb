"""The report of a real city, in every language: whole, and soon."""

import time

import pytest

from layers.report.docx import docx
from layers.report.pdf import pdf
from layers.report.tree import headings
from tests.reports import about, read_pdf, written
from words.languages import LANGUAGES

SOON_S = 6.0
KINDS = ("library", "community_centre", "park")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_oslo_is_whole_and_soon(oslo, language, tmp_path):
    about(oslo, *KINDS)  # what the program has at hand already when it is asked for
    began = time.process_time()
    blocks, what = written(oslo, *KINDS, language=language)
    files = {"report.pdf": pdf(blocks, what), "report.docx": docx(blocks, what)}
    assert time.process_time() - began < SOON_S
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        assert len(content) < 1_000_000
    text = "".join(filter(str.isalnum, read_pdf(tmp_path / "report.pdf")))
    for heading in headings(blocks):
        assert "".join(filter(str.isalnum, heading.text)) in text
