"""Reports of drawn towns, and the programs that read them back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from geo.answer import answer
from geo.bundle import Bundle, Fact
from geo.question import Question
from geo.timetable import OSLO
from geo.town import prepare
from layers.report.report import meta, report
from layers.report.subject import Subject, subject
from layers.report.tree import Block, Bullets, Heading, Meta, Paragraph, Picture, Table, Title
from tests import few_town
from tests.answers import hostile_town
from tests.towns import bundle, catalogue, streets
from words import speaker

NOW = datetime(2026, 11, 21, 12, tzinfo=OSLO)
HOME, FAR = (78.0, 0.0), (900.0, 0.0)
CROWD = {
    "everybody": 100.0,
    "young_children": 10.0,
    "school_children": 10.0,
    "youth": 10.0,
    "adults": 50.0,
    "older_67_79": 10.0,
    "older_80": 10.0,
}
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="30mm" viewBox="0 0 4 3">\
<rect width="4" height="3" fill="#3d85c0"/></svg>'
MAPS = {
    key: Picture(alt=f"Map of {key}", caption=f"Caption of {key}", svg=SQUARE)
    for key in ("places", "walks", "groups", "gaps", "incomes", "other")
}


def nothing() -> Bundle:
    """Return an area with a street, and neither homes nor places."""
    return bundle(streets([(0, 0), (900, 0)]), {}, {})


def one_place() -> Bundle:
    """Return a street with one park; a hundred live at its door, and a hundred far off."""
    return bundle(
        streets([(0, 0), (900, 0)]), {HOME: CROWD, FAR: CROWD}, {"n1": ("park", (0, 0))}
    )


def with_incomes() -> Bundle:
    """Return a town in which incomes are known, and the municipality's share as well."""
    homes = {
        few_town.MIDDLE: (40, 30, 20, 200, 50, 25),
        few_town.EDGE: (20, 15, 10, 90, 30, 15),
    }
    return few_town.town(
        homes, classes={few_town.MIDDLE: "low", few_town.EDGE: "high"}, facts=FACTS
    )


FACTS = (Fact("low_income_share", "Persons below EU-60", 9.5, "%", "SSB", "2024"),)

TOWNS: Mapping[str, Bundle] = {
    "nothing": nothing(),
    "one place": one_place(),
    "incomes": with_incomes(),
    "hostile": hostile_town(),
}


def about(known: Bundle, *kinds: str, **asked: object) -> Subject:
    """Return what a report of a town is about."""
    return _about(known, kinds, tuple(sorted(asked.items())))


@cache
def _about(
    known: Bundle, kinds: tuple[str, ...], how: tuple[tuple[str, object], ...]
) -> Subject:
    asked = dict(how)
    question = Question(known.area.code, kinds or ("park",), **asked)
    ready, what = prepare(known), catalogue()
    return subject(ready, answer(ready, question, what, now=NOW), what, now=NOW)


def written(
    known: Bundle, *kinds: str, language: str = "en", **asked: object
) -> tuple[tuple[Block, ...], Meta]:
    """Return the report of a town with all pictures, and what its file says of itself."""
    what, say = about(known, *kinds, **asked), speaker(language)
    return report(what, say, MAPS), meta(what, say)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """Return all that a report says, a text each."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Title(text, lines):
                found += [text, *lines]
            case Heading(_, text) | Paragraph(text):
                found.append(text)
            case Bullets(items):
                found += items
            case Table(caption, columns, rows):
                found += [caption, *columns, *(cell for row in rows for cell in row)]
            case Picture(alt, caption):
                found += [alt, caption]
    return found


def program(name: str) -> str:
    """Return the path of a program; a test that needs it is skipped without."""
    found = shutil.which(name)
    if not found:
        pytest.skip(
            f"{name} is not installed: apt-get install libreoffice-writer poppler-utils"
        )
    return found


def read_pdf(file: Path) -> str:
    """Return the text of a PDF, as a reader gets it; no line is broken."""
    asked = [program("pdftotext"), "-layout", str(file), "-"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout


def through_office(docx: bytes, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of a Word file."""
    office, file = program("soffice"), folder / "report.docx"
    file.write_bytes(docx)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--headless",
            *("--convert-to", "pdf", "--outdir", str(folder), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "report.pdf"
