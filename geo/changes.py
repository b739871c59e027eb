"""A town with some places more or fewer: what did not change is not measured again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array, hstack

from geo.model import Gait, Kind
from geo.paths.gates import attached
from geo.paths.joining import Joined
from geo.question import Terms
from geo.search.access import Nearest
from geo.search.matrix import Metres, walks
from geo.tables import kinds_of
from geo.town import Side, Town


def with_places(town: Town, places: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame) -> Town:
    """
    Add places to a town.

    Parameters
    ----------
    town
        As it is.
    places, entrances
        As `geo.tables.PLACES` and `ENTRANCES`, in the town's CRS; ids are new.

    Returns
    -------
    town
        Places and entrances that were there before keep their rows.
    """
    bundle = town.bundle
    more = replace(
        bundle,
        places=_below(bundle.places, places),
        entrances=_below(bundle.entrances, entrances),
    )
    joined = attached(town.network, entrances, bundle.barriers)
    place_of = len(bundle.places) + places.index.get_indexer(entrances["place_id"])
    return replace(
        town,
        bundle=more,
        entrances=_after(town.entrances, joined),
        place_of=np.concatenate([town.place_of, place_of]),
        kinds=kinds_of(more.places),
    )


def without_places(town: Town, ids: list[str]) -> Town:
    """
    Close places for good: they are of no kind any more, and lead nobody anywhere.

    Parameters
    ----------
    town
        As it is.
    ids
        Of the places. What is not there cannot be closed, and is passed over.
    """
    stays = ~town.bundle.places.index.isin(ids)
    return replace(town, kinds={kind: of & stays for kind, of in town.kinds.items()})


def side_again(town: Town, before: Side, gait: Gait) -> Side:
    """
    Join as `Town.side`, but only the entrances that a town has got since.

    Parameters
    ----------
    town
        As it is.
    before
        The side of the same gait, when the town had fewer places or more.
    gait
        Whose side it is.
    """
    row = np.arange(len(before.entrances.edge), len(town.bundle.entrances))
    new = town.bundle.entrances.iloc[row]
    more = town.joined(new, town.entrances.take(row), town.usable(gait))
    return replace(before, entrances=_after(before.entrances, more))


def walk_again(
    town: Town,
    before: tuple[Town, Mapping[str, Nearest]],
    terms: Terms,
    kinds: Mapping[str, Kind],
    now: datetime,
    side: Side | None = None,
) -> dict[str, Nearest]:
    """
    Measure as `Town.walk`, but only to the kinds whose places have changed.

    Parameters
    ----------
    town
        As it is.
    before
        As it was, when functions of this module made the one of the other; and what
        its `walk` said for the same terms, kinds and time.
    terms, kinds, now, side
        As in `Town.walk`.
    """
    was, known = before
    new = {key: kind for key, kind in kinds.items() if _changed(town, was, key)}
    return {key: known[key] for key in kinds if key not in new} | town.walk(
        terms, new, now, side
    )


def walks_again(town: Town, known: Metres, side: Side, cutoff_m: float) -> Metres:
    """
    Widen a table of walks to all places by those that a town has got since.

    Parameters
    ----------
    town
        As it is.
    known
        `geo.search.matrix.walks` to the places it had before `with_places`, for the same
        gait and cut-off.
    side
        Of that gait, as the town is now.
    cutoff_m
        Of `known`.
    """
    old, new = known.shape[1], len(town.bundle.places)
    row = np.flatnonzero(town.place_of >= old)
    more = walks(
        side.weighed,
        side.homes,
        side.entrances.take(row),
        of=town.place_of[row] - old,
        places=new - old,
        cutoff_m=cutoff_m,
    )
    return csr_array(hstack([known, more], format="csr"))


def _changed(town: Town, before: Town, kind: str) -> bool:
    grown = len(town.bundle.places) - len(before.bundle.places)
    return not np.array_equal(town.of_kind(kind), np.pad(before.of_kind(kind), (0, grown)))


def _below(table: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.concat([table, more]), crs=table.crs)


def _after(points: Joined, more: Joined) -> Joined:
    return Joined(
        np.concatenate([points.edge, more.edge]),
        np.concatenate([points.along, more.along]),
        np.concatenate([points.gap_m, more.gap_m]),
    )
