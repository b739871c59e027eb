"""The rules of `ways.toml`: what a tag of a way, or of a node on it, says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from data.toml_rows import Row, Rule, read

WAYS = Path(__file__).with_name("ways.toml")

COLUMNS = {
    "surface": ("firm", "loose", "rough", "unknown"),
    "wheelchair": ("yes", "no", "unknown"),
    "pram": ("yes", "no", "unknown"),
    "lit": ("yes", "no", "unknown"),
    "winter": ("open", "closed", "unknown"),
    "structure": ("bridge", "tunnel", "ground"),
}
"""What each column may say; the last where no rule fits."""

POSTS = {
    "post_shut": ("yes", "no"),
    "post_wheelchair": ("no", "unknown", "yes"),
    "post_pram": ("no", "unknown", "yes"),
}
"""What a node on a way may say; the last where no rule fits."""

LIMITS = ("width_m", "gentle", "steep")

Tags = Mapping[str, str]
Told = tuple[tuple[str, tuple[Rule, ...]], ...]
"""Answers in the order in which they are tried, each with its rules."""


@cache
def way_rules(path: Path = WAYS) -> dict[str, Told]:
    """
    Return the rules for every column and for what stands on a way.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> way_rules()["lit"][1][0]
    'no'
    """
    file = read(path)
    answers = COLUMNS | POSTS
    file.only(*answers, "limits")
    return {name: _told(file.table(name), known) for name, known in answers.items()}


def _told(section: Row, known: Iterable[str]) -> Told:
    found = []
    for key in section.values:
        row = section.table(key)
        row.only("is", "osm", "why")
        row.text("why")
        found.append((row.one_of("is", tuple(known)), row.rules("osm")))
    return tuple(found)


@cache
def way_limits(path: Path = WAYS) -> dict[str, float]:
    """
    Return the numbers beyond which wheels are not known to pass, or known not to.

    Raises
    ------
    CatalogueError
        As `way_rules`.

    Examples
    --------
    >>> way_limits()["gentle"]
    0.06
    """
    section = read(path).table("limits")
    section.only(*LIMITS)
    found = {}
    for name in LIMITS:
        row = section.table(name)
        row.only("most", "why")
        row.text("why")
        found[name] = row.decimal("most", most=10.0)
    return found


def answer(tags: Tags, name: str) -> str:
    """
    Return what a column says of a way, or of a node that stands on it.

    Parameters
    ----------
    tags
        Of the way or of the node.
    name
        Of `COLUMNS` or `POSTS`.

    Examples
    --------
    >>> answer({"barrier": "stile"}, "post_wheelchair"), answer({"surface": "lava"}, "surface")
    ('no', 'unknown')
    """
    return first_fit(tags, way_rules()[name]) or (COLUMNS | POSTS)[name][-1]


def first_fit(tags: Tags, told: Told) -> str | None:
    """
    Return the answer of the first rules that fit, or `None`.

    A tag of several values, divided by `;`, fits only if the rule names all of them:
    what is partly gravel is not known to be firm.

    Examples
    --------
    >>> rules = (("firm", ({"surface": frozenset({"asphalt", "paved"})},)),)
    >>> first_fit({"surface": "asphalt;paved"}, rules), first_fit({"surface": "mud"}, rules)
    ('firm', None)
    """
    for said, rules in told:
        if any(
            all(k in tags and _all_in(tags[k], good) for k, good in r.items()) for r in rules
        ):
            return said
    return None


def _all_in(text: str, good: frozenset[str]) -> bool:
    return text in good or (
        ";" in text and good.issuperset(value.strip() for value in text.split(";"))
    )
