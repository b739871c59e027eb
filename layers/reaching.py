"""Who is within reach, in one sentence; and what it cannot tell."""

from __future__ import annotations

from math import isnan

from geo.answer import Answer, Catalogue
from geo.income_notes import ECOLOGICAL
from geo.tables import LOW_INCOME, LOW_INCOME_AREAS
from layers.naming import aged, named_kinds
from layers.telling import people_between, share_between, share_ends
from words.speaker import Speaker


def reached(answer: Answer, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say how many of the asked group are within reach.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called. The group is known, at least
        between what it lies, and is no few.
    say
        The language.

    Returns
    -------
    sentence
        With bands where statistics are rounded or suppressed.
    """
    question = answer.question
    reach = answer.reach[question.group]
    band = reach.told.band
    told = {
        "group": aged(catalogue.groups[question.group], say),
        "within": people_between(reach.within, band.within if band else None, say),
        "kinds": named_kinds(question, catalogue, say),
    }
    if isnan(reach.people):
        share = _first_between(answer, say)
        return say.many(
            "{share} of {group} – {within} people – have {n} minute or less on foot to the"
            " nearest {kinds}.",
            "{share} of {group} – {within} people – have {n} minutes or less on foot to the"
            " nearest {kinds}.",
            question.minutes,
            share=share,
            **told,
        )
    share = share_between(reach, say, first=True)
    people = people_between(reach.people, band.people if band else None, say)
    return say.many(
        "{share} of {group} – {within} of {people}, as estimated – have {n} minute or less"
        " on foot to the nearest {kinds}.",
        "{share} of {group} – {within} of {people}, as estimated – have {n} minutes or less"
        " on foot to the nearest {kinds}.",
        question.minutes,
        share=share,
        people=people,
        **told,
    )


def _first_between(answer: Answer, say: Speaker) -> str:
    """Return between what a share lies, as a sentence begins with it."""
    band = answer.reach[answer.question.group].told.band
    if band is None or isnan(band.share[0]):
        return say("An unknown share")
    low, high = share_ends(band.share)
    return say("Between {low} and {high}", low=say.share(low), high=say.share(high))


def caution(answer: Answer, say: Speaker) -> list[str]:
    """
    Say what the figures of the asked group cannot tell.

    Returns
    -------
    sentences
        Of rounded and suppressed numbers, and of areas and their people; none where
        neither plays a part.
    """
    group = answer.question.group
    found = []
    if answer.reach[group].told.band:
        found.append(
            say(
                "The statistics behind this are rounded, or suppressed where few live: the"
                " true number lies between the two."
            )
        )
    if group in (LOW_INCOME, LOW_INCOME_AREAS):
        found.append(say(ECOLOGICAL))
    return found
