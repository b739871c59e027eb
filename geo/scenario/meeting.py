"""Where a new line meets the paths that are there: at its ends, and on its way."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from shapely.ops import substring

from geo.errors import ScenarioError

JOINS_M = 30.0
"""An end that lies so near to a path is led on to it."""

SAME_M = 0.5
"""What meets a path so near to its end meets it at its end."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where a new path meets one that is there: the row of that, and metres along both."""

    row: int
    along_m: float
    new_m: float


def joined(
    paths: gpd.GeoDataFrame, drawn: shapely.LineString, *, over: bool
) -> tuple[shapely.LineString, list[Meeting]]:
    """
    Lead the ends of a line on to the paths beside them.

    Parameters
    ----------
    paths
        As `geo.tables.PATHS`.
    drawn
        A line in their metres.
    over
        Whether it leads over whatever lies below: then it meets paths at its ends only,
        bridges among them. On the ground it meets what lies on the ground.

    Returns
    -------
    line, met
        The line as it is then, and where it meets which path.

    Raises
    ------
    ScenarioError
        If neither end is near a path.

    Examples
    --------
    >>> street = gpd.GeoDataFrame(
    ...     {"structure": ["ground"]}, geometry=[shapely.LineString([(0, 0), (90, 0)])])
    >>> line, met = joined(street, shapely.LineString([(50, 20), (50, 80)]), over=True)
    >>> line.wkt, met
    ('LINESTRING (50 0, 50 20, 50 80)', [Meeting(row=0, along_m=50.0, new_m=0.0)])
    """
    near = np.ones(len(paths), dtype=bool) if over else _lying(paths)
    line, first = _led(paths, drawn, near)
    line, last = _led(paths, line.reverse(), near)
    line = line.reverse()
    met = [
        Meeting(row, float(paths.geometry.iloc[row].project(line.interpolate(at))), at)
        for row, at in ((first, 0.0), (last, float(line.length)))
        if row is not None
    ]
    if not met:
        raise ScenarioError(
            "The path meets no other: begin or end it at most {most} metres from one.",
            most=round(JOINS_M),
        )
    return line, met if over else [*met, *_crossings(paths, line)]


def _led(
    paths: gpd.GeoDataFrame, line: shapely.LineString, among: np.ndarray
) -> tuple[shapely.LineString, int | None]:
    """
    Begin a line on the path that is nearest to its beginning, the first of several, if near.

    What began beyond that path is cut off; what came from it, and is near it still, is free.
    """
    begin = shapely.get_point(line, 0)
    rows = np.sort(paths.sindex.query(begin, predicate="dwithin", distance=JOINS_M))
    rows = rows[among[rows]]
    if not len(rows):
        return line, None
    lines = paths.geometry.to_numpy()
    row = int(rows[shapely.distance(lines[rows], begin).argmin()])
    met = shapely.points(shapely.get_coordinates(shapely.intersection(line, lines[row])))
    beyond_m = float(shapely.line_locate_point(line, met).min(initial=np.inf))
    if beyond_m > JOINS_M:
        spot = shapely.get_point(shapely.shortest_line(lines[row], begin), 0)
        corners = [spot, *map(shapely.Point, line.coords)]
        return shapely.remove_repeated_points(shapely.LineString(corners)), row
    if beyond_m > line.length - SAME_M:
        return line, None
    return shapely.LineString(substring(line, beyond_m, line.length).coords), row


def _lying(paths: gpd.GeoDataFrame) -> np.ndarray:
    """Tell which paths lie on the ground."""
    lying: np.ndarray = paths["structure"].to_numpy() == "ground"
    return lying


def _crossings(paths: gpd.GeoDataFrame, line: shapely.LineString) -> list[Meeting]:
    """Return where a line on the ground crosses, or runs along, paths on the ground."""
    rows = np.sort(paths.sindex.query(line, predicate="intersects"))
    found = []
    for row in rows[_lying(paths)[rows]]:
        other = paths.geometry.to_numpy()[row]
        for part in shapely.get_parts(shapely.intersection(line, other)):
            for spot in dict.fromkeys((part.coords[0], part.coords[-1])):
                at = shapely.Point(spot)
                found.append(
                    Meeting(int(row), float(other.project(at)), float(line.project(at)))
                )
    return found
