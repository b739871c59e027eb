"""From straight stretches of OSM ways to paths between junctions."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.extract import Extract
from data.posts import WORST, passable, without_shut
from data.squares import crossed
from data.text import plain
from data.ways import attributes_of
from geo.crs import WGS84, to_metric
from geo.tables import PATHS


def paths_of(extract: Extract, crs: str) -> gpd.GeoDataFrame:
    """
    Join the stretches of each way into paths that run from junction to junction.

    Two ways meet only where they share a node, so a bridge does not touch the
    road below it. Squares are crossed (`data.squares`), shut gates are not
    (`data.posts`), and what is known of a way is known of its paths (`data.ways`).

    Parameters
    ----------
    extract
        Whichever door it came through.
    crs
        The area's metric CRS, in which lengths are measured.

    Returns
    -------
    paths
        As `geo.tables.PATHS`. Empty if there was nothing to walk on.
    """
    extract = crossed(without_shut(extract), crs)
    segments = extract.segments.drop_duplicates(ignore_index=True)
    way, u, v = (segments[name].to_numpy() for name in ("way", "u", "v"))
    chain = _chains(way, u, v)
    first, last = _ends(chain)
    node, path = _visits(u, v, chain, first)
    of = extract.ways.index.get_indexer(pd.Index(way[first]))
    known = _known(extract.ways["tags"]).take(of)
    for wheels in ("wheelchair", "pram"):
        known[wheels] = _worse(known[wheels], passable(extract, wheels, node, path))
    table = gpd.GeoDataFrame(
        {
            "u": u[first],
            "v": v[last],
            "way": way[first],
            **{str(column): known[column].to_numpy() for column in known},
        },
        geometry=_lines(extract.nodes, node, path),
        crs=WGS84,
    )
    table = to_metric(table, crs)
    return PATHS.check(table.assign(length_m=table.length))


def _known(ways: pd.Series) -> pd.DataFrame:
    """Return what the tags of each way say of its paths."""
    names = {
        key: pd.Series([plain(tags.get(key, "")) for tags in ways], dtype=str)
        for key in ("highway", "name")
    }
    return attributes_of(ways).assign(**names)


def _worse(way: pd.Series, posts: NDArray[np.str_]) -> NDArray[np.object_]:
    """Return what is known of a path with what stands on it: the worse of the two."""
    ranks = way.map(WORST.index).to_numpy(), pd.Series(posts).map(WORST.index).to_numpy()
    return np.asarray(np.array(WORST, dtype=object)[np.maximum(*ranks).astype(int)])


def _chains(
    way: NDArray[np.int64], u: NDArray[np.int64], v: NDArray[np.int64]
) -> NDArray[np.intp]:
    """
    Return the number of the chain that each stretch belongs to.

    A chain goes on while the next stretch continues the same way at a node where
    nothing else begins, ends or crosses.

    Examples
    --------
    >>> one, side = [1, 1, 1], [2]  # a street of three stretches, a side street at node 12
    >>> _chains(np.array(one + side), np.array([10, 11, 12, 12]), np.array([11, 12, 13, 20]))
    array([0, 0, 1, 2])
    """
    if not len(way):
        return np.empty(0, dtype=np.intp)
    node, uses = np.unique(np.concatenate([u, v]), return_counts=True)
    lone = node[uses == 2]
    goes_on = (way[1:] == way[:-1]) & (u[1:] == v[:-1]) & np.isin(u[1:], lone)
    # A ring of one way has no junction but its seam; it is cut where it was begun.
    return np.concatenate([[0], np.cumsum(~goes_on)]).astype(np.intp)


def _ends(chain: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows of the first and of the last stretch of every chain."""
    first = np.flatnonzero(np.diff(chain, prepend=-1))
    last = np.append(first[1:], len(chain))[: len(first)] - 1
    return first, last


def _visits(
    u: NDArray[np.int64],
    v: NDArray[np.int64],
    chain: NDArray[np.intp],
    first: NDArray[np.intp],
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return, chain by chain, the nodes that it visits, and beside each its number."""
    number = np.concatenate([chain[first], chain])
    visited = np.concatenate([u[first], v])
    order = np.argsort(number, kind="stable")
    return visited[order], number[order]


def _lines(
    nodes: pd.DataFrame, node: NDArray[np.int64], path: NDArray[np.intp]
) -> NDArray[np.object_]:
    """Draw every chain through its nodes."""
    xy = nodes.loc[node, ["lon", "lat"]].to_numpy()
    return np.asarray(shapely.linestrings(xy, indices=path), dtype=object)
