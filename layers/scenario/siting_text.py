"""The best next places in words: what each adds, and how near others come to the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

from geo.coverage import NOBODY, few
from geo.siting.curve import AtCount
from geo.siting.siting import Siting
from words.speaker import Speaker

GAP_TOLD = 1e-6
"""Gaps below this are noise of the solver."""


def people(number: float, say: Speaker) -> str:
    """
    Return expected people in words; a few are never told as a number.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> [people(n, speaker("en")) for n in (0.2, 3.0, 41.0)]
    ['0', 'fewer than 5', 'about 41']
    """
    if number < NOBODY:
        return say.people(0)
    return say("fewer than 5") if few(number) else say("about {n}", n=say.people(number))


def total(found: Siting, say: Speaker) -> str:
    """
    Return how many come within reach in all; a few that one place adds are not told by it.

    Examples
    --------
    >>> from geo.siting.siting import Step
    >>> from words.speaker import speaker
    >>> steps = Step(4, 60.0, 90.0), Step(2, 41.0, 50.0), Step(7, 3.0, 9.0)
    >>> total(Siting(steps, 0.0, stopped=False), speaker("en"))
    'about 101, and a few more'
    """
    told = sum(step.people for step in found.steps if not few(step.people))
    if not any(few(step.people) for step in found.steps):
        return people(told, say)
    return say("about {n}, and a few more", n=say.people(told))


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [say("Place"), say("Come within reach by it"), say("Walking that it saves, min")]


def rows(found: Siting, names: Sequence[str], say: Speaker) -> list[list[str]]:
    """
    Return what each place adds to those before it.

    Parameters
    ----------
    found
        The places, as `geo.siting` chooses them.
    names
        What the candidates are called, by their number.
    say
        The language.
    """
    return [
        [
            names[step.candidate],
            people(step.people, say),
            say.number(round(step.person_minutes))
            if not few(step.people)
            else say("Too few to tell"),
        ]
        for step in found.steps
    ]


def way_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `way_rows`."""
    return [say("Chosen how"), say("Places"), say("Come within reach"), say("Of the best")]


def way_rows(
    best: Siting, ways: Mapping[str, Siting], say: Speaker, *, walk: bool
) -> list[list[str]]:
    """
    Return the best places beside others.

    Parameters
    ----------
    best
        The best that were found.
    ways
        By what another way to choose is called, what it chose.
    say
        The language.
    walk
        Whether the best are those that save most walking, not those that serve most people.
    """

    def worth(one: Siting) -> float:
        return one.person_minutes if walk else one.people

    beside = [say.share(worth(one) / (worth(best) or nan)) for one in ways.values()]
    names, sitings = (say("The best"), *ways), (best, *ways.values())
    return [
        [name, say.number(len(one.steps)), total(one, say), sure]
        for name, one, sure in zip(names, sitings, (gap(best, say), *beside), strict=True)
    ]


def gap(found: Siting, say: Speaker) -> str:
    """
    Say how sure it is that some places are the best.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> gap(Siting((), 0.0, stopped=False), speaker("en"))
    'Proven: nothing is better'
    >>> gap(Siting((), 0.031, stopped=True), speaker("en"))
    'Something may be better by at most 3%'
    """
    if found.gap < GAP_TOLD:
        return say("Proven: nothing is better")
    return say("Something may be better by at most {share}", share=say.share(found.gap))


def curve_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `curve_rows`."""
    return [say("Places"), say("The best so many"), say("One after the other")]


def curve_rows(curve: Sequence[AtCount], say: Speaker) -> list[list[str]]:
    """Return how many come within reach by one place, by two, and so on."""
    return [
        [
            say.number(point.count),
            total(point.best, say),
            total(point.step_by_step, say),
        ]
        for point in curve
    ]
