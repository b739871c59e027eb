"""How a report begins: its title, the main points, and what it is meant for."""

from __future__ import annotations

from geo.crossed import crossed, told_crossed
from geo.income_notes import income_notes
from geo.timetable import OSLO
from layers.groups_text import compared
from layers.income_text import compared as incomes_compared
from layers.report.answering import far, told
from layers.report.offer import counted
from layers.report.subject import Subject
from layers.report.tree import Block, Bullets, Contents, Heading, PageBreak, Paragraph, Title
from layers.scenario import naming
from layers.sentences import asked
from words.speaker import Speaker

NORWAY = "no"
"""The country whose acts are spoken of; of others none was looked up."""


def title(about: Subject, say: Speaker) -> str:
    """Return what the report is called."""
    return naming.title(about.bundle.area.name, about.answer.question.scenario, say)


def purpose(say: Speaker) -> str:
    """Return in a line what the report is for."""
    return say("A knowledge base for municipal plans and for the overview of public health")


def begin(about: Subject, say: Speaker) -> list[Block]:
    """
    Return all that stands before the chapters, and the first ones.

    Parameters
    ----------
    about
        What the report is about.
    say
        The language.
    """
    day = about.now.astimezone(OSLO).date().isoformat()
    question = asked(about.answer.question, about.catalogue, say, now=about.now)
    line = purpose(say) if about.country == NORWAY else say("A knowledge base for plans")
    return [
        Title(title(about, say), (line, say.date(day))),
        Heading(1, say("In short")),
        Bullets(tuple(points(about, say))),
        Contents(say("Contents")),
        PageBreak(),
        Heading(1, say("What this report is for")),
        *(Paragraph(text) for text in reasons(about, say)),
        Paragraph(say("What was asked: {question}.", question=question)),
        *_changes(about, say),
    ]


def _changes(about: Subject, say: Speaker) -> list[Block]:
    """Say that the report is of no town there is, and what is different in it."""
    if not about.changes:
        return []
    text = say(
        "All figures and maps of this report are those of a scenario: of the area as it would"
        " be after the changes below, not as it is today."
    )
    return [Paragraph(text), Bullets(about.changes)]


def points(about: Subject, say: Speaker) -> list[str]:
    """
    Return the main points, a sentence or a few each.

    Parameters
    ----------
    about, say
        As in `begin`.

    Returns
    -------
    points
        At least one: where nothing can be told, why.
    """
    answer, catalogue = about.answer, about.catalogue
    offered, found = counted(about, say), told(about, say)
    if about.empty:
        return [offered, found]
    groups, gap = compared(answer, catalogue, say), far(about, say)
    known = [offered, found, groups, gap, low_income(about, say)]
    return [text for text in dict.fromkeys(known) if text]


def low_income(about: Subject, say: Speaker) -> str:
    """Say how residents of low-income areas stand, or that it is not known."""
    bundle, walked = about.bundle, about.walked
    if bundle.incomes.empty:
        notes = income_notes(bundle.incomes, bundle.area.facts, country=about.country)
        return say(notes[0])
    if walked is None:
        return ""
    limit = about.answer.question.minutes
    by_class = told_crossed(crossed(bundle.homes, bundle.incomes, walked, within=limit))
    return incomes_compared(by_class, limit, say)


def reasons(about: Subject, say: Speaker) -> list[str]:
    """
    Say what the report is for, and what the law asks for that it is of use to.

    The provisions are those named in the ministry's commentary on the Planning and
    Building Act and in Prop. 82 L (2024–2025), chapter 8.1, on the Public Health Act.

    Parameters
    ----------
    about, say
        As in `begin`.
    """
    first = say(
        "This report tells where people in {area} can meet, who can walk there, and where it is"
        " far. It is made for those who plan: as a part of the knowledge that plans rest on.",
        area=about.bundle.area.name,
    )
    last = say(
        "Whether a place is good, safe or used, no figure here can tell. That has to be asked"
        " of those who live there."
    )
    return [first, *(_acts(say) if about.country == NORWAY else []), last]


def _acts(say: Speaker) -> list[str]:
    """Say which provisions of Norwegian acts ask for such knowledge."""
    return [
        say(
            "The Public Health Act asks the municipality to have an overview of its people's"
            " health, and of what may affect it for better or for worse (section 5). The"
            " overview is a basis for the municipal planning strategy, and for the goals that"
            " the municipality sets itself (section 6). Where people can meet, and whether they"
            " get there, is part of the surroundings that affect health."
        ),
        say(
            "Plans under the Planning and Building Act are to promote people's health and to"
            " counteract social differences in health (section 3-1). The municipal planning"
            " strategy is decided within a year after each new council has begun"
            " (section 10-1). The municipality has a special responsibility for the active"
            " participation of groups for whom that has to be made easier, children and youth"
            " among them (section 5-1). That is why this report tells of each group apart."
        ),
    ]
