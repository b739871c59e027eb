"""Who can walk to each place: people of every group, as far as it may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose, isnan, nan

import numpy as np
import pandas as pd

from geo.answer import Catalogue
from geo.between import Band
from geo.company import among
from geo.coverage import Reach
from geo.figures.meetings import CHILDREN, OLDER
from geo.figures.walked import walked
from geo.paths.network import Bools, Floats
from geo.question import Question
from geo.tables import LOW_INCOME_AREAS
from geo.times import Times
from geo.town import Sides, Town

ASKED = "group"
"""The key of whoever the question is about, among those who may meet."""

MEETING: Mapping[str, tuple[str, ...]] = {
    "children": CHILDREN,
    "youth": ("youth",),
    "older": OLDER,
    LOW_INCOME_AREAS: (LOW_INCOME_AREAS,),
}
"""Who is asked for by name, besides: groups that exclude each other, and count together."""


def visitors(
    town: Town, question: Question, catalogue: Catalogue, rows: Bools, *, side: Sides
) -> list[dict[str, Reach]]:
    """
    Tell for each place who can walk there, as if it were the only one.

    Parameters
    ----------
    town, catalogue
        Where, and what there is.
    question
        Minutes, walkers and the state of the ways; its kinds and moment do not matter.
    rows
        Which places, by row of the bundle's places.
    side
        `town.side`, or what remembers it.

    Returns
    -------
    visitors
        For each of these places, by group: who is within the minutes of it, with what
        is withheld for the sake of a few others, see `geo.company.among`. `cut_off` is
        not looked for, and 0.
    """
    walkers = {key: catalogue.walker_of(question, key) for key in catalogue.groups}
    ways = walked(town, question, walkers, rows, side)
    homes = town.bundle.homes
    rough = town.bands
    by_group = {}
    for key, way in ways.items():
        people = homes[key].to_numpy(dtype=float)
        ends = _ends(way.times, rough[key]) if key in rough else [None] * int(rows.sum())
        within = way.times.by_place(people)
        by_group[key] = [
            Reach(float(people.sum()), float(near), 0.0, band)
            for near, band in zip(within, ends, strict=True)
        ]
    return [among({key: of[n] for key, of in by_group.items()}) for n in range(int(rows.sum()))]


def _ends(times: Times, band: tuple[Floats, Floats]) -> list[Band | None]:
    """Return between what the people of each place lie; `None` where all is exact."""
    low, high = (times.by_place(end) for end in band)
    least, most = (float(end.sum()) for end in band)
    found: list[Band | None] = []
    for near, far in zip(low.tolist(), high.tolist(), strict=True):
        ends = (near, far, least - near, most - far)
        sure = isclose(near, far, abs_tol=1e-9) and isclose(*ends[2:], abs_tol=1e-9)
        found.append(None if sure or any(map(isnan, ends)) else Band(ends[:2], ends[2:]))
    return found


def told(
    places: Sequence[Mapping[str, Reach]], meet: str, question: Question
) -> pd.Series[float]:
    """
    Return how many of some people can walk to each place; `nan` where it is not told.

    Parameters
    ----------
    places
        As `visitors` returns them.
    meet
        `ASKED`, or a key of `MEETING`. Of several groups together nothing is told if it
        is not of each: else the difference would tell.
    question
        Whose group `ASKED` is.

    Examples
    --------
    >>> met = {"young_children": Reach(90.0, 30.0, 0.0), "youth": Reach(50.0, 12.0, 0.0),
    ...        "school_children": Reach(9.0, 6.0, 0.0)}
    >>> asked = Question("x", (), "youth")
    >>> [told([met], who, asked).tolist() for who in ("group", "children")]
    [[12.0], [nan]]
    """
    groups = MEETING.get(meet, (question.group,))
    return pd.Series([_together([met[key] for key in groups]) for met in places], dtype=float)


def _together(parts: Sequence[Reach]) -> float:
    return (
        nan
        if any(part.hidden for part in parts)
        else float(np.sum([part.told.within for part in parts]))
    )
