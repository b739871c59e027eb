"""Where people live beyond reach, in words: all of them, and one gap."""

from __future__ import annotations

from datetime import datetime
from math import isnan

import pandas as pd

from geo.answer import Answer, Catalogue
from geo.coverage import NOBODY, Reach
from layers.circumstances import setting
from layers.naming import aged, named_kinds
from layers.reaching import caution
from layers.sentences import answered
from layers.telling import people_between
from words.speaker import Speaker

LARGEST = 5
"""So many gaps are told of together."""


def untold(answer: Answer) -> bool:
    """
    Tell whether nothing can be said of how many live beyond reach.

    Nothing was asked or there is no such place; nobody of the group lives here, their
    number is not known, or it may not be told.
    """
    reach = answer.reach[answer.question.group]
    unknown = isnan(reach.people) and reach.told.band is None
    nothing = not answer.question.kinds or answer.places.empty
    return nothing or unknown or reach.hidden or reach.people < NOBODY


def nobody_beyond(reach: Reach) -> bool:
    """
    Tell whether surely nobody of a group is beyond reach.

    Parameters
    ----------
    reach
        Of which something can be said; see `untold`.

    Examples
    --------
    >>> from geo.between import Band
    >>> nobody_beyond(Reach(40.0, 39.8, 0.0))
    True
    >>> nobody_beyond(Reach(40.0, 40.0, 0.0, Band((34.0, 40.0), (0.0, 6.0))))
    False
    """
    band = reach.told.band
    most = band.beyond[1] if band else reach.beyond
    return most < NOBODY


def beyond(
    answer: Answer, catalogue: Catalogue, say: Speaker, *, places: pd.DataFrame, now: datetime
) -> str:
    """
    Say how many live beyond reach, in how many cells, and how many in the largest gaps.

    Parameters
    ----------
    answer, catalogue, say, places, now
        As in `sentences.answered`, which answers where there is nothing to count.
    """
    question = answer.question
    reach = answer.reach[question.group]
    if untold(answer):
        return answered(answer, catalogue, say, places=places, now=now)
    begin = setting(question, catalogue, say, now)
    told = {
        "group": aged(catalogue.groups[question.group], say),
        "kinds": named_kinds(question, catalogue, say),
    }
    if nobody_beyond(reach):
        sentence = say.many(
            "Nobody lives beyond reach: all of {group} have {n} minute or less on foot to the"
            " nearest {kinds}.",
            "Nobody lives beyond reach: all of {group} have {n} minutes or less on foot to the"
            " nearest {kinds}.",
            question.minutes,
            **told,
        )
        return " ".join([begin + sentence, *caution(answer, say)])
    band = reach.told.band
    people = people_between(reach.beyond, band.beyond if band else None, say)
    people = people if band else say("about {n}", n=people)
    sentence = say.many(
        "{people} of {group} have more than {n} minute on foot to the nearest {kinds}.",
        "{people} of {group} have more than {n} minutes on foot to the nearest {kinds}.",
        question.minutes,
        people=people[:1].upper() + people[1:],
        **told,
    )
    parts = [*_cells(answer, say), *_without_way(answer, say), *caution(answer, say)]
    return " ".join([begin + sentence, *parts])


def _cells(answer: Answer, say: Speaker) -> list[str]:
    """Say in how many cells they live, and how many of them in the largest gaps."""
    spots = answer.spots
    n = int((spots["people"] >= NOBODY).sum())
    found = []
    if n:
        found.append(
            say.many("They live in {n} cell of 250 m.", "They live in {n} cells of 250 m.", n)
        )
    largest = spots["people"][spots["told"]].head(LARGEST)
    if n > 1 and len(largest):
        people = say.people(float(largest.sum()))
        found.append(
            say.many(
                "About {people} of them live in the largest gap.",
                "About {people} of them live in the {n} largest gaps.",
                len(largest),
                people=people,
            )
        )
    return found


def _without_way(answer: Answer, say: Speaker) -> list[str]:
    cut_off = answer.reach[answer.question.group].told.cut_off
    if isnan(cut_off) or cut_off < NOBODY:
        return []
    people = say.people(cut_off)
    if answer.question.certain:
        return [say("For about {n} of them no way is known that they can take.", n=people)]
    return [say("For about {n} of them there is no way on foot at all.", n=people)]


def not_listed(answer: Answer, say: Speaker) -> str:
    """Say how many gaps are not told of, as few live there; `""` if all are."""
    spots = answer.spots
    n = int(((spots["people"] >= NOBODY) & ~spots["told"]).sum())
    if not n:
        return ""
    return say.many(
        "Of {n} cell it is not told how many: so few live there, or elsewhere.",
        "Of {n} cells it is not told how many: so few live there, or elsewhere.",
        n,
    )
