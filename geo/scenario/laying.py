"""Paths that are laid, where a path can lie."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from geo.bundle import Bundle
from geo.doors import doors
from geo.errors import Message, ScenarioError
from geo.paths.network import Ints
from geo.scenario.edits import Path
from geo.scenario.ground import entered, require_land
from geo.scenario.meeting import Meeting, joined
from geo.scenario.tables import below, numbered
from geo.scenario.weaving import woven

SHORTEST_M, LONGEST_M = 1.0, 5000.0

NEVER_CROSSED = {
    "water": Message("water"),
    "motorway": Message("a motorway"),
    "railway": Message("a railway"),
}
"""Barriers that only a bridge leads across, as they are called in a sentence."""


def laid(bundle: Bundle, edit: Path) -> Bundle:
    """
    Return an area with a new path; grounds that it leads on to have an entrance there.

    Parameters
    ----------
    bundle
        The area as it is.
    edit
        The path.

    Raises
    ------
    ScenarioError
        If it cannot lie there, or meets no other path.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> street = gpd.GeoDataFrame(
    ...     {"u": [1], "v": [2], "way": [7], "length_m": [90.0], "structure": ["ground"]},
    ...     geometry=[shapely.LineString([(0, 0), (90, 0)])], crs="EPSG:25833")
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> before = replace(here, paths=street)
    >>> laid(before, Path(((50.0, 10.0), (50.0, 80.0)))).paths["length_m"].tolist()
    [50.0, 40.0, 80.0]
    """
    drawn = shapely.remove_repeated_points(shapely.LineString(edit.line))
    if not SHORTEST_M <= drawn.length <= LONGEST_M:
        raise ScenarioError(
            "A new path is {least} to {most} metres long, not {n}.",
            least=round(SHORTEST_M),
            most=round(LONGEST_M),
            n=round(drawn.length),
        )
    if not drawn.is_simple:
        raise ScenarioError("The path crosses itself: draw it as two.")
    line, met = joined(bundle.paths, drawn, over=edit.bridge)
    _require_free(bundle, line, met, over=edit.bridge)
    paths, pieces = woven(bundle.paths, line, met, bridge=edit.bridge)
    return replace(bundle, paths=paths, entrances=_entered(bundle, line, pieces))


def _require_free(
    bundle: Bundle, line: shapely.LineString, met: list[Meeting], *, over: bool
) -> None:
    """Raise `ScenarioError` if a path leads where none can lie."""
    if over:  # it ends on land, or on a path: that may be a quay
        for end in {0.0, float(line.length)} - {one.new_m for one in met}:
            require_land(bundle, line.interpolate(end))
        return
    require_land(bundle, line)
    if entered(bundle, line, "building"):
        raise ScenarioError("The path leads through a building: draw it round.")
    known = bundle.barriers
    crossed = known["what"].to_numpy()[known.sindex.query(line, predicate="crosses")]
    for what, called in NEVER_CROSSED.items():
        if what in crossed:
            raise ScenarioError("The path crosses {what}: make it a bridge.", what=called)


def _entered(
    bundle: Bundle, line: shapely.LineString, pieces: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the entrances, with those where a new path leads on to grounds."""
    places = bundle.places
    rows: Ints = np.sort(places.sindex.query(line, predicate="intersects"))
    near = places.iloc[rows]
    grounds = near[near.geom_type.str.endswith("Polygon")]  # it leads through no building
    if grounds.empty:
        return bundle.entrances
    none = gpd.GeoSeries([], crs=places.crs)
    found = doors(grounds[["geometry"]].assign(is_building=False), none, pieces)
    new = found[found["how"] == "crossing"].rename(columns={"of": "place_id"})
    return below(bundle.entrances, numbered(bundle.entrances, new))
