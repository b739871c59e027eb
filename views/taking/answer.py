"""The answer on screen, as files are made from it: from what is remembered already."""

from __future__ import annotations

from data.catalogue import families
from geo.catalogue import Catalogue
from layers.export.case import Case
from layers.export.export import Export, export
from layers.export.measures import with_measures
from views import cached
from views.asked import Asked
from views.cached_figures import figured, held


def case_of(asked: Asked) -> Case:
    """Return what documents about the answer have to know."""
    question, built, now = asked.question, asked.built, asked.now
    known = asked.catalogue
    catalogue = Catalogue(known.kinds, known.groups, known.walkers, families())
    town = cached.town(question.area, built)
    return Case(asked.answer, town, figured(question, built, now), catalogue, now, asked.say)


def export_of(case: Case, asked: Asked, *, areas: bool) -> Export:
    """Return all its tables; `areas`: the reach of the places, too."""
    question, built, now = asked.question, asked.built, asked.now
    reach = cached.areas(question, built, now) if areas else None
    made = export(
        case.answer, case.bundle, case.catalogue, say=case.say, now=now, reach_areas=reach
    )
    norms = held(question.area, built)
    return with_measures(made, case.figures, norms, case.catalogue, case.say)
