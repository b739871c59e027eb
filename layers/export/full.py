"""All tables of an answer, for commands: asked, measured and held against the norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from geo.answer import answer
from geo.areas.reachable import reachable
from geo.bundle import Bundle
from geo.catalogue import Catalogue
from geo.errors import QuestionError
from geo.figures.figures import figures
from geo.incomes import rank
from geo.norms.norm_walks import hold
from geo.norms.norms import Norm
from geo.question import Question
from geo.scenario.applying import prepared
from geo.scenario.scenario import TODAY
from geo.scenario.standing import standing
from geo.town import prepare
from layers.export.brought import with_difference
from layers.export.case import Case
from layers.export.changes import with_changes
from layers.export.export import Export, export
from layers.export.measures import with_measures
from words import Speaker


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """
    What lies ready whatever is asked.

    Parameters
    ----------
    catalogue
        Kinds, groups and walkers.
    norms
        All norms, by key.
    """

    catalogue: Catalogue
    norms: Mapping[str, Norm]


def full_export(
    question: Question,
    bundle: Bundle,
    desk: Desk,
    *,
    say: Speaker,
    now: datetime,
    areas: bool = False,
) -> tuple[Case, Export]:
    """
    Answer a question and return all that files are made from.

    Parameters
    ----------
    question, bundle, desk
        What is asked, of which area; what things are called.
    say
        The language of the files.
    now
        When it is asked: the same moment gives the same figures.
    areas
        Whether to work out the reach of the places as areas, too.

    Raises
    ------
    QuestionError
        If it speaks of what does not exist, or of no kind of place.
    """
    if not question.kinds:
        raise QuestionError("Choose at least one kind of meeting place.")
    catalogue = desk.catalogue
    town = prepared(bundle, question.scenario, catalogue.kinds)
    found = answer(town, question, catalogue, now=now)
    reach = reachable(town, question, catalogue, now=now) if areas else None
    made = export(found, town.bundle, catalogue, say=say, now=now, reach_areas=reach)
    order = rank(town.bundle.homes, town.bundle.incomes)
    measured = figures(town, question, catalogue, now=now, rank=order)
    whole = with_measures(made, measured, hold(town, desk.norms), catalogue, say)
    case = Case(found, town, measured, catalogue, now, say, bundle)
    return case, _brought(with_changes(whole, case), case, bundle)


def _brought(whole: Export, case: Case, bundle: Bundle) -> Export:
    """Return an export that tells what a scenario brings, if one was asked about."""
    question, catalogue, now = case.answer.question, case.catalogue, case.now
    if not question.scenario:
        return whole
    town = prepare(bundle)
    today = answer(town, replace(question, scenario=TODAY), catalogue, now=now)
    before = standing(town, today, catalogue, now=now)
    after = standing(case.town, case.answer, catalogue, now=now)
    return with_difference(whole, before, after, catalogue, case.say)
