"""An answer as it is taken along: of which area, at which moment, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from geo.answer import Answer
from geo.bundle import Bundle
from geo.catalogue import Catalogue
from geo.figures.figures import Figures
from geo.town import Town
from words import Speaker


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """
    What documents about an answer have to know.

    Parameters
    ----------
    answer
        With the question it answers.
    town
        The area that was asked about, made ready.
    figures
        The measures of the same question.
    catalogue
        What kinds, groups and walkers are called.
    now
        When it was asked, in some time zone.
    say
        The reader's language.
    """

    answer: Answer
    town: Town
    figures: Figures
    catalogue: Catalogue
    now: datetime
    say: Speaker

    @property
    def bundle(self) -> Bundle:
        """The area's tables."""
        return self.town.bundle
