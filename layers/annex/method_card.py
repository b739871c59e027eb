"""
The method card: one page, in plain words, of how an answer came about.

For whoever finds a figure in a plan and wants to know what it means, how far it can be
trusted, and how to get it again. Every formula is in `docs/method.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from geo.coverage import FEWEST
from geo.question import Question
from layers.export.case import Case
from layers.mixture_text import rounding
from layers.record.differences import SHORT
from layers.record.record import Record
from layers.report.tree import Block, Bullets, Heading, Paragraph, Title
from layers.sentences import answered, asked, speeds
from layers.source_text import source_text
from words import Speaker


def card(case: Case, record: Record) -> tuple[Block, ...]:
    """
    Return the method card of an answer.

    Parameters
    ----------
    case
        The answer, its area, moment and language.
    record
        Tells which program and which building of the area the figures are from.

    Returns
    -------
    blocks
        A title, and a heading with a paragraph or a list for each part.
    """
    say, area = case.say, case.bundle.area
    return (
        Title(say("How this was found out"), (area.name,)),
        *_part(say("The question"), _question(case)),
        *_part(say("What is changed"), case.changes(say)),
        *_part(say("What is counted as a walk"), _walks(case)),
        *_part(say("What within reach means"), _reach(case)),
        *_part(say("What is not told"), [told_of_few(say)]),
        *_part(say("What it rests on"), [source_text(one, say) for one in area.sources]),
        *_part(say("What to beware of"), _limits(case)),
        *_part(say("How to get the same figures again"), _again(record, say)),
    )


def told_of_few(say: Speaker) -> str:
    """Return the rule about small numbers, as it holds in every file."""
    return say(
        "Fewer than {n} people are never told as a number, and a second figure is withheld"
        " where the rest would give the first away: there the cell is empty, and a word beside"
        " it says why. So it is where there is no way on foot, and where nobody knows.",
        n=FEWEST,
    )


def _part(heading: str, items: Sequence[str]) -> tuple[Block, ...]:
    """Return a heading and what stands below it; nothing if there is nothing to say."""
    if not items:
        return ()
    below = Paragraph(items[0]) if len(items) == 1 else Bullets(tuple(items))
    return Heading(1, heading), below


def _question(case: Case) -> list[str]:
    answer, known, say, now = case.answer, case.catalogue, case.say, case.now
    return [
        asked(answer.question, known, say, now=now),
        answered(answer, known, say, places=case.bundle.places, now=now),
    ]


def _walks(case: Case) -> list[str]:
    """Say how metres become minutes, under the conditions that were asked for."""
    question, say = case.answer.question, case.say
    return [
        say(
            "Minutes are those of a walk on paths and streets of the map, from door to door:"
            " from a home to the nearest entrance of a place. Nobody crosses water, a motorway,"
            " a railway or a fence on the way to the path."
        ),
        say(
            "Minutes are metres divided by a usual walking speed. Hills and stairs take longer;"
            " a walk is the mean of there and back. Waiting at crossings is not counted."
        ),
        _heights(case),
        *_conditions(question, say),
        *speeds(question, case.catalogue, say),
    ]


def _heights(case: Case) -> str:
    if case.bundle.terrain is None:
        return case.say(
            "No heights are known here: a hill counts only where the map tells its slope."
        )
    return case.say("Heights are from a terrain model.")


def _conditions(question: Question, say: Speaker) -> list[str]:
    told = {
        "winter": say("Snow and ice: paths known to be closed in winter are left out."),
        "dark": say("In the dark: paths known to be unlit are left out."),
        "schools": say("Schools are taken to be open to others after school hours."),
        "certain": say("Only what is known to be passable and open counts."),
    }
    switched = {one.name for one in fields(question) if getattr(question, one.name) is True}
    return [text for name, text in told.items() if name in switched]


def _reach(case: Case) -> list[str]:
    say, question = case.say, case.answer.question
    return [
        say.many(
            "A home is within reach if its walk takes {n} minute or less.",
            "A home is within reach if its walk takes {n} minutes or less.",
            question.minutes,
        ),
        say(
            "People are counted where they live. How many live in each building is an estimate;"
            " all together they add up to published numbers where there are any."
        ),
        rounding(question.walker, say),
        say(
            "It tells who can walk there, not who does, and not whether there is room for all."
        ),
    ]


def _limits(case: Case) -> list[str]:
    area, say = case.bundle.area, case.say
    told = [say(one) for one in (*area.notes, *area.missing)]
    return [*told, say("What the map does not show is not found: places, paths, hours.")]


def _again(record: Record, say: Speaker) -> list[str]:
    built, code = record.bundle, record.code
    return [
        say(
            "Asked {now}, of the area {code} as it was built {built}.",
            now=say.date(record.now.isoformat()),
            code=built.code,
            built=say.date(built.built),
        ),
        say(
            "Program: {version}, source files {sha256}.",
            version=code.version,
            sha256=code.sha256[:SHORT],
        ),
        say(
            "Whoever has the program and the area gets the same figures from the record:"
            " {command}",
            command="python -m layers rerun …-record.toml --out …",
        ),
        say("Every formula and assumption: {file} in the program.", file="docs/method.md"),
    ]
