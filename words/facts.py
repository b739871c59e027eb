"""A figure of the whole area, in words."""

from __future__ import annotations

from math import isnan

from geo.bundle import Fact
from words.speaker import Speaker


def fact_text(fact: Fact, say: Speaker) -> str:
    """
    Return a figure with its unit; what is suppressed, or a few people, is no figure.

    Examples
    --------
    >>> from words import speaker
    >>> share = Fact("low_income_share", "Low income", 9.24, "%", "SSB", "2024")
    >>> few = Fact("members", "Members", 3.0, "people", "SSB", "2024")
    >>> hidden = Fact("low_income_share", "Low income", float("nan"), "%", "SSB", "2024")
    >>> [fact_text(fact, speaker("en")) for fact in (share, few, hidden)]
    ['9.2 %', 'fewer than 5', 'Not published']
    """
    if isnan(fact.value):
        return say("Not published")
    if fact.unit == "people":
        return say.people(fact.value)
    number = say.number(fact.value, 1)
    return f"{number} %" if fact.unit == "%" else number
