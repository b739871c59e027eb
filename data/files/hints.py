"""A guess, how sure it is, and why: what a person is shown before a file is used."""

from __future__ import annotations

from dataclasses import dataclass

from data.files.recipe import Recipe
from geo.errors import Message

SURE = 0.7
"""Below this a guess is a doubt, and is asked about."""


@dataclass(frozen=True, slots=True)
class Hint:
    """
    One thing that was guessed.

    Parameters
    ----------
    about
        Field of the recipe, as `"crs"`; or one of its columns, as `"columns.people"`.
    confidence
        0 to 1.
    reason
        In words.
    """

    about: str
    confidence: float
    reason: Message


@dataclass(frozen=True, slots=True)
class Guess:
    """
    What a file seems to be.

    Examples
    --------
    >>> unsure = Hint("crs", 0.5, Message("The file does not say."))
    >>> [doubt.about for doubt in Guess(Recipe("places", "a.csv"), (unsure,)).doubts]
    ['crs']
    """

    recipe: Recipe
    hints: tuple[Hint, ...] = ()

    @property
    def doubts(self) -> tuple[Hint, ...]:
        """What is not sure, the least sure first."""
        unsure = [hint for hint in self.hints if hint.confidence < SURE]
        return tuple(sorted(unsure, key=lambda hint: hint.confidence))
