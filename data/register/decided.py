"""What somebody has decided about a row of a register: the value, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.errors import Message

SAME, OWN, OUT = "same_as", "own_place", "leave_out"
WHAT = (SAME, OWN, OUT)
"""It is the place named; it is a place of its own; it is to be left out."""

Key = tuple[str, str]
"""Source, and the source's own number."""


@dataclass(frozen=True, slots=True)
class Decision:
    """
    One decision about one row of a register.

    Parameters
    ----------
    source, ref
        Which row.
    what
        One of `WHAT`.
    place
        The place it is, if it is one that is known; else `""`.
    date
        When it was decided: ISO date.
    note
        Why, if somebody said so.
    """

    source: str
    ref: str
    what: str
    place: str = ""
    date: str = ""
    note: str = ""

    @property
    def key(self) -> Key:
        """Which row it is about."""
        return self.source, self.ref


Decisions = Mapping[Key, Decision]


def unheard(
    decisions: Decisions, rows: Iterable[Key], places: Iterable[str]
) -> tuple[Message, ...]:
    """
    Say which decisions find nothing to decide about; they are kept all the same.

    Parameters
    ----------
    decisions
        As `read` returns them.
    rows, places
        The rows and the ids of places that there are now.

    Examples
    --------
    >>> told = {("own", "7"): Decision("own", "7", SAME, "w1")}
    >>> [str(message) for message in unheard(told, [("own", "7")], ["w2"])]
    ['The place w1 that row 7 of own was said to be is no longer there: decide again.']
    """
    known, there, said = set(rows), set(places), []
    for (source, ref), decision in decisions.items():
        values = {"source": source, "ref": ref}
        if (source, ref) not in known:
            text = "Row {ref} of {source}, which was decided about, is no longer there."
            said.append(Message(text, values))
        elif decision.what == SAME and decision.place not in there:
            text = (
                "The place {place} that row {ref} of {source} was said to be is no longer"
                " there: decide again."
            )
            said.append(Message(text, values | {"place": decision.place}))
    return tuple(said)
