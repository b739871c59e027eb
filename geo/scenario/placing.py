"""Places that are added, or moved: where they are, and how one comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import nan

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.bundle import Bundle
from geo.doors import doors
from geo.errors import ScenarioError
from geo.scenario.edits import XY, Add, Close, Move
from geo.scenario.ground import hit, require_land
from geo.scenario.opening import Kinds, closed, known_kind, known_place
from geo.scenario.tables import below, numbered

AROUND_M = 300.0
"""Paths farther off cannot be joined from a door anyway."""

APART_M = 1.0
"""Two places of a kind that lie nearer to each other are one on top of the other."""


def added(bundle: Bundle, edit: Add, kinds: Kinds) -> Bundle:
    """
    Return an area with one more place.

    Parameters
    ----------
    bundle
        The area as it is.
    edit
        The place.
    kinds
        The kinds of place there are.

    Raises
    ------
    ScenarioError
        If there is no such kind, or no room for it there.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> from geo.model import Kind
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> park = Kind("park", "Park", "park", "outdoor", (), "tree", (), (), "-", "always")
    >>> with_park = added(here, Add("park", (50.0, 20.0)), {"park": park})
    >>> with_park.places.index.tolist(), with_park.entrances["how"].tolist()
    (['new-park-50.0-20.0'], ['point'])
    """
    kind = known_kind(edit.kind, kinds)
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
    """
    Return an area with a place somewhere else; it keeps all that is known of it.

    Parameters
    ----------
    bundle, edit
        As in `added`. Grounds become a spot.

    Raises
    ------
    ScenarioError
        If there is no such place, or no room for it there.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> from geo.model import Kind
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> park = Kind("park", "Park", "park", "outdoor", (), "tree", (), (), "-", "always")
    >>> with_park = added(here, Add("park", (50.0, 20.0)), {"park": park})
    >>> moved(with_park, Move("new-park-50.0-20.0", (50.0, 80.0))).entrances.geometry.y.tolist()
    [80.0]
    """
    row = known_place(bundle, edit.place)
    shape = _site(bundle, edit.at, indoors=row["setting"] != "outdoor")
    left = closed(bundle, Close(edit.place))
    _require_room(left, shape, str(row["kind"]))
    told = dict(row.drop("geometry")) | {"area_m2": _area_m2(shape), "inside": True}
    return _with(left, edit.place, told, shape, after=bundle.entrances)


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
    return replace(
        bundle,
        places=below(bundle.places, one),
        entrances=below(bundle.entrances, numbered(after, _doors(bundle, one))),
    )


def _doors(bundle: Bundle, one: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the entrances of a place that is a spot or a building."""
    shape = one.geometry.iloc[0]
    if shape.geom_type == "Point":  # its own door: nobody need look for one
        told = {"place_id": one.index, "how": "point"}
        return gpd.GeoDataFrame(told, geometry=[shape], crs=one.crs)
    near = bundle.paths.iloc[
        sorted(bundle.paths.sindex.query(shape, predicate="dwithin", distance=AROUND_M))
    ]
    none = gpd.GeoSeries([], crs=one.crs)
    site = one[["geometry"]].assign(is_building=True)
    found = doors(site, none, near, barriers=bundle.barriers)
    return found.rename(columns={"of": "place_id"})
