"""What opening places would add, in words: candidates in order, and what is chosen."""

from __future__ import annotations

from math import isnan

import pandas as pd

from geo.answer import Catalogue
from geo.coverage import NOBODY
from geo.scenario.bench import Bench, told
from geo.scenario.own_list import OWN
from layers.gap_text import names
from layers.naming import aged, named_kinds
from layers.scenario.counting import counted
from layers.telling import share_between
from words.speaker import Speaker


def called(places: pd.DataFrame, catalogue: Catalogue, say: Speaker) -> dict[str, str]:
    """Return what candidates are called, by id; one without a name is called by its kind."""
    without = say("Building without a name")
    return {
        place: without if kind == OWN and not name else told_name
        for (place, told_name), kind, name in zip(
            names(places, catalogue, say).items(), places["kind"], places["name"], strict=True
        )
    }


def kind_of(key: str, catalogue: Catalogue, say: Speaker) -> str:
    """Return what the kind of a candidate is called."""
    return say("Of your own list") if key == OWN else say(catalogue.kinds[key].label)


def headings(found: Bench, say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`: more of them once some are chosen."""
    besides = [say("Would gain besides what is chosen")] if found.steps else []
    low = [say("Of these in low-income areas")] if _incomes(found) else []
    first = say("Would come within reach")
    return [say("Place"), say("Kind of place"), first, *besides, *low]


def rows(found: Bench, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """
    Return the candidates that are not chosen, by id, most people first, under `headings`.

    Parameters
    ----------
    found
        What `geo.scenario.bench.bench` has found.
    catalogue, say
        What kinds are called; the language.

    Returns
    -------
    rows
        Words and figures; a few people are never told as a number.
    """
    shown, asked = told(found), found.offer.question.group
    shown = shown[shown["chosen"] == 0]
    name = called(shown, catalogue, say)
    found_rows = {}
    for place, kind, low, may in zip(
        shown.index, shown["kind"], shown["low"], shown["low_told"], strict=True
    ):
        more = counted(found.reach[place][asked], say)
        besides = [more] if found.steps else []
        poor = [_low(low, may=may, say=say)] if _incomes(found) else []
        alone = counted(found.alone[place], say)
        found_rows[place] = [name[place], kind_of(kind, catalogue, say), alone, *besides, *poor]
    return found_rows


def _incomes(found: Bench) -> bool:
    """Tell whether it is known anywhere which areas are of low income."""
    return not pd.isna(found.offer.low).all()


def _low(people: float, *, may: bool, say: Speaker) -> str:
    if isnan(people):
        return say("Unknown") if may else say("Too few to tell")
    return say("about {n}", n=say.people(people)) if people >= NOBODY else say.people(people)


def step_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `step_rows`."""
    return [say("Chosen"), say("Kind of place"), say("Added by it")]


def step_rows(found: Bench, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """
    Return what was chosen, by id, and what each added to those before it.

    Parameters
    ----------
    found, catalogue, say
        As in `rows`.
    """
    places = found.table.loc[list(found.steps)]
    name = called(places, catalogue, say)
    return {
        place: [name[place], kind_of(kind, catalogue, say), counted(found.steps[place], say)]
        for place, kind in zip(places.index, places["kind"], strict=True)
    }


def foremost(found: Bench, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say by which candidate most would gain; `""` if nothing may be told of it.

    Parameters
    ----------
    found, catalogue, say
        As in `rows`.
    """
    question, shown = found.offer.question, told(found)
    if shown.empty:
        return say("There is nothing here that could be opened for this question.")
    place, row = shown.index[0], shown.iloc[0]
    if isnan(row["more"]):
        return ""
    given = {
        "place": called(shown.head(1), catalogue, say)[place],
        "group": aged(catalogue.groups[question.group], say),
        "people": counted(found.reach[place][question.group], say),
    }
    if row["more"] < NOBODY:
        text = "Nobody of {group} would come within reach by any of them."
        return say(text, group=given["group"])
    if found.steps:
        text = "Besides what is chosen, most would gain by {place}: {people} of {group}."
        return say(text, **given)
    return say.many(
        "Most would gain by {place}: {people} of {group} who have more than {n} minute today.",
        "Most would gain by {place}: {people} of {group} who have more than {n} minutes today.",
        question.minutes,
        **given,
    )


def outcome(found: Bench, catalogue: Catalogue, say: Speaker) -> str:
    """
    Say what share has a place within reach if the chosen ones are open; `""` if none is.

    Parameters
    ----------
    found, catalogue, say
        As in `rows`.
    """
    question = found.offer.question
    before, after = (one[question.group] for one in (found.offer.before, found.after))
    if not found.steps:
        return ""
    if before.hidden or after.hidden:
        return say("What all of them together would change is not told: few would gain.")
    if isnan(after.share) and after.told.band is None:
        return say("What all of them together would change is not known.")
    given = {
        "after": share_between(after, say),
        "before": share_between(before, say),
        "group": aged(catalogue.groups[question.group], say),
        "kinds": named_kinds(question, catalogue, say) if question.kinds else "",
    }
    return say.many(
        "With these open, {after} of {group} would have {n} minute or less on foot to the"
        " nearest {kinds}; today it is {before}.",
        "With these open, {after} of {group} would have {n} minutes or less on foot to the"
        " nearest {kinds}; today it is {before}.",
        question.minutes,
        **given,
    )
