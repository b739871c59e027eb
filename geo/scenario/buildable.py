"""Spots where a new place could be built: a grid over the land, beside paths."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geo.bundle import Bundle
from geo.cells import CELL_M
from geo.paths.joining import Geometries

BESIDE_M = 20.0
"""So far from a path something is built at most: farther off, it would need a road."""

MOST_SPOTS = 400
"""The grid is as coarse as it must be for no more spots than these."""

GROUND = ("water", "building")
"""What nothing new is built on."""


def buildable(bundle: Bundle) -> gpd.GeoDataFrame:
    """
    Return spots in a square grid where something could be built.

    Parameters
    ----------
    bundle
        The area.

    Returns
    -------
    spots
        Points in the area, not in water and not in a building; column `name`, empty. One
        for each square of the grid that a path runs by: as near to its middle as it can
        lie, at most `BESIDE_M` from the path. Whether the land may be built on, and whose
        it is, nobody has asked.

    Examples
    --------
    >>> from types import SimpleNamespace as Some
    >>> crs = "EPSG:25832"
    >>> land = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 500, 250)], crs=crs)
    >>> street = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 99), (500, 99)])], crs=crs)
    >>> pond = gpd.GeoDataFrame(
    ...     {"what": ["water"]}, geometry=[shapely.box(300, 0, 500, 250)], crs=crs)
    >>> found = buildable(Some(boundary=land, paths=street, backdrop=pond))
    >>> [point.wkt for point in found.geometry]
    ['POINT (125 119)']
    """
    land = shapely.union_all(bundle.boundary.geometry.to_numpy())
    step = CELL_M * max(1.0, np.ceil(np.sqrt(land.area / CELL_M**2 / MOST_SPOTS)))
    west, south, east, north = (np.array(land.bounds) / step).round(9)
    x = (np.arange(np.floor(west), np.ceil(east)) + 0.5) * step
    y = (np.arange(np.floor(south), np.ceil(north)) + 0.5) * step
    spots = shapely.points(*(along.ravel() for along in np.meshgrid(x, y)))
    beside = _beside(bundle, spots, step)
    shapely.prepare(land)
    beside = beside[shapely.contains(land, beside)]
    solid = bundle.backdrop[bundle.backdrop["what"].isin(GROUND)]
    free = np.ones(len(beside), dtype=bool)
    free[solid.sindex.query(beside, predicate="intersects")[0]] = False
    shapes = beside[free]
    return gpd.GeoDataFrame(
        {"name": ""}, index=range(len(shapes)), geometry=shapes, crs=bundle.boundary.crs
    )


def _beside(bundle: Bundle, middles: Geometries, step: float) -> Geometries:
    """Return for every middle of a square that a path runs by the spot beside that path."""
    paths = bundle.paths.geometry.to_numpy()
    row, hit = bundle.paths.sindex.nearest(
        middles, return_all=False, max_distance=float(step) / 2
    )
    way = shapely.shortest_line(paths[hit], middles[row])
    spots: Geometries = shapely.line_interpolate_point(
        way, np.minimum(shapely.length(way), BESIDE_M)
    )
    return spots
