"""Which kinds two sources may call one place by, as `kinds.toml` tells them."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path

from data.catalogue import kinds
from data.toml_rows import rows

KINDS = Path(__file__).with_name("kinds.toml")
SAME, TOGETHER, PARTS, APART = "same", "together", "parts", ""


@cache
def _pairs(path: Path = KINDS) -> dict[str, frozenset[tuple[str, str]]]:
    """Return the pairs of kinds that are the same, found together, and part and whole."""
    found: dict[str, set[tuple[str, str]]] = {SAME: set(), TOGETHER: set(), PARTS: set()}
    for row in rows(path):
        row.only(*found, "why")
        row.text("why")
        for how in row.values.keys() & found:
            named = row.some_of(how, kinds())
            found[how] |= {
                pair for pair in permutations(named, 2) if how != PARTS or pair[1] == named[0]
            }
    return {how: frozenset(pairs) for how, pairs in found.items()}


@lru_cache(maxsize=10_000)
def fit(some: str, others: str) -> str:
    """
    Return whether two places, by their kinds, may be one: `"same"`, `"together"` or `""`.

    Parameters
    ----------
    some, others
        Keys of kinds, joined by `;`.

    Examples
    --------
    >>> fit("school", "schoolyard"), fit("school;library", "library")
    ('same', 'same')
    >>> fit("library", "school"), fit("library", "beach"), fit("", "beach")
    ('together', '', '')
    """
    pairs = {(a, b) for a in some.split(";") for b in others.split(";") if a and b}
    if any(a == b for a, b in pairs) or pairs & _pairs()[SAME]:
        return SAME
    return TOGETHER if pairs & _pairs()[TOGETHER] else APART


def is_part(kind: str, others: str) -> bool:
    """
    Tell whether something of a kind, on the ground of a place, is a part of it.

    Examples
    --------
    >>> is_part("pitch", "sports_centre"), is_part("sports_centre", "pitch")
    (True, False)
    """
    return any((kind, other) in _pairs()[PARTS] for other in others.split(";"))


def one_kind(some: str, others: str) -> bool:
    """
    Tell whether two places share a kind.

    Examples
    --------
    >>> one_kind("school", "library;school"), one_kind("school", "schoolyard")
    (True, False)
    """
    return not set(filter(None, some.split(";"))).isdisjoint(others.split(";"))


def joined(some: str, others: str) -> str:
    """
    Return the kinds of both: the leading one first, the rest in the catalogue's order.

    Examples
    --------
    >>> joined("school", "cafe;library")
    'school;library;cafe'
    """
    lead, *rest = some.split(";")
    order = {key: n for n, key in enumerate(kinds())}
    more = {kind for kind in (*rest, *others.split(";")) if kind and kind != lead}
    return ";".join([lead, *sorted(more, key=lambda kind: (order.get(kind, len(order)), kind))])
