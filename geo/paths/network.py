"""The pedestrian network as arrays: its edges, its junctions, its connected parts."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.crs import require_metric

ISLAND_M = 500.0
"""Connected paths shorter in all are a drawing error, or a courtyard: nothing joins them."""

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Network:
    """
    Footpaths as arrays, the same for all walkers; an edge is a row of each.

    Parameters
    ----------
    u, v
        Numbers of the junctions at both ends, from 0, in the order of their ids.
    length_m
        Length of the edge.
    lines
        Its course, from `u` to `v`, in a metric CRS.
    junctions
        How many junctions there are.
    xy
        Where each junction lies: a row of two per junction.
    """

    u: Ints
    v: Ints
    length_m: Floats
    lines: NDArray[np.object_]
    junctions: int
    xy: Floats


def build(paths: gpd.GeoDataFrame) -> Network:
    """
    Build the network: edge `n` is row `n` of `paths`.

    Parameters
    ----------
    paths
        As `geo.tables.PATHS`, in metres.

    Returns
    -------
    network
        Without edges if `paths` is empty.

    Raises
    ------
    CrsError
        If the coordinates are not metres.

    Examples
    --------
    >>> from shapely import LineString
    >>> street = gpd.GeoDataFrame(
    ...     {"u": [7], "v": [9], "length_m": [300.0]},
    ...     geometry=[LineString([(0, 0), (300, 0)])], crs="EPSG:25832")
    >>> build(street).junctions, build(street).xy.tolist()
    (2, [[0.0, 0.0], [300.0, 0.0]])
    """
    require_metric(paths)
    node, ends = np.unique(paths[["u", "v"]].to_numpy().ravel(), return_inverse=True)
    u, v = ends.reshape(-1, 2).T.astype(np.intp)
    lines = paths.geometry.to_numpy()
    xy = np.empty((len(node), 2))
    corner, last = shapely.get_coordinates(lines), np.cumsum(shapely.get_num_coordinates(lines))
    xy[u], xy[v] = corner[np.append(0, last)[:-1]], corner[last - 1]
    return Network(
        u=u,
        v=v,
        length_m=paths["length_m"].to_numpy(dtype=np.float64),
        lines=lines,
        junctions=len(node),
        xy=xy,
    )


def named(paths: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return the paths that have a name, by which what lies there is known.

    Examples
    --------
    >>> named(gpd.GeoDataFrame({"name": ["Storgata", ""]})).index.tolist()
    [0]
    """
    return paths[paths["name"] != ""]


def parts(network: Network, usable: Bools) -> Ints:
    """
    Return the number of the connected part that every edge lies in.

    Parameters
    ----------
    network
        Whose edges are numbered.
    usable
        Which edges count: an edge that cannot be walked connects nothing.

    Returns
    -------
    part
        Numbers from 0; -1 where the edge is not usable.

    Examples
    --------
    >>> from shapely import LineString
    >>> far, near = [(0, 50), (300, 50)], [(0, 0), (90, 0)]
    >>> streets = gpd.GeoDataFrame(
    ...     {"u": [1, 2, 4], "v": [2, 3, 5], "length_m": [300.0, 90.0, 90.0]},
    ...     geometry=[LineString(line) for line in (far, near, near)], crs="EPSG:25832")
    >>> parts(build(streets), np.array([True, True, True])).tolist()
    [0, 0, 1]
    >>> parts(build(streets), np.array([False, True, True])).tolist()
    [-1, 0, 1]
    """
    edge = np.flatnonzero(usable)
    u, v = network.u[edge], network.v[edge]
    graph = coo_array((np.ones(len(edge)), (u, v)), shape=(network.junctions,) * 2)
    label = connected_components(graph, directed=False)[1][u]
    part = np.full(len(network.u), -1, dtype=np.intp)
    # A junction of no usable edge is a component of its own: numbered anew, without it.
    part[edge] = np.unique(label, return_inverse=True)[1]
    return part


def part_lengths_m(network: Network, part: Ints) -> Floats:
    """
    Return the metres of path in each part, by the numbers that `parts` gives them.

    Examples
    --------
    >>> ends, at = np.array([0, 1]), np.zeros((3, 2))
    >>> street = Network(ends, ends + 1, np.array([40.0, 60.0]), ends.astype(object), 3, at)
    >>> part_lengths_m(street, np.array([0, 0])).tolist()
    [100.0]
    """
    counted = part >= 0
    return np.bincount(part[counted], weights=network.length_m[counted]).astype(np.float64)


def islands(network: Network, usable: Bools) -> Bools:
    """
    Tell which edges lie in a part too short to be worth joining (`ISLAND_M`).

    The longest part is none, however short. An edge that is not usable is in no part,
    so it is no island either.

    Examples
    --------
    >>> ends = np.array([0, 2])
    >>> yards = Network(ends, ends + 1, np.array([900.0, 60.0]), ends.astype(object), 4,
    ...                 np.zeros((4, 2)))
    >>> islands(yards, np.array([True, True])).tolist()
    [False, True]
    """
    whole = bool(usable.all())
    if whole and network in _islands:
        return _islands[network]
    part = parts(network, usable)
    total_m = part_lengths_m(network, part)
    short = total_m < min(ISLAND_M, total_m.max(initial=0.0))
    found: Bools = np.append(short, False)[part]  # -1, in no part, finds what was appended
    if whole:
        _islands[network] = found
    return found


_islands: WeakKeyDictionary[Network, Bools] = WeakKeyDictionary()
"""Of networks that are in use, where every edge is usable: asked for at every joining."""
