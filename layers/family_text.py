"""Places by family, in figures and sentences: how many there are, and for how many people."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan

import geopandas as gpd
import pandas as pd

from geo.coverage import NOBODY, few
from geo.model import Family
from geo.tables import EVERYBODY
from words.speaker import Speaker

LEAST_RATE = 0.1
"""Places per thousand residents: the least number of one decimal."""


def by_family(places: gpd.GeoDataFrame, people: float) -> pd.DataFrame:
    """
    Count places by family, and by whether they are indoors.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`; only those inside the area count. One of several kinds
        counts in the family of the leading one.
    people
        Residents of the area.

    Returns
    -------
    counted
        One row per family, the largest first: `places`, `indoor`, `outdoor`, `both`, and
        `per_thousand` residents, which is `nan` where nobody lives, or a few.

    Examples
    --------
    >>> places = pd.DataFrame(
    ...     {"inside": True, "family": ["park", "park"], "setting": ["outdoor", "both"]})
    >>> by_family(places, 500.0).loc["park", ["places", "outdoor", "per_thousand"]].tolist()
    [2.0, 1.0, 4.0]
    """
    inside = places[places["inside"]]
    counted = pd.crosstab(inside["family"], inside["setting"])
    counted = counted.reindex(columns=["indoor", "outdoor", "both"], fill_value=0)
    counted.insert(0, "places", counted.sum(axis=1))
    counted["per_thousand"] = 1000 * counted["places"] / _shared_by(people)
    return counted.sort_values("places", ascending=False, kind="stable")


def _shared_by(people: float) -> float:
    """Return by how many to share; a rate of a few would tell how many they are."""
    return nan if people < NOBODY or few(people) else people


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Family"),
        say("Places"),
        say("Indoors"),
        say("Outdoors"),
        say("Indoors and outdoors"),
        say("Places per thousand residents"),
    ]


def rows(
    counted: pd.DataFrame, people: float, families: Mapping[str, Family], say: Speaker
) -> list[list[str]]:
    """
    Return a row of texts for each family, and a last one for all of them.

    Parameters
    ----------
    counted, people
        As `by_family` returns it, and what it was given.
    families
        Their labels.
    say
        The language.
    """
    labels = {key: say(one.label) for key, one in families.items()}
    whole = counted.sum().to_frame(say("All")).T
    whole["per_thousand"] = 1000 * whole["places"] / _shared_by(people)
    names = [labels.get(str(key), str(key)) for key in counted.index] + [say("All")]
    figures = pd.concat([counted, whole])
    counts = zip(
        *(figures[key] for key in ("places", "indoor", "outdoor", "both")), strict=True
    )
    return [
        [name, *map(say.number, numbers), _rate(rate, say)]
        for name, numbers, rate in zip(names, counts, figures["per_thousand"], strict=True)
    ]


def _rate(rate: float, say: Speaker) -> str:
    """
    Return a rate to one decimal; what is not nothing is not told as nothing.

    Examples
    --------
    >>> from words import speaker
    >>> [_rate(rate, speaker("en")) for rate in (0.0, 0.04, 0.06)]
    ['0', 'less than 0.1', '0.1']
    """
    if 0 < rate < LEAST_RATE / 2:
        return say("less than {n}", n=say.number(LEAST_RATE, 1))
    return say.number(rate, 1)


def known_from(homes: gpd.GeoDataFrame, say: Speaker) -> list[str]:
    """
    Say whether residents were counted or estimated, and where; no figure is told here.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`.
    say
        The language.
    """
    words = {
        "grid": say("Counted in the cells of a grid, and shared among the homes of each."),
        "zone": say("Counted in zones, and shared among the homes of each."),
        "municipality": say("Counted in the municipality, and shared among its homes."),
        "building": say("Estimated from the buildings: nobody has counted them."),
    }
    there = homes.loc[homes[EVERYBODY] > 0, "basis"].unique()
    return [text for key, text in words.items() if key in there]
