"""Small maps of an answer, one for each group: the same question, asked for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from math import isnan

from geo.answer import Answer, answer
from geo.coverage import Reach
from geo.tables import EVERYBODY
from layers import thematic
from layers.export.case import Case
from layers.export.export import Export
from layers.export.ground import around, land
from layers.figure_text import missing, share_text
from layers.layer import Layer
from layers.paper.sheetful import PrintMap
from words import Speaker


def group_maps(case: Case, export: Export) -> tuple[PrintMap, ...]:
    """
    Return a small map for each group that is told of: that of everybody, and then the others.

    None where there is nothing to walk to: all maps would be the same.

    Parameters
    ----------
    case, export
        As in `group_prints`.
    """
    if case.answer.places.empty:
        return ()
    say, shown, below = case.say, around(case, export), land(case)
    return tuple(
        PrintMap(
            shown,
            _walks(one, case),
            below,
            sentence=_within(one.reach[group], say),
            caption=say(case.catalogue.groups[group].label),
        )
        for group, one in sorted(answers(case).items(), key=lambda one: one[0] != EVERYBODY)
    )


def _within(reach: Reach, say: Speaker) -> str:
    """Return which share is within reach, or why that is not told."""
    told = share_text(reach, say)
    untold = missing(reach.people, reach.told.within, say) and not reach.told.band
    return told if untold else say("{share} within reach", share=told)


def answers(case: Case) -> Mapping[str, Answer]:
    """Return the same question answered for each group that is told of."""
    kinds = {key: case.catalogue.kinds[key] for key in case.answer.question.kinds}
    walk = cache(lambda terms: case.town.walk(terms, kinds, case.now))
    known = [
        group
        for group, reach in case.answer.reach.items()
        if group == EVERYBODY or not (isnan(reach.people) or reach.hidden)
    ]
    return {
        group: answer(
            case.town,
            replace(case.answer.question, group=group),
            case.catalogue,
            now=case.now,
            walk=walk,
        )
        for group in known
    }


def _walks(one: Answer, case: Case) -> tuple[Layer, ...]:
    return tuple(
        make(
            case.bundle.homes,
            one.minutes,
            within=one.question.minutes,
            say=case.say,
            certain=one.question.certain,
        )
        for make in (thematic.walk_cells, thematic.walk)
    )
