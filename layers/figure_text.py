"""How a figure is told: the digits in a cell, or the word that stands there instead."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isinf, isnan, log10

from geo.coverage import NOBODY, Reach
from layers.telling import no_way, share_between
from words.speaker import UNKNOWN, Speaker

DIGITS = 2
"""Digits that count in a figure that is an estimate."""


@dataclass(frozen=True, slots=True)
class Index:
    """
    A measure, and what it says here.

    Parameters
    ----------
    key, name
        For a file; for a reader.
    value
        As it may be told: `nan` if unknown or too few, `inf` if there is no way.
    told
        The same in digits, or the word that stands in their place.
    sentence
        What it says; `""` if it says nothing, as `told` then says why.
    """

    key: str
    name: str
    value: float
    told: str
    sentence: str


def missing(people: float, value: float, say: Speaker) -> str:
    """Return in words why a figure of so many people is not told, or `""` if it is."""
    if isnan(people):
        return say("Unknown")
    if people < NOBODY:
        return UNKNOWN
    return say("Too few to tell") if isnan(value) else ""


def minutes_text(people: float, minutes: float, say: Speaker, *, certain: bool = False) -> str:
    """
    Return a walk in whole minutes, rounded up: what is beyond reach never looks within.

    Examples
    --------
    >>> from math import inf, nan
    >>> from words import speaker
    >>> walks = ((50, 9.2), (50, inf), (3, nan), (nan, nan))
    >>> [minutes_text(people, walk, speaker("en")) for people, walk in walks]
    ['10', 'No way on foot', 'Too few to tell', 'Unknown']
    """
    if absent := missing(people, minutes, say):
        return absent
    return no_way(say, certain=certain) if isinf(minutes) else say.number(ceil(minutes))


def choice_text(people: float, minutes: float, say: Speaker) -> str:
    """
    Return after how many minutes there is a choice; if there are too few places, never.

    Examples
    --------
    >>> from math import inf
    >>> from words import speaker
    >>> [choice_text(50, walk, speaker("en")) for walk in (9.2, inf)]
    ['10', 'Never']
    """
    never = isinf(minutes) and not missing(people, minutes, say)
    return say("Never") if never else minutes_text(people, minutes, say)


def figure_text(people: float, value: float, say: Speaker) -> str:
    """
    Return a figure with two digits that count, and all those before the point.

    Examples
    --------
    >>> from words import speaker
    >>> [figure_text(50, value, speaker("en")) for value in (0.0, 0.0123, 1.23, 123.4)]
    ['0', '0.012', '1.2', '123']
    """
    if absent := missing(people, value, say):
        return absent
    digits = DIGITS - 1 - floor(log10(abs(value))) if value else 0
    return say.number(value, max(digits, 0))


def share_text(reach: Reach, say: Speaker) -> str:
    """Return the share of those within, with its band; or why it is not told."""
    if reach.told.band:
        return share_between(reach, say)
    return missing(reach.people, reach.told.within, say) or say.share(reach.share)


def rests_on(say: Speaker) -> str:
    """Return what is said of a group whose numbers are no surer than their statistics."""
    return say("Rests on rounded or suppressed numbers")
