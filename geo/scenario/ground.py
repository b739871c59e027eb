"""Where nothing can be put: what is asked of the ground before something is changed there."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from geo.bundle import Bundle
from geo.errors import ScenarioError


def require_land(bundle: Bundle, shape: BaseGeometry) -> None:
    """
    Raise `ScenarioError` unless a shape lies in the area, and not in water.

    Parameters
    ----------
    bundle
        The area.
    shape
        In its metres.
    """
    land = bundle.boundary.geometry.to_numpy()
    if not shapely.covers(land, shape).any():
        raise ScenarioError("This lies outside the area.")
    if len(hit(bundle, shape, "water")):
        raise ScenarioError("This lies in water.")


def hit(bundle: Bundle, shape: BaseGeometry, what: str) -> list[BaseGeometry]:
    """Return what a shape meets of the water, green or buildings that the map is drawn from."""
    known = bundle.backdrop
    rows = known.sindex.query(shape, predicate="intersects")
    rows = rows[(known["what"].to_numpy() == what)[rows]]
    return list(known.geometry.to_numpy()[sorted(rows)])
