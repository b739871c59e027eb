"""Measures before and after, as tables: what is within reach, and who can meet where."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from geo.answer import Catalogue
from geo.figures.figures import Figures
from geo.scenario.figured import MEASURES, measured
from layers.figure_text import figure_text, minutes_text
from layers.meeting_text import NOISE
from words.speaker import UNKNOWN, Speaker

SIDES = ("before", "after")


def measure_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `measure_rows`."""
    return [
        say("Group"),
        say("Half walk at most, min, before"),
        say("Half walk at most, min, after"),
        say("Places within reach before"),
        say("Places within reach after"),
        say("Sorts of places before"),
        say("Sorts of places after"),
    ]


def measure_rows(
    before: Figures, after: Figures, catalogue: Catalogue, say: Speaker
) -> dict[str, list[str]]:
    """
    Return what half of each group have within their walk, or more, by group.

    Parameters
    ----------
    before, after
        The measures of the same question, of the town as it is and as it would be.
    catalogue, say
        What groups are called; the language.

    Returns
    -------
    rows
        Under `measure_headings`; the walk is the one that half of them do not exceed.
    """
    told = measured(before, after)
    rows = {}
    for key in told.index:
        people = {"before": before.access[key].people, "after": after.access[key].people}
        rows[str(key)] = [
            say(catalogue.groups[key].label),
            *(
                _figure(name, people[side], told[f"{name}_{side}"][key], say)
                for name in MEASURES
                for side in SIDES
            ),
        ]
    return rows


def _figure(name: str, people: float, value: float, say: Speaker) -> str:
    if name == "half_min":
        return minutes_text(people, value, say)
    return figure_text(people, value, say)


def meeting_headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `meeting_rows`."""
    return [
        say("Place"),
        say("Kind of place"),
        say("People who can walk here before"),
        say("People who can walk here after"),
        say("Evenness of ages before"),
        say("Evenness of ages after"),
        say("Would have to be of another age before"),
        say("Would have to be of another age after"),
    ]


def meeting_rows(met: pd.DataFrame, catalogue: Catalogue, say: Speaker) -> dict[str, list[str]]:
    """
    Return who can meet in places before and after, by the id of the place.

    Parameters
    ----------
    met
        As `geo.scenario.figured.met` returns it, or some of its rows.
    catalogue, say
        What kinds are called; the language.

    Returns
    -------
    rows
        Under `meeting_headings`; a dash where the place does not count.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> row = {"name": "Vik", "kinds": "", "there": "after", "ages": False}
    >>> row |= dict.fromkeys((f"{name}_before" for name in TOLD), float("nan"))
    >>> row |= {"people_after": 40.0, "evenness_after": 0.9, "likeness_after": 0.7}
    >>> met = pd.DataFrame([row], index=["n1"])
    >>> meeting_rows(met, Catalogue({}, {}, {}), speaker("en"))["n1"][2:]
    ['–', '40', '–', '90%', '–', '30%']
    """
    return {
        str(key): [
            row["name"] or say("Without a name"),
            _kinds(row["kinds"], catalogue, say),
            *(
                _told(row, name, side, say) if row["there"] in ("both", side) else UNKNOWN
                for name in TOLD
                for side in SIDES
            ),
        ]
        for key, row in met.to_dict("index").items()
    }


TOLD = ("people", "evenness", "likeness")


def _told(row: Mapping[Any, Any], name: str, side: str, say: Speaker) -> str:
    value = float(row[f"{name}_{side}"])
    if isnan(value):
        known = row["ages"] or name == "people"
        return say("Too few to tell") if known else say("Unknown")
    if name == "people":
        return say.people(value)
    return say.share(value if name == "evenness" else round(1 - value, NOISE))


def _kinds(kinds: str, catalogue: Catalogue, say: Speaker) -> str:
    known = catalogue.kinds
    return ", ".join(say(known[key].label) for key in kinds.split(";") if key in known)
