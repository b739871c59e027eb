"""What has to stand beside every figure: question, answer, day, sources and warnings."""

from __future__ import annotations

from datetime import datetime

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from geo.errors import Message
from geo.quality import doubts, quality
from geo.timetable import OSLO
from layers.quality_text import facts_text
from layers.sentences import answered, asked, speeds
from layers.source_text import source_text
from words import Speaker

HEAD = 5
"""Lines on top: the area, the question, the answer, its day, and when the area was built."""


def about(
    answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker, now: datetime
) -> tuple[tuple[str, str], ...]:
    """
    Return what an answer is and what it rests on, line by line.

    Parameters
    ----------
    answer, bundle, catalogue
        What was asked, of what, and what it is called.
    say
        The language.
    now
        When it was asked, in some time zone: the date told is Norway's.

    Returns
    -------
    about
        What a line is, and what it says. Several lines may be the same thing, as sources.
    """
    area = bundle.area
    return (
        (say("Area"), f"{area.name} ({area.code})"),
        (say("Question"), asked(answer.question, catalogue, say, now=now)),
        (say("Answer"), answered(answer, catalogue, say, places=bundle.places, now=now)),
        (say("Date"), now.astimezone(OSLO).date().isoformat()),
        (say("Area built"), area.built[:10]),
        *((say("Walking speed"), text) for text in speeds(answer.question, catalogue, say)),
        *((say("Source"), source_text(source, say)) for source in area.sources),
        *((say("The area as a whole"), told) for told in facts_text(area.facts, say)),
        *((say("Beware"), say(one)) for one in (*area.notes, *area.missing, *area.warnings)),
        *((say("Beware"), say(doubt)) for doubt in _doubts(answer, bundle, catalogue, now)),
    )


def _doubts(
    answer: Answer, bundle: Bundle, catalogue: Catalogue, now: datetime
) -> tuple[Message, ...]:
    """Return where the answer rests on thin data."""
    today, kinds = now.astimezone(OSLO).date(), catalogue.kinds
    known = quality(bundle.places, bundle.register, kinds, land=bundle.boundary, today=today)
    wheels = bool(catalogue.walker_of(answer.question).wheels)
    return doubts(known, answer.question, kinds, wheels=wheels)
