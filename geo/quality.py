"""How good the data about places is: what each kind tells, how old it is, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import Message
from geo.model import Kind
from geo.question import Question

OSM = "osm"
"""Key of the map among the sources of a place; all others are registers."""

LEAST_TOLD = 0.5
"""A figure that asks for hours or access is thin where fewer places than this tell them."""

LEAST_COVERED = 0.8
"""A kind is thin where the map has a smaller share of what the registers have."""

OLD_YEARS = 4.0
"""A kind is thin where half of its places were last edited longer ago."""

DAYS_PER_YEAR = 365.25


def quality(
    places: gpd.GeoDataFrame,
    register: gpd.GeoDataFrame,
    kinds: Mapping[str, Kind],
    *,
    land: gpd.GeoDataFrame,
    today: date,
) -> pd.DataFrame:
    """
    Measure what is known of the places of each kind.

    Parameters
    ----------
    places, register
        As `geo.tables.PLACES` and `REGISTER`. Only what is inside the area counts.
    kinds
        Those to measure, by key. A place of several counts in each.
    land
        The area, as `geo.tables.BOUNDARY`.
    today
        Ages are counted to this day.

    Returns
    -------
    quality
        One row per kind that the places or the register have. `places`: how many.
        `named`, `hours`, `wheelchair`: shares that tell their name, opening hours
        (`nan` for kinds that are always open) and step-free access. `edited`: the
        newest edit, ISO date or `""`; `age_years`: the median age of the last edit,
        `nan` if no edit is known. `official`: rows of registers of that kind;
        `covered`: the share of them that the map has as well, `nan` without any.

    Examples
    --------
    >>> from geo.tables import BOUNDARY, PLACES, REGISTER
    >>> none, register, land = (one.none("EPSG:25833") for one in (PLACES, REGISTER, BOUNDARY))
    >>> quality(none, register, {}, land=land, today=date(2026, 1, 1)).empty
    True
    """
    inside = places[places["inside"]]
    of = inside["kinds"].str.split(";")
    known = register[_counted(register) & register.intersects(land.union_all())]
    rows = {}
    for key, kind in kinds.items():
        some = inside[np.array([key in each for each in of], dtype=bool)]
        official = known[known["kind"] == key]
        if len(some) or len(official):
            rows[key] = _row(some, official, places, kind, today)
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(_COLUMNS))


_COLUMNS = (
    *("places", "named", "hours", "wheelchair"),
    *("edited", "age_years", "official", "covered"),
)


def _counted(register: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Tell which rows are of a register, and were not left out by somebody."""
    counted: pd.Series[bool] = register["source"].ne(OSM) & register["status"].ne("left_out")
    return counted


def _row(
    some: gpd.GeoDataFrame,
    official: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    kind: Kind,
    today: date,
) -> tuple[object, ...]:
    sources = places["sources"].reindex(official["place_id"]).fillna("").str.split(";")
    edited = pd.to_datetime(some["updated"].replace("", None)).dropna()
    age_days = (pd.Timestamp(today) - edited).dt.days
    return (
        len(some),
        _share(some["name"] != ""),
        np.nan if kind.hours == "always" else _share(some["opening_hours"] != ""),
        _share(some["wheelchair"] != ""),
        edited.max().date().isoformat() if len(edited) else "",
        age_days.median() / DAYS_PER_YEAR if len(edited) else np.nan,
        len(official),
        _share(pd.Series([OSM in each for each in sources], dtype=bool)),
    )


def _share(told: pd.Series[bool]) -> float:
    return float(told.mean()) if len(told) else np.nan


def doubts(
    quality: pd.DataFrame, question: Question, kinds: Mapping[str, Kind], *, wheels: bool
) -> tuple[Message, ...]:
    """
    Say where an answer rests on thin data.

    Parameters
    ----------
    quality
        As `quality` returns it.
    question
        Decides which kinds matter, and whether hours do.
    kinds
        Their labels, which the sentences name.
    wheels
        Whether the walker rolls, so that step-free access matters.

    Returns
    -------
    doubts
        None where all is well. At most one for each reason.
    """
    asked = quality.reindex([key for key in question.kinds if key in quality.index])

    def named(thin: pd.Series[bool]) -> tuple[Message, ...]:
        return tuple(Message(kinds[key].label) for key in asked.index[thin])

    unmapped = named(asked["covered"] < LEAST_COVERED)
    old = named(asked["age_years"] > OLD_YEARS)
    untimed = named(asked["hours"] < LEAST_TOLD) if question.when else ()
    unrolled = named(asked["wheelchair"] < LEAST_TOLD) if wheels else ()
    said = []
    if unmapped:
        text = (
            "Official registers have places of these kinds that the map does not tell of:"
            " {kinds}."
        )
        said.append(Message(text, {"kinds": unmapped}))
    if old:
        text = "Most places of these kinds were last edited years ago: {kinds}."
        said.append(Message(text, {"kinds": old}))
    if untimed:
        text = "Few places of these kinds tell their opening hours: {kinds}."
        said.append(Message(text, {"kinds": untimed}))
    if unrolled:
        text = "Few places of these kinds tell whether one gets in without steps: {kinds}."
        said.append(Message(text, {"kinds": unrolled}))
    return tuple(said)
