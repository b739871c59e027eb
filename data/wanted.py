"""Which features of OpenStreetMap an area is built from."""

from __future__ import annotations

from collections.abc import Mapping

from data.backdrop import WHAT, drawn_as
from data.matching import feature_tags, kinds_of

Wanted = dict[str, frozenset[str] | None]


def wanted(tags: Mapping[str, str]) -> bool:
    """
    Tell whether something may be a place, a home, an entrance or a backdrop.

    Examples
    --------
    >>> wanted({"amenity": "library"}), wanted({"entrance": "main"}), wanted({"shop": "shoes"})
    (True, True, False)
    """
    return bool("entrance" in tags or drawn_as(tags) or kinds_of(tags))


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
    rules = [*feature_tags().items(), *(rule for of in WHAT.values() for rule in of.items())]
    for key, values in rules:
        known = asked.get(key, frozenset())
        asked[key] = None if values is None or known is None else known | values
    return asked
