"""
What somebody with a pencil finds out: figures that are not told, from those that are.

Known and accepted, and not looked for here: the same question asked twice, of two
walkers, two limits, two moments or two sets of kinds. Each answer hides its own few, but
what is between two answers may be a few. Whoever may ask has the figures at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan
from types import SimpleNamespace

import pandas as pd
import pytest

from geo.coverage import Reach
from geo.figures.meetings import CHILDREN, OLDER
from geo.incomes import crossed, told_crossed
from geo.tables import AGES, EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS
from tests.few_doors import Asked
from tests.page import column
from tests.towns import catalogue
from views import tables
from words import Speaker

PARTS = ("people", "within", "beyond", "cut_off")
INCOME_GROUPS = (LOW_INCOME, LOW_INCOME_AREAS)
"""They walk as everybody does."""


def small(people: float) -> bool:
    """Tell whether so many are one to four, in a town of whole people."""
    return 1 <= round(people, 6) <= 4 if not isnan(people) else False


def found(made: Asked, told: Mapping[str, Reach] | None = None) -> list[str]:
    """Return every few that can be worked out from an export, and what is beside it."""
    return [
        *_directly(made),
        *_of_ages(made),
        *_of_one_group(made),
        *_of_cells(made),
        *_of_settings(made),
        *_of_meetings(made),
        *_of_norms(made),
        *_of_bands(made),
        *_of_kinds(made),
        *_of_incomes(made, told),
    ]


def _directly(made: Asked) -> Iterator[str]:
    for name, heading, number in numbers(made):
        if heading in PEOPLE and small(number):
            yield f"{name}.{heading} tells {number}"


PEOPLE = {
    *PARTS,
    *(f"{part}_{end}" for part in ("within", "beyond") for end in ("low", "high")),
    *("children", "older", "people_beyond"),
    *("within_before", "within_after", "gains", "loses", "newcomers", "newcomers_within"),
    *(f"{part}_{end}" for part in ("gains", "loses") for end in ("low", "high")),
}
"""Columns that count people."""

OTHER = {
    *("minutes", "area_m2", "lon", "lat", "limit_m", "min_area_m2"),  # of ground and time
    *("places", "places_weighted", "places_per_thousand", "places_of_unknown_size", "sorts"),
    *("half_min", "nine_in_ten_min", "third_nearest_min"),
    *("share_percent", "gap_points", "share_low_percent", "share_high_percent"),
    *("indoors_percent", "outdoors_percent", "only_outdoors_percent"),
    *("residents_percent", "buildings_percent"),
    *("evenness", "likeness", "value", "people_share", "weighted"),
    *("inside", "steps", "way", "length_m", "incline_percent", "from_minutes", "rows"),
    *("number", "before_min", "after_min", "share_before_percent", "share_after_percent"),
}
"""Columns of numbers that count nobody."""


def numbers(made: Asked) -> Iterator[tuple[str, str, float]]:
    """Return every number of every table of an export: table, column, number."""
    for sheet in made.export.sheets:
        for name in sheet.columns:
            if pd.api.types.is_numeric_dtype(sheet.table[name]):
                for number in sheet.table[name].dropna():
                    yield sheet.key, name, float(number)


def _groups(made: Asked) -> pd.DataFrame:
    return made.export.sheet("groups").table


def _comparable(made: Asked, part: str) -> bool:
    """Tell whether all groups walk alike, so that theirs add up to everybody's."""
    return part == "people" or bool(made.answer.question.walker)


def _of_ages(made: Asked) -> Iterator[str]:
    """Take the ages that are told from all residents."""
    groups = _groups(made)
    ages = groups.loc[list(AGES)]
    for part in PARTS:
        if _comparable(made, part):
            rest = groups.loc[EVERYBODY, part] - ages[part].sum()
            if small(rest):
                yield f"groups: ages that are not told have {rest} {part}"
    sheet = made.export.sheet("measures").table.set_index("key")
    rest = sheet.loc[EVERYBODY, "people"] - sheet.loc[list(AGES), "people"].sum()
    if small(rest):
        yield f"measures: ages that are not told have {rest} people"


def _of_one_group(made: Asked) -> Iterator[str]:
    """Take a part of a group from it, and a group from all residents."""
    groups = _groups(made)
    every = groups.loc[EVERYBODY]
    for key, row in groups.iterrows():
        if small(row["beyond"] - row["cut_off"]):
            yield f"groups: {key}: beyond, but with a way"
        if isnan(every["share_percent"]) and not isnan(row["gap_points"]):
            yield f"groups: {key}: a gap to a share that is not told"
        for part in PARTS:
            alike = _comparable(made, part) or key in INCOME_GROUPS
            if alike and small(every[part] - row[part]):
                yield f"groups: all but {key} have {part}"


def _of_cells(made: Asked) -> Iterator[str]:
    """Take the cells that are told from all who live beyond."""
    of = _groups(made).loc[made.answer.question.group]
    cells, hot = (made.export.sheet(key).table for key in ("spots", "gathered"))
    total = of["people"] - of["within"] if not isnan(of["within"]) else of["people"]
    if small(total - cells["people"].sum()):
        yield "spots: in cells that are not told, or within"
    told = dict(zip(cells.geometry.to_wkb(), cells["people"], strict=True))
    for shape, people in zip(hot.geometry.to_wkb(), hot["people"], strict=True):
        if isnan(told[shape]) and not isnan(people):
            yield "gathered: a cell that the spots do not tell"


def _of_settings(made: Asked) -> Iterator[str]:
    """Take those with somewhere indoors, outdoors, or only outdoors from one another."""
    names = ("indoors", "outdoors", "only_outdoors")
    sheet = made.export.sheet("measures").table.set_index("key")
    shown = sheet[[f"{name}_percent" for name in names]].notna().all(axis=1)
    has = {}
    for key, access in made.figures.access.items():
        indoors, outdoors, only = (getattr(access, name).within for name in names)
        both = outdoors - only
        has[key] = (
            indoors,
            outdoors,
            only,
            both,
            indoors - both,
            access.people - indoors - only,
        )
        if shown[key] and any(map(small, has[key])):
            yield f"measures: settings of {key}: {has[key]}"
    if made.answer.question.walker and shown[EVERYBODY]:
        for n, whole in enumerate(has[EVERYBODY]):
            rest = whole - sum(has[key][n] for key in AGES if shown[key])
            if small(rest):
                yield f"measures: settings of ages that are not told: {rest}"


def _of_meetings(made: Asked) -> Iterator[str]:
    """Take those who can meet in a place from all, and children and older from them."""
    groups, table = (made.export.sheet(key).table for key in ("groups", "meetings"))
    wholes = {
        "people": groups.loc[EVERYBODY, "people"],
        "children": groups.loc[list(CHILDREN), "people"].sum(skipna=False),
        "older": groups.loc[list(OLDER), "people"].sum(skipna=False),
    }
    for key, row in table.iterrows():
        for part, whole in wholes.items():
            if small(whole - row[part]):
                yield f"meetings: {part} who cannot come to {key}"
        if small(row["people"] - row["children"] - row["older"]):
            yield f"meetings: neither children nor older at {key}"
    if len(table) == 1:  # then who can come is who is within reach
        yield from _of_the_only_meeting(groups["within"], table.iloc[0])


def _of_the_only_meeting(within: pd.Series[float], row: pd.Series[float]) -> Iterator[str]:
    rest = row["people"] - row["children"] - row["older"]
    parts = ((row["children"], CHILDREN), (row["older"], OLDER), (rest, ("youth", "adults")))
    for part, ages in parts:
        for age in ages:
            if small(part - within[age]):
                yield f"meetings: {ages}, but {age}"


def _of_norms(made: Asked) -> Iterator[str]:
    """Take those of whom something is told elsewhere from those a norm speaks of."""
    people = _groups(made)["people"]
    sheet = made.export.sheet("norms").table.set_index("norm")
    for key, held in made.held.items():
        about, every = held.measured.about, held.measured.reach[EVERYBODY]
        told = sheet.loc[key]
        if isnan(told["share_percent"]) or isnan(about.people):
            continue
        if not isnan(told["residents_percent"]) and (
            small(every.within - about.within) or small(every.beyond - about.beyond)
        ):
            yield f"norms: {key}: others than those it speaks of"
        groups = held.measured.norm.groups
        others = [age for age in AGES if age not in groups]
        if groups != (EVERYBODY,) and told["share_percent"] < 100:
            for some, whole in (
                (list(groups), about.people),
                (others, every.people - about.people),
            ):
                if small(whole - people[some].sum()):
                    yield f"norms: {key}: people of {some} that are not told"


def _of_bands(made: Asked) -> Iterator[str]:
    """Take one end of what a number lies between from the other, and that from all."""
    groups = _groups(made)
    every = groups.loc[EVERYBODY]
    for key, row in groups.iterrows():
        for part in ("within", "beyond"):
            low, high = row[f"{part}_low"], row[f"{part}_high"]
            if small(high - low):
                yield f"groups: {key}: between {low} and {high} {part}"
            if key in INCOME_GROUPS and small(every[part] - high):
                yield f"groups: all but at most {high} {key} have {part}"


def _of_kinds(made: Asked) -> Iterator[str]:
    """Take those who reach one kind from those who reach any."""
    rows, question = _shown_kinds(made), made.answer.question
    within = _groups(made).loc[question.group, "within"]
    if any(small(within - one) for one in rows):
        yield "kinds: within reach of others only"
    if len(rows) == 2 and small(sum(rows) - within):
        yield "kinds: within reach of both"
    if any(map(small, rows)):
        yield "kinds: within reach of one"


def _shown_kinds(made: Asked) -> list[float]:
    """Return what the page tells of each kind alone; `nan` for what it does not."""
    said: list[str] = []
    page = SimpleNamespace(html=said.append)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "st", page)
        patch.setattr(tables, "table", lambda headings, rows, **_: list(rows))
        tables.kinds(made.answer, catalogue(), _digits())
    return [
        float(cell) if cell.isdigit() else float("nan") for cell in column([[], *said[0]], 2)
    ]


def _digits() -> Speaker:
    from words import speaker  # noqa: PLC0415

    return speaker("en")


def _of_incomes(made: Asked, told: Mapping[str, Reach] | None) -> Iterator[str]:
    """Take the classes of income that are told from all; the low are told as a group, too."""
    known, question = made.known, made.answer.question
    if known.incomes.empty or question.group != EVERYBODY:
        return
    if told is None:
        walks = made.answer.minutes
        told = told_crossed(crossed(known.homes, known.incomes, walks, within=question.minutes))
    groups = _groups(made)
    for part in ("people", "within", "beyond"):
        shown = {key: getattr(reach, part) for key, reach in told.items()}
        for low in (shown["low"], groups.loc[LOW_INCOME_AREAS, part]):
            classes = pd.Series(shown | {"low": low})
            if small(groups.loc[EVERYBODY, part] - classes.sum()):
                yield f"incomes: classes that are not told have {part}"
