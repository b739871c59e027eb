"""Where one goes in: never a centroid, always a spot on the edge that can be walked to."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.network import Ints

ON_OUTLINE_M = 1.0
"""An entrance is a building's own if it lies so near its outline."""

LINE_STEP_M = 100.0
"""A trail can be joined at both ends and every so often between."""


def doors(
    sites: gpd.GeoDataFrame, entrances: gpd.GeoSeries, paths: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """
    Find the doors of every site.

    A point is its own door. A line is joined along its course. A building
    has its mapped entrances, else the spot of its façade nearest to a path.
    Grounds (an area that is no building) are entered wherever a path crosses or
    touches their edge, and at entrances mapped on it; else like a building.

    Parameters
    ----------
    sites
        Any geometry in metres; column `is_building`.
    entrances
        Points of mapped entrances that may be used.
    paths
        Lines that can be walked.

    Returns
    -------
    doors
        Points; columns `of`, the label of the site, and `how`, as in
        `geo.tables.ENTRANCES`. Every site has at least one.

    Examples
    --------
    >>> from shapely import LineString, Point, box
    >>> crs = "EPSG:25832"
    >>> sites = gpd.GeoDataFrame({"is_building": [True, False]}, index=["hall", "park"],
    ...     geometry=[box(0, 10, 20, 30), box(50, -10, 90, 10)], crs=crs)
    >>> street = gpd.GeoDataFrame(geometry=[LineString([(0, 0), (100, 0)])], crs=crs)
    >>> found = doors(sites, gpd.GeoSeries([], crs=crs), street)
    >>> found["how"].tolist(), found.geometry.y.tolist()
    (['facade', 'crossing', 'crossing'], [10.0, 0.0, 0.0])
    """
    shape = sites.geom_type.to_numpy()
    area = np.isin(shape, ("Polygon", "MultiPolygon"))
    line = np.isin(shape, ("LineString", "MultiLineString"))
    mapped = _mapped(sites, np.flatnonzero(area), entrances)
    crossed = _crossings(
        sites, np.flatnonzero(area & ~sites["is_building"].to_numpy(dtype=bool)), paths
    )
    rest = np.setdiff1d(np.flatnonzero(area), np.concatenate([mapped["row"], crossed["row"]]))
    found = pd.concat(
        [
            _points(sites, np.flatnonzero(~area & ~line)),
            _along(sites, np.flatnonzero(line)),
            mapped,
            crossed,
            _facades(sites, rest, paths),
        ]
    ).sort_values("row", kind="stable")
    return gpd.GeoDataFrame(
        {"of": sites.index.to_numpy()[found["row"]], "how": found["how"].to_numpy()},
        geometry=found["spot"].to_numpy(),
        crs=sites.crs,
    )


def _found(row: Ints, spot: object, how: str) -> pd.DataFrame:
    return pd.DataFrame({"row": np.asarray(row, dtype=np.intp), "spot": spot, "how": how})


def _points(sites: gpd.GeoDataFrame, row: Ints) -> pd.DataFrame:
    return _found(row, shapely.point_on_surface(sites.geometry.to_numpy()[row]), "point")


def _mapped(sites: gpd.GeoDataFrame, row: Ints, entrances: gpd.GeoSeries) -> pd.DataFrame:
    """Give every area the entrances on its outline."""
    outlines = shapely.boundary(sites.geometry.to_numpy()[row])
    spots = entrances.to_numpy()
    spot, hit = shapely.STRtree(outlines).query(spots, "dwithin", distance=ON_OUTLINE_M)
    return _found(row[hit], spots[spot], "mapped")


def _crossings(sites: gpd.GeoDataFrame, row: Ints, paths: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give grounds every spot where a path meets their edge."""
    outlines = shapely.boundary(sites.geometry.to_numpy()[row])
    lines = paths.geometry.to_numpy()
    hit, line = shapely.STRtree(lines).query(outlines, "intersects")
    # Where a path runs along the edge, they share a stretch: its ends are entered.
    shared = shapely.intersection(outlines[hit], lines[line])
    part, of = shapely.get_parts(shared, return_index=True)
    spot, of_part = shapely.get_coordinates(part, return_index=True)
    found = _found(row[hit[of[of_part]]], shapely.points(spot), "crossing")
    return found[~found.assign(spot=shapely.to_wkb(found["spot"])).duplicated(["row", "spot"])]


def _facades(sites: gpd.GeoDataFrame, row: Ints, paths: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give an area the spot on its edge that is nearest to any path."""
    areas = sites.geometry.to_numpy()[row]
    if paths.empty:
        return _found(row, shapely.point_on_surface(shapely.boundary(areas)), "facade")
    lines = paths.geometry.to_numpy()
    (area, line) = shapely.STRtree(lines).query_nearest(areas, all_matches=False)
    shortest = shapely.shortest_line(shapely.boundary(areas[area]), lines[line])
    return _found(row[area], shapely.get_point(shortest, 0), "facade")


def _along(sites: gpd.GeoDataFrame, row: Ints) -> pd.DataFrame:
    """Give a line its ends and a spot every `LINE_STEP_M` between."""
    parts, of = shapely.get_parts(sites.geometry.to_numpy()[row], return_index=True)
    length_m = shapely.length(parts)
    count = np.maximum(np.ceil(length_m / LINE_STEP_M).astype(int), 1) + 1
    part = np.repeat(np.arange(len(parts)), count)
    step = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
    along_m = length_m[part] * step / (count[part] - 1)
    return _found(row[of[part]], shapely.line_interpolate_point(parts[part], along_m), "line")
