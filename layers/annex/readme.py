"""The note that lies on top of an annex: what each file is, and what to beware of."""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import Message
from layers.annex.binding import Part
from layers.annex.method_card import told_of_few
from layers.annex.text import as_text
from layers.export.about import HEAD, about
from layers.export.case import Case
from layers.report.tree import Block, Bullets, Heading, Paragraph, Title
from layers.scenario.naming import title
from layers.source_text import source_text
from words import Speaker

FIRST = "nb"
"""The note is always there in this language, whichever the reader's is."""


def note_name(language: str) -> str:
    """
    Return what the note of a language is called, in letters that any system unpacks.

    Examples
    --------
    >>> note_name("nb"), note_name("sv")
    ('LESMEG.txt', 'README-sv.txt')
    """
    return "LESMEG.txt" if language == FIRST else f"README-{language}.txt"


def note(case: Case, parts: Sequence[Part], say: Speaker) -> str:
    """
    Return the note as plain text.

    Parameters
    ----------
    case
        What the annex is about.
    parts
        All that is in it, each in its folder.
    say
        The language of the note, which need not be the reader's.
    """
    area, scenario = case.bundle.area, case.answer.question.scenario
    lines = about(case.answer, case.bundle, case.catalogue, say, case.now)
    blocks: tuple[Block, ...] = (
        Title(title(area.name, scenario, say), (say("Annex"),)),
        Heading(1, say("What was asked, and the answer")),
        Bullets(tuple(f"{what}: {text}" for what, text in lines[:HEAD])),
        *_changes(case, say),
        Heading(1, say("What is here")),
        Bullets(tuple(_told(part, say) for part in parts)),
        Heading(1, say("May it be used?")),
        Paragraph(
            say(
                "Maps and figures may be used if the sources below are named. Tables and map"
                " layers that rest on OpenStreetMap have to be shared under the same licence"
                " (ODbL 1.0) if they are published."
            )
        ),
        *_unlicensed(case, say),
        Bullets(tuple(source_text(one, say) for one in area.sources)),
        Heading(1, say("What is not told")),
        Paragraph(told_of_few(say)),
        *_limits(case, say),
        Heading(1, say("Whom to ask")),
        Paragraph(
            say(
                "Whoever sent you this annex. How the figures came about is in the method card;"
                " with the record, the same figures can be worked out again."
            )
        ),
    )
    return as_text(blocks)


def _changes(case: Case, say: Speaker) -> tuple[Block, ...]:
    changed = case.changes(say)
    if not changed:
        return ()
    return Heading(1, say("What is changed")), Bullets(tuple(changed))


def _told(part: Part, say: Speaker) -> str:
    """Return where a part lies, what it is and how it is opened."""
    where = f"{part.folder}/ – " if part.folder else ""
    holds = f": {say(part.holds)}" if part.holds else ""
    return f"{where}{say(part.label)}{holds}"


def _unlicensed(case: Case, say: Speaker) -> tuple[Block, ...]:
    """Say what to do about sources of which nobody told a licence."""
    if all(source.licence for source in case.bundle.area.sources):
        return ()
    text = say("Where no licence is told, ask whoever owns the data before you publish it.")
    return (Paragraph(text),)


def _limits(case: Case, say: Speaker) -> tuple[Block, ...]:
    area = case.bundle.area
    told: tuple[Message, ...] = (*area.notes, *area.missing, *area.warnings)
    if not told:
        return ()
    return (
        Heading(1, say("What to beware of")),
        Bullets(tuple(say(one) for one in told)),
    )
