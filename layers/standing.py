"""Who is best off and who is worst, as far as what is told makes sure."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from geo.between import Pair
from geo.coverage import NOBODY, Reach
from layers.telling import share_ends


def ends(reach: Reach) -> Pair | None:
    """
    Return between which whole per cent the share of those within lies, as far as is told.

    Returns
    -------
    ends
        As shares; both the same where it is exact. `None` if it is hidden or unknown,
        or if there is nobody.

    Examples
    --------
    >>> from geo.between import Band
    >>> ends(Reach(40.0, 25.0, 0.0)), ends(Reach(40.0, 37.0, 0.0))
    ((0.62, 0.62), None)
    >>> ends(Reach(50.0, 31.0, 0.0, Band((28.0, 33.0), (17.0, 22.0))))
    (0.56, 0.66)
    """
    told = reach.told
    if reach.hidden or reach.people < NOBODY:
        return None
    if told.band is not None and not isnan(told.band.share[0]):
        return share_ends(told.band.share)
    if isnan(told.share) or told.band is not None:
        return None
    whole = round(100 * told.share) / 100
    return whole, whole


def best_and_worst(known: Mapping[str, Pair]) -> tuple[list[str], list[str]]:
    """
    Tell who is surely best off, and who surely worst.

    Parameters
    ----------
    known
        By group, between what its share lies, as `ends` returns it.

    Returns
    -------
    best, worst
        Several groups if they are alike; none where what they lie between overlaps, so
        that nobody knows.

    Examples
    --------
    >>> best_and_worst({"a": (0.9, 0.9), "b": (0.9, 0.9), "c": (0.4, 0.6), "d": (0.5, 0.5)})
    (['a', 'b'], [])
    """
    most = max((low for low, _ in known.values()), default=0.0)
    least = min((high for _, high in known.values()), default=0.0)

    def others(key: str) -> list[Pair]:
        return [pair for other, pair in known.items() if other != key]

    best = [
        key
        for key, (low, _) in known.items()
        if low >= most and all(low >= high for _, high in others(key))
    ]
    worst = [
        key
        for key, (_, high) in known.items()
        if high <= least and all(high <= low for low, _ in others(key))
    ]
    return best, worst
