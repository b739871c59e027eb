"""A new line woven into the paths: joined to them, and they are cut where it meets them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import nan

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.ops import substring

from geo.errors import ScenarioError
from geo.scenario.meeting import SAME_M, Meeting
from geo.scenario.tables import below, numbered

Knot = tuple[float, int]
"""Metres along a line, and the junction there."""

Piece = tuple[int, int, shapely.LineString, float]
"""Junctions at both ends, the course between, and its share of the whole."""


def woven(
    paths: gpd.GeoDataFrame, line: shapely.LineString, met: list[Meeting], *, bridge: bool
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """
    Cut paths where a line meets them, and tie it to them there.

    Parameters
    ----------
    paths
        As `geo.tables.PATHS`.
    line, met
        As `geo.scenario.meeting.joined` returns them.
    bridge
        Whether it leads over what lies below.

    Returns
    -------
    paths, new
        All paths, those that were cut in pieces last; and the rows of the line.

    Raises
    ------
    ScenarioError
        If nothing is left of the line but ways back to where they began.

    Examples
    --------
    >>> from geo.scenario.meeting import joined
    >>> street = gpd.GeoDataFrame(
    ...     {"u": [1], "v": [2], "way": [7], "length_m": [90.0], "structure": ["ground"]},
    ...     geometry=[shapely.LineString([(0, 0), (90, 0)])], crs="EPSG:25833")
    >>> drawn = shapely.LineString([(50, 0), (50, 80)])
    >>> paths, new = woven(street, *joined(street, drawn, over=False), bridge=False)
    >>> paths[["u", "v", "way", "length_m"]].to_numpy().tolist()
    [[1.0, 3.0, 7.0, 50.0], [3.0, 2.0, 7.0, 40.0], [3.0, 4.0, -1.0, 80.0]]
    >>> new.index.tolist(), paths.index.tolist()
    ([3], [1, 2, 3])
    """
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
    split = {row: sorted(cut[row]) for row in sorted(cut) if cut[row]}
    if not split:
        fresh = numbered(paths, new)
        return below(paths, fresh), fresh
    more = pd.concat([_halves(paths, split), new], ignore_index=True)
    fresh = numbered(paths, gpd.GeoDataFrame(more, crs=paths.crs))
    left = paths.iloc[np.delete(np.arange(len(paths)), list(split))]
    return below(left, fresh), fresh.iloc[len(fresh) - len(new) :]


def _junction(
    paths: gpd.GeoDataFrame, met: Meeting, cuts: list[Knot], free: int
) -> tuple[int, int]:
    """Return the junction where a path is met, and the next number that is free."""
    line, first, last = _course(paths, met.row)
    known = [(0.0, first), (float(line.length), last), *cuts]
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


def _halves(paths: gpd.GeoDataFrame, cut: Mapping[int, list[Knot]]) -> gpd.GeoDataFrame:
    """Cut paths at new junctions; each piece has its share of the length, and all the rest."""
    rows: list[int] = []
    pieces: list[Piece] = []
    for row, cuts in cut.items():
        line, first, last = _course(paths, row)
        found = _pieces(line, [(0.0, first), *cuts, (line.length, last)])
        rows += [row] * len(found)
        pieces += found
    u, v, lines, share = zip(*pieces, strict=True)
    told = paths.iloc[rows]
    length_m = told["length_m"].to_numpy() * np.array(share)
    return told.assign(u=u, v=v, length_m=length_m, geometry=list(lines))


def _course(paths: gpd.GeoDataFrame, row: int) -> tuple[shapely.LineString, int, int]:
    """Return how a path runs, and from which junction to which."""
    return paths.geometry.array[row], int(paths["u"].array[row]), int(paths["v"].array[row])


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
