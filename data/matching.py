"""What a feature of OpenStreetMap is: kinds of place, or something to walk on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from data.catalogue import kinds, never, path_rules
from data.toml_rows import Rule

ANY = "*"
Tags = Mapping[str, str]


def kinds_of(tags: Tags) -> tuple[str, ...]:
    """
    Return the keys of all kinds that a feature is, the leading one first.

    Parameters
    ----------
    tags
        As mapped; several values of one tag are divided by `;`.

    Returns
    -------
    kinds
        Empty if the feature is no meeting place, or is ruled out.

    Examples
    --------
    >>> kinds_of({"amenity": "school;library", "name": "Vik"})
    ('library', 'school')
    >>> kinds_of({"amenity": "library", "access": "private"})
    ()
    """
    starts, found = _starts(), set()
    for tag, text in tags.items():
        if rules := starts.get(tag):
            for value in (*_values(text), ANY):
                found |= {order for order, rule in rules.get(value, ()) if _has(tags, rule)}
    if not found or _ruled_out(tags, never()):
        return ()
    known = tuple(kinds().values())
    return tuple(known[n].key for n in sorted(found) if not _ruled_out(tags, known[n].unless))


def is_walkable(tags: Tags) -> bool:
    """
    Tell whether people on foot may use a way, by `paths.toml`.

    Examples
    --------
    >>> is_walkable({"highway": "cycleway"}), is_walkable({"highway": "motorway"})
    (True, False)
    >>> is_walkable({"highway": "service", "access": "private", "foot": "yes"})
    True
    """
    rules = path_rules()
    if not any(_has(tags, rule) for rule in (*rules["walkable"], *rules["allowed"])):
        return False
    if _ruled_out(tags, rules["never"]):
        return False
    opened = any(_has(tags, rule) for rule in rules["opened"])
    return opened or not _ruled_out(tags, rules["closed"])


@cache
def feature_tags() -> dict[str, frozenset[str] | None]:
    """
    Return the tags, and their values, that every possible place has one of.

    A value of `None` stands for all values. Nobody may change the answer.

    Examples
    --------
    >>> "library" in feature_tags()["amenity"]
    True
    """
    return {tag: None if ANY in rules else frozenset(rules) for tag, rules in _starts().items()}


@cache
def _starts() -> dict[str, dict[str, list[tuple[int, Rule]]]]:
    """Return rules, with their kind's place in the order, by their first tag and value."""
    starts: dict[str, dict[str, list[tuple[int, Rule]]]] = {}
    for order, kind in enumerate(kinds().values()):
        for rule in kind.osm:
            tag, values = next(iter(rule.items()))
            for value in values:
                starts.setdefault(tag, {}).setdefault(value, []).append((order, rule))
    return starts


def _has(tags: Tags, rule: Rule) -> bool:
    """Tell whether every tag of a rule has one of the values that will do."""
    return all(
        tag in tags and (ANY in good or not good.isdisjoint(_values(tags[tag])))
        for tag, good in rule.items()
    )


def _ruled_out(tags: Tags, rules: Iterable[Rule]) -> bool:
    """Tell whether a feature has no value beside those of one of the rules."""
    return any(
        all(
            tag in tags and (ANY in bad or bad.issuperset(_values(tags[tag])))
            for tag, bad in rule.items()
        )
        for rule in rules
    )


def _values(text: str) -> tuple[str, ...]:
    """
    Return the values of one tag.

    Examples
    --------
    >>> _values("soccer; basketball;")
    ('soccer', 'basketball')
    """
    if ";" not in text:
        return (text,)
    return tuple(value.strip() for value in text.split(";") if value.strip())
