"""The chapter on gaps: where people live beyond reach, the largest first."""

from __future__ import annotations

from geo.gaps import gaps
from layers.gap_text import card, headings, names, rows, street
from layers.gaps_text import not_listed
from layers.report.answering import far
from layers.report.subject import Pictures, Subject
from layers.report.tree import Block, Heading, Paragraph, table
from words.speaker import Speaker

LISTED = 15
"""So many gaps stand in the table; all of them are in the files."""


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
        That of `"gaps"` stands in it.
    """
    found: list[Block] = [
        Heading(1, say("Where the gaps are")),
        Paragraph(far(about, say), lead=True),
    ]
    if "gaps" in pictures:
        found.append(pictures["gaps"])
    if about.empty:
        return found  # homes without a place to go to are no gaps
    found += _listed(about, say)
    if hidden := not_listed(about.answer, say):
        found.append(Paragraph(hidden))
    return [*found, *_described(about, say)]


def _listed(about: Subject, say: Speaker) -> list[Block]:
    """Return the largest gaps as a table, and how many more there are."""
    question, known = about.answer.question, gaps(about.answer, about.bundle.homes)
    if not known:
        return []
    called = names(about.bundle.places, about.catalogue, say)
    first = [*known.values()][:LISTED]
    caption = say(
        "Cells of 250 m where most people live beyond reach, for: {group}",
        group=say(about.catalogue.groups[question.group].label),
    )
    listed = [
        [say.number(rank), *row]
        for rank, row in enumerate(rows(first, called, say, certain=question.certain), 1)
    ]
    words = frozenset({1, 2, 3, 4})
    found: list[Block] = [table(caption, [say("No."), *headings(say)], listed, words)]
    if more := len(known) - len(first):
        found.append(
            Paragraph(
                say.many(
                    "{n} more cell, with fewer people beyond reach, is in the files that go"
                    " with this report.",
                    "{n} more cells, with fewer people beyond reach, are in the files that go"
                    " with this report.",
                    more,
                )
            )
        )
    return found


def _described(about: Subject, say: Speaker) -> list[Block]:
    """Return what is told of the largest gaps one by one."""
    known = gaps(about.answer, about.bundle.homes)
    shown = {key: known[key] for key in about.anyway if key in known}
    if not shown:
        return []
    called = names(about.bundle.places, about.catalogue, say)
    found: list[Block] = [Heading(2, say("The largest gaps"))]
    for rank, (key, gap) in enumerate(shown.items(), 1):
        near = say("{n}. {street}", n=rank, street=street(gap, say))
        told = card(
            gap,
            about.answer.question,
            about.catalogue,
            say,
            place=called.get(gap.place, ""),
            anyway=about.anyway[key],
        )
        found += [Heading(3, near), Paragraph(" ".join(told))]
    return found
