"""A new line woven into the paths: joined to them, and they are cut where it meets them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import nan

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.ops import substring

from geo.errors import ScenarioError
from geo.scenario.tables import below, numbered

JOINS_M = 30.0
"""An end that lies so near to a path is led on to it."""

SAME_M = 0.5
"""What meets a path so near to its end meets it at its end."""

Knot = tuple[float, int]
"""Metres along a line, and the junction there."""

Piece = tuple[int, int, shapely.LineString, float]
"""Junctions at both ends, the course between, and its share of the whole."""


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
        Whether it leads over whatever lies below: then it meets paths at its ends only.

    Returns
    -------
    line, met
        The line as it is then, and where it meets which path.

    Raises
    ------
    ScenarioError
        If neither end is near a path.
    """
    lines = paths.geometry.to_numpy()
    first, last = (_beside(paths, end) for end in (drawn.coords[0], drawn.coords[-1]))
    if first is None and last is None:
        raise ScenarioError(
            "The path meets no other: begin or end it at most {most} metres from one.",
            most=round(JOINS_M),
        )
    ends = [[] if one is None else [one[1].coords[0]] for one in (first, last)]
    whole = dict.fromkeys([*ends[0], *drawn.coords[:-1]])
    line = shapely.LineString([*whole, drawn.coords[-1], *ends[1]])
    met = [
        Meeting(one[0], float(lines[one[0]].project(one[1])), at)
        for one, at in ((first, 0.0), (last, float(line.length)))
        if one is not None
    ]
    return line, met if over else [*met, *_crossings(paths, line)]


def _beside(
    paths: gpd.GeoDataFrame, end: tuple[float, ...]
) -> tuple[int, shapely.Point] | None:
    """Return the nearest path, the first of several, and its nearest spot; if one is near."""
    spot = shapely.Point(end)
    found, away_m = paths.sindex.nearest(
        spot, max_distance=JOINS_M, return_all=True, return_distance=True
    )
    if not len(away_m):
        return None
    row = int(found[1].min())
    way = shapely.shortest_line(paths.geometry.to_numpy()[row], spot)
    return row, shapely.get_point(way, 0)


def _crossings(paths: gpd.GeoDataFrame, line: shapely.LineString) -> list[Meeting]:
    """Return where a line on the ground crosses, or runs along, paths on the ground."""
    rows = np.sort(paths.sindex.query(line, predicate="intersects"))
    rows = rows[(paths["structure"].to_numpy() == "ground")[rows]]
    found = []
    for row in rows:
        other = paths.geometry.to_numpy()[row]
        for part in shapely.get_parts(shapely.intersection(line, other)):
            for spot in dict.fromkeys((part.coords[0], part.coords[-1])):
                at = shapely.Point(spot)
                found.append(
                    Meeting(int(row), float(other.project(at)), float(line.project(at)))
                )
    return found


def woven(
    paths: gpd.GeoDataFrame, line: shapely.LineString, met: list[Meeting], *, bridge: bool
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Cut paths where a line meets them, and tie it to them there; return all, and the new."""
    free = int(max(paths["u"].max(), paths["v"].max())) + 1
    knots: list[Knot] = []
    cut: dict[int, list[Knot]] = {}
    for one in sorted(met, key=lambda one: (one.new_m, one.row)):
        junction, free = _junction(paths, one, cut.setdefault(one.row, []), free)
        knots.append((one.new_m, junction))
    for end in (0.0, float(line.length)):
        if all(abs(end - at) > SAME_M for at, _ in knots):
            knots.append((end, free))
            free += 1
    pieces = _pieces(line, sorted(knots))
    if not pieces:
        raise ScenarioError("The path leads back to where it began.")
    way = min(int(paths["way"].min()), 0) - 1
    new = _rows(pieces, way, bridge=bridge).set_crs(paths.crs)
    split = [row for row, cuts in cut.items() if cuts]
    parts = [_halves(paths.iloc[[row]], sorted(cut[row])) for row in sorted(split)]
    more = gpd.GeoDataFrame(pd.concat([*parts, new], ignore_index=True), crs=paths.crs)
    fresh = numbered(paths, more)
    left = paths.drop(index=paths.index[split]) if split else paths
    return below(left, fresh), fresh.iloc[len(fresh) - len(new) :]


def _junction(
    paths: gpd.GeoDataFrame, met: Meeting, cuts: list[Knot], free: int
) -> tuple[int, int]:
    """Return the junction where a path is met, and the next number that is free."""
    row = paths.iloc[met.row]
    known = [(0.0, int(row["u"])), (float(row.geometry.length), int(row["v"])), *cuts]
    for at, junction in known:
        if abs(at - met.along_m) <= SAME_M:
            return junction, free
    cuts.append((met.along_m, free))
    return free, free + 1


def _pieces(line: shapely.LineString, knots: list[Knot]) -> list[Piece]:
    """Cut a line at its knots; what leads back to where it began is left out."""
    found = []
    for (begin, u), (end, v) in pairwise(knots):
        course = substring(line, begin, end)
        if course.geom_type == "Point":  # two paths that share no junction, met in one spot
            course = shapely.LineString([course, course])
        if u != v:
            found.append((u, v, course, (end - begin) / line.length))
    return found


def _halves(row: gpd.GeoDataFrame, cuts: list[Knot]) -> gpd.GeoDataFrame:
    """Cut a path at new junctions; each piece has its share of the length, and all the rest."""
    line = row.geometry.iloc[0]
    ends = [(0.0, int(row["u"].iloc[0])), *cuts, (line.length, int(row["v"].iloc[0]))]
    pieces = _pieces(line, ends)
    u, v, lines, share = zip(*pieces, strict=True)
    told = row.iloc[np.zeros(len(pieces), dtype=np.intp)]
    return told.assign(u=u, v=v, length_m=told["length_m"] * share).set_geometry(
        gpd.GeoSeries(lines, index=told.index, crs=row.crs)
    )


def _rows(pieces: list[Piece], way: int, *, bridge: bool) -> gpd.GeoDataFrame:
    u, v, lines, _ = zip(*pieces, strict=True)
    table = {
        "u": u,
        "v": v,
        "way": way,
        "highway": "footway",
        "name": "",
        "length_m": [float(line.length) for line in lines],
        "steps": False,
        "surface": "firm",
        **dict.fromkeys(("wheelchair", "pram", "lit"), "yes"),
        "winter": "open",
        "structure": "bridge" if bridge else "ground",
        "incline": nan,
    }
    return gpd.GeoDataFrame(table, geometry=list(lines))
