"""An answer as it is taken along: of which area, at which moment, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from geo.answer import Answer
from geo.bundle import Bundle
from geo.catalogue import Catalogue
from geo.figures.figures import Figures
from geo.town import Town
from layers.scenario.edit_words import listed
from layers.scenario.naming import supposed_area
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
    before
        The area without the scenario that was asked about; `None`: the same as `town`.
    """

    answer: Answer
    town: Town
    figures: Figures
    catalogue: Catalogue
    now: datetime
    say: Speaker
    before: Bundle | None = None

    @property
    def bundle(self) -> Bundle:
        """The area's tables."""
        return self.town.bundle

    @property
    def area_name(self) -> str:
        """What the area is called beside others; in a scenario it says so."""
        scenario = self.answer.question.scenario
        return supposed_area(self.bundle.area.name, scenario, self.say)

    def changes(self, say: Speaker) -> list[str]:
        """Return in words what the scenario changes, a line each; nothing if it is of today."""
        scenario = self.answer.question.scenario
        return listed(scenario, self.before or self.bundle, self.catalogue, say)
