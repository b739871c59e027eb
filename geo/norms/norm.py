"""A published norm for how near some place should be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Norm:
    """
    A norm for how near some place should be.

    Parameters
    ----------
    key, label, text, source
        Key in `norms.toml`; what to call it; what it says, in one sentence; where.
    kinds, unless
        Keys of kinds: a place counts if it is of any of `kinds` and none of `unless`.
    min_area_m2
        Smallest ground that counts, in square metres; 0 if any will do.
    limit_m
        Longest walk that meets it, in metres.
    groups
        Keys of the groups it speaks of.
    caveat
        What our figure does not check.
    """

    key: str
    label: str
    text: str
    source: str
    kinds: tuple[str, ...]
    unless: tuple[str, ...]
    min_area_m2: float
    limit_m: float
    groups: tuple[str, ...]
    caveat: str
