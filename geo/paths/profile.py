"""How paths go up and down: every path cut into pieces, each with one slope."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from geo.paths.network import Floats, Ints
from geo.paths.terrain import Terrain

PIECE_M = 10.0
"""Shortest piece that a longer path is cut into: over less, a raster shows kerbs and noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """
    Pieces of paths, the same for every gait; a piece is a row of each.

    Parameters
    ----------
    path
        Row of the path that it belongs to. Every path has a piece.
    length_m
        On the map. The pieces of a path are equally long.
    slope
        Rise over `length_m` on the way from `u` to `v`; `nan` where unknown. Where
        only a tag knows it, which tells no direction, it is positive.
    """

    path: Ints
    length_m: Floats
    slope: Floats


def profile(paths: gpd.GeoDataFrame, terrain: Terrain | None = None) -> Profile:
    """
    Cut paths into pieces, and tell how steep each is.

    Parameters
    ----------
    paths
        As `geo.tables.PATHS`.
    terrain
        In the CRS of the paths, or `None`: then only tags tell of slopes.

    Returns
    -------
    profile
        With a terrain, pieces are as long as its cells, but at least `PIECE_M`, and
        up to twice that; a shorter path is one piece. Bridges and tunnels do not
        follow the ground: they are one piece, straight between their ends, and
        unknown if an end hangs in the air (no path on the ground but stairs begins
        there). Where the terrain knows nothing, the tag `incline` speaks for all of
        the path.

    Examples
    --------
    >>> way = gpd.GeoDataFrame(
    ...     {"u": [1], "v": [2], "length_m": [40.0], "steps": [False],
    ...      "structure": ["ground"], "incline": [0.1]},
    ...     geometry=[shapely.LineString([(0, 5), (40, 5)])],
    ... )
    >>> profile(way).slope.tolist()
    [0.1]
    >>> rising = Terrain(np.array([[0, 1, 4, 9]], np.float32), 0.0, 10.0, cell_m=10.0)
    >>> profile(way, rising).slope.tolist()
    [0.05, 0.2, 0.4, 0.25]
    """
    length_m = paths["length_m"].to_numpy(dtype=np.float64)
    incline = paths["incline"].to_numpy(dtype=np.float64)
    if terrain is None:
        return Profile(np.arange(len(paths)), length_m, incline)
    ground = paths["structure"].to_numpy() == "ground"
    pieces = np.floor_divide(length_m, max(terrain.cell_m, PIECE_M)).astype(np.int64)
    pieces = np.where(ground, np.maximum(pieces, 1), 1)
    path = np.repeat(np.arange(len(paths)), pieces)
    piece_m = (length_m / pieces)[path]
    rise_m = _rises(paths.geometry.to_numpy(), pieces, terrain)
    slope = np.full(len(path), np.nan)
    # A path without length goes nowhere, and so not up either.
    np.divide(rise_m, piece_m, out=slope, where=piece_m > 0)
    slope[_hanging(paths, ground)[path]] = np.nan
    return Profile(path, piece_m, np.where(np.isnan(slope), incline[path], slope))


def _rises(lines: np.ndarray, pieces: Ints, terrain: Terrain) -> Floats:
    """Return how much higher every piece ends than it begins, in metres."""
    ends = pieces + 1
    line = np.repeat(np.arange(len(lines)), ends)
    first = np.cumsum(ends) - ends
    share = (np.arange(len(line)) - first[line]) / pieces[line]
    points = shapely.line_interpolate_point(lines[line], share, normalized=True)
    rise_m = np.diff(terrain.at(shapely.get_coordinates(points)))
    within: Floats = rise_m[line[1:] == line[:-1]]
    return within


def _hanging(paths: gpd.GeoDataFrame, ground: np.ndarray) -> np.ndarray:
    """Tell which bridges and tunnels have an end where no path on the ground begins."""
    u, v = paths["u"].to_numpy(), paths["v"].to_numpy()
    lying = ground & ~paths["steps"].to_numpy(dtype=bool)
    firm = np.unique(np.concatenate([u[lying], v[lying]]))
    hanging: np.ndarray = ~ground & ~(np.isin(u, firm) & np.isin(v, firm))
    return hanging
