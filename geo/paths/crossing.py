"""Straight ways that lead across a barrier."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.paths.network import Bools

TOUCH_M = 0.5
"""What lies so near to a barrier is on it, not behind it: a gate, a façade on the quay."""


def crossing(ways: NDArray[np.object_], walls: shapely.STRtree) -> Bools:
    """
    Tell which straight ways lead across a barrier.

    A way may touch one at its ends, as far as `TOUCH_M`: a shorter one than two touches
    crosses nothing.

    Parameters
    ----------
    ways
        Lines of two points.
    walls
        The barriers, in the same metric CRS.

    Examples
    --------
    >>> ways = shapely.linestrings([[(0, 0), (0, 9)], [(2, 0), (2, 9)]])
    >>> walls = shapely.linestrings([[(-1, 5), (1, 5)], [(1, 0), (3, 0)]])
    >>> crossing(ways, shapely.STRtree(walls)).tolist()
    [True, False]
    """
    crossed = np.zeros(len(ways), dtype=bool)
    ends = shapely.get_coordinates(ways).reshape(-1, 2, 2)
    leg = ends[:, 1] - ends[:, 0]
    length_m = np.hypot(*leg.T)
    long = np.flatnonzero(length_m > 2 * TOUCH_M)
    if not len(walls) or not len(long):
        return crossed
    step = leg[long] * (TOUCH_M / length_m[long])[:, None]
    inner = shapely.linestrings(np.stack([ends[long, 0] + step, ends[long, 1] - step], axis=1))
    crossed[long[walls.query(inner, predicate="intersects")[0]]] = True
    return crossed
