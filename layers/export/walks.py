"""Layers of walks for files: homes, squares, who lives beyond reach, the reach of places."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.answer import Answer
from geo.bundle import Bundle
from geo.middles import middles
from geo.tables import EVERYBODY
from layers import thematic
from layers.export.columns import sheet
from layers.export.drawn import untold
from layers.export.sheet import Sheet
from layers.telling import people_text, reach_text
from words import Speaker


def homes(answer: Answer, bundle: Bundle, say: Speaker, thanks: str = "") -> Sheet:
    """
    Return every home with its walk, never with people.

    Parameters
    ----------
    answer, bundle
        What was found, of what.
    say
        The language of the words.
    thanks
        Whom to thank for the data.
    """
    minutes, question = answer.minutes, answer.question
    drawn = thematic.walk(
        bundle.homes,
        minutes,
        within=question.minutes,
        say=say,
        certain=question.certain,
        attribution=thanks,
    )
    basis = bundle.homes["basis"]
    table = gpd.GeoDataFrame(
        {
            "id": minutes.index,
            "class": drawn.table["class"],
            "minutes": finite(minutes),
            "reach": _reach(minutes, answer, say),
            "place_id": answer.place,
            "place": answer.place.map(bundle.places["name"]).astype(object).fillna(""),
            "basis": basis.map(_bases(say)).fillna(basis),
        },
        geometry=bundle.homes.geometry,
    )
    return sheet("homes", drawn.name, table, say, drawn)


def _bases(say: Speaker) -> dict[str, str]:
    return {
        "grid": say("Cell of a grid"),
        "zone": say("Zone"),
        "municipality": say("Municipality"),
        "building": say("Building"),
    }


def walk_cells(answer: Answer, bundle: Bundle, say: Speaker, thanks: str = "") -> Sheet:
    """
    Return squares of 250 m with the walk that half of those who live there have at most.

    Parameters
    ----------
    answer, bundle, say, thanks
        As in `homes`.

    Returns
    -------
    sheet
        Squares as they are drawn, a little smaller; `cell` tells the corner of the whole.
    """
    known, minutes, question = bundle.homes, answer.minutes, answer.question
    drawn = thematic.walk_cells(
        known,
        minutes,
        within=question.minutes,
        say=say,
        certain=question.certain,
        attribution=thanks,
    )
    cells = middles(known, known[EVERYBODY], minutes)
    table = gpd.GeoDataFrame(
        {
            "cell": corners(cells),
            "class": drawn.table["class"],
            "minutes": finite(cells["minutes"]),
            "reach": _reach(cells["minutes"], answer, say),
            "text": drawn.table["minutes"],
        },
        geometry=drawn.table.geometry,
    )
    return sheet("walk_cells", drawn.name, table, say, drawn)


def spots(answer: Answer, say: Speaker, thanks: str = "") -> Sheet:
    """
    Return the cells where people live beyond reach; a few of them are a word.

    Parameters
    ----------
    answer, say, thanks
        As in `homes`.
    """
    found = answer.spots
    people = found["people"].where(found["told"])
    drawn = thematic.spots(
        found.assign(people=people),
        say=say,
        certain=answer.question.certain,
        attribution=thanks,
    )
    table = gpd.GeoDataFrame(
        {
            "cell": corners(found),
            "class": drawn.table["class"],
            "people": people.round(),
            "people_text": people_text(found["people"], say, found["told"]),
            "minutes": finite(found["minutes"]),
            "reach": _reach(found["minutes"], answer, say),
            "near": found["near"],
        },
        geometry=found.geometry,
    )
    return sheet("spots", drawn.name, table, say, untold(drawn, say))


def reach(reach_areas: gpd.GeoDataFrame, say: Speaker, thanks: str = "") -> Sheet:
    """
    Return the areas within reach of the places: what each walking time adds.

    Parameters
    ----------
    reach_areas
        As `geo.areas.reachable.reachable` returns them.
    say, thanks
        As in `homes`.
    """
    drawn = thematic.areas(reach_areas, say=say, attribution=thanks)
    ends = [0, *reach_areas["minutes"].tolist()]
    table = gpd.GeoDataFrame(
        {
            "class": drawn.table["class"],
            "from_minutes": pd.Series([low for low, _ in pairwise(ends)], dtype="int64"),
            "minutes": pd.Series(ends[1:], dtype="int64"),
            "text": drawn.table["minutes"],
        },
        geometry=drawn.table.geometry,
    )
    return sheet("reach_areas", drawn.name, table, say, drawn)


def finite(minutes: pd.Series[float]) -> pd.Series[float]:
    """
    Return minutes rounded up, so that what is beyond reach never looks within.

    What is no number, as a walk without a way, is `nan`.

    Examples
    --------
    >>> finite(pd.Series([10.01, np.inf])).tolist()
    [10.1, nan]
    """
    tenths = 10 * minutes.where(np.isfinite(minutes))
    return tenths.apply(np.ceil) / 10


def corners(cells: gpd.GeoDataFrame) -> list[str]:
    """
    Return squares by easting and northing of their corner, as `geo.gaps.Gap.key` has it.

    Examples
    --------
    >>> import shapely
    >>> corners(gpd.GeoDataFrame(geometry=[shapely.box(250, 500, 500, 750)]))
    ['250_500']
    """
    corner = cells.bounds[["minx", "miny"]].to_numpy()
    return [f"{west:.0f}_{south:.0f}" for west, south in corner]


def _reach(minutes: pd.Series[float], answer: Answer, say: Speaker) -> np.ndarray:
    question = answer.question
    return reach_text(minutes, question.minutes, say, certain=question.certain)
