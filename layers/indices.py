"""What the measures say of a group, each in a sentence that a planner can use."""

from __future__ import annotations

from dataclasses import replace
from math import isinf, isnan, nan

from geo.answer import Catalogue
from geo.coverage import NOBODY
from geo.figures.figures import Figures
from geo.figures.having import Access
from geo.figures.walked import CHOICE
from layers.figure_text import (
    Index,
    choice_text,
    figure_text,
    minutes_text,
    missing,
    share_text,
)
from layers.naming import aged, named_kinds
from words import Speaker


def of_group(figures: Figures, catalogue: Catalogue, say: Speaker) -> list[Index]:
    """
    Say what the measures say of the asked group.

    Parameters
    ----------
    figures, catalogue
        What was computed, and what it is called.
    say
        The language.

    Returns
    -------
    indices
        How far it is, how much there is, and for how many.
    """
    question = figures.question
    access = figures.access[question.group].told
    group = aged(catalogue.groups[question.group], say)
    within = say.number(question.minutes)
    found = [
        _nearest(
            access,
            group,
            named_kinds(question, catalogue, say),
            say,
            certain=question.certain,
        ),
        _choice(access, group, say),
        _places(access, group, within, say),
        _weighted(access, question.minutes, say),
        _shared(access, group, within, say),
        _sorts(access, group, within, say),
        *([_only_outdoors(access, group, say)] if figures.both else []),
    ]
    people = access.people
    silent = [bool(missing(people, index.value, say)) for index in found]
    return [
        replace(index, value=nan, sentence="") if nothing else index
        for index, nothing in zip(found, silent, strict=True)
    ]


def _nearest(access: Access, group: str, kinds: str, say: Speaker, *, certain: bool) -> Index:
    half, most, people = access.half_min, access.most_min, access.people
    told = minutes_text(people, half, say, certain=certain)
    if isinf(half) and certain:
        text = "For more than half of {group} no way on foot to such a place is known."
        sentence = say(text, group=group)
    elif isinf(half):
        text = "More than half of {group} have no way on foot to such a place."
        sentence = say(text, group=group)
    else:
        sentence = say(
            "Half of {group} have at most {minutes} min on foot to the nearest {kinds}.",
            group=group,
            minutes=told,
            kinds=kinds,
        )
    if isinf(most) and not isinf(half):
        unknown = say("For more than one in ten no way there is known.")
        none = say("More than one in ten have no way there.")
        sentence += f" {unknown if certain else none}"
    elif not isnan(most) and not isinf(half):
        nine = minutes_text(people, most, say)
        sentence += " " + say("Nine in ten have at most {minutes} min.", minutes=nine)
    name = say("Walk to the nearest place, min")
    return Index("nearest", name, half, told, sentence)


def _choice(access: Access, group: str, say: Speaker) -> Index:
    told = choice_text(access.people, access.choice_min, say)
    if isinf(access.choice_min):
        sentence = say(
            "More than half of {group} never have {count} such places to choose from,"
            " however far they walk.",
            group=group,
            count=say.number(CHOICE),
        )
    else:
        sentence = say(
            "After {minutes} min on foot half of {group} have {count} places to choose from.",
            minutes=told,
            group=group,
            count=say.number(CHOICE),
        )
    name = say("Walk to the third nearest place, min (dual access)")
    return Index("dual", name, access.choice_min, told, sentence)


def _places(access: Access, group: str, within: str, say: Speaker) -> Index:
    sentence = _none(group, within, say)
    if access.places > 0:
        sentence = say.many(
            "At least half of {group} have {n} place or more within {within} min.",
            "At least half of {group} have {n} places or more within {within} min.",
            round(access.places),
            group=group,
            within=within,
        )
    name = say("Places within reach (cumulative opportunities)")
    told = figure_text(access.people, access.places, say)
    return Index("cumulative", name, access.places, told, sentence)


def _none(group: str, within: str, say: Speaker) -> str:
    return say(
        "At least half of {group} have no place within {within} min.",
        group=group,
        within=within,
    )


def _weighted(access: Access, minutes: int, say: Speaker) -> Index:
    sentence = say(
        "A place {half} min away counts half as much as one next door, and one more than"
        " {within} min away counts nothing. The figure compares homes; alone it says nothing.",
        half=say.number(minutes / 2, 1),
        within=say.number(minutes),
    )
    name = say("Places within reach, near ones for more (gravity)")
    told = figure_text(access.people, access.weighted, say)
    return Index("gravity", name, access.weighted, told, sentence)


def _shared(access: Access, group: str, within: str, say: Speaker) -> Index:
    told = figure_text(access.people, access.per_thousand, say)
    sentence = _none(group, within, say)
    if access.per_thousand > 0:
        sentence = say(
            "If everybody shares what they can reach, half of {group} have at most {n} places"
            " per thousand people. How many a place has room for is not known: all count the"
            " same.",
            group=group,
            n=told,
        )
    name = say("Places per thousand people (E2SFCA)")
    return Index("e2sfca", name, access.per_thousand, told, sentence)


def _sorts(access: Access, group: str, within: str, say: Speaker) -> Index:
    sentence = _none(group, within, say)
    if access.sorts > 0:
        sentence = say.many(
            "At least half of {group} have {n} sort of places or more within {within} min.",
            "At least half of {group} have {n} sorts of places or more within {within} min.",
            round(access.sorts),
            group=group,
            within=within,
        )
    name = say("Sorts of places within reach (variety)")
    told = figure_text(access.people, access.sorts, say)
    return Index("variety", name, access.sorts, told, sentence)


def _only_outdoors(access: Access, group: str, say: Speaker) -> Index:
    reach = access.only_outdoors
    if reach.within < NOBODY:
        sentence = say("Nobody of {group} has places outdoors only.", group=group)
    else:
        sentence = say(
            "About {n} of {group} have somewhere outdoors but nowhere indoors.",
            n=say.people(reach.within),
            group=group,
        )
    name = say("Share with somewhere outdoors, nowhere indoors")
    return Index("only_outdoors", name, reach.share, share_text(reach, say), sentence)
