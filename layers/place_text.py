"""Found places in words: a sentence that counts them, and what each is asked for by."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd

from geo.answer import Catalogue
from geo.finding import Index, lying
from geo.hours import MOMENTS
from geo.model import Kind
from geo.paths.network import Bools, Ints
from geo.tables import LOW_INCOME_AREAS
from geo.visitors import ASKED
from words import Speaker

MANY_KINDS = 3
"""Kinds of a place that its line in a list names."""


def settings(say: Speaker) -> dict[str, str]:
    """Return where a place may lie, by `geo.finding.SETTINGS`."""
    return {
        "indoor": say("Indoors"),
        "outdoor": say("Outdoors"),
        "both": say("Indoors and outdoors"),
    }


def step_free(say: Speaker) -> dict[str, str]:
    """Return whether one gets in without steps, by `geo.finding.STEP_FREE`."""
    return {
        "yes": say("Yes"),
        "limited": say("Partly"),
        "no": say("No"),
        "unknown": say("Unknown"),
    }


def hours(when: str, say: Speaker) -> dict[str, str]:
    """Return what may be asked of opening hours, by `geo.finding.HOURS`."""
    return {
        "open": say("Open: {moment}", moment=say(MOMENTS[when].label)),
        "known": say("Opening hours known"),
        "unknown": say("Opening hours unknown"),
    }


def meeting(group: str, catalogue: Catalogue, say: Speaker) -> dict[str, str]:
    """Return who may meet, by `ASKED` and the keys of `geo.visitors.MEETING`."""
    labels = {key: say(one.label) for key, one in catalogue.groups.items()}
    return {
        ASKED: say("The group asked about: {group}", group=labels[group]),
        "children": say("Children, 0–15"),
        "youth": labels["youth"],
        "older": say("Older people, 67 or more"),
        LOW_INCOME_AREAS: labels[LOW_INCOME_AREAS],
    }


def labels(kinds: Mapping[str, Kind], say: Speaker) -> dict[str, str]:
    """Return what the kinds are called."""
    return {key: say(kind.label) for key, kind in kinds.items()}


def counted(known: Index, shown: Bools, say: Speaker) -> str:
    """
    Return how many places are shown, how many are indoors, and what is not known of them.

    Parameters
    ----------
    known
        What all places are looked up by.
    shown
        Which of them are shown.
    say
        The language.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from geo.finding import index
    >>> from words import speaker
    >>> rows = {"name": ["Vik", "Nes"], "kinds": "x", "family": "x", "opening_hours": "",
    ...         "setting": ["indoor", "outdoor"], "wheelchair": ["", "yes"]}
    >>> known = index(pd.DataFrame(rows), {}, {})
    >>> print(counted(known, np.array([True, False]), speaker("en")))
    1 of 2 places. 1 is indoors. For 1 nobody knows whether one gets in without steps.
    """
    number, total = int(shown.sum()), say.number(len(shown))
    if not number:
        return say("None of {total} places is like that.", total=total)
    indoors = int((shown & lying(known, "indoor")).sum())
    unknown = int((shown & (known.stepfree == "unknown")).sum())
    told = [say.many("{n} of {total} places.", "{n} of {total} places.", number, total=total)]
    if indoors:
        told.append(say.many("{n} is indoors.", "{n} are indoors.", indoors))
    else:
        told.append(say("None is indoors."))
    if unknown:
        told.append(
            say.many(
                "For {n} nobody knows whether one gets in without steps.",
                "For {n} nobody knows whether one gets in without steps.",
                unknown,
            )
        )
    return " ".join(told)


def title(place: Mapping[str, object], say: Speaker) -> str:
    """Return what a place is called, or that it has no name."""
    return str(place["name"]).strip() or say("Without a name")


def named_kinds(keys: str, known: Mapping[str, str]) -> str:
    """
    Return the first kinds of a place.

    Examples
    --------
    >>> named_kinds("park;x;playground;school", {"park": "Park", "playground": "Playground"})
    'Park, x, Playground …'
    """
    some = keys.split(";")
    more = " …" if len(some) > MANY_KINDS else ""
    return ", ".join(known.get(key, key) for key in some[:MANY_KINDS]) + more


def sheet(places: gpd.GeoDataFrame, known: Index, at: Ints, say: Speaker) -> gpd.GeoDataFrame:
    """
    Return places as a table for a file, with columns in English and words in the language.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`: those that are shown, in their order.
    known, at
        What all places are looked up by; the rows of those shown.
    say
        The language.
    """
    where, access = settings(say), step_free(say)
    return gpd.GeoDataFrame(
        {
            "place_id": places.index,
            "name": places["name"],
            "kinds": places["kinds"],
            "setting": [where[one] for one in places["setting"]],
            "opening_hours": places["opening_hours"],
            "step_free": [access[one] for one in known.stepfree[at]],
            "sources": places["sources"],
            "updated": places["updated"],
        },
        geometry=places.geometry.array,
        crs=places.crs,
    )
