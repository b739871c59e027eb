"""What becomes of the rows of one source: by rule, and above it by decision."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.register import limits, outcomes
from data.register.assigning import assigned, doubted, with_parts
from data.register.decided import OUT, SAME, Key
from data.register.kinds import SAME as SAME_KIND
from data.register.merging import place_id
from data.register.names import Name, likeness
from data.register.pairs import PAIR, distances, pairs
from data.register.repeating import repeats, saying_the_same

Here = Mapping[Key, tuple[str, str]]
"""What was decided about rows, and the place it names, which is there; see `decided.WHAT`."""

SURE = 2.0
"""The score of what somebody decided: above all that a rule can reach."""


def of_source(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame, here: Here) -> pd.DataFrame:
    """
    Find out which place each row of one source is.

    Parameters
    ----------
    rows
        Of one source, as `data.register.matching.numbered`; each of a known kind.
    places
        As `geo.tables.PLACES`.
    here
        Decisions that can be carried out.

    Returns
    -------
    outcome
        Columns `data.register.outcomes.OUTCOME` and `decided`, on the index of `rows`.
    """
    undecided = [key not in here for key in _keys(rows)]
    ordered = rows.assign(undecided=undecided, shape=_shapes(rows))
    ordered = ordered.sort_values(["undecided", "ref", "name", "shape"])
    named = np.array([bool(Name.of(name).own) for name in ordered["name"]], dtype=bool)
    nameless = (ordered["source"] == limits.BUILDINGS) & ~named & ordered["undecided"]
    found = pd.concat(
        [
            outcomes.buildings(ordered[nameless], places),
            _named(ordered[~nameless], places, here),
        ]
    )
    return _decided(rows, found.loc[rows.index], places, here)


def of_surveys(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame, here: Here) -> pd.DataFrame:
    """
    Find out which place each row tells of that is no place itself.

    Parameters
    ----------
    rows, places, here
        As in `of_source`, but of any sources; `kind` does not matter.

    Returns
    -------
    outcome
        As in `of_source`.
    """
    return _decided(rows, outcomes.surveys(rows, places), places, here)


def _keys(rows: pd.DataFrame) -> list[Key]:
    return list(zip(rows["source"], rows["ref"], strict=True))


def _shapes(rows: gpd.GeoDataFrame) -> NDArray[np.object_]:
    found: NDArray[np.object_] = shapely.to_wkb(rows.geometry.to_numpy(), hex=True)
    return found


def _named(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame, here: Here) -> pd.DataFrame:
    """Match the first of rows that say the same; the others are what it is."""
    first = repeats(rows, saying_the_same(rows))
    first = np.where(rows["undecided"], first, np.arange(len(rows)))
    leaders = rows.iloc[np.unique(first)]
    found = _by_rule(leaders, places, here).reindex(rows.index[first])
    found.index = rows.index
    keys = _keys(rows)
    for n in np.flatnonzero(first != np.arange(len(rows))):
        at, leader = rows.index[n], keys[first[n]]
        what, place = here.get(leader, ("", ""))
        if what == OUT:
            outcomes.put(found, at, "left_out")
        elif what or found.loc[at, "status"] == "alone":
            outcomes.put(found, at, "matched", place or place_id(*leader), 0.0, 1.0)
    return found


def _by_rule(rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame, here: Here) -> pd.DataFrame:
    """Match rows of which none repeats another; what is decided takes its place first."""
    found = outcomes.alone(rows)
    told = [here.get(key, ("", "")) for key in _keys(rows)]
    free = np.array([not what for what, _ in told], dtype=bool)
    weighed = pairs(rows, places)
    weighed = weighed[free[weighed["row"]]]
    forced = [
        (n, places.index.get_loc(place), 0.0, 1.0, SAME_KIND, True, True, True, False, SURE)
        for n, (what, place) in enumerate(told)
        if what == SAME
    ]
    if forced:
        sure = pd.DataFrame(forced, columns=[*PAIR])
        weighed = pd.concat([weighed, sure]) if len(weighed) else sure
    weighed = weighed.reset_index(drop=True)
    chosen = with_parts(weighed, assigned(weighed))
    doubts = doubted(weighed, chosen)
    doubts = doubts[free[doubts["row"]]]
    ids = places.index.to_numpy()
    for status, of in (("matched", weighed[chosen]), ("conflict", doubts)):
        best = of.drop_duplicates("row")
        at = rows.index[best["row"]]
        found.loc[at, "status"] = status
        found.loc[at, "place_id"] = ids[best["place"]] if status == "matched" else ""
        for name in ("distance_m", "likeness"):
            found.loc[at, name] = best[name].to_numpy()
    for row, of in doubts.groupby("row"):
        found.loc[rows.index[row], "rivals"] = ";".join(ids[of["place"]])
    return found


def _decided(
    rows: gpd.GeoDataFrame, found: pd.DataFrame, places: gpd.GeoDataFrame, here: Here
) -> pd.DataFrame:
    """Put what was decided in the place of what the rules say."""
    found = found.assign(decided=False)
    for at, key in zip(rows.index, _keys(rows), strict=True):
        if key not in here:
            continue
        what, place = here[key]
        status = {SAME: "matched", OUT: "left_out"}.get(what, "alone")
        metres, alike = np.nan, np.nan
        if what == SAME:
            pair = rows.geometry[[at]].to_numpy(), places.geometry[[place]].to_numpy()
            metres = float(distances(*pair)[0])
            alike = likeness(str(rows["name"][at]), str(places["name"][place]))
        outcomes.put(found, at, status, place, metres, alike)
        found.loc[at, "decided"] = True
    return found
