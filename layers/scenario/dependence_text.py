"""Which place is the only one for whom, in words: all of them, and one of them."""

from __future__ import annotations

from math import isinf, isnan

import pandas as pd

from geo.answer import Catalogue
from geo.coverage import NOBODY
from geo.scenario.dependence import Dependence, told
from layers.gap_text import names
from layers.naming import aged, named_kinds
from layers.scenario.counting import counted
from layers.telling import on_foot
from words.speaker import UNKNOWN, Speaker


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Place"),
        say("Kind of place"),
        say("Have no other within reach"),
        say("Half of them have at most so far to their next one"),
        say("Have no other at all"),
    ]


def rows(
    found: Dependence, catalogue: Catalogue, say: Speaker, *, certain: bool = False
) -> dict[str, list[str]]:
    """
    Return the places that somebody depends on, by id, most people first, under `headings`.

    Parameters
    ----------
    found
        What `geo.scenario.dependence.dependence` has found.
    catalogue, say
        What kinds are called; the language.
    certain
        Whether only known ways count: who has none may yet have one.

    Returns
    -------
    rows
        Words and figures; a few people are never told as a number.
    """
    shown = told(found)
    shown = shown[~(shown["people"] < NOBODY)]
    called, asked = names(shown, catalogue, say), found.question.group
    walks = on_foot(shown["next_min"], say, certain=certain)
    return {
        place: [
            called[place],
            say(catalogue.kinds[kind].label),
            counted(found.reach[place][asked], say),
            UNKNOWN if isnan(minutes) else walk,
            UNKNOWN if isnan(none) else say.people(none),
        ]
        for place, kind, minutes, walk, none in zip(
            shown.index, shown["kind"], shown["next_min"], walks, shown["none"], strict=True
        )
    }


def not_needed(found: Dependence, say: Speaker) -> str:
    """Say how many places nobody depends on alone; `""` if there is none."""
    n = int((found.table["people"] < NOBODY).sum())
    if not n:
        return ""
    return say.many(
        "Of {n} place it holds that whoever has it within reach has another as well.",
        "Of {n} places it holds that whoever has them within reach has another as well.",
        n,
    )


def overview(found: Dependence, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say how many of the asked group have only one place, of those who have one within reach.

    Parameters
    ----------
    found, catalogue, say
        As in `rows`.
    """
    question, total = found.question, found.total
    given = {
        "group": aged(catalogue.groups[question.group], say),
        "kinds": named_kinds(question, catalogue, say) if question.kinds else "",
    }
    if found.table.empty:
        return say("There is no such place that could be closed.")
    if total.hidden:
        return say("How many of {group} have only one place is not told: few have.", **given)
    if isnan(total.within) and total.told.band is None:
        return say("How many of {group} have only one place is not known.", **given)
    if total.within < NOBODY and total.told.band is None:
        return say.many(
            "All of {group} who have one within {n} minute ({kinds}) have another as well.",
            "All of {group} who have one within {n} minutes ({kinds}) have another as well.",
            question.minutes,
            **given,
        )
    people = counted(total, say)
    return say.many(
        "For {people} of {group} there is one place only within {n} minute ({kinds}): if it"
        " closed, they would be beyond reach.",
        "For {people} of {group} there is one place only within {n} minutes ({kinds}): if it"
        " closed, they would be beyond reach.",
        question.minutes,
        people=people,
        **given,
    )


def sentence(found: Dependence, place: str, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say who has one place only within reach, and how far they have to the next one.

    Parameters
    ----------
    found, catalogue, say
        As in `rows`.
    place
        Id of a place that counts.
    """
    row, one = told(found).loc[place], found.reach[place][found.question.group]
    called = names(found.table.loc[[place]], catalogue, say)[place]
    given = {"place": called, "group": aged(catalogue.groups[found.question.group], say)}
    if one.hidden:
        return say("For how many of {group} {place} is the only one is not told: few.", **given)
    if isnan(one.within) and one.told.band is None:
        return say("For how many of {group} {place} is the only one is not known.", **given)
    if one.within < NOBODY and one.told.band is None:
        text = "For nobody of {group} is {place} the only one within reach."
        return say(text, **given)
    people = counted(one, say)
    first = say.many(
        "{place} is the only one within {n} minute for {people} of {group}.",
        "{place} is the only one within {n} minutes for {people} of {group}.",
        found.question.minutes,
        people=people,
        **given,
    )
    return " ".join([first, *_next(row, say, certain=found.question.certain)])


def _next(row: pd.Series, say: Speaker, *, certain: bool) -> list[str]:
    """Say how far half of them have to their next place, and who has none."""
    if isnan(row["next_min"]):
        return []
    if isinf(row["next_min"]):
        if certain:
            return [say("For most of them no way to another is known that they can take.")]
        return [say("For most of them there is no way on foot to another.")]
    [walk] = on_foot(pd.Series([row["next_min"]]), say)
    found = [say("Half of them have at most {minutes} to their next one.", minutes=walk)]
    if row["none"] >= NOBODY:
        people = say.people(row["none"])
        found.append(say("About {n} of them have no way on foot to another.", n=people))
    return found
