"""A comparison as headings, sentences, tables and plots, for a page and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from layers.annex.method_card import told_of_few
from layers.comparison.comparison import Comparison
from layers.comparison.plots import asked_plot, groups_plot, walks_plot
from layers.comparison.sheets import reading
from layers.comparison.unlike import unlike
from layers.report.tree import Block, Bullets, Heading, Meta, Paragraph, Table, Title
from words import Speaker

BESIDE = 4
"""Columns that there is room for beside the name of an area, upright on A4."""


def title(say: Speaker) -> str:
    """Return what a comparison is called."""
    return say("Areas compared")


def blocks(comparison: Comparison, say: Speaker) -> tuple[Block, ...]:
    """
    Return a comparison as a document.

    Parameters
    ----------
    comparison
        Areas side by side.
    say
        The language it was made in.

    Returns
    -------
    blocks
        For `layers.report`: what was asked and how to read it, in what the areas are not
        alike, tables and plots, and what each area's figures rest on.
    """
    first = comparison.first
    names = ", ".join(comparison.names.values())
    return (
        Title(title(say), (names, say.date(first.day))),
        Paragraph(first.asked, lead=True),
        *(Paragraph(text) for text in reading(say)),
        *_unlike(comparison, say),
        Heading(1, say("The group that was asked about")),
        summary(comparison, say),
        *asked_plot(comparison, say),
        *walks_plot(comparison, say),
        Heading(1, say("Group by group")),
        *groups_plot(comparison, say),
        *group_tables(comparison, say),
        Heading(1, say("Places by kind")),
        *kind_tables(comparison, say),
        Heading(1, say("What the figures rest on")),
        Paragraph(told_of_few(say)),
        *ground_tables(comparison, say),
        *_each(comparison, say),
    )


def meta(comparison: Comparison, say: Speaker) -> Meta:
    """Return what the file of a comparison says of itself."""
    first = comparison.first
    return Meta(title(say), first.asked, first.day, say.language, page=say("Page"))


def _unlike(comparison: Comparison, say: Speaker) -> tuple[Block, ...]:
    told = unlike(comparison, say)
    if not told:
        return ()
    beware = say(
        "Beware: the figures do not rest on the same everywhere. A difference between areas may"
        " be one of the data."
    )
    return Paragraph(beware), Bullets(told)


def summary(comparison: Comparison, say: Speaker) -> Table:
    """
    Return the figures of the asked group, an area in a row, beside what they rest on.

    Parameters
    ----------
    comparison, say
        As in `blocks`.
    """
    heads = (
        say("Area"),
        say("Live here"),
        say("Within reach"),
        say("Beyond reach"),
        say("Share within"),
        say("Half have at most (min)"),
        say("Residents"),
        say("Date of the map"),
    )
    rows = tuple(
        (
            comparison.name(one),
            *one.standing.cells,
            one.standing.half_text,
            *(each.told for each in one.grounds if each.key in ("residents", "map")),
        )
        for one in comparison.areas
    )
    caption = say("The figures of each area, for: {group}", group=comparison.first.group)
    return Table(caption, heads, rows, frozenset({0, 6, 7}))


def group_tables(comparison: Comparison, say: Speaker, most: int = BESIDE) -> Iterator[Table]:
    """
    Yield the shares of all groups within reach, an area in a row.

    Parameters
    ----------
    comparison, say
        As in `blocks`.
    most
        Groups in a table; the others are in the next.
    """
    heads = [each.label for each in comparison.first.groups]
    cells = [[each.cells[3] for each in one.groups] for one in comparison.areas]
    yield from _tables(say("Share within reach"), heads, cells, comparison, most, say)


def kind_tables(comparison: Comparison, say: Speaker, most: int = BESIDE) -> Iterator[Table]:
    """
    Yield how many places of each asked kind there are, also per thousand residents.

    Parameters
    ----------
    comparison, say, most
        As in `group_tables`.
    """
    heads = [each.label for each in comparison.first.kinds]
    cells = [
        [
            say("{n}; per 1,000: {rate}", n=say.number(each.places), rate=each.told)
            for each in one.kinds
        ]
        for one in comparison.areas
    ]
    caption = say("Places inside each area, and per 1,000 residents")
    yield from _tables(caption, heads, cells, comparison, most, say)


def ground_tables(comparison: Comparison, say: Speaker, most: int = BESIDE) -> Iterator[Table]:
    """
    Yield what the figures of the areas rest on, in few words.

    Parameters
    ----------
    comparison, say, most
        As in `group_tables`.
    """
    heads = [each.label for each in comparison.first.grounds]
    cells = [[each.told for each in one.grounds] for one in comparison.areas]
    caption = say("What the figures of each area rest on")
    for made in _tables(caption, heads, cells, comparison, most, say):
        yield Table(made.caption, made.columns, made.rows, frozenset(range(len(made.columns))))


def _tables(
    caption: str,
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    comparison: Comparison,
    most: int,
    say: Speaker,
) -> Iterator[Table]:
    """Yield tables of so many columns beside the names of the areas."""
    names = [comparison.name(one) for one in comparison.areas]
    tables = -(-len(heads) // most)
    for start, end in pairwise(len(heads) * n // tables for n in range(tables + 1)):
        rows = tuple((name, *row[start:end]) for name, row in zip(names, cells, strict=True))
        yield Table(caption, (say("Area"), *heads[start:end]), rows)


def _each(comparison: Comparison, say: Speaker) -> Iterator[Block]:
    for one in comparison.areas:
        yield Heading(2, comparison.name(one))
        yield Paragraph(one.sentence)
        more = say.many(
            "{n} remark on how its data was put together is in the tables for spreadsheets.",
            "{n} remarks on how its data was put together are in the tables for spreadsheets.",
            one.remarks,
        )
        yield Bullets((*one.notes, more) if one.remarks else one.notes)
        if one.sources:
            yield Paragraph(f"{say('Sources')}: {'; '.join(one.sources)}.")
