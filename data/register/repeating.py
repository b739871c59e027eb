"""Rows of one source that say the same twice."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.register.limits import REPEAT_M
from data.register.names import Name
from data.register.pairs import distances

SPOT_M = 1.0
"""Nameless rows of one kind so near each other are one place twice."""


def repeats(rows: pd.DataFrame, near: NDArray[np.intp]) -> NDArray[np.intp]:
    """
    Return for each row the first one that it repeats, which may be itself.

    Parameters
    ----------
    rows
        Of one source, sorted.
    near
        Pairs of positions of rows that say the same at the same spot, 2 × n.

    Examples
    --------
    >>> repeats(pd.DataFrame(index=range(4)), np.array([[0, 2], [2, 3]])).tolist()
    [0, 1, 0, 0]
    """
    count = len(rows)
    graph = coo_array((np.ones(near.shape[1]), (near[0], near[1])), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    _, first = np.unique(part, return_index=True)
    found: NDArray[np.intp] = first[part]
    return found


def saying_the_same(rows: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """
    Return pairs of rows, by position, with the same words and kind at the same spot.

    Parameters
    ----------
    rows
        Of one source; columns `name`, `kind`, in metres.

    Examples
    --------
    >>> told = {"name": ["Vik skole", "Vik Skole AS", "Nes skole"], "kind": "school"}
    >>> rows = gpd.GeoDataFrame(told, geometry=gpd.points_from_xy([0, 3, 5], [0, 0, 0]))
    >>> saying_the_same(rows).tolist()
    [[0], [1]]
    """
    spots = rows.geometry.to_numpy()
    one, other = shapely.STRtree(spots).query(spots, "dwithin", distance=REPEAT_M)
    one, other = one[one < other], other[one < other]
    words = [Name.of(name).words for name in rows["name"]]
    kind = rows["kind"].to_numpy()
    metres = distances(spots[one], spots[other])
    near = np.array([REPEAT_M if words[n] else SPOT_M for n in one])
    same = (
        (kind[one] == kind[other])
        & np.array([words[a] == words[b] for a, b in zip(one, other, strict=True)], dtype=bool)
        & (metres <= near)
    )
    return np.stack([one[same], other[same]])
