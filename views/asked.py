"""What a page about a question is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from geo.question import Question
from views import cached
from words import Speaker


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """
    A question about an area, and what belongs to it on every page.

    Parameters
    ----------
    question, bundle
        What is asked, and the area it is asked of.
    catalogue
        Kinds, groups and walkers.
    say
        The language.
    now
        When it is asked, as `cached.asked_at` tells it.
    """

    question: Question
    bundle: Bundle
    catalogue: Catalogue
    say: Speaker
    now: datetime

    @property
    def built(self) -> str:
        """When the area was built: part of the key of all that is remembered of it."""
        return self.bundle.area.built

    @property
    def answer(self) -> Answer:
        """The answer, remembered for all sessions."""
        return cached.answered(self.question, self.built, self.now)
