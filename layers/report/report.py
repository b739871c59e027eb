"""The report: chapters in their order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from geo.timetable import OSLO
from layers.report import access, basis, far, incomes, introduction, offer
from layers.report.subject import Pictures, Subject
from layers.report.tree import Block, Heading, Meta, Picture
from words.speaker import Speaker

MAPS = ("places", "walks", "groups", "gaps", "incomes")
"""Keys of pictures that have a chapter of their own; all others stand together at the end."""


def report(about: Subject, say: Speaker, pictures: Pictures | None = None) -> tuple[Block, ...]:
    """
    Write the report of an answer.

    Parameters
    ----------
    about
        What it is about; `layers.report.subject.subject` makes one.
    say
        The language.
    pictures
        Maps by what they show, see `MAPS`; any may be missing.

    Returns
    -------
    blocks
        To be given to `layers.report.docx.docx` or `layers.report.pdf.pdf`. Nothing in
        them is under suppression, or infinite.
    """
    maps: Mapping[str, Picture] = pictures or {}
    return (
        *introduction.begin(about, say),
        *offer.chapter(about, say, maps),
        *access.chapter(about, say, maps),
        *far.chapter(about, say, maps),
        *incomes.chapter(about, say, maps),
        *access.evenness(about, say),
        *basis.data(about, say),
        *basis.method(about, say),
        *basis.sources(about, say),
        *_more(maps, say),
    )


def _more(maps: Pictures, say: Speaker) -> list[Block]:
    """Return the pictures that no chapter asks for."""
    rest = [picture for key, picture in maps.items() if key not in MAPS]
    return [Heading(1, say("More maps")), *rest] if rest else []


def meta(about: Subject, say: Speaker) -> Meta:
    """
    Return what the file of a report says of itself.

    Parameters
    ----------
    about, say
        As in `report`.
    """
    return Meta(
        title=introduction.title(about, say),
        description=introduction.purpose(say),
        day=about.now.astimezone(OSLO).date().isoformat(),
        language=say.language,
        page=say("Page"),
    )
