"""Grounds that are drawn in several pieces, and how large they are together."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.paths.network import Floats


def together_m2(shapes: NDArray[np.object_]) -> Floats:
    """
    Return for each polygon the area of the ground that it is a piece of.

    Polygons are of one ground if they touch or overlap, also through others; what
    they share is counted once. A park is often drawn in pieces, at a border between
    districts or around a pitch, and whoever walks there crosses from one to the next.
    A road drawn between two pieces parts them, however narrow.

    Parameters
    ----------
    shapes
        Valid polygons in metres.

    Returns
    -------
    together_m2
        Square metres, one for each polygon; never less than its own.

    Examples
    --------
    >>> from shapely import box
    >>> together_m2(np.array([box(0, 0, 2, 2), box(1, 0, 3, 2), box(9, 9, 10, 10)])).tolist()
    [6.0, 6.0, 1.0]
    """
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    touching = coo_array((np.ones(len(one)), (one, other)), shape=(len(shapes), len(shapes)))
    grounds, of_ground = connected_components(touching, directed=False)
    order = np.argsort(of_ground, kind="stable")
    first = np.searchsorted(of_ground[order], np.arange(1, grounds))
    pieces = np.split(shapes[order], first)[:grounds]
    areas = np.array([shapely.union_all(some).area for some in pieces], dtype=np.float64)
    return areas[of_ground]
