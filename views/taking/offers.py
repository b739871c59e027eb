"""What can be taken along as a file: what its button says, what is in it, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from geo.errors import ExportError, Message
from layers.annex.parts import DOCUMENTS, TOLD
from layers.annex.prints import answer_print, group_prints
from layers.annex.reports import written
from layers.export.case import Case
from layers.export.export import Export, stem
from layers.files import FORMATS, packed
from layers.onefile import of_answer as onefile
from layers.onefile.page import html
from layers.paper.page import pdf, png, svg
from layers.paper.sheetful import Paper, Print
from layers.report import docx as word
from layers.report import pdf as report_pdf
from views.asked import Asked
from views.taking.answer import case_of, export_of
from views.taking.downloads import File
from views.taking.online import on
from words import Speaker

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST = ("geopackage", "excel", "csv", "geojson", "shapefile", "flatgeobuf", "kml")
"""Formats in the order of the page: what planners open first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """
    What is offered of any answer.

    Parameters
    ----------
    key, label, holds, mime
        As in `views.taking.downloads.File`.
    ending
        Of the file's name.
    make
        Writes it.
    """

    key: str
    label: str
    holds: str
    ending: str
    mime: str
    make: Callable[[Case, Export], bytes]


def of_answer(offers: Sequence[Offer], asked: Asked, *, areas: bool) -> list[File]:
    """
    Return the files of the answer on screen.

    `areas`: whether the reach of the places is in them.
    """
    name = stem(asked.question.area, asked.now, supposed=bool(asked.question.scenario))
    of = (asked.question, asked.built, asked.say.language, areas)

    def made(one: Offer) -> bytes:
        case = case_of(asked.question, asked.built, asked.now, asked.say)
        return one.make(case, export_of(case, areas=areas))

    return [
        File(
            one.key,
            one.label,
            one.holds,
            f"{name}{one.ending}",
            one.mime,
            partial(made, one),
            (*of, one.ending),
        )
        for one in offers
    ]


def layers(say: Speaker) -> list[Offer]:
    """Return the files of layers and tables."""
    return [
        Offer(
            key,
            *_told(TOLD[key], say),
            FORMATS[key].ending,
            FORMATS[key].mime,
            partial(_packed, key=key),
        )
        for key in FIRST
    ]


def _told(messages: tuple[Message, Message], say: Speaker) -> tuple[str, str]:
    """Return what a file is called, and what is in it."""
    label, holds = messages
    return say(label), say(holds)


def _packed(case: Case, export: Export, *, key: str) -> bytes:
    return packed(export, key, case.say)


def documents(say: Speaker) -> list[Offer]:
    """Return what is to be read: the report, and the map as one file."""
    return [
        Offer(
            "docx",
            *_told(DOCUMENTS["docx"], say),
            "-report.docx",
            WORD,
            lambda case, export: word.docx(*written(case, export)),
        ),
        Offer(
            "report",
            *_told(DOCUMENTS["pdf"], say),
            "-report.pdf",
            "application/pdf",
            lambda case, export: report_pdf.pdf(*written(case, export)),
        ),
        Offer(
            "html",
            *_told(DOCUMENTS["html"], say),
            "-map.html",
            "text/html",
            lambda case, export: html(onefile.page(case, export), case.say),
        ),
    ]


def prints(paper: Paper, say: Speaker, base: str = "") -> list[Offer]:
    """Return the map on paper; `base`: the online map under it, see `views.taking.online`."""
    way = "across" if paper.across else "upright"
    size = "".join(f"-{part}" for part in (paper.size, way, base) if part)

    def first(case: Case, export: Export) -> Print:
        return on(base, answer_print(case, export), paper, case)

    def whole(case: Case, export: Export) -> bytes:
        return pdf([first(case, export), *group_prints(case, export)], paper, case.say)

    return [
        Offer(
            "print",
            say("Map to print (PDF)"),
            say("The map, and small maps group by group, with scale and sources."),
            f"{size}.pdf",
            "application/pdf",
            whole,
        ),
        Offer(
            "png",
            say("Picture (PNG)"),
            say("The page with the map, 300 dots to the inch, for a document or a slide."),
            f"{size}.png",
            "image/png",
            lambda case, export: _picture(png(first(case, export), paper, case.say)),
        ),
        Offer(
            "svg",
            say("Drawing (SVG)"),
            say("The same as lines and letters, for drawing programs."),
            f"{size}.svg",
            "image/svg+xml",
            lambda case, export: _picture(svg(first(case, export), paper, case.say)),
        ),
    ]


def _picture(drawn: Sequence[bytes]) -> bytes:
    """Return the page with the map, which has to have its legend and sources."""
    page, *more = drawn
    if more:
        raise ExportError(
            "The picture has no room for its sources. Choose larger paper, or take the PDF."
        )
    return page
