"""Data errors to mend in OpenStreetMap: paths that all but meet the others."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.paths.crossing import crossing
from geo.paths.network import Bools, Network, islands, part_lengths_m, parts

NEAR_M = 20.0
"""
Widest gap that is taken for a drawing error: a street with its pavements is about as
wide, so what ends so near to another path most likely meets it. Ours; no source.
"""


def loose_ends(
    network: Network,
    usable: Bools,
    paths: gpd.GeoDataFrame,
    *,
    barriers: gpd.GeoSeries | NDArray[np.object_] | None = None,
) -> gpd.GeoDataFrame:
    """
    Return the islands that lie close to the rest of the network.

    Nothing joins an island (`geo.paths.network.islands`), so whoever lives on one is sent
    round, or is not connected at all. Most are near misses of whoever drew them.

    Parameters
    ----------
    network
        As `geo.paths.network.build` makes it of `paths`.
    usable
        Which edges can be walked.
    paths
        As `geo.tables.PATHS`.
    barriers
        Lines in the same CRS: a gap across one is meant. `None`: there are none. Of two
        edges only the spots nearest to each other are looked at.

    Returns
    -------
    loose_ends
        A row per island, most metres first, with a point where it all but meets a part
        that is none. Columns: `part`, its number (`geo.paths.network.parts`); `length_m`, of
        its paths in all; `gap_m`, zero where lines cross with no shared node; `ways`, the
        numbers of its ways in OpenStreetMap, joined by `;`. Islands farther off than
        `NEAR_M` are not among them.

    Examples
    --------
    >>> from shapely import LineString
    >>> from geo.paths.network import build
    >>> streets = gpd.GeoDataFrame(
    ...     {"u": [1, 3], "v": [2, 4], "length_m": [600.0, 90.0], "way": [70, 71]},
    ...     geometry=[LineString([(0, 0), (600, 0)]), LineString([(300, 4), (300, 94)])],
    ...     crs="EPSG:25832")
    >>> found = loose_ends(build(streets), np.array([True, True]), streets)
    >>> found[["length_m", "gap_m", "ways"]].values.tolist(), str(found.geometry[0])
    ([[90.0, 4.0, '71']], 'POINT (300 2)')
    """
    part, island = parts(network, usable), islands(network, usable)
    small, big = np.flatnonzero(island), np.flatnonzero((part >= 0) & ~island)
    row, hit = shapely.STRtree(network.lines[big]).query(
        network.lines[small], predicate="dwithin", distance=NEAR_M
    )
    edge = small[row]
    gap = shapely.shortest_line(network.lines[edge], network.lines[big[hit]])
    gap_m = shapely.length(gap)
    walls = shapely.STRtree(np.asarray([] if barriers is None else barriers))
    free = np.flatnonzero(~crossing(gap, walls))
    nearest = free[np.lexsort((big[hit[free]], edge[free], gap_m[free], part[edge[free]]))]
    number, first = np.unique(part[edge[nearest]], return_index=True)
    best = nearest[first]
    ends = shapely.get_coordinates(gap[best]).reshape(-1, 2, 2)
    ways = pd.Series(paths["way"].to_numpy()[small]).groupby(part[small]).agg(_listed)
    found = gpd.GeoDataFrame(
        {
            "part": number,
            "length_m": part_lengths_m(network, part)[number],
            "gap_m": gap_m[best],
            "ways": ways.reindex(number).to_numpy(dtype=str),
        },
        geometry=shapely.points(ends.mean(axis=1)),
        crs=paths.crs,
    )
    order = np.lexsort((number, -found["length_m"].to_numpy()))
    return found.iloc[order].reset_index(drop=True)


def _listed(ways: pd.Series) -> str:
    """Return numbers as one text, each once, in order."""
    return ";".join(str(way) for way in np.unique(ways))
