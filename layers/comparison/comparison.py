"""The same question of several areas: figures of each from itself alone, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from geo.bundle import Area
from geo.errors import ExportError
from geo.question import Question
from geo.timetable import OSLO
from layers.comparison.basis import Ground, grounds, notes, remarks
from layers.comparison.rows import rows
from layers.comparison.standing import Offered, Standing, offered, standings
from layers.export.case import Case
from layers.sentences import answered, asked
from layers.source_text import source_text


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """
    What is told of one area; nothing in it depends on which others stand beside it.

    Parameters
    ----------
    area
        Which it is.
    question, asked, group
        What was asked, also in words, and there without a scenario, which is of one area
        only: the area is named so. What the asked group is called.
    sentence
        The answer in words.
    groups, kinds
        How every group and every asked kind of place stands here.
    grounds, notes, sources
        What that rests on: in few words, in sentences, and by source.
    remarks
        How many sentences more, on how the data was put together, are in `tables`.
    tables
        The same as rows of files, by the key of the sheet: see `layers.comparison.rows`.
    day, language
        ISO date of the question in Norway; code of the language of all words.
    """

    area: Area
    question: Question
    asked: str
    group: str
    sentence: str
    groups: tuple[Standing, ...]
    kinds: tuple[Offered, ...]
    grounds: tuple[Ground, ...]
    notes: tuple[str, ...]
    remarks: int
    sources: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    day: str
    language: str

    @property
    def standing(self) -> Standing:
        """How the asked group stands."""
        return {one.key: one for one in self.groups}[self.question.group]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """
    Areas side by side, in the order that they were asked for: never ranked.

    Parameters
    ----------
    areas
        At least one, all asked the same.
    names
        By the code of each area, its name; with its code if another has the same name.
    """

    areas: tuple[Compared, ...]
    names: Mapping[str, str]

    @property
    def first(self) -> Compared:
        """The area that was named first; what was asked is the same of all."""
        return self.areas[0]

    def name(self, one: Compared) -> str:
        """Return what an area is called here."""
        return self.names[one.area.code]


def stands(case: Case) -> Compared:
    """
    Return what a comparison tells of one area.

    Parameters
    ----------
    case
        The question as asked of this area, with its measures. Small compared with the
        area: once it is made, the area may be given back.
    """
    answer, catalogue, say = case.answer, case.catalogue, case.say
    question, area = answer.question, case.bundle.area
    told = answered(answer, catalogue, say, places=case.bundle.places, now=case.now)
    groups, kinds, found = standings(case), offered(case), grounds(case.bundle, say)
    told_beside, found_out = notes(case), remarks(case)
    return Compared(
        area=replace(area, name=case.area_name),
        question=question,
        asked=asked(question.elsewhere(""), catalogue, say, now=case.now),
        group=say(catalogue.groups[question.group].label),
        sentence=told,
        groups=groups,
        kinds=kinds,
        grounds=found,
        notes=told_beside,
        remarks=len(found_out),
        sources=tuple(source_text(one, say) for one in area.sources),
        tables=rows(case, groups, kinds, found, (*told_beside, *found_out)),
        day=case.now.astimezone(OSLO).date().isoformat(),
        language=say.language,
    )


def together(areas: Sequence[Compared]) -> Comparison:
    """
    Set areas side by side.

    Parameters
    ----------
    areas
        As `stands` returns them.

    Raises
    ------
    ExportError
        If there is none, one is there twice, nothing was asked for, or they were not asked
        the same on the same day and in the same language.
    """
    if not areas:
        raise ExportError("Choose at least one area to compare.")
    if not areas[0].question.kinds:
        raise ExportError("Choose at least one kind of meeting place.")
    asked = {(one.question.elsewhere(""), one.day, one.language) for one in areas}
    if len(asked) > 1:
        raise ExportError("Areas can be compared only if all were asked the same question.")
    times = Counter(one.area.code for one in areas)
    twice = [code for code, n in times.items() if n > 1]
    if twice:
        raise ExportError("The area {area} is there twice.", area=twice[0])
    named = Counter(one.area.name for one in areas)
    return Comparison(
        tuple(areas),
        {
            one.area.code: (
                one.area.name
                if named[one.area.name] == 1
                else f"{one.area.name} ({one.area.code})"
            )
            for one in areas
        },
    )


def compared(cases: Sequence[Case]) -> Comparison:
    """
    Compare areas.

    Each area's figures are those of its own bundle alone: they are the same, to the last
    bit, whichever others are there, and in whatever order.

    Parameters
    ----------
    cases
        The same question asked of each area, see `Question.elsewhere`.

    Raises
    ------
    ExportError
        As `together`.
    """
    return together([stands(case) for case in cases])
