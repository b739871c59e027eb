"""In what areas are not alike, so that a difference in figures may be one of the data."""

from __future__ import annotations

from layers.comparison.comparison import Comparison
from words import Speaker


def unlike(comparison: Comparison, say: Speaker) -> tuple[str, ...]:
    """
    Say what the figures of some areas rest on and those of others do not.

    Parameters
    ----------
    comparison
        Areas side by side.
    say
        The language it was made in.

    Returns
    -------
    sentences
        One for each thing that is not the same everywhere; none if all are alike.
    """
    told = []
    for n, ground in enumerate(comparison.first.grounds):
        who: dict[str, list[str]] = {}
        for one in comparison.areas:
            who.setdefault(one.grounds[n].told, []).append(comparison.name(one))
        if ground.differs and len(who) > 1:
            parts = "; ".join(f"{text} ({', '.join(names)})" for text, names in who.items())
            told.append(say("{what}: {told}.", what=ground.label, told=parts))
    return tuple(told)
