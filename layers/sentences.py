"""The answer in words: what the map says, said once more for who cannot see it."""

from __future__ import annotations

from datetime import datetime
from math import isnan

import pandas as pd

from geo.answer import Answer, Catalogue
from geo.coverage import FEWEST, NOBODY, Reach, few
from geo.question import Question
from geo.tables import EVERYBODY
from layers.circumstances import beginning, labels, nothing, setting, unknown_hours
from layers.naming import either, inside, people_of
from layers.reaching import caution, reached
from layers.scenario.naming import supposed
from layers.telling import share_between
from words.speaker import UNKNOWN, Speaker


def asked(question: Question, catalogue: Catalogue, say: Speaker, *, now: datetime) -> str:
    """Return the question as one line, for the header of a map or a file."""
    kinds = [inside(say(catalogue.kinds[kind].label)) for kind in question.kinds]
    usual = say.many(
        "{group}: {n} minute or less on foot to the nearest {kinds}. Walking as: {walker}",
        "{group}: {n} minutes or less on foot to the nearest {kinds}. Walking as: {walker}",
        question.minutes,
        group=say(catalogue.groups[question.group].label),
        kinds=either(kinds, say) if kinds else UNKNOWN,
        walker=inside(say(catalogue.walker_of(question).label)),
    )
    return ". ".join([usual, *labels(question, say, now)])


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
            source=say(catalogue.walkers[key].source),
        )
        for key in walkers
    ]


def answered(
    answer: Answer, catalogue: Catalogue, say: Speaker, *, places: pd.DataFrame, now: datetime
) -> str:
    """
    Return what the answer is, in a few sentences.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called.
    say
        The language.
    places
        All places of the area, as `geo.tables.PLACES`: tells what is left out.
    now
        When it was asked: tells which day a moment is on.
    """
    question = answer.question
    if not question.kinds:
        return say("Choose at least one kind of meeting place.")
    if answer.places.empty:
        return nothing(question, say, places=places)
    beware = caution(answer, say)
    if untold := _untold(answer.reach[question.group], say):
        first = beginning(supposed(question.scenario, say))
        return " ".join([first + untold, *beware])
    return " ".join(
        [
            setting(question, catalogue, say, now) + reached(answer, catalogue, say),
            *_gap(answer, say),
            *_cut_off(answer, say),
            *_sure(answer, say),
            *filter(None, [unknown_hours(answer, catalogue, say, places=places, now=now)]),
            *beware,
        ]
    )


def _untold(reach: Reach, say: Speaker) -> str:
    """Return why nothing is told of how many are within reach; `""` if it is told."""
    text = ""
    if isnan(reach.people) and reach.told.band is None:
        text = "How many of this group live here is not known. Choose everybody instead."
    elif reach.people < NOBODY:
        text = "Nobody is estimated to live here, so there is nobody to reach."
    elif reach.withheld:
        text = "It is not told of this group, as that would give away a few others."
    elif reach.hidden:
        text = "So few of this group are within reach, or beyond, that it is not told."
    return say(text) if text else ""


def _gap(answer: Answer, say: Speaker) -> list[str]:
    if answer.question.group == EVERYBODY:
        return []
    band = answer.reach[answer.question.group].told.band
    if band and band.share[0] < answer.reach[EVERYBODY].told.share < band.share[1]:
        return [say("Whether that is more or less than for all residents is not sure.")]
    if isnan(answer.gap(answer.question.group)):
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
    reach = answer.reach[group]
    cut_off = reach.cut_off
    if cut_off < NOBODY or isnan(cut_off) or few(reach.beyond - cut_off):
        return []
    told = {"n": say.people(cut_off), "group": people_of(group, say)}
    if answer.question.certain:
        return [say("For about {n} of {group} no way is known that they can take.", **told)]
    return [say("For about {n} of {group} there is no way on foot at all.", **told)]


def _sure(answer: Answer, say: Speaker) -> list[str]:
    """Return how far the answer rests on what is only possible; nothing if it does not."""
    reach, sure = answer.reach[answer.question.group], answer.sure
    if not reach.within - sure.within >= FEWEST:
        return []  # nobody, or so few that the difference would give them away, or unknown
    if sure.hidden:
        return [
            say(
                "If only places known to be open, and ways known to be passable, count, it is"
                " not told, as so few are within reach, or beyond."
            )
        ]
    return [
        say(
            "If only places known to be open, and ways known to be passable, count, it is"
            " {share} ({within}).",
            share=share_between(sure, say),
            within=say.people(sure.within),
        )
    ]
