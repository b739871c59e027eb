"""The answer in words: what the map says, said once more for who cannot see it."""

from __future__ import annotations

from math import isnan

from geo.answer import Answer, Catalogue
from geo.model import Question
from geo.people import EVERYBODY
from words import Speaker

MANY_KINDS = 3
"""More kinds than this are counted, not named."""

SAME_SHARE = 0.005
"""Shares closer than this are the same when shown without decimals."""


def asked(question: Question, catalogue: Catalogue, say: Speaker) -> str:
    """Return the question as one line, for the header of a map or a file."""
    return say(
        "{group}, {minutes} minutes on foot to the nearest of: {kinds}. Walking as: {walker}",
        group=say(catalogue.groups[question.group].label),
        minutes=question.minutes,
        kinds=", ".join(say(catalogue.kinds[kind].label) for kind in question.kinds) or "–",
        walker=say(catalogue.walkers[_walker(question, catalogue)].label),
    )


def answered(answer: Answer, catalogue: Catalogue, say: Speaker) -> str:
    """Return what the answer is, in two or three sentences."""
    question = answer.question
    if not question.kinds:
        return say("Choose at least one kind of meeting place.")
    if answer.places.empty:
        return say("There is no such meeting place in the data for this area.")
    reach = answer.reach[question.group]
    if isnan(reach.people):
        return say("How many of this group live here is not known. Choose everybody instead.")
    if not reach.people:
        return say("Nobody is estimated to live here, so there is nobody to reach.")
    return " ".join(
        [
            _reached(answer, catalogue, say),
            *_gap(answer, say),
            *_cut_off(answer, say),
        ]
    )


def named_kinds(question: Question, catalogue: Catalogue, say: Speaker) -> str:
    """Return the asked kinds by name if they are few, else their number."""
    labels = [say(catalogue.kinds[kind].label).lower() for kind in question.kinds]
    if len(labels) > MANY_KINDS:
        return say("a meeting place of {n} kinds", n=len(labels))
    return say(" or ").join(labels)


def _walker(question: Question, catalogue: Catalogue) -> str:
    return question.walker or catalogue.groups[question.group].walker


def _reached(answer: Answer, catalogue: Catalogue, say: Speaker) -> str:
    question = answer.question
    reach = answer.reach[question.group]
    return say(
        "{share} of {group} – about {within} of {people} – have {minutes} minutes or less"
        " on foot to the nearest {kinds}.",
        share=say.share(reach.share),
        group=say(catalogue.groups[question.group].label).lower(),
        within=say.people(reach.within),
        people=say.people(reach.people),
        minutes=question.minutes,
        kinds=named_kinds(question, catalogue, say),
    )


def _gap(answer: Answer, say: Speaker) -> list[str]:
    if answer.question.group == EVERYBODY:
        return []
    gap = answer.gap(answer.question.group)
    points = say.number(abs(100 * gap))
    if abs(gap) < SAME_SHARE:
        return [say("That is the same as for everybody.")]
    if gap < 0:
        return [
            say("That is {points} percentage points less than for everybody.", points=points)
        ]
    return [say("That is {points} percentage points more than for everybody.", points=points)]


def _cut_off(answer: Answer, say: Speaker) -> list[str]:
    cut_off = answer.reach[answer.question.group].cut_off
    if cut_off < SAME_SHARE:
        return []
    return [say("About {n} of them have no way on foot at all.", n=say.people(cut_off))]
