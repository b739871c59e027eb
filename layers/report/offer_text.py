"""What is known of meeting places, in sentences: indoors or not, hours, and steps."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.finding import index
from geo.model import Kind
from words.speaker import Speaker


def settings(places: gpd.GeoDataFrame, say: Speaker) -> str:
    """
    Say how many places are indoors, outdoors, and both; `""` if there is none.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`: all that are counted.
    say
        The language.

    Examples
    --------
    >>> from words import speaker
    >>> places = pd.DataFrame({"setting": ["indoor", "outdoor", "outdoor"]})
    >>> settings(places, speaker("en")), settings(places[:1], speaker("en"))
    ('1 of them is indoors. 2 are outdoors.', 'It is indoors.')
    """
    if len(places) == 1:
        alone = {
            "indoor": say("It is indoors."),
            "outdoor": say("It is outdoors."),
            "both": say("It is both indoors and outdoors."),
        }
        return alone[str(places["setting"].iloc[0])]
    indoor, outdoor, both = (
        int((places["setting"] == one).sum()) for one in ("indoor", "outdoor", "both")
    )
    told = [
        say.many("{n} of them is indoors.", "{n} of them are indoors.", indoor),
        say.many("{n} is outdoors.", "{n} are outdoors.", outdoor),
        say.many(
            "{n} is both indoors and outdoors.", "{n} are both indoors and outdoors.", both
        ),
    ]
    counts = (indoor, outdoor, both)
    return " ".join(text for text, n in zip(told, counts, strict=True) if n)


def known_of(places: gpd.GeoDataFrame, kinds: Mapping[str, Kind], say: Speaker) -> list[str]:
    """
    Say of how many places the opening hours are known, and whether one gets in without steps.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`: all that are counted.
    kinds
        The catalogue: places of which any kind is always open need no hours.
    say
        The language.

    Returns
    -------
    sentences
        None where there is no place.
    """
    if places.empty:
        return []
    always = {key for key, kind in kinds.items() if kind.hours == "always"}
    shut = ~np.array([not always.isdisjoint(of.split(";")) for of in places["kinds"]])
    known = index(places, kinds, {})
    free = pd.Series(known.stepfree).value_counts()
    yes, limited, no, unknown = (
        say.number(int(free.get(key, 0))) for key in ("yes", "limited", "no", "unknown")
    )
    steps = say(
        "Without steps one gets into {yes}, partly into {limited}, and not into {no}; of"
        " {unknown} nobody knows.",
        yes=yes,
        limited=limited,
        no=no,
        unknown=unknown,
    )
    if not shut.any():
        return [say("All of them are always open."), steps]
    hours = say.many(
        "{n} is not always open; opening hours are known of {known}.",
        "{n} are not always open; opening hours are known of {known} of these.",
        int(shut.sum()),
        known=say.number(int((known.told & shut).sum())),
    )
    return [hours, steps]
