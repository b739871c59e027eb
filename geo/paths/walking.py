"""What a way costs whoever walks or rolls on it, in metres of level ground."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from geo.model import Gait
from geo.paths import slopes
from geo.paths.network import Floats
from geo.paths.profile import PIECE_M, Profile, profile
from geo.paths.terrain import Terrain

SLOPES = slopes.SLOPES
"""Time by slope, relative to level ground, by the key that a walker has in its row."""

STAIRS = (265 / 113 + 265 / 152) / 2
"""
Time on stairs for each metre on the map, against level ground: 2.04, whatever the slope.

J. J. Fruin, Pedestrian Planning and Design, 1971: people walk freely at 265 feet a minute
on the level; on an outdoor stair of 27 degrees their mean horizontal speed was 113 up and
152 down (table 3-B). Ours is the mean of there and back.
"""

SNOW = 1 + 60 * 1.31 / 1000
"""
Time on well kept winter ground, against bare: 1.08.

M. Fossum and E. O. Ryeng, The walking speed of pedestrians on various pavement surface
conditions during winter, 2021, doi:10.1016/j.trd.2021.102934: a kilometre takes about a
minute more than on bare ground, and two on clean ice. As a share it is ours, at 1.31 m/s.
"""

EASY, HARDEST = {"wheelchair": 1 / 15}, {"wheelchair": 1 / 10}
"""
Slopes by wheels: what is steeper than the first is not known to be passable, what is
steeper than the second is not: TEK17 § 8-6, as a rule and where the land demands it.
For prams no limit was found.
"""


def level_m(paths: gpd.GeoDataFrame, gait: Gait, terrain: Terrain | None = None) -> Floats:
    """
    Return how many metres of level and bare ground take as long as each path.

    Parameters
    ----------
    paths
        As `geo.tables.PATHS`.
    gait
        Who goes, and under what conditions.
    terrain
        In the CRS of the paths; without it only tags tell of slopes.

    Returns
    -------
    level_m
        By row of `paths`: the mean of there and back. `inf` where this gait cannot
        pass, or may not. Surfaces take no time: no figure was found for setts or gravel.

    Examples
    --------
    >>> import shapely
    >>> stairs = gpd.GeoDataFrame(
    ...     {"length_m": [10.0], "steps": [True], "wheelchair": ["no"],
    ...      "winter": ["closed"], "incline": [0.5]},
    ...     geometry=[shapely.LineString([(0, 0), (10, 0)])],
    ... )
    >>> level_m(stairs, Gait()).round(1).tolist()
    [20.4]
    >>> level_m(stairs, Gait(wheels="wheelchair")), level_m(stairs, Gait(winter=True))
    (array([inf]), array([inf]))
    """
    return level_along(paths, gait, profile(paths, terrain))


def level_along(paths: gpd.GeoDataFrame, gait: Gait, along: Profile) -> Floats:
    """
    Return `level_m` where the profile of the paths, which is no gait's own, is known.

    Parameters
    ----------
    paths, gait
        As in `level_m`.
    along
        What `geo.paths.profile.profile` says of the same paths. An unknown slope is level.
    """
    slope = np.nan_to_num(along.slope, nan=0.0)
    time = SLOPES[gait.slope]
    both = (time(slope) + time(-slope)) / 2
    hilly_m = np.bincount(along.path, along.length_m * both, minlength=len(paths))
    steps = paths["steps"].to_numpy(dtype=bool)
    cost_m = np.where(steps, paths["length_m"].to_numpy() * STAIRS, hilly_m)
    if gait.winter:
        cost_m *= SNOW
    cost_m[_closed(paths, gait, along)] = np.inf
    return cost_m


def _closed(paths: gpd.GeoDataFrame, gait: Gait, along: Profile) -> np.ndarray:
    """Tell where a gait cannot pass, or, if it asks to be certain, is not known to."""
    closed = np.zeros(len(paths), dtype=bool)
    if gait.winter:  # what is cleared is hardly ever mapped: unknown is open, certain or not
        closed |= paths["winter"].to_numpy() == "closed"
    if gait.dark:
        closed |= _told(paths, "lit", gait)
    if gait.wheels:
        closed |= _told(paths, gait.wheels, gait)
        closed |= paths["steps"].to_numpy() & (paths[gait.wheels].to_numpy() != "yes")
        limit = (EASY if gait.certain else HARDEST).get(gait.wheels, np.inf)
        closed |= paths["incline"].to_numpy() > limit
        if gait.certain:  # a raster may lie in a hillside: it only takes away certainty
            steep = (abs(along.slope) > limit) & (along.length_m >= PIECE_M)
            closed[along.path[steep]] = True
    return closed


def _told(paths: gpd.GeoDataFrame, column: str, gait: Gait) -> np.ndarray:
    """Tell where a column says no, or leaves it open to somebody who has to be certain."""
    told = paths[column].to_numpy()
    closed: np.ndarray = (told != "yes") if gait.certain else (told == "no")
    return closed
