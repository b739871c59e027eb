"""How good the data is, in words and figures for a table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from geo.bundle import Fact
from geo.errors import Message
from geo.model import Kind
from words import Speaker
from words.facts import fact_text


def headings(say: Speaker) -> list[str]:
    """Return what the columns of `rows` are called."""
    return [
        say("Kind of place"),
        say("Places"),
        say("With a name"),
        say("With opening hours"),
        say("With information for wheelchairs"),
        say("Newest edit"),
        say("Years since the last edit, median"),
        say("In official registers"),
        say("Of these on the map"),
    ]


def rows(quality: pd.DataFrame, kinds: Mapping[str, Kind], say: Speaker) -> list[list[str]]:
    """
    Return one row of texts for each kind.

    Parameters
    ----------
    quality
        As `geo.quality.quality` returns it.
    kinds
        Their labels.
    say
        The language.
    """
    return [
        _row(kinds[str(key)], one, say)
        for key, one in zip(quality.index, quality.to_dict("records"), strict=True)
    ]


def _row(kind: Kind, found: Mapping[Hashable, Any], say: Speaker) -> list[str]:
    always = kind.hours == "always"
    return [
        say(kind.label),
        say.number(found["places"]),
        say.share(found["named"]),
        say("Always open") if always else say.share(found["hours"]),
        say.share(found["wheelchair"]),
        found["edited"] or say("Unknown"),
        say.number(found["age_years"], 1),
        say.number(found["official"]) if found["official"] else say("None asked"),
        say.share(found["covered"]),
    ]


def facts_rows(facts: Iterable[Fact], say: Speaker) -> list[list[str]]:
    """Return one row for each figure of the whole: what, how much, when, from whom."""
    return [
        [say(Message(fact.label)), fact_text(fact, say), fact.date[:4], fact.source]
        for fact in facts
    ]


def facts_text(facts: Iterable[Fact], say: Speaker) -> list[str]:
    """Return a line for each figure of the whole."""
    return [
        f"{what}: {value} ({source}, {year})"
        for what, value, year, source in facts_rows(facts, say)
    ]
