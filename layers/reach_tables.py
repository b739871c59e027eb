"""Who is within reach, in tables: every group, and every kind of place alone."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

from geo.answer import Answer, Catalogue
from geo.coverage import Reach, few
from layers.telling import people_between, share_between
from words.speaker import Speaker


def group_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `group_rows`."""
    return [
        say("Group"),
        say("Live here"),
        say("Within reach"),
        say("Beyond reach"),
        say("Share within"),
        say("Against everybody"),
    ]


def group_rows(answer: Answer, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """
    Return the key figures of every group, by its key.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called.
    say
        The language.

    Returns
    -------
    rows
        Under `group_headings`; no number where one would give away a few people.
    """
    return {
        key: [
            say(catalogue.groups[key].label),
            *_numbers(reach, _points(answer.gap(key), say), say),
        ]
        for key, reach in answer.reach.items()
    }


def _numbers(reach: Reach, gap: str, say: Speaker) -> list[str]:
    """Return who lives here, is within and beyond, and what share; with bands if unsure."""
    band = reach.told.band
    people, within, beyond = (
        (band.people, band.within, band.beyond) if band else (None, None, None)
    )
    return [
        say("Too few to tell")
        if reach.withheld == "all"
        else people_between(reach.people, people, say),
        *_told(
            reach,
            people_between(reach.within, within, say),
            people_between(reach.beyond, beyond, say),
            share_between(reach, say),
            gap,
            say=say,
        ),
    ]


def _told(reach: Reach, *figures: str, say: Speaker) -> list[str]:
    """Return the figures of a group; none of them where one would give away a few people."""
    return [say("Too few to tell") if reach.hidden else figure for figure in figures]


def _points(gap: float, say: Speaker) -> str:
    """Return a gap in percentage points, with its sign."""
    points = gap if isnan(gap) else round(100 * gap)
    if isnan(points) or not points:
        return say.number(points)
    return f"{'+' if points > 0 else '−'}{say.number(abs(points))}"


def kind_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `kind_rows`."""
    return [say("Kind of place"), say("Places"), say("Within reach"), say("Share within")]


def kind_rows(answer: Answer, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """
    Return how many places there are of each asked kind, and the asked group's reach of it.

    Parameters
    ----------
    answer, catalogue, say
        As in `group_rows`.

    Returns
    -------
    rows
        By kind, under `kind_headings`.
    """
    alone = _alone(answer)
    return {
        key: [
            say(catalogue.kinds[key].label),
            say.number(answer.count[key]),
            *_told(
                reach,
                people_between(reach.within, band.within if band else None, say),
                share_between(reach, say),
                say=say,
            ),
        ]
        for key, one in answer.by_kind.items()
        for reach in [replace(one, withheld="parts") if key in alone else one]
        for band in [reach.told.band]
    }


def _alone(answer: Answer) -> set[str]:
    """
    Return the kinds whose reach would give away a few, beside the reach of all kinds.

    Those who reach other kinds only; and of two kinds, those who reach both.
    """
    near = answer.reach[answer.question.group].told.within
    within = {key: one.told.within for key, one in answer.by_kind.items()}
    if len(within) == 2 and few(sum(within.values()) - near):
        return set(within)
    return {key for key, some in within.items() if few(near - some)}
