"""Which features of OpenStreetMap an area is built from."""

from __future__ import annotations

from collections.abc import Mapping

from data.backdrop import WHAT, drawn_as
from data.barriers import barrier_of, barrier_tags
from data.matching import feature_tags, kinds_of
from data.squares import is_square

Wanted = dict[str, frozenset[str] | None]


def wanted(tags: Mapping[str, str]) -> bool:
    """
    Tell whether something may be a place, a home, an entrance, a barrier or a backdrop.

    Squares are among them, as land to be crossed.

    Examples
    --------
    >>> wanted({"amenity": "library"}), wanted({"entrance": "main"}), wanted({"shop": "shoes"})
    (True, True, False)
    """
    return bool(
        "entrance" in tags
        or drawn_as(tags)
        or barrier_of(tags)
        or is_square(tags)
        or kinds_of(tags)
    )


def wanted_tags() -> Wanted:
    """
    Return the tags that `wanted` may keep, as a live service has to be asked for them.

    Returns
    -------
    tags
        Per key the values, or `None` for any.

    Examples
    --------
    >>> wanted_tags()["building"] is None, "library" in wanted_tags()["amenity"]
    (True, True)
    """
    asked: Wanted = {"building": None, "entrance": None}
    squares = [("area", frozenset({"yes"})), ("highway", frozenset({"pedestrian"}))]
    drawn = [rule for of in WHAT.values() for rule in of.items()]
    rules = [*feature_tags().items(), *drawn, *barrier_tags().items(), *squares]
    for key, values in rules:
        known = asked.get(key, frozenset())
        asked[key] = None if values is None or known is None else known | values
    return asked
