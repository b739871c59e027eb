"""Groups side by side, in words: who is best off, who is worst off, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from geo.answer import Answer, Catalogue
from geo.between import Pair
from geo.tables import EVERYBODY
from layers.naming import aged, named_kinds
from layers.sentences import answered
from layers.standing import best_and_worst, ends
from layers.telling import share_between
from words.speaker import Speaker

MANY_GROUPS = 3
"""More groups than this that are equally well off are counted, not named."""


def compared(answer: Answer, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say which group is best off, which is worst off, and by how much.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called.
    say
        The language.

    Returns
    -------
    sentences
        Of groups whose figures may be told; everybody is no group of its own. Where
        statistics are rounded or suppressed, and what groups lie between overlaps, nobody
        is called best or worst off.
    """
    shown = {key: ends(reach) for key, reach in answer.reach.items() if key != EVERYBODY}
    known = {key: pair for key, pair in shown.items() if pair is not None}
    left_out = _left_out(len(shown) - len(known), say)
    if len(known) < 2:
        text = "The groups cannot be compared: of at most one it is told who is within reach."
        return say(text)
    unsure = _unsure(known)
    known = {key: pair for key, pair in known.items() if key not in unsure}
    best, worst = best_and_worst(known)
    if len(best) == len(known):
        text = "All groups that are told of have about the same share within reach: {share}."
        same = say(text, share=say.share(answer.reach[best[0]].told.share))
        return " ".join([same, *_standing(unsure, catalogue, say), *left_out])
    parts = [*_named(answer, best, worst, catalogue, say), *_apart(known, best, worst, say)]
    of_all, standing = _of_all(answer, say), _standing(unsure, catalogue, say)
    return " ".join([*parts, *of_all, *standing, *left_out])


def _unsure(known: Mapping[str, Pair]) -> list[str]:
    """Return who has to be left out to be sure who is best off and who worst, if anybody."""
    exact = {key: pair for key, pair in known.items() if pair[0] == pair[1]}
    if all(best_and_worst(known)) or len(exact) < 2:
        return []
    return [key for key in known if key not in exact]


def _standing(unsure: Sequence[str], catalogue: Catalogue, say: Speaker) -> list[str]:
    if not unsure:
        return []
    text = (
        "Where {groups} stand among them is not sure: the statistics behind that are rounded,"
        " or suppressed where few live."
    )
    return [say(text, groups=_groups(unsure, catalogue, say))]


def _named(
    answer: Answer,
    best: Sequence[str],
    worst: Sequence[str],
    catalogue: Catalogue,
    say: Speaker,
) -> list[str]:
    """Say who is best off and who worst, or that it is not sure."""
    found = []
    if best:
        groups = _groups(best, catalogue, say)
        share = share_between(answer.reach[best[0]], say)
        kinds = named_kinds(answer.question, catalogue, say)
        found.append(
            say.many(
                "Best off are {groups}: {share} have {n} minute or less on foot to the"
                " nearest {kinds}.",
                "Best off are {groups}: {share} have {n} minutes or less on foot to the"
                " nearest {kinds}.",
                answer.question.minutes,
                groups=groups,
                share=share,
                kinds=kinds,
            )
        )
    if worst:
        groups = _groups(worst, catalogue, say)
        share = share_between(answer.reach[worst[0]], say)
        found.append(say("Worst off are {groups}: {share}.", groups=groups, share=share))
    if not best and not worst:
        text = "Who is best off and who is worst off is not sure: the figures overlap."
        return [say(text)]
    if not worst:
        found.append(say("Who is worst off is not sure: the figures overlap."))
    if not best:
        found.append(say("Who is best off is not sure: the figures overlap."))
    return found


def _groups(keys: Sequence[str], catalogue: Catalogue, say: Speaker) -> str:
    if len(keys) > MANY_GROUPS:
        return say.many("{n} group", "{n} groups", len(keys))
    names = [aged(catalogue.groups[key], say) for key in keys]
    *some, last = names
    return say("{some} and {last}", some=", ".join(some), last=last) if some else last


def _apart(
    known: Mapping[str, Pair], best: Sequence[str], worst: Sequence[str], say: Speaker
) -> list[str]:
    """Say how far the best and the worst off are from one another."""
    if not best or not worst:
        return []
    (low, high), (least, most) = known[best[0]], known[worst[0]]
    points = round(100 * (low - most))
    if (low, least) == (high, most):
        return [
            say.many(
                "The difference is {n} percentage point.",
                "The difference is {n} percentage points.",
                points,
            )
        ]
    if points < 1:
        return []
    return [
        say.many(
            "The difference is at least {n} percentage point.",
            "The difference is at least {n} percentage points.",
            points,
        )
    ]


def _of_all(answer: Answer, say: Speaker) -> list[str]:
    every = answer.reach[EVERYBODY]
    if ends(every) is None:
        return []
    return [say("Of all residents it is {share}.", share=share_between(every, say))]


def _left_out(n: int, say: Speaker) -> list[str]:
    if not n:
        return []
    return [
        say.many(
            "{n} group is left out: nobody, too few to tell, or unknown.",
            "{n} groups are left out: nobody, too few to tell, or unknown.",
            n,
        )
    ]


def of_group(
    answer: Answer,
    group: str,
    catalogue: Catalogue,
    say: Speaker,
    *,
    about: tuple[pd.DataFrame, datetime],
) -> str:
    """
    Return the answer for one of several groups that stand side by side.

    It leaves out what rests on what is only possible: that is told of the asked group
    alone, and what is between two groups might be a few.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called.
    group
        Whom to tell of.
    say
        The language.
    about
        All places of the area, and when it was asked, as `sentences.answered` takes them.
    """
    places, now = about
    question = replace(answer.question, group=group)
    alone = replace(answer, question=question, sure=answer.reach[group])
    return answered(alone, catalogue, say, places=places, now=now)
