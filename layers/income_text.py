"""Incomes crossed with walks, as a table and a sentence: what the map of both says."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from geo.coverage import NOBODY, Reach
from layers.bivariate import income_labels
from words.speaker import Speaker


def headings(say: Speaker) -> list[str]:
    """Return what stands above the columns of `rows`."""
    return [
        say("Income of the area"),
        say("Live here"),
        say("Within reach"),
        say("Beyond reach"),
        say("Share within"),
    ]


def rows(told: Mapping[str, Reach], say: Speaker) -> list[list[str]]:
    """
    Return everybody's reach by income of where they live, a row each, under `headings`.

    Parameters
    ----------
    told
        As `geo.incomes.told_crossed` returns it. Classes in which nobody lives are
        left out.
    say
        The language.

    Examples
    --------
    >>> from math import nan
    >>> from words.speaker import speaker
    >>> told = {"low": Reach(40.0, 30.0, nan), "high": Reach(20.0, nan, nan)}
    >>> for row in rows(told, speaker("en")):
    ...     print(row)
    ['Low income', '40', '30', '10', '75%']
    ['High income', '20', 'Too few to tell', 'Too few to tell', 'Too few to tell']
    """
    labels = income_labels(say) | {"unknown": say("Income unknown")}
    few = say("Too few to tell")
    return [
        [
            labels[key],
            few if isnan(reach.people) else say.people(reach.people),
            *(
                few if isnan(reach.within) else figure
                for figure in (
                    say.people(reach.within),
                    say.people(reach.beyond),
                    say.share(reach.share),
                )
            ),
        ]
        for key, reach in told.items()
        if isnan(reach.people) or reach.people >= NOBODY
    ]


def compared(told: Mapping[str, Reach], within: int, say: Speaker) -> str:
    """
    Say whether residents of low-income areas are within reach as often as others.

    Parameters
    ----------
    told
        As in `rows`.
    within
        The limit in minutes.
    say
        The language.

    Examples
    --------
    >>> from math import nan
    >>> from words.speaker import speaker
    >>> told = {"low": Reach(40.0, 30.0, nan), "high": Reach(20.0, 5.0, nan)}
    >>> compared(told, 10, speaker("en"))[:74]
    'Of the residents of low-income areas 75% have 10 minutes or less on foot; '
    """
    low, high = (told.get(key, Reach(0.0, 0.0, 0.0)) for key in ("low", "high"))
    if any(reach.people < NOBODY for reach in (low, high)):
        return say("No areas of low and of high income can be compared here.")
    if isnan(low.within) or isnan(high.within):
        return say("Too few live in areas of low or of high income to compare them.")
    return say.many(
        "Of the residents of low-income areas {low} have {n} minute or less on foot; of those"
        " of high-income areas, {high}.",
        "Of the residents of low-income areas {low} have {n} minutes or less on foot; of those"
        " of high-income areas, {high}.",
        within,
        low=say.share(low.share),
        high=say.share(high.share),
    )
