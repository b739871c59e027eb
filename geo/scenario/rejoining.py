"""Points joined again after an edit: only those that it may have joined otherwise."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from geo.bundle import Bundle
from geo.paths.gates import attached
from geo.paths.joining import Joined
from geo.paths.network import Ints, Network


def rows_before(was: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> Ints:
    """
    Return of every row which one it was before; -1 for what is new.

    Examples
    --------
    >>> was, now = (gpd.GeoDataFrame(index=labels) for labels in (["a", "b"], ["b", "c"]))
    >>> rows_before(was, now).tolist()
    [1, -1]
    """
    if was is now or was.index is now.index:
        return np.arange(len(now))
    row: Ints = was.index.get_indexer(now.index).astype(np.intp)
    return row


def rejoined(
    network: Network, points: gpd.GeoDataFrame, known: Joined, kept: Ints, bundle: Bundle
) -> Joined:
    """
    Join those points that may be joined otherwise; the others stay so.

    Parameters
    ----------
    network, points
        What is joined to what.
    known
        How they were joined before, to edges as they are numbered now.
    kept
        Of every point which row of `known` it still is; -1: to be joined again.
    bundle
        Whose barriers lie between.
    """
    new = np.flatnonzero(kept < 0)
    if not len(new):
        return known if len(kept) == len(known.edge) else known.take(kept)
    return stitched(known, kept, attached(network, points.iloc[new], bundle.barriers))


def stitched(known: Joined, kept: Ints, more: Joined) -> Joined:
    """
    Return points that were joined before and those that are new, row by row.

    Examples
    --------
    >>> one, other = (Joined(np.array([n]), np.zeros(1), np.ones(1)) for n in (7, 9))
    >>> stitched(one, np.array([-1, 0]), other).edge.tolist()
    [9, 7]
    """
    row, new = kept.copy(), kept < 0
    row[new] = len(known.edge) + np.arange(np.count_nonzero(new))
    return Joined(
        np.concatenate([known.edge, more.edge]),
        np.concatenate([known.along, more.along]),
        np.concatenate([known.gap_m, more.gap_m]),
    ).take(row)
