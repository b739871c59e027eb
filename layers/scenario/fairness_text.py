"""On whom a gain falls, in words: low incomes, and those who had the longest walk."""

from __future__ import annotations

from math import isnan

from geo.answer import Catalogue
from geo.coverage import NOBODY
from geo.scenario.difference import Difference
from geo.scenario.fairness import WORST, Fairness
from geo.scenario.gained import BEFORE, GAINS, LOSES, Change
from geo.tables import EVERYBODY, LOW_INCOME
from layers.bivariate import income_labels
from layers.naming import aged, people_of
from layers.scenario.parts import State, part_text, people_text, share_text, state
from words.speaker import Speaker


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Income of the area"),
        say("Live here"),
        say("Share before"),
        say("Gain"),
        say("Lose"),
        say("Share who gain"),
    ]


def rows(fair: Fairness, say: Speaker) -> dict[str, list[str]]:
    """
    Return what changes by income of where people live, by class, under `headings`.

    Parameters
    ----------
    fair
        On whom a gain falls. Classes in which nobody lives are left out.
    say
        The language.

    Examples
    --------
    >>> from geo.coverage import Reach
    >>> from words.speaker import speaker
    >>> one = Change(Reach(80.0, 20.0, 0.0), Reach(80.0, 60.0, 0.0), gains=40.0, loses=0.0)
    >>> rows(Fairness(one, {"unknown": one}, 0.2), speaker("en"))
    {'unknown': ['Income unknown', '80', '25%', '40', '0', '50%']}
    """
    labels = income_labels(say) | {"unknown": say("Income unknown")}
    return {
        key: [
            labels[key],
            people_text(one, say),
            share_text(one, BEFORE, say),
            part_text(one, GAINS, say),
            part_text(one, LOSES, say),
            _rate_text(one, say),
        ]
        for key, one in fair.classes.items()
        if not one.before.people < NOBODY
    }


def _rate_text(one: Change, say: Speaker) -> str:
    if state(one, GAINS) is State.UNKNOWN or isnan(one.before.people):
        return say("Unknown")
    rate = _rate(one)
    return say("Too few to tell") if isnan(rate) else say.share(rate)


def _rate(one: Change) -> float:
    """Return the share of some people that gains; `nan` if it may not be told."""
    told = one.told
    return told.gains / told.before.people if told.before.people else float("nan")


def sentences(
    found: Difference, fair: Fairness, catalogue: Catalogue, say: Speaker
) -> list[str]:
    """
    Say on whom a gain falls.

    Parameters
    ----------
    found, fair
        What changes, and for whom of the asked group.
    catalogue, say
        What groups are called; the language.

    Returns
    -------
    sentences
        Of areas of low income, of people with low income, and of those with the longest
        walk before; or why one of these cannot be told.
    """
    group = aged(catalogue.groups[found.question.group], say)
    if state(found.asked, GAINS) is State.NOBODY:
        return [say("Nobody of {group} gains, so there is no gain to share.", group=group)]
    return [*_areas(fair, group, say), *_low_income(found, say), _worst(fair, group, say)]


def _areas(fair: Fairness, group: str, say: Speaker) -> list[str]:
    """Say what part of the gain goes to areas of low income."""
    known = [one for key, one in fair.classes.items() if key != "unknown"]
    if all(one.before.people < NOBODY for one in known):
        return [say("Whether areas of low income gain more is not known here.")]
    if isnan(fair.to_low) or isnan(fair.live_low):
        return [say("Whether areas of low income gain more is not told: too few gain there.")]
    told = [
        say(
            "{gain} of the gain goes to areas of low income, where {live} of {group} live.",
            gain=say.share(fair.to_low),
            live=say.share(fair.live_low),
            group=group,
        )
    ]
    if fair.unknown > 0:
        text = "The incomes where another {share} of those live who gain are not known."
        told.append(say(text, share=say.share(fair.unknown)))
    return told


def _low_income(found: Difference, say: Speaker) -> list[str]:
    """Say how often those with low income gain, beside all residents."""
    one, every = found.groups.get(LOW_INCOME), found.groups[EVERYBODY]
    if one is None or isnan(_rate(one)) or isnan(_rate(every)) or found.asked is one:
        return []
    return [
        say(
            "Of {group} about {share} gain; of all residents {all}.",
            group=people_of(LOW_INCOME, say),
            share=say.share(_rate(one)),
            all=say.share(_rate(every)),
        )
    ]


def _worst(fair: Fairness, group: str, say: Speaker) -> str:
    """Say what part of the gain goes to those who had the longest walk."""
    if isnan(fair.to_worst):
        return say("Whether those with the longest walk gain more is not known.")
    if isnan(fair.told_to_worst):
        return say("Whether those with the longest walk gain more is not told: too few gain.")
    return say(
        "{share} of the gain goes to the fifth of {group} with the longest walk before; if it"
        " fell evenly, that would be {even}.",
        share=say.share(fair.told_to_worst),
        group=group,
        even=say.share(WORST),
    )
