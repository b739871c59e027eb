"""Where one goes in: never a centroid, always a spot on the edge that can be walked to."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.paths.crossing import crossing
from geo.paths.joining import JOIN_LIMIT_M
from geo.paths.network import Ints

ON_OUTLINE_M = 1.0
"""An entrance is a building's own if it lies so near its outline."""

LINE_STEP_M = 100.0
"""A trail can be joined at both ends and every so often between."""


NEAR_EDGE_M = 5.0
"""A fence, or a gate in it, is that of some grounds if it lies so near their edge."""


def doors(
    sites: gpd.GeoDataFrame,
    entrances: gpd.GeoSeries,
    paths: gpd.GeoDataFrame,
    *,
    barriers: gpd.GeoDataFrame | None = None,
    gates: gpd.GeoSeries | None = None,
) -> gpd.GeoDataFrame:
    """
    Find the doors of every site.

    A point is its own door. A line is joined along its course. A building
    has its mapped entrances, else the spot of its façade nearest to a path; a path
    behind a barrier comes last. Grounds (an area that is no building) are entered
    wherever a path crosses or touches their edge, and at entrances mapped on it; else
    at their gates; else like a building. Where a path leads through a fence at the
    edge, that is an entrance only if the grounds have no gate elsewhere: a path that
    is mapped through a fence has an opening that is not, unless somebody has mapped
    the openings. A bridge or a tunnel across the edge is an entrance only if it ends
    within.

    Parameters
    ----------
    sites
        Any geometry in metres; column `is_building`.
    entrances
        Points of mapped entrances that may be used.
    paths
        Lines that can be walked; column `structure`, if any, as in `geo.tables.PATHS`.
    barriers
        As `geo.tables.BARRIERS`, its fences open at gates; or `None`: none are known.
    gates
        Points of gates that people may go through, or `None`.

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
    grounds = np.flatnonzero(area & ~sites["is_building"].to_numpy(dtype=bool))
    mapped = _mapped(sites, np.flatnonzero(area), entrances, ON_OUTLINE_M)
    no_gates = gpd.GeoSeries([], crs=sites.crs)
    gated = _mapped(sites, grounds, no_gates if gates is None else gates, NEAR_EDGE_M)
    crossed = _crossings(sites, grounds, paths)
    walls = shapely.STRtree([] if barriers is None else barriers.geometry.to_numpy())
    if barriers is not None:
        fences = barriers.geometry.to_numpy()[(barriers["what"] == "fence").to_numpy()]
        closed = crossed["row"].isin(gated["row"]) & _through(crossed, paths, fences)
        crossed = crossed[~closed]
    gated = gated[~gated["row"].isin([*mapped["row"], *crossed["row"]])]
    known = pd.concat([mapped, crossed.drop(columns="path"), gated])
    found = pd.concat(
        [
            _points(sites, np.flatnonzero(~area & ~line)),
            _along(sites, np.flatnonzero(line)),
            known[
                ~known.assign(spot=shapely.to_wkb(known["spot"])).duplicated(["row", "spot"])
            ],
            _facades(sites, np.setdiff1d(np.flatnonzero(area), known["row"]), paths, walls),
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


def _mapped(
    sites: gpd.GeoDataFrame, row: Ints, entrances: gpd.GeoSeries, near_m: float
) -> pd.DataFrame:
    """Give every area the entrances on its outline, or near it."""
    outlines = shapely.boundary(sites.geometry.to_numpy()[row])
    spots = entrances.to_numpy()
    spot, hit = shapely.STRtree(outlines).query(spots, "dwithin", distance=near_m)
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
    found["path"] = line[of[of_part]]
    return found[_lands(sites, found, paths)]


def _lands(
    sites: gpd.GeoDataFrame, crossed: pd.DataFrame, paths: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    """Tell which crossings are on the ground, or lead to an end within the grounds."""
    lands = np.ones(len(crossed), dtype=bool)
    if "structure" in paths:
        structure = paths["structure"].to_numpy()[crossed["path"]]
        above = np.flatnonzero(structure != "ground")
        line = paths.geometry.to_numpy()[crossed["path"].to_numpy()[above]]
        site = sites.geometry.to_numpy()[crossed["row"].to_numpy()[above]]
        ends = [shapely.get_point(line, end) for end in (0, -1)]
        lands[above] = np.logical_or(*(shapely.intersects(site, end) for end in ends))
    return lands


def _through(
    crossed: pd.DataFrame, paths: gpd.GeoDataFrame, fences: NDArray[np.object_]
) -> NDArray[np.bool_]:
    """Tell at which crossings the path, on its way across the edge, meets a fence."""
    lines = paths.geometry.to_numpy()[crossed["path"].to_numpy()]
    around = shapely.buffer(crossed["spot"].to_numpy(), NEAR_EDGE_M)
    near = shapely.STRtree(shapely.intersection(lines, around))
    _, hit = near.query(fences, "intersects")
    through = np.zeros(len(crossed), dtype=bool)
    through[hit] = True
    return through


def _facades(
    sites: gpd.GeoDataFrame, row: Ints, paths: gpd.GeoDataFrame, walls: shapely.STRtree
) -> pd.DataFrame:
    """Give an area the spot on its edge that is nearest to a path with no barrier before."""
    areas = sites.geometry.to_numpy()[row]
    edges, lines = shapely.boundary(areas), paths.geometry.to_numpy()
    if paths.empty:
        return _found(row, shapely.point_on_surface(edges), "facade")
    tree = shapely.STRtree(lines)
    (area, line) = tree.query_nearest(areas, all_matches=False)
    shortest = shapely.shortest_line(edges[area], lines[line])
    for n in np.flatnonzero(crossing(shortest, walls)):
        near = tree.query(areas[area[n]], "dwithin", distance=JOIN_LIMIT_M)
        ways = shapely.shortest_line(edges[area[n]], lines[near])
        free = ways[~crossing(ways, walls)]
        if len(free):  # else it is shut in, and the nearest is as good as any
            shortest[n] = free[shapely.length(free).argmin()]
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
