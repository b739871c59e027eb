"""Which rows and places may be one: every pair near enough, and how much speaks for it."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.register import limits
from data.register.kinds import SAME, TOGETHER, fit, is_part, one_kind
from data.register.names import Name, likeness, whole

Shapes = NDArray[np.object_]

PAIR = (
    "row",
    "place",
    "distance_m",
    "likeness",
    "fit",
    "accepted",
    "named",
    "asks",
    "part",
    "score",
)
"""Numbers of a row and a place, and what is known of the pair; see `pairs`."""


def distances(rows: Shapes, places: Shapes) -> NDArray[np.float64]:
    """
    Return how far a row lies from a place, pair by pair, in metres.

    Measured from a spot on the smaller of the two to the outline of the larger: 0
    within it, and a neighbour that only touches is not on the same spot.

    Examples
    --------
    >>> from shapely import Point, box
    >>> yard, next_door = box(0, 0, 100, 100), box(100, 0, 180, 80)
    >>> distances([Point(50, 50), Point(130, 50), next_door], [yard, yard, yard]).tolist()
    [0.0, 30.0, 40.0]
    """
    one, other = np.asarray(rows, dtype=object), np.asarray(places, dtype=object)
    size = [np.column_stack([shapely.area(s), shapely.length(s)]) for s in (one, other)]
    smaller = (size[0][:, 0] < size[1][:, 0]) | (
        (size[0][:, 0] == size[1][:, 0]) & (size[0][:, 1] <= size[1][:, 1])
    )
    spot = shapely.point_on_surface(np.where(smaller, one, other))
    found: NDArray[np.float64] = shapely.distance(spot, np.where(smaller, other, one))
    return found


def pairs(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Weigh every row against every place that it may be.

    Parameters
    ----------
    rows
        Of one source; columns `name`, `kind`, in metres.
    places
        As `geo.tables.PLACES`.

    Returns
    -------
    pairs
        Columns `PAIR`, in order of rows and places. `row` and `place` are positions;
        `likeness` is `nan` where either has no name of its own; `fit` as
        `data.register.kinds.fit`; `accepted` tells whether the two may be one by rule,
        `named` whether both have a name of their own, `asks` whether the row has one,
        `part` whether it is a part of the place (`data.register.kinds.is_part`); `score`
        is likeness less distance.
        Pairs that are only a question, as same spot and other name, are not accepted.
    """
    shapes = places.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    row, place = tree.query(rows.geometry.to_numpy(), "dwithin", distance=limits.FAR_M)
    row, place = (hit[np.lexsort((place, row))] for hit in (row, place))
    found = pd.DataFrame({"row": row, "place": place})
    found["distance_m"] = distances(rows.geometry.to_numpy()[row], shapes[place])
    told = zip(
        *(rows[c].to_numpy()[row] for c in ("name", "kind")),
        *(places[c].to_numpy()[place] for c in ("name", "kinds")),
        found["distance_m"],
        strict=True,
    )
    weighed = pd.DataFrame([_weighed(*one) for one in told], columns=[*PAIR[3:]])
    kept = pd.concat([found, weighed], axis=1)
    return kept[kept["score"].notna()].reset_index(drop=True)


def _weighed(
    name: str, kind: str, other: str, kinds: str, distance_m: float
) -> tuple[Any, ...]:
    """Return the columns of a pair from `likeness` on; without a score it is none."""
    of_kind = fit(kind, kinds)
    alike = _alike(name, other, of_kind)
    asks = bool(Name.of(name).own)
    part = distance_m == 0 and is_part(kind, kinds)
    if np.isnan(alike):
        near = distance_m <= limits.SPOT_M and one_kind(kind, kinds)
        score = limits.NAMELESS - distance_m / limits.METRES_OF_NAME
        return alike, of_kind, near, False, asks, part, score if near or part else np.nan
    accepted = bool(of_kind) and alike >= least_likeness(distance_m, of_kind)
    question = distance_m <= limits.CLASH_M and (
        of_kind == SAME or alike >= limits.TOGETHER_LIKENESS
    )
    score = alike - distance_m / limits.METRES_OF_NAME
    if not (accepted or question or part):
        score = np.nan
    return alike, of_kind, accepted, True, asks, part, score


def _alike(name: str, other: str, of_kind: str) -> float:
    """Compare names as far as the kinds allow: other kinds share a name only word for word."""
    by_name = likeness(name, other)
    return by_name if of_kind == SAME or np.isnan(by_name) else min(by_name, whole(name, other))


def least_likeness(distance_m: float, of_kind: str = SAME) -> float:
    """
    Return how alike the names of two places must be for them to be one.

    Examples
    --------
    >>> [least_likeness(metres) for metres in (0, 30, 31, 100, 300, 301)]
    [0.75, 0.75, 0.85, 0.85, 0.95, inf]
    >>> least_likeness(10, "together")
    0.9
    """
    tiers = (
        (limits.SPOT_M, limits.SPOT_LIKENESS),
        (limits.NEAR_M, limits.NEAR_LIKENESS),
        (limits.FAR_M, limits.FAR_LIKENESS),
    )
    least = next((least for reach_m, least in tiers if distance_m <= reach_m), np.inf)
    return max(least, limits.TOGETHER_LIKENESS) if of_kind == TOGETHER else least
