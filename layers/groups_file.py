"""Reach by group as a table for files: figures, between what they lie, why one is missing."""

from __future__ import annotations

from math import isnan, nan

import pandas as pd

from geo.answer import Answer, Catalogue
from geo.between import Band
from geo.coverage import NOBODY
from layers.telling import people_ends, share_ends, unknown_text
from words import Speaker


def by_group(answer: Answer, catalogue: Catalogue, say: Speaker) -> pd.DataFrame:
    """
    Return who is within reach, one row per group.

    Parameters
    ----------
    answer, catalogue
        What was asked and found, and what it is called.
    say
        Language of the words; columns have English names.

    Returns
    -------
    groups
        People, and shares in per cent. `_low` and `_high`: between what a figure lies
        where statistics are rounded or suppressed, rounded away from each other; empty
        where it is exact, unknown or hidden. `note` says which. A share is 100 or 0 only
        where nobody is beyond, or within.
    """
    told = {key: reach.told for key, reach in answer.reach.items()}
    groups = pd.DataFrame(
        {
            key: {
                "people": reach.people,
                "within": reach.within,
                "beyond": reach.beyond,
                "cut_off": reach.cut_off,
                "share_percent": 100 * reach.share,
                "gap_points": 100 * answer.gap(key) if reach.share >= 0 else nan,
                **_ends(reach.band),
            }
            for key, reach in told.items()
        }
    ).T.round()
    groups = groups + 0.0  # no minus zero
    all_but = (groups["share_percent"] == 100) & (groups["beyond"] > 0)
    next_to_none = (groups["share_percent"] == 0) & (groups["within"] > 0)
    groups["share_percent"] = groups["share_percent"].mask(all_but, 99).mask(next_to_none, 1)
    groups.insert(0, "key", list(told))
    groups.insert(1, "group", [say(catalogue.groups[key].label) for key in told])
    return groups.assign(note=[_note(answer, key, say) for key in answer.reach])


def _note(answer: Answer, group: str, say: Speaker) -> str:
    """Return why cells of a group are empty, in a few words."""
    reach = answer.reach[group]
    if absent := unknown_text(reach, say):
        return absent
    if reach.people < NOBODY:
        return say("Nobody lives here")
    untold = {
        say("No way on foot: too few to tell"): reach.told.cut_off,
        say("Everybody: too few to tell"): answer.gap(group),
    }
    return ". ".join(text for text, value in untold.items() if isnan(value))


def _ends(band: Band | None) -> dict[str, float]:
    """Return between what figures lie, as columns; empty where they are sure."""
    within = beyond = share = (nan, nan)
    if band is not None:
        within, beyond = people_ends(band.within), people_ends(band.beyond)
        share = band.share if isnan(band.share[0]) else share_ends(band.share)
    return {
        "within_low": within[0],
        "within_high": within[1],
        "beyond_low": beyond[0],
        "beyond_high": beyond[1],
        "share_low_percent": 100 * share[0],
        "share_high_percent": 100 * share[1],
    }
