"""What stands beside who gains and who loses: shares, one age, and who is new."""

from __future__ import annotations

from math import isnan

from geo.answer import Catalogue
from geo.between import Pair
from geo.coverage import FEWEST, NOBODY, few
from geo.scenario.difference import Difference
from geo.scenario.gained import GAINS, Change
from geo.tables import AGES, EVERYBODY
from layers.naming import aged, inside
from layers.scenario.parts import counted, shares, some
from layers.standing import best_and_worst
from words.speaker import Speaker

NOTABLE = 1.25
"""An age is named only if it gains so many times as often as all residents do: ours."""


def shares_moved(one: Change, say: Speaker) -> list[str]:
    """
    Say what share is within reach before and after; nothing if one is not told.

    Examples
    --------
    >>> from geo.coverage import Reach
    >>> from words.speaker import speaker
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 54.0, 0.0), gains=34.0, loses=0.0)
    >>> shares_moved(one, speaker("en"))
    ['The share within reach goes from 22% to 60%.']
    """
    told = shares(one, say)
    if told is None or one.before.people < NOBODY:
        return []
    before, after = told
    if before == after:
        return [say("The share within reach is {share} before and after.", share=before)]
    text = "The share within reach goes from {before} to {after}."
    return [say(text, before=before, after=after)]


def foremost_age(found: Difference, catalogue: Catalogue, say: Speaker) -> list[str]:
    """
    Say which age gains most for how many they are, if that is sure, and worth saying.

    Parameters
    ----------
    found, catalogue, say
        As in `layers.scenario.sentence.said`.

    Returns
    -------
    sentences
        One, or none: unless everybody is asked about, and one age surely gains more
        often than every other, whatever is not told of these, and `NOTABLE` times as
        often as everybody.
    """
    every = found.asked.told
    if found.question.group != EVERYBODY or isnan(every.gains) or not every.before.people:
        return []
    ages = {key: found.groups[key] for key in AGES if key in found.groups}
    rates = {key: _rate(one) for key, one in ages.items() if not one.before.people < NOBODY}
    best, _ = best_and_worst(rates)
    enough = NOTABLE * every.gains / every.before.people
    if len(best) != 1 or len(rates) < 2 or rates[best[0]][0] < enough:
        return []
    (key,) = best
    group, people = aged(catalogue.groups[key], say), some(ages[key], GAINS, say)
    text = "Of all ages {group} gain most for how many they are: {people} of them."
    return [say(text, group=group, people=people)]


def _rate(one: Change) -> Pair:
    """Return between what the share of a group lies that gains, as far as is told."""
    told, band = one.told, one.before.told.band
    people = band.people if band else (told.before.people, told.before.people)
    if isnan(people[0]) or not people[0]:
        return 0.0, 1.0
    if GAINS not in one.hidden and few(one.gains):
        return 0.0, min(1.0, FEWEST / people[0])
    low, high = told.gains_in or (told.gains, told.gains)
    return (0.0, 1.0) if isnan(low) else (low / people[1], min(1.0, high / people[0]))


def new_homes(found: Difference, catalogue: Catalogue, say: Speaker) -> list[str]:
    """
    Say how many of those who move into new homes are within reach; nothing if none do.

    Parameters
    ----------
    found, catalogue, say
        As in `layers.scenario.sentence.said`.
    """
    come = found.asked.newcomers
    if come.people < NOBODY:
        return []
    group = inside(say(catalogue.groups[found.question.group].label))
    if isnan(come.people):
        return [say("How many of those who move in are {group} is not known.", group=group)]
    if come.hidden:
        text = "So few of the newcomers are within reach, or beyond, that it is not told."
        return [say(text)]
    people = counted(come.people, None, say)
    if come.within < NOBODY:
        text = "Of {people} newcomers ({group}) nobody is within reach."
        return [say(text, people=people, group=group)]
    if come.beyond < NOBODY:
        text = "All of {people} newcomers ({group}) are within reach."
        return [say(text, people=people, group=group)]
    within = counted(come.within, None, say)
    text = "Of {people} newcomers ({group}) {within} are within reach."
    return [say(text, people=people, group=group, within=within)]
