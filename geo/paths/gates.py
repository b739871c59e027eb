"""Gates that nobody mapped: a fence without one shuts nobody in for good."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from geo.paths.joining import Joined, join
from geo.paths.network import Network


def attached(network: Network, points: gpd.GeoDataFrame, barriers: gpd.GeoDataFrame) -> Joined:
    """
    Join points to the network; those that only fences keep from it, through these.

    A garden or a playground whose fence is drawn all round has a gate all the same.
    Water, motorways and railways have none.

    Parameters
    ----------
    network
        Where every path can be walked.
    points
        In its CRS.
    barriers
        As `geo.tables.BARRIERS`.

    Examples
    --------
    >>> from shapely import LineString, Point, box
    >>> from geo.paths.network import build
    >>> street = gpd.GeoDataFrame({"u": [7], "v": [9], "length_m": [300.0]},
    ...     geometry=[LineString([(0, 0), (300, 0)])], crs="EPSG:25832")
    >>> home = gpd.GeoDataFrame(geometry=[Point(120, 15)], crs="EPSG:25832")
    >>> round_it = gpd.GeoDataFrame(
    ...     {"what": ["fence"]}, geometry=[box(110, 5, 130, 25).exterior], crs="EPSG:25832")
    >>> attached(build(street), home, round_it).gap_m.tolist()
    [15.0]
    >>> attached(build(street), home, round_it.assign(what="water")).gap_m.tolist()
    [inf]
    """
    found = join(network, points, barriers=barriers.geometry)
    lost = np.flatnonzero(found.edge < 0)
    if not len(lost):
        return found
    solid = barriers[barriers["what"] != "fence"]
    if len(solid) == len(barriers):
        return found
    again = join(network, points.iloc[lost], barriers=solid.geometry)
    edge, along, gap_m = found.edge.copy(), found.along.copy(), found.gap_m.copy()
    edge[lost], along[lost], gap_m[lost] = again.edge, again.along, again.gap_m
    return Joined(edge, along, gap_m)
