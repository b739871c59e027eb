"""What a scenario brings, as tables for files: figures, and why one is missing."""

from __future__ import annotations

from math import nan

import pandas as pd

from geo.answer import Catalogue
from geo.between import Pair
from geo.coverage import NOBODY, Reach, few
from geo.scenario.by_area import ELSEWHERE, Areas
from geo.scenario.difference import Difference
from geo.scenario.gained import GAINS, LOSES, Change
from layers.scenario.parts import State, state
from layers.telling import people_ends
from words.speaker import Speaker


def by_group(found: Difference, catalogue: Catalogue, say: Speaker) -> pd.DataFrame:
    """
    Return what changes, one row per group.

    Parameters
    ----------
    found
        The difference that a scenario makes.
    catalogue, say
        What groups are called; language of the words. Columns have English names.

    Returns
    -------
    groups
        People, and shares in per cent. `_low` and `_high`: between what a figure lies
        where statistics are rounded or suppressed; empty where it is exact, unknown or
        hidden. `note` says why a cell is empty. A share is 100 or 0 only where nobody is
        beyond, or within.
    """
    return pd.DataFrame(
        [
            {"key": key, "group": say(catalogue.groups[key].label)}
            | _columns(one)
            | _newcomers(one.newcomers)
            | {"note": _note(one, say, newcomers=True)}
            for key, one in found.groups.items()
        ]
    )


def by_area(areas: Areas, say: Speaker) -> pd.DataFrame:
    """
    Return what changes for the asked group, one row per area.

    Parameters
    ----------
    areas
        As `geo.scenario.by_area.by_area` returns them.
    say
        Language of the words. Columns have English names.

    Returns
    -------
    areas
        As `by_group`, without newcomers; `id` is the official number, `""` elsewhere.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> one = Change(Reach(90.0, 20.0, 0.0), Reach(90.0, 23.0, 0.0), gains=3.0, loses=0.0)
    >>> table = by_area(Areas({"1": "Vik"}, {"1": one}), speaker("en"))
    >>> table[["name", "people", "within_before", "gains", "note"]].to_numpy().tolist()
    [['Vik', 90.0, 20.0, nan, 'Gain: fewer than 5. Within reach after: too few to tell']]
    """
    named = {**areas.names, ELSEWHERE: say("Elsewhere")}
    return pd.DataFrame(
        [
            {"id": key, "name": named[key]} | _columns(one) | {"note": _note(one, say)}
            for key, one in areas.changes.items()
        ]
    )


def _columns(one: Change) -> dict[str, float]:
    told = one.told
    return {
        "people": _whole(told.before.people),
        "within_before": _whole(told.before.within),
        "within_after": _whole(told.after.within),
        "gains": _whole(told.gains),
        "loses": _whole(told.loses),
        **_ends("gains", told.gains_in),
        **_ends("loses", told.loses_in),
        "share_before_percent": _percent(told.before),
        "share_after_percent": _percent(told.after),
    }


def _newcomers(come: Reach) -> dict[str, float]:
    told = come.told
    return {"newcomers": _whole(told.people), "newcomers_within": _whole(told.within)}


def _whole(people: float) -> float:
    return float(pd.Series([people]).round().iloc[0] + 0.0)


def _ends(name: str, pair: Pair | None) -> dict[str, float]:
    low, high = (nan, nan) if pair is None else people_ends(pair)
    return {f"{name}_low": low, f"{name}_high": high}


def _percent(told: Reach) -> float:
    """Return a share in whole per cent; nearly all is not all, hardly any is not none."""
    share = 100 * told.share
    if told.beyond > 0:
        share = min(share, 99.0)
    return _whole(max(share, 1.0) if told.within > 0 else share)


def _note(one: Change, say: Speaker, *, newcomers: bool = False) -> str:
    """Return why cells are empty, in a few words; `""` if none is."""
    if "all" in (one.before.withheld, one.after.withheld) or few(one.before.people):
        return say("Too few to tell")
    if State.UNKNOWN in (state(one, GAINS), state(one, LOSES)):
        return say("Unknown")
    hidden = one.hidden
    words = {
        say("Gain: too few to tell"): GAINS in hidden,
        say("Gain: fewer than 5"): GAINS not in hidden and few(one.gains),
        say("Lose: too few to tell"): LOSES in hidden,
        say("Lose: fewer than 5"): LOSES not in hidden and few(one.loses),
        say("Within reach before: too few to tell"): "before" in hidden,
        say("Within reach after: too few to tell"): "after" in hidden,
        say("Newcomers: too few to tell"): newcomers and one.newcomers.hidden,
        say("Nobody lives here"): one.before.people < NOBODY,
    }
    return ". ".join(text for text, true in words.items() if true)
