"""What kinds, groups and their ages are called inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from geo.answer import Catalogue
from geo.model import Group
from geo.question import Question
from geo.tables import EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS
from words.speaker import Speaker

MANY_KINDS = 3
"""More kinds than this are counted, not named."""

OLDEST = 100
"""A group whose ages end here or later has no upper limit of age."""


def named_kinds(question: Question, catalogue: Catalogue, say: Speaker) -> str:
    """Return the asked kinds by name if they are few, else their number."""
    labels = [inside(say(catalogue.kinds[kind].label)) for kind in question.kinds]
    if len(labels) > MANY_KINDS:
        return say("meeting place of the {n} kinds chosen", n=say.number(len(labels)))
    return either(labels, say)


def either(labels: Sequence[str], say: Speaker) -> str:
    """Return labels as one phrase, "a, b or c"."""
    *some, last = labels
    return say("{some} or {last}", some=", ".join(some), last=last) if some else last


def inside(label: str) -> str:
    """Return a label as it is written inside a sentence; abbreviations stay as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def people_of(key: str, say: Speaker) -> str:
    """Return what the people of a group are called in "so many of …"."""
    return {
        EVERYBODY: say("the residents"),
        "young_children": say("the young children"),
        "school_children": say("the schoolchildren"),
        "youth": say("the young people"),
        "adults": say("the adults"),
        "older_67_79": say("the older people"),
        "older_80": say("the older people"),
        LOW_INCOME: say("the people with low income"),
        LOW_INCOME_AREAS: say("the residents of low-income areas"),
    }[key]


def aged(group: Group, say: Speaker) -> str:
    """Return the people of a group with their ages: two groups may share a name."""
    people = people_of(group.key, say)
    if group.ages is None:
        return people
    first, last = group.ages
    if last >= OLDEST:
        return say("{people} aged {first} or more", people=people, first=first)
    return say("{people} aged {first}–{last}", people=people, first=first, last=last)


def share_of(value: float, say: Speaker) -> str:
    """
    Return a share as a sentence begins with it, without a sign.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> [share_of(value, speaker("en")) for value in (0.999, 0.5, 0.001)]
    ['More than 99%', '50%', 'Less than 1%']
    """
    told = say.share(value)
    if told[:1] == ">":
        return say("More than {share}", share=told[1:])
    return say("Less than {share}", share=told[1:]) if told[:1] == "<" else told
