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
from geo.scenario.ground import hit, require_land
from geo.scenario.tables import below, numbered
from geo.scenario.weaving import SAME_M, joined, woven

LONGEST_M = 5000.0

NEVER_CROSSED = {
    "water": Message("water"),
    "motorway": Message("a motorway"),
    "railway": Message("a railway"),
}
"""Barriers that only a bridge leads across, as they are called in a sentence."""


def laid(bundle: Bundle, edit: Path) -> Bundle:
    """Return an area with a new path; parks that it leads into have an entrance there."""
    drawn = shapely.LineString(edit.line)
    if not SAME_M <= drawn.length <= LONGEST_M:
        raise ScenarioError(
            "A new path is at most {most} metres long, not {n}.",
            most=round(LONGEST_M),
            n=round(drawn.length),
        )
    line, met = joined(bundle.paths, drawn, over=edit.bridge)
    _require_free(bundle, line, over=edit.bridge)
    paths, pieces = woven(bundle.paths, line, met, bridge=edit.bridge)
    more = bundle.entrances if edit.bridge else _entered(bundle, line, pieces)
    return replace(bundle, paths=paths, entrances=more)


def _require_free(bundle: Bundle, line: shapely.LineString, *, over: bool) -> None:
    """Raise `ScenarioError` if a path leads where none can lie."""
    for end in (line.interpolate(0.0), line.interpolate(line.length)):
        require_land(bundle, end)
    if over:
        return
    require_land(bundle, line)
    if hit(bundle, line, "building"):
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
    grounds = near[near.geom_type.str.endswith("Polygon") & (near["setting"] == "outdoor")]
    if grounds.empty:
        return bundle.entrances
    none = gpd.GeoSeries([], crs=places.crs)
    found = doors(grounds[["geometry"]].assign(is_building=False), none, pieces)
    new = found[found["how"] == "crossing"].rename(columns={"of": "place_id"})
    return below(bundle.entrances, numbered(bundle.entrances, new))
