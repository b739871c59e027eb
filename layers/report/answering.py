"""The answer as a report tells it: what the screen advises, a reader of paper cannot follow."""

from __future__ import annotations

from math import isnan

from layers.gaps_text import beyond
from layers.groups_text import of_group
from layers.report.subject import Subject
from layers.sentences import answered
from words.speaker import Speaker


def unanswerable(about: Subject, group: str, say: Speaker) -> str:
    """
    Say why nothing can be told of a group, where the screen would advise to ask for else.

    Parameters
    ----------
    about
        What the report is about.
    group
        Key of the group.
    say
        The language.

    Returns
    -------
    sentence
        `""` where there is an answer, or another reason for none.
    """
    if not about.answer.question.kinds:
        return say("No kind of meeting place was asked about.")
    reach = about.answer.reach[group]
    if not about.empty and isnan(reach.people) and reach.told.band is None:
        return say("{group}: how many live here is not known.", group=_label(about, group, say))
    return ""


def _label(about: Subject, group: str, say: Speaker) -> str:
    return say(about.catalogue.groups[group].label)


def told(about: Subject, say: Speaker) -> str:
    """Return the answer of the asked group; see `layers.sentences.answered`."""
    if reason := unanswerable(about, about.answer.question.group, say):
        return reason
    places = about.bundle.places
    return answered(about.answer, about.catalogue, say, places=places, now=about.now)


def told_of(about: Subject, group: str, say: Speaker) -> str:
    """Return the answer of another group; see `layers.groups_text.of_group`."""
    if reason := unanswerable(about, group, say):
        return reason
    when = (about.bundle.places, about.now)
    return of_group(about.answer, group, about.catalogue, say, about=when)


def far(about: Subject, say: Speaker) -> str:
    """Return how many live beyond reach; see `layers.gaps_text.beyond`."""
    if reason := unanswerable(about, about.answer.question.group, say):
        return reason
    places = about.bundle.places
    return beyond(about.answer, about.catalogue, say, places=places, now=about.now)
