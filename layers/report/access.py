"""The chapters on who reaches what, group by group and kind by kind, and on how even it is."""

from __future__ import annotations

from collections.abc import Sequence

from layers.figure_text import Index
from layers.groups_text import compared
from layers.indices import of_group
from layers.meeting_text import foremost
from layers.mixture_text import rounding, why
from layers.reach_tables import group_headings, group_rows, kind_headings, kind_rows
from layers.report.answering import told
from layers.report.chart import chart
from layers.report.subject import Pictures, Subject
from layers.report.tree import Block, Heading, Paragraph, table
from layers.unevenness import gathering, of_all
from words.speaker import UNKNOWN, Speaker


def chapter(about: Subject, say: Speaker, pictures: Pictures) -> list[Block]:
    """
    Return the chapter on who reaches what.

    Parameters
    ----------
    about
        What the report is about.
    say
        The language.
    pictures
        Those of `"walks"` and `"groups"` stand in it.
    """
    answer = about.answer
    found: list[Block] = [
        Heading(1, say("Who reaches what")),
        Paragraph(told(about, say), lead=True),
    ]
    if "walks" in pictures:
        found.append(pictures["walks"])
    if about.empty:
        return found
    found += [Heading(2, say("Groups side by side")), *_groups(about, say)]
    if "groups" in pictures:
        found.append(pictures["groups"])
    if len(answer.question.kinds) > 1:
        found += [Heading(2, say("Each kind of place alone")), *_kinds(about, say)]
    return found


def _groups(about: Subject, say: Speaker) -> list[Block]:
    answer, catalogue, minutes = about.answer, about.catalogue, about.answer.question.minutes
    drawn = chart(answer, catalogue, say)
    caption = say.many(
        "Who has {n} minute or less on foot", "Who has {n} minutes or less on foot", minutes
    )
    return [
        Paragraph(compared(answer, catalogue, say)),
        *([drawn] if drawn else []),
        table(caption, group_headings(say), _rows(about, say)),
        Paragraph(rounding(answer.question.walker, say)),
        Paragraph(why(about.bundle.homes, answer.question.walker, say)),
    ]


def _rows(about: Subject, say: Speaker) -> list[list[str]]:
    """Return the figures of every group; a dash alone would not say that they are unknown."""
    rows = group_rows(about.answer, about.catalogue, say)
    return [
        [row[0], say("Unknown"), *row[2:]] if row[1] == UNKNOWN else row
        for row in rows.values()
    ]


def _kinds(about: Subject, say: Speaker) -> list[Block]:
    answer, catalogue = about.answer, about.catalogue
    group = say(catalogue.groups[answer.question.group].label)
    first = say(
        "Who has one kind within reach need not have another. Each kind is counted alone"
        " here; a place of several kinds is counted under each."
    )
    caption = say("Each kind alone, for: {group}", group=group)
    rows = [*kind_rows(answer, catalogue, say).values()]
    return [Paragraph(first), table(caption, kind_headings(say), rows)]


def evenness(about: Subject, say: Speaker) -> list[Block]:
    """
    Return the chapter on how evenly people have what they have; nothing without measures.

    Parameters
    ----------
    about, say
        As in `chapter`.
    """
    figures, catalogue = about.figures, about.catalogue
    if figures is None or about.empty:
        return []
    group = say(catalogue.groups[figures.question.group].label)
    heads = [say("Measure"), say("Figure"), say("What it says here")]
    within = figures.question.minutes
    most = foremost(figures.meetings, catalogue, say, within=within)
    return [
        Heading(1, say("How even it is")),
        Paragraph(
            say(
                "A share within reach says nothing of who has much to choose from and who has"
                " little. These measures, by the names that research gives them, do."
            )
        ),
        table(
            say("What the measures say here, for: {group}", group=group),
            heads,
            _indices(of_group(figures, catalogue, say), say),
            frozenset({0, 2}),
        ),
        table(
            say("How unevenly all residents have places within their walk"),
            heads,
            _indices(of_all(figures, say), say),
            frozenset({0, 2}),
        ),
        Paragraph(" ".join(filter(None, [gathering(figures, say), most]))),
    ]


def _indices(found: Sequence[Index], say: Speaker) -> list[list[str]]:
    """Return measures as rows; one without an end is a word, as everywhere in files."""
    return [
        [one.name, say("Infinite") if one.told == "∞" else one.told, one.sentence]
        for one in found
    ]
