"""The prints of an annex: the map of an answer, and small maps of its groups side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from layers.annex.group_maps import group_maps
from layers.circumstances import labels
from layers.export.case import Case
from layers.export.export import Export
from layers.export.ground import around, land
from layers.export.on_screen import on_screen
from layers.naming import either, inside
from layers.paper.labels import of_places
from layers.paper.sheetful import MOST_MAPS, Print, PrintMap
from layers.sentences import answered, asked
from layers.source_text import source_text

SHOWN = ("reach_areas", "spots", "walk_cells", "homes", "place_areas", "places")
"""Sheets that are on the map of an answer, as in the app."""


def answer_print(case: Case, export: Export) -> Print:
    """
    Return a page with the map of an answer.

    Parameters
    ----------
    case, export
        The answer; its layers.
    """
    sentence = _sentence(case)
    whole = PrintMap(
        around(case, export),
        list(on_screen(export, SHOWN).values()),
        land(case),
        of_places(case.answer.places),
        sentence=sentence,
    )
    return _page(case, export, export.title, sentence, (whole,))


def group_prints(case: Case, export: Export) -> tuple[Print, ...]:
    """
    Return pages of small maps: the same question, and the walks of each group.

    Only groups whose people are told of have one; none if fewer than two have. Where they
    are too many for a page, each page begins with everybody, to compare with.

    Parameters
    ----------
    case, export
        The answer, whose conditions hold for every group; its title.
    """
    say, maps = case.say, group_maps(case, export)
    if len(maps) < 2:
        return ()
    everybody, *others = maps
    title = say("{title}, group by group", title=export.title)
    sentence = say("The same question, asked for each group.")
    count = ceil(len(others) / (MOST_MAPS - 1))
    return tuple(
        replace(
            _page(case, export, title, sentence, (everybody, *map(others.__getitem__, some))),
            question=_of_each(case),
        )
        for some in np.array_split(range(len(others)), count)
    )


def pages(case: Case, export: Export) -> tuple[Print, ...]:
    """
    Return the pages of an annex: the map of the answer, and the groups if there are some.

    Parameters
    ----------
    case, export
        The answer; its layers.
    """
    return (answer_print(case, export), *group_prints(case, export))


def _sentence(case: Case) -> str:
    return answered(
        case.answer, case.catalogue, case.say, places=case.bundle.places, now=case.now
    )


def _of_each(case: Case) -> str:
    """Return the question as it was asked of each group, with the pace that holds for all."""
    say, question, catalogue = case.say, case.answer.question, case.catalogue
    own = say("Each group at its own pace")
    pace = say(catalogue.walkers[question.walker].label) if question.walker else own
    kinds, walker = [say(catalogue.kinds[kind].label) for kind in question.kinds], inside(pace)
    places = either([inside(kind) for kind in kinds], say)
    usual = say.many(
        "{n} minute or less on foot to the nearest {kinds}. Walking as: {walker}",
        "{n} minutes or less on foot to the nearest {kinds}. Walking as: {walker}",
        question.minutes,
        kinds=places,
        walker=walker,
    )
    return ". ".join([usual, *labels(question, say, case.now)])


def _page(
    case: Case, export: Export, title: str, sentence: str, maps: Sequence[PrintMap]
) -> Print:
    area = case.bundle.area
    return Print(
        title=title,
        sentence=sentence,
        maker=area.name,
        question=asked(case.answer.question, case.catalogue, case.say, now=case.now),
        sources=[source_text(one, case.say) for one in area.sources],
        maps=maps,
        day=export.day,
        caveats=[case.say(note) for note in area.notes],
    )
