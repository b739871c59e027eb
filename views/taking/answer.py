"""An answer as files are made from it: from what is remembered already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from geo.question import Question
from geo.scenario.scenario import TODAY
from layers.export.brought import with_difference
from layers.export.case import Case
from layers.export.changes import with_changes
from layers.export.export import Export, export
from layers.export.measures import with_measures
from views import cached
from views.cached_figures import figured, held
from views.whatif.remembered import stands
from words import Speaker


def case_of(question: Question, built: str, now: datetime, say: Speaker) -> Case:
    """Return what documents about an answer have to know."""
    return Case(
        cached.answered(question, built, now),
        cached.town(question.area, built, question.scenario),
        figured(question, built, now),
        cached.catalogue(),
        now,
        say,
        cached.town(question.area, built).bundle,
    )


def export_of(case: Case, *, areas: bool) -> Export:
    """Return all its tables; `areas`: the reach of the places, too."""
    question, built = case.answer.question, case.bundle.area.built
    reach = cached.areas(question, built, case.now) if areas else None
    made = export(
        case.answer, case.bundle, case.catalogue, say=case.say, now=case.now, reach_areas=reach
    )
    norms = held(question.area, built, question.scenario)
    whole = with_measures(made, case.figures, norms, case.catalogue, case.say)
    whole = with_changes(whole, case)
    if not question.scenario:
        return whole
    before = stands(replace(question, scenario=TODAY), built, case.now)
    after = stands(question, built, case.now)
    return with_difference(whole, before, after, case.catalogue, case.say)
