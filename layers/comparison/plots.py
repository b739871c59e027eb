"""The dot plots of a comparison: the asked group, all groups, and the walks of half of each."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from layers.comparison.axis import Axis, shares, walks
from layers.comparison.comparison import Compared, Comparison
from layers.comparison.dots import LETTERS, Dot, Row, pages
from layers.comparison.plot import plot
from layers.comparison.standing import Standing
from layers.report.tree import Picture
from words import Speaker


def asked_plot(comparison: Comparison, say: Speaker) -> tuple[Picture, ...]:
    """
    Draw the share of the asked group within reach, an area in a row.

    Parameters
    ----------
    comparison
        Areas side by side.
    say
        The language it was made in.

    Returns
    -------
    pictures
        One, or several where there are more areas than a page holds.
    """
    first = comparison.first
    letter = _letters(first)[first.question.group]
    rows = [
        Row(comparison.name(one), _shown(one.standing, letter), one.standing.cells[3])
        for one in comparison.areas
    ]
    title = say.many(
        "Share with {n} minute or less on foot, for: {group}",
        "Share with {n} minutes or less on foot, for: {group}",
        first.question.minutes,
        group=first.group,
    )
    return _pictures(title, rows, shares(say), _signs(say))


def walks_plot(comparison: Comparison, say: Speaker) -> tuple[Picture, ...]:
    """
    Draw the walk that half of the asked group have at most, an area in a row.

    Parameters
    ----------
    comparison, say
        As in `asked_plot`.
    """
    first = comparison.first
    letter = _letters(first)[first.question.group]
    rows = []
    for one in comparison.areas:
        minutes, told = one.standing.half_min, one.standing.half_text
        dots = () if isnan(minutes) else (Dot(letter, minutes, marked=True),)
        rows.append(Row(comparison.name(one), dots, told))
    title = say("Walk that half have at most, in minutes, for: {group}", group=first.group)
    note = say(
        "The axis ends at twice the limit that was asked about, which is the broken line;"
        " an arrow stands for a longer walk."
    )
    return _pictures(title, rows, walks(first.question.minutes, say), note)


def groups_plot(comparison: Comparison, say: Speaker) -> tuple[Picture, ...]:
    """
    Draw the share of every group within reach, an area in a row, a letter for each group.

    Parameters
    ----------
    comparison, say
        As in `asked_plot`.
    """
    letters = _letters(comparison.first)
    rows = []
    for one in comparison.areas:
        dots = tuple(dot for each in one.groups for dot in _shown(each, letters[each.key], one))
        absent = [letters[each.key] for each in one.groups if each.share is None]
        told = say("not told: {letters}", letters=", ".join(absent)) if absent else ""
        aloud = ", ".join(f"{each.label} {each.cells[3]}" for each in one.groups)
        rows.append(Row(comparison.name(one), dots, told, aloud))
    key = [(letters[each.key], each.label) for each in comparison.first.groups]
    title = say("Share within reach, group by group")
    return _pictures(title, rows, shares(say), _signs(say), key)


def _letters(one: Compared) -> dict[str, str]:
    """Return the letter of each group: by the catalogue, the same in every comparison."""
    return {each.key: LETTERS[n] for n, each in enumerate(one.groups)}


def _shown(each: Standing, letter: str, one: Compared | None = None) -> tuple[Dot, ...]:
    """Return the dot of a group's share; none if it is not told."""
    if each.share is None:
        return ()
    marked = one is None or one.question.group == each.key
    return (Dot(letter, each.middle, each.share, marked=marked),)


def _signs(say: Speaker) -> str:
    return say(
        "A line through a dot shows between what the share lies; a dot with a broken outline"
        " stands in the middle where no more is known."
    )


def _pictures(
    title: str,
    rows: Sequence[Row],
    axis: Axis,
    note: str,
    key: Sequence[tuple[str, str]] = (),
) -> tuple[Picture, ...]:
    """Draw rows, as many in a picture as a page holds; of each it is said what it shows."""
    made = []
    for some in pages(rows, axis):
        told = "; ".join(f"{row.label}: {row.aloud or row.told}" for row in some)
        drawn = plot(some, axis, key)
        made.append(Picture(alt=f"{title}. {told}.", caption=f"{title}. {note}", svg=drawn))
    return tuple(made)
