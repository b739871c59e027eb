"""What a report is about: an answer, and what else was worked out of the same question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from geo.answer import Answer, Catalogue, answer
from geo.bundle import Bundle
from geo.figures.figures import Figures, figures
from geo.gaps import gaps, lives_in, within_anyway
from geo.incomes import rank
from geo.tables import EVERYBODY
from geo.town import Town
from layers.report.tree import Picture

DESCRIBED = 3
"""Of so many of the largest gaps it is told what their people can reach anyway."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """
    What a report is about.

    Parameters
    ----------
    answer, bundle, catalogue
        What was asked, of what, and what it is called.
    now
        When it was asked, in some time zone: the date of the report is Norway's.
    country
        `"no"`, `"se"` or `"fi"`: whose acts are spoken of.
    figures
        The measures of the same question; `None` leaves their chapter out.
    minutes
        Everybody's walk on the index of the homes, for the incomes; `None` if unknown.
    anyway
        By key of a gap, what its people reach anyway, as `geo.gaps.within_anyway` tells:
        these gaps are described one by one.
    changes
        What a scenario changes, a line each, in the language of the report.
    """

    answer: Answer
    bundle: Bundle
    catalogue: Catalogue
    now: datetime
    country: str = "no"
    figures: Figures | None = None
    minutes: pd.Series[float] | None = None
    anyway: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    changes: tuple[str, ...] = ()

    @property
    def walked(self) -> pd.Series[float] | None:
        """Everybody's walk, if it is known: the answer's own if everybody was asked about."""
        if self.answer.question.group == EVERYBODY:
            return self.answer.minutes
        return self.minutes

    @property
    def empty(self) -> bool:
        """Whether there is nothing to walk to: nothing was asked for, or nothing counts."""
        return not self.answer.question.kinds or self.answer.places.empty


Pictures = Mapping[str, Picture]
"""Maps of a report by what they show: see `layers.report.report.MAPS`."""


def subject(
    town: Town,
    found: Answer,
    catalogue: Catalogue,
    *,
    now: datetime,
    country: str = "no",
) -> Subject:
    """
    Work out everything that a report of an answer tells.

    Parameters
    ----------
    town, found, catalogue
        The area made ready, the answer, and what questions may speak of.
    now, country
        As in `Subject`.

    Returns
    -------
    subject
        With measures, everybody's walk, and what is within reach of the largest gaps.
        Whoever has some of it at hand makes a `Subject` of that.
    """
    question, bundle = found.question, town.bundle
    bare = Subject(found, bundle, catalogue, now, country)
    if bare.empty:
        return bare
    everybody = replace(question, group=EVERYBODY)
    minutes = bare.walked
    if minutes is None and not bundle.incomes.empty:
        minutes = answer(town, everybody, catalogue, now=now).minutes
    ranks = None if bundle.incomes.empty else rank(bundle.homes, bundle.incomes)
    return replace(
        bare,
        figures=figures(town, question, catalogue, now=now, rank=ranks),
        minutes=minutes,
        anyway=_anyway(town, bare),
    )


def _anyway(town: Town, about: Subject) -> dict[str, dict[str, float]]:
    """Return what half of those in each of the largest gaps have within reach anyway."""
    found, catalogue, homes = about.answer, about.catalogue, town.bundle.homes
    question = found.question
    walker = catalogue.walker_of(question)
    others = {key: kind for key, kind in catalogue.kinds.items() if key not in question.kinds}
    largest = list(gaps(found, homes).items())[:DESCRIBED]
    if not largest:
        return {}
    walks = town.walk(question.terms(walker), others, about.now)
    people = homes[question.group]
    return {
        key: within_anyway(
            walks,
            walker,
            people.where(lives_in(gap, found, homes), 0.0),
            within=question.minutes,
        )
        for key, gap in largest
    }
