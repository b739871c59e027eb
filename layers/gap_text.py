"""One gap in words: who lives there, how far they have, and what they can reach anyway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf

import pandas as pd

from geo.answer import Catalogue
from geo.gaps import Gap
from geo.question import Question
from layers.naming import aged, inside, named_kinds
from layers.telling import on_foot
from words.speaker import Speaker

NAMED = 8
"""So many kinds that are within reach anyway are named."""


def card(
    gap: Gap,
    question: Question,
    catalogue: Catalogue,
    say: Speaker,
    *,
    place: str,
    anyway: Mapping[str, float],
) -> list[str]:
    """
    Return the sentences about one gap.

    Parameters
    ----------
    gap
        Of which may be told.
    question, catalogue
        What was asked, and what it is called.
    say
        The language.
    place
        What the place is called that most of them are nearest to; `""` for none.
    anyway
        Kinds within reach of half of them, as `geo.gaps.within_anyway` returns them.
    """
    group = aged(catalogue.groups[question.group], say)
    people = say.people(gap.people)
    told = say(
        "About {n} of {group} live beyond reach here, in a cell of 250 × 250 m.",
        n=people,
        group=group,
    )
    return [
        told,
        _how_far(gap, question, catalogue, say, place),
        _anyway(anyway, catalogue, say),
    ]


def _how_far(
    gap: Gap, question: Question, catalogue: Catalogue, say: Speaker, place: str
) -> str:
    if isinf(gap.minutes):
        if question.certain:
            return say("For most of them no way is known that they can take.")
        return say("Most of them have no way on foot.")
    [minutes] = on_foot(pd.Series([gap.minutes]), say)
    kinds = named_kinds(question, catalogue, say)
    told = say(
        "Half of them have at most {minutes} on foot to the nearest {kinds}.",
        minutes=minutes,
        kinds=kinds,
    )
    if not place:
        return told
    nearest = say("Nearest for most of them: {place}.", place=place)
    return f"{told} {nearest}"


def _anyway(anyway: Mapping[str, float], catalogue: Catalogue, say: Speaker) -> str:
    """Say what else half of them have within reach, the nearest first."""
    if not anyway:
        return say("At least half of them have no other kind within reach either.")
    walks = on_foot(pd.Series(list(anyway.values())), say)
    kinds = [
        say("{kind} ({minutes})", kind=inside(say(catalogue.kinds[key].label)), minutes=walk)
        for key, walk in zip(anyway, walks, strict=True)
    ]
    named = ", ".join(kinds[:NAMED])
    if more := len(kinds) - NAMED if len(kinds) > NAMED else 0:
        return say.many(
            "At least half of them have other kinds within reach anyway: {kinds} and {n} more.",
            "At least half of them have other kinds within reach anyway: {kinds} and {n} more.",
            more,
            kinds=named,
        )
    return say(
        "At least half of them have other kinds within reach anyway: {kinds}.", kinds=named
    )


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Near"),
        say("People beyond reach"),
        say("Minutes on foot"),
        say("Nearest place"),
    ]


def rows(
    gaps: Sequence[Gap], places: Mapping[str, str], say: Speaker, *, certain: bool
) -> list[list[str]]:
    """
    Return a row for every gap, under `headings`.

    Parameters
    ----------
    gaps
        Which may be told of.
    places
        What places are called, by id.
    say
        The language.
    certain
        Whether only known ways count.

    Examples
    --------
    >>> from shapely import box
    >>> from words.speaker import speaker
    >>> gap = Gap("0_0", 40.2, 11.3, "Storgata", "n1", box(0, 0, 250, 250))
    >>> rows([gap], {"n1": "Byparken"}, speaker("en"), certain=False)
    [['Storgata', 'about 40', '12 minutes', 'Byparken']]
    """
    walks = on_foot(pd.Series([gap.minutes for gap in gaps], dtype=float), say, certain=certain)
    return [
        [
            street(gap, say),
            say("about {n}", n=say.people(gap.people)),
            walk,
            places.get(gap.place, say("None")),
        ]
        for gap, walk in zip(gaps, walks, strict=True)
    ]


def street(gap: Gap, say: Speaker) -> str:
    """Return the street that a gap is known by."""
    return gap.near or say("Without a street name")


def names(places: pd.DataFrame, catalogue: Catalogue, say: Speaker) -> dict[str, str]:
    """Return what places are called, by id; one without a name is called by its kind."""
    kinds = {key: say(kind.label) for key, kind in catalogue.kinds.items()}
    return {
        str(place): name or say("{kind} without a name", kind=kinds.get(kind, kind))
        for place, name, kind in zip(places.index, places["name"], places["kind"], strict=True)
    }
