"""What stands in a cell where no number may stand: a word that says why."""

from __future__ import annotations

from math import ceil, floor, isnan

import numpy as np
import pandas as pd

from geo.between import Pair
from geo.coverage import FEWEST, NOBODY, Reach
from geo.timetable import CLOSED, OPEN
from layers.naming import share_of
from words.speaker import ROUNDED_FROM, Speaker

DIGITS = 6
"""Decimals of people and shares that are no noise of sums."""


def people_text(
    people: pd.Series[float], say: Speaker, told: pd.Series[bool] | None = None
) -> list[str]:
    """
    Return estimated people in words; a few are never told as a number.

    `told`: whether others may be; left out, they may.
    """
    few, withheld = say("fewer than {n}", n=FEWEST), say("Too few to tell")
    shown = people >= FEWEST if told is None else told
    words = [
        few if n < FEWEST else say("about {n}", n=say.people(n)) if may else withheld
        for n, may in zip(people, shown, strict=True)
    ]
    return [
        say("Unknown") if unknown else word
        for unknown, word in zip(people.isna(), words, strict=True)
    ]


def no_way(say: Speaker, *, certain: bool) -> str:
    """Return in words that somebody cannot get there, or if asked that nobody knows how."""
    return say("No known way on foot") if certain else say("No way on foot")


def reach_text(
    minutes: pd.Series[float], within: int, say: Speaker, *, certain: bool = False
) -> np.ndarray:
    """Return in words whether each walk is within reach; what is no number is told apart."""
    return np.select(
        [minutes.isna(), np.isinf(minutes), minutes <= within],
        [say("Unknown"), no_way(say, certain=certain), say("Within reach")],
        say("Beyond reach"),
    )


def on_foot(minutes: pd.Series[float], say: Speaker, *, certain: bool = False) -> list[str]:
    """
    Return minutes in words, rounded up so that the words never contradict the class.

    Each number is worded once: thousands of homes share a few dozen.
    """
    special, unknown = {np.inf: no_way(say, certain=certain)}, say("Unknown")
    whole = minutes.apply(np.ceil).clip(lower=1.0)
    words = {
        n: special.get(n) or say.many("{n} minute", "{n} minutes", int(n))
        for n in whole.dropna().unique()
    }
    return [words.get(n, unknown) for n in whole.tolist()]


def state_text(states: pd.Series[str], say: Speaker) -> pd.Series[str]:
    """Return in words whether places are open at the moment asked about."""
    words = {OPEN: say("Open"), CLOSED: say("Closed")}
    return states.map(words).fillna(say("Opening hours unknown"))


def unknown_text(reach: Reach, say: Speaker) -> str:
    """Return in words why figures of a group are missing or unsure, or `""` if none is."""
    if reach.told.band:
        return say("Rests on rounded or suppressed numbers")
    if isnan(reach.people):
        return say("Unknown")
    return say("Too few to tell") if reach.hidden else ""


def people_ends(pair: Pair) -> Pair:
    """
    Return between what people lie as whole numbers, rounded away from each other.

    Examples
    --------
    >>> people_ends((7.6, 12.2)), people_ends((0.2, 1234.0))
    ((7, 13), (0, 1240))
    """
    low, high = (0.0 if end < NOBODY else round(end, DIGITS) for end in pair)
    least = floor(low) if low < ROUNDED_FROM else 10 * floor(low / 10)
    return least, ceil(high) if high < ROUNDED_FROM else 10 * ceil(high / 10)


def share_ends(pair: Pair) -> Pair:
    """
    Return between what a share lies as whole per cent, rounded away from each other.

    Examples
    --------
    >>> share_ends((0.2, 0.251)), share_ends((0.004, 0.995))
    ((0.2, 0.26), (0.0, 1.0))
    """
    low, high = (round(100 * end, DIGITS) for end in pair)
    return floor(low) / 100, ceil(high) / 100


def people_between(value: float, pair: Pair | None, say: Speaker) -> str:
    """
    Return a number of people, and between what it lies if it is no surer.

    Parameters
    ----------
    value
        As estimated; `nan` if unknown.
    pair
        An end of a `Band.told`, or `None`.
    say
        The language.

    Examples
    --------
    >>> from math import nan
    >>> from words import speaker
    >>> say = speaker("en")
    >>> [people_between(value, (7.6, 12.0), say) for value in (10.0, nan)]
    ['10 (between 7 and 12)', 'between 7 and 12']
    >>> people_between(10.0, None, say)
    '10'
    """
    if pair is None:
        return say.people(value)
    low, high = people_ends(pair)
    told = say("between {low} and {high}", low=say.number(low), high=say.number(high))
    if isnan(value):
        return say.number(low) if low == high else told
    return _beside(say.people(value), told, low == high, say)


def share_between(reach: Reach, say: Speaker, *, first: bool = False) -> str:
    """
    Return the share of those within, and between what it lies if it is no surer.

    Parameters
    ----------
    reach
        Which may be told, at least between what it lies.
    say
        The language.
    first
        Whether a sentence begins with it, which begins with no sign.

    Examples
    --------
    >>> from words import speaker
    >>> from geo.between import Band
    >>> share_between(Reach(50, 31, 0, Band((28, 33), (17, 22))), speaker("en"))
    '62% (between 56% and 66%)'
    """
    band = reach.told.band
    share = share_of(reach.share, say) if first else say.share(reach.share)
    if band is None or isnan(band.share[0]):
        return share
    low, high = share_ends(band.share)
    told = say("between {low} and {high}", low=say.share(low), high=say.share(high))
    if isnan(reach.share):
        return say.share(low) if low == high else told
    return _beside(share, told, low == high, say)


def _beside(figure: str, between: str, same: bool, say: Speaker) -> str:
    """Return a figure with its band in brackets; alone where the band says no more."""
    return figure if same else say("{figure} ({between})", figure=figure, between=between)
