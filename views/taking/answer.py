"""An answer as files are made from it: from what is remembered already."""

from __future__ import annotations

from datetime import datetime

from geo.question import Question
from layers.export.case import Case
from layers.export.export import Export, export
from layers.export.measures import with_measures
from views import cached
from views.cached_figures import figured, held
from words import Speaker


def case_of(question: Question, built: str, now: datetime, say: Speaker) -> Case:
    """Return what documents about an answer have to know."""
    return Case(
        cached.answered(question, built, now),
        cached.town(question.area, built),
        figured(question, built, now),
        cached.catalogue(),
        now,
        say,
    )


def export_of(case: Case, *, areas: bool) -> Export:
    """Return all its tables; `areas`: the reach of the places, too."""
    question, built = case.answer.question, case.bundle.area.built
    reach = cached.areas(question, built, case.now) if areas else None
    made = export(
        case.answer, case.bundle, case.catalogue, say=case.say, now=case.now, reach_areas=reach
    )
    norms = held(question.area, built)
    return with_measures(made, case.figures, norms, case.catalogue, case.say)
