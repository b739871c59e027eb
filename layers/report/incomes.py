"""The chapter on low income: two terms kept apart, and what is known of either."""

from __future__ import annotations

from geo.crossed import crossed, told_crossed
from geo.income_notes import ECOLOGICAL, income_notes
from geo.tables import LOW_INCOME, LOW_INCOME_AREAS
from layers.income_text import compared, headings, rows
from layers.report.answering import told_of
from layers.report.subject import Pictures, Subject
from layers.report.tree import Block, Bullets, Heading, Paragraph, table
from words.speaker import Speaker


def chapter(about: Subject, say: Speaker, pictures: Pictures) -> list[Block]:
    """
    Return the chapter.

    Parameters
    ----------
    about
        What the report is about.
    say
        The language.
    pictures
        That of `"incomes"` stands in it.
    """
    found: list[Block] = [Heading(1, say("Low-income areas")), *_terms(say)]
    if about.bundle.incomes.empty:
        return [*found, *_unknown(about, say)]
    found += [*_compared(about, say), *_groups(about, say)]
    if "incomes" in pictures:
        found.append(pictures["incomes"])
    notes = income_notes(about.bundle.incomes, about.bundle.area.facts, country=about.country)
    return [*found, Heading(2, say("What this rests on")), Bullets(tuple(map(say, notes)))]


def _terms(say: Speaker) -> list[Block]:
    """Say what the two terms mean, which are often taken for the same."""
    return [
        Bullets(
            (
                say(
                    "People with low income are those who have little themselves, wherever they"
                    " live. Nobody's income is known here: their number is estimated from the"
                    " share of people with low income in the area they live in."
                ),
                say(
                    "Residents of low-income areas are all who live where many have low income,"
                    " whatever they have themselves. Unless a limit was given when the area was"
                    " built, these are the areas at the poor end where together about a fifth"
                    " of all residents live: a comparison within the municipality, not with the"
                    " country."
                ),
            )
        )
    ]


def _unknown(about: Subject, say: Speaker) -> list[Block]:
    """Say which figure of the whole is open, and whom to ask for more."""
    bundle = about.bundle
    first, *more = income_notes(bundle.incomes, bundle.area.facts, country=about.country)
    return [Paragraph(say(first), lead=True), *(Paragraph(say(one)) for one in more)]


def _compared(about: Subject, say: Speaker) -> list[Block]:
    """Return who is within reach by the income of where they live."""
    bundle, walked = about.bundle, about.walked
    if walked is None or about.empty:
        return []
    limit = about.answer.question.minutes
    told = told_crossed(crossed(bundle.homes, bundle.incomes, walked, within=limit))
    caption = say("Everybody's reach by the income of the area they live in")
    return [
        Paragraph(compared(told, limit, say), lead=True),
        table(caption, headings(say), rows(told, say)),
    ]


def _groups(about: Subject, say: Speaker) -> list[Block]:
    """Return the answer for each of the two groups, with what it cannot tell said once."""
    if about.empty:
        return []
    beware = say(ECOLOGICAL)
    return [
        Paragraph(told_of(about, group, say).removesuffix(beware).strip())
        for group in (LOW_INCOME, LOW_INCOME_AREAS)
    ]
