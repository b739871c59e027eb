"""The last chapters: how good the data is, how it was worked out, and where it is from."""

from __future__ import annotations

from geo.quality import doubts, quality
from geo.timetable import OSLO
from layers.family_text import known_from
from layers.quality_text import facts_rows, headings, rows
from layers.report.subject import Subject
from layers.report.tree import Block, Bullets, Heading, Paragraph, table
from layers.sentences import speeds
from layers.source_text import known
from words.speaker import Speaker

METHOD = "docs/method.md"
"""Where every formula and assumption is written."""


def data(about: Subject, say: Speaker) -> list[Block]:
    """
    Return the chapter on how good the data is.

    Parameters
    ----------
    about
        What the report is about.
    say
        The language.
    """
    bundle, kinds = about.bundle, about.catalogue.kinds
    today, question = about.now.astimezone(OSLO).date(), about.answer.question
    known = quality(bundle.places, bundle.register, kinds, land=bundle.boundary, today=today)
    wheels = bool(about.catalogue.walker_of(question).wheels)
    thin = doubts(known, question, kinds, wheels=wheels)
    area = bundle.area
    beware = [say(one) for one in (*area.missing, *thin, *area.notes)]
    found: list[Block] = [
        Heading(1, say("How good the data is")),
        Paragraph(
            say(
                "A place that nobody has mapped is missing here, too; and what a place does not"
                " tell is not known, which is not the same as no."
            )
        ),
    ]
    if beware:
        found.append(Bullets(tuple(dict.fromkeys(beware))))
    if known.empty:
        found.append(Paragraph(say("There are no meeting places in the data for this area.")))
    else:
        caption = say("What is known of each kind of place")
        found.append(table(caption, headings(say), rows(known, kinds, say)))
    if area.facts:
        heads = [say("Figure"), say("Value"), say("Year"), say("Source")]
        told = facts_rows(area.facts, say)
        found.append(table(say("The area as a whole"), heads, told, frozenset({0, 3})))
    if area.warnings:
        remarks = tuple(dict.fromkeys(say(one) for one in area.warnings))
        found += [
            Heading(2, say("What was found when the data was put together")),
            Bullets(remarks),
        ]
    return found


def method(about: Subject, say: Speaker) -> list[Block]:
    """
    Return the chapter on how it was worked out, in plain words.

    Parameters
    ----------
    about, say
        As in `data`.
    """
    question = about.answer.question
    return [
        Heading(1, say("Method in plain words")),
        Bullets(tuple(_steps(about, say))),
        Heading(2, say("How fast people walk")),
        Paragraph(say("The speeds are usual ones for each group; many walk slower.")),
        Bullets(tuple(speeds(question, about.catalogue, say))),
        Paragraph(
            say(
                "Every formula, limit and assumption, with its source, stands in the file"
                " {file} of the program.",
                file=METHOD,
            )
        ),
    ]


def _steps(about: Subject, say: Speaker) -> list[str]:
    """Return what is done, from the map to the figure."""
    question, homes = about.answer.question, about.bundle.homes
    how = " ".join(known_from(homes, say))
    residents = say("Residents: {how}", how=how)
    return [
        say(
            "Meeting places are taken from OpenStreetMap and from the registers named below, by"
            " written rules. Private places, bars, benches and bus shelters are left out."
        ),
        say(
            "One walks from every home along streets and paths to the entrance of a place,"
            " never as the crow flies. Hills count where heights are known; waiting at"
            " crossings does not."
        ),
        say.many(
            "Within reach is who has {n} minute or less, exactly so long included.",
            "Within reach is who has {n} minutes or less, exactly so long included.",
            question.minutes,
        ),
        *([residents] if how else []),
        say("What is not known to be open, or to be passable, does not count.")
        if question.certain
        else say("What is not known to be closed, or to be impassable, counts."),
        say(
            "Fewer than five people are never told as a number, and neither is what would give"
            " them away: then it says that they are too few to tell. Unknown and unreachable"
            " are said in words."
        ),
    ]


def sources(about: Subject, say: Speaker) -> list[Block]:
    """
    Return the chapter on where the data is from.

    Parameters
    ----------
    about, say
        As in `data`.
    """
    area = about.bundle.area
    built = say(
        "The data of {area} was put together on {day}. In the program it is called {code}.",
        area=area.name,
        day=say.date(area.built[:10]),
        code=area.code,
    )
    found: list[Block] = [Heading(1, say("Sources"))]
    if not area.sources:
        unnamed = say("No source is named in the data.")
        return [*found, Paragraph(f"{unnamed} {built}")]
    told = [
        [say(one.name), *(known(of, say) for of in (one.attribution, one.licence, one.date))]
        for one in area.sources
    ]
    heads = [say("Source"), say("Whom to thank"), say("Licence"), say("Date")]
    counted = say.many(
        "The area is made from {n} source.", "The area is made from {n} sources.", len(told)
    )
    return [
        *found,
        Paragraph(f"{counted} {built}"),
        table(say("What the figures rest on"), heads, told, frozenset({0, 1, 2, 3})),
    ]
