"""Places that are added, moved, closed, or opened to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import nan
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.bundle import Bundle
from geo.doors import doors
from geo.errors import Message, ScenarioError
from geo.model import Kind
from geo.scenario.edits import XY, Add, Close, Move, Open
from geo.scenario.ground import hit, require_land
from geo.scenario.tables import below, numbered

AROUND_M = 300.0
"""Paths farther off cannot be joined from a door anyway."""

APART_M = 1.0
"""Two places of a kind that lie nearer to each other are one on top of the other."""

Kinds = Mapping[str, Kind]


def added(bundle: Bundle, edit: Add, kinds: Kinds) -> Bundle:
    """Return an area with one more place."""
    kind = _kind(edit.kind, kinds)
    shape = _site(bundle, edit.at, indoors=kind.setting != "outdoor")
    _require_room(bundle, shape, edit.kind)
    row = {
        "name": edit.name,
        "kind": kind.key,
        "kinds": kind.key,
        "family": kind.family,
        "setting": kind.setting,
        "opening_hours": edit.hours,
        "wheelchair": "",
        "area_m2": _area_m2(shape),
        "inside": True,
        "osm_ids": "",
        "sources": "scenario",
        "updated": "",
    }
    return _with(bundle, new_id(edit), row, shape, after=bundle.entrances)


def new_id(edit: Add) -> str:
    """
    Return the id of a place that is added: by what and where it is, not by when it was added.

    Examples
    --------
    >>> new_id(Add("park", (262034.5, 6649121.0)))
    'new-park-262034.5-6649121.0'
    """
    x, y = edit.at
    return f"new-{edit.kind}-{x:.1f}-{y:.1f}"


def moved(bundle: Bundle, edit: Move) -> Bundle:
    """Return an area with a place somewhere else; it keeps all that is known of it."""
    row = _place(bundle, edit.place)
    shape = _site(bundle, edit.at, indoors=row["setting"] != "outdoor")
    left = closed(bundle, Close(edit.place))
    _require_room(left, shape, str(row["kind"]))
    told = dict(row.drop("geometry")) | {"area_m2": _area_m2(shape), "inside": True}
    return _with(left, edit.place, told, shape, after=bundle.entrances)


def closed(bundle: Bundle, edit: Close) -> Bundle:
    """Return an area without a place and its entrances."""
    _place(bundle, edit.place)
    entrances = bundle.entrances
    return replace(
        bundle,
        places=bundle.places.drop(index=edit.place),
        entrances=entrances[(entrances["place_id"] != edit.place).to_numpy()],
    )


def opened(bundle: Bundle, edit: Open, kinds: Kinds) -> Bundle:
    """Return an area in which a place is open to others at such hours."""
    row = _place(bundle, edit.place)
    of = str(row["kinds"]).split(";")
    if edit.kind:
        of = list(dict.fromkeys([*of, _kind(edit.kind, kinds).key]))
    places = bundle.places.copy()
    places.loc[edit.place, ["kinds", "opening_hours"]] = [";".join(of), edit.hours]
    return replace(bundle, places=places)


def _kind(key: str, kinds: Kinds) -> Kind:
    if key not in kinds:
        raise ScenarioError("There is no {what} {key}.", what=Message("kind"), key=key[:40])
    return kinds[key]


def _place(bundle: Bundle, place: str) -> pd.Series[Any]:
    if place not in bundle.places.index:
        raise ScenarioError("There is no place {place} here any more.", place=place[:60])
    found: pd.Series[Any] = bundle.places.loc[place]
    return found


def _site(bundle: Bundle, at: XY, *, indoors: bool) -> BaseGeometry:
    """Return the building at a spot, if a place that is indoors can be in it; else the spot."""
    spot = shapely.Point(at)
    require_land(bundle, spot)
    buildings = hit(bundle, spot, "building")
    if buildings and not indoors:
        raise ScenarioError("There is a building here: a place outdoors cannot be in it.")
    return buildings[0] if buildings else spot


def _require_room(bundle: Bundle, shape: BaseGeometry, kind: str) -> None:
    """Raise `ScenarioError` if such a place is there already."""
    near = bundle.places.iloc[
        sorted(bundle.places.sindex.query(shape, predicate="dwithin", distance=APART_M))
    ]
    for name, of in zip(near["name"], near["kinds"], strict=True):
        if kind in of.split(";"):
            raise ScenarioError("There is such a place here already: {name}.", name=name or "–")


def _area_m2(shape: BaseGeometry) -> float:
    return nan if shape.geom_type == "Point" else float(shape.area)


def _with(
    bundle: Bundle,
    place: str,
    row: Mapping[str, object],
    shape: BaseGeometry,
    *,
    after: gpd.GeoDataFrame,
) -> Bundle:
    """Return an area with one more row of places, and its doors, numbered after others."""
    if place in bundle.places.index:
        raise ScenarioError("There is such a place here already: {name}.", name=place)
    one = gpd.GeoDataFrame([row], index=[place], geometry=[shape], crs=bundle.places.crs)
    near = bundle.paths.iloc[
        sorted(bundle.paths.sindex.query(shape, predicate="dwithin", distance=AROUND_M))
    ]
    none = gpd.GeoSeries([], crs=bundle.places.crs)
    site = one[["geometry"]].assign(is_building=True)
    found = doors(site, none, near, barriers=bundle.barriers).rename(columns={"of": "place_id"})
    return replace(
        bundle,
        places=below(bundle.places, one),
        entrances=below(bundle.entrances, numbered(after, found)),
    )
