"""What if: a named list of edits, applied to the inputs; nothing is ever patched in results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from geo.scenario.edits import Edit


@dataclass(frozen=True, slots=True)
class Scenario:
    """
    A list of edits, made in their order.

    Parameters
    ----------
    edits
        What is changed.
    name
        What it is called, or `""`. It changes no figure.

    Examples
    --------
    >>> from geo.scenario.edits import Close
    >>> shut = Scenario().then(Close("w1")).then(Close("w2"))
    >>> shut.without(1) == Scenario((Close("w2"),)), bool(Scenario())
    (True, False)
    """

    edits: tuple[Edit, ...] = ()
    name: str = ""

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return bool(self.edits)

    @property
    def before_last(self) -> Self:
        """The same without its last edit, and without its name."""
        return type(self)(self.edits[:-1])

    def then(self, *edits: Edit) -> Self:
        """Return the scenario with more edits."""
        return replace(self, edits=(*self.edits, *edits))

    def without(self, number: int) -> Self:
        """Return the scenario without one of its edits, counted from 1."""
        return replace(
            self, edits=tuple(one for n, one in enumerate(self.edits, 1) if n != number)
        )


TODAY = Scenario()
"""Nothing is changed."""
