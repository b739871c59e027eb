"""The sea, from its coastline: OpenStreetMap draws the edge only, with land to its left."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

ASIDE_M = 0.5
"""How far to step aside from the middle of a stretch of coast to stand on land or in water."""

CUT_SHORT_M = 300.0
"""A coast that ends so near the frame was cut off there; farther in, it has a gap."""

DOUBT = 0.02
"""A face with more than this share of samples on land is no sea: its coast has a gap."""


def sea_of(coast: gpd.GeoSeries, frame: BaseGeometry) -> gpd.GeoSeries:
    """
    Return the water that a coastline bounds within a frame.

    Parameters
    ----------
    coast
        Lines in metres, land to the left of each.
    frame
        The land and water to be drawn, in the same CRS.

    Returns
    -------
    sea
        Polygons. Empty without a coast; a face whose coast is cut off before the
        frame is left as land, which is how an unknown stretch looks least wrong.

    Examples
    --------
    >>> east = gpd.GeoSeries([shapely.LineString([(50, -10), (50, 110)])], crs="EPSG:25832")
    >>> sea_of(east, shapely.box(0, 0, 100, 100)).bounds.to_numpy().tolist()
    [[50.0, 0.0, 100.0, 100.0]]
    """
    wide = frame.buffer(ASIDE_M)  # a coast cut off on the frame may miss it by rounding
    lines = coast.clip(wide).explode()
    lines = lines[lines.geom_type == "LineString"]
    edges = shapely.union_all([frame.boundary, *lines, *_ends(lines, wide)])
    faces = gpd.GeoSeries(list(shapely.polygonize([edges]).geoms), crs=coast.crs)
    faces = faces[faces.representative_point().within(frame)]
    if lines.empty:
        return faces.iloc[:0]
    land, water = (_standing(faces, _beside(lines, side * ASIDE_M)) for side in (1, -1))
    return faces[(water > 0) & (land <= DOUBT * water)]


def _ends(lines: gpd.GeoSeries, frame: BaseGeometry) -> list[BaseGeometry]:
    """Lead coasts that were cut just short of the frame on to it."""
    coast = shapely.line_merge(shapely.union_all(lines.to_numpy()))
    loose = [end for line in shapely.get_parts(coast) for end in shapely.boundary(line).geoms]
    leads = [shapely.shortest_line(end, frame.boundary) for end in loose]
    # A little farther than the frame: an end exactly on it would miss it by rounding.
    return [
        scale(lead, 1.01, 1.01, origin=lead.coords[0])
        for lead in leads
        if 0 < lead.length < CUT_SHORT_M
    ]


def _beside(lines: gpd.GeoSeries, aside_m: float) -> gpd.GeoSeries:
    """Return the middle of every stretch, moved to the left, or to the right if negative."""
    xy, line = shapely.get_coordinates(lines.to_numpy(), return_index=True)
    same = line[1:] == line[:-1]
    start, step = xy[:-1][same], np.diff(xy, axis=0)[same]
    length_m = np.hypot(*step.T)
    left = np.column_stack([-step[:, 1], step[:, 0]]) / np.maximum(length_m, 1e-9)[:, None]
    spots = start + step / 2 + aside_m * left
    return gpd.GeoSeries(gpd.points_from_xy(*spots.T), crs=lines.crs)


def _standing(faces: gpd.GeoSeries, spots: gpd.GeoSeries) -> np.ndarray:
    """Count the spots that stand in each face."""
    hit = faces.sindex.query(spots, predicate="within")[1]
    return np.bincount(hit, minlength=len(faces))
