"""The answer in words: what the map says, said once more for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from geo.answer import Answer, Catalogue
from geo.coverage import NOBODY
from geo.model import Group, Question
from geo.people import EVERYBODY
from words.speaker import UNKNOWN, Speaker

MANY_KINDS = 3
"""More kinds than this are counted, not named."""

OLDEST = 100
"""A group whose ages end here or later has no upper limit of age."""


def asked(question: Question, catalogue: Catalogue, say: Speaker) -> str:
    """Return the question as one line, for the header of a map or a file."""
    kinds = [_inside(say(catalogue.kinds[kind].label)) for kind in question.kinds]
    return say.many(
        "{group}: {n} minute or less on foot to the nearest {kinds}. Walking as: {walker}",
        "{group}: {n} minutes or less on foot to the nearest {kinds}. Walking as: {walker}",
        question.minutes,
        group=say(catalogue.groups[question.group].label),
        kinds=_either(kinds, say) if kinds else UNKNOWN,
        walker=_inside(say(catalogue.walkers[_walker(question, catalogue)].label)),
    )


def reasons(question: Question, catalogue: Catalogue, say: Speaker) -> list[str]:
    """Return why each of the asked kinds counts as somewhere to meet."""
    kinds = [catalogue.kinds[key] for key in question.kinds]
    return [f"{say(kind.label)}: {say(kind.why)}" for kind in kinds]


def speeds(question: Question, catalogue: Catalogue, say: Speaker) -> list[str]:
    """Return how fast the groups walk, each walker once, and where that was published."""
    walkers = (
        [question.walker]
        if question.walker
        else dict.fromkeys(group.walker for group in catalogue.groups.values())
    )
    return [
        say(
            "{walker}: {speed} m/s ({source})",
            walker=say(catalogue.walkers[key].label),
            speed=say.number(catalogue.walkers[key].speed_m_s, 2),
            source=catalogue.walkers[key].source,
        )
        for key in walkers
    ]


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
    if reach.people < NOBODY:
        return say("Nobody is estimated to live here, so there is nobody to reach.")
    if reach.hidden:
        return say("So few of this group are within reach, or beyond, that it is not told.")
    return " ".join(
        [
            _reached(answer, catalogue, say),
            *_gap(answer, say),
            *_cut_off(answer, say),
        ]
    )


def named_kinds(question: Question, catalogue: Catalogue, say: Speaker) -> str:
    """Return the asked kinds by name if they are few, else their number."""
    labels = [_inside(say(catalogue.kinds[kind].label)) for kind in question.kinds]
    if len(labels) > MANY_KINDS:
        return say("meeting place of the {n} kinds chosen", n=say.number(len(labels)))
    return _either(labels, say)


def _either(labels: Sequence[str], say: Speaker) -> str:
    """Return labels as one phrase, "a, b or c"."""
    *some, last = labels
    return say("{some} or {last}", some=", ".join(some), last=last) if some else last


def _inside(label: str) -> str:
    """Return a label as it is written inside a sentence; abbreviations stay as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _walker(question: Question, catalogue: Catalogue) -> str:
    return question.walker or catalogue.groups[question.group].walker


def _people(key: str, say: Speaker) -> str:
    """Return what the people of a group are called in "so many of …"."""
    return {
        EVERYBODY: say("the residents"),
        "young_children": say("the young children"),
        "school_children": say("the schoolchildren"),
        "youth": say("the young people"),
        "adults": say("the adults"),
        "older_67_79": say("the older people"),
        "older_80": say("the older people"),
    }[key]


def _aged(group: Group, say: Speaker) -> str:
    """Return the people of a group with their ages: two groups may share a name."""
    people = _people(group.key, say)
    if group.ages is None:
        return people
    first, last = group.ages
    if last >= OLDEST:
        return say("{people} aged {first} or more", people=people, first=first)
    return say("{people} aged {first}–{last}", people=people, first=first, last=last)


def _reached(answer: Answer, catalogue: Catalogue, say: Speaker) -> str:
    question = answer.question
    reach = answer.reach[question.group]
    return say.many(
        "{share} of {group} – {within} of {people}, as estimated – have {n} minute or less"
        " on foot to the nearest {kinds}.",
        "{share} of {group} – {within} of {people}, as estimated – have {n} minutes or less"
        " on foot to the nearest {kinds}.",
        question.minutes,
        share=say.share(reach.share),
        group=_aged(catalogue.groups[question.group], say),
        within=say.people(reach.within),
        people=say.people(reach.people),
        kinds=named_kinds(question, catalogue, say),
    )


def _gap(answer: Answer, say: Speaker) -> list[str]:
    if answer.question.group == EVERYBODY:
        return []
    gap = round(100 * answer.gap(answer.question.group))
    if not gap:
        return [say("That is the same share as for all residents.")]
    if gap < 0:
        return [
            say.many(
                "That is {n} percentage point lower than for all residents.",
                "That is {n} percentage points lower than for all residents.",
                -gap,
            )
        ]
    return [
        say.many(
            "That is {n} percentage point higher than for all residents.",
            "That is {n} percentage points higher than for all residents.",
            gap,
        )
    ]


def _cut_off(answer: Answer, say: Speaker) -> list[str]:
    group = answer.question.group
    cut_off = answer.reach[group].cut_off
    if cut_off < NOBODY:
        return []
    return [
        say(
            "For {n} of {group} there is no way on foot at all.",
            n=say.people(cut_off),
            group=_people(group, say),
        )
    ]
