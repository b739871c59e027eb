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
        In its metres. It may reach the shore.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 900, 900))
    >>> require_land(here, shapely.Point(900, 450))
    >>> require_land(here, shapely.Point(901, 450))
    Traceback (most recent call last):
    geo.errors.ScenarioError: This lies outside the area.
    """
    land = bundle.boundary.geometry.to_numpy()
    if not shapely.covers(land, shape).any():
        raise ScenarioError("This lies outside the area.")
    if entered(bundle, shape, "water"):
        raise ScenarioError("This lies in water.")


def entered(bundle: Bundle, shape: BaseGeometry, what: str) -> bool:
    """
    Tell whether a shape leads into something that the map is drawn from, not only up to it.

    Parameters
    ----------
    bundle, shape, what
        As in `hit`.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import geopandas as gpd
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 900, 900))
    >>> lake = gpd.GeoDataFrame({"what": ["water"]}, geometry=[shapely.box(0, 0, 50, 50)])
    >>> shore, jetty = shapely.linestrings([[(50, 0), (50, 90)], [(60, 10), (40, 10)]])
    >>> [entered(replace(here, backdrop=lake), path, "water") for path in (shore, jetty)]
    [False, True]
    """
    return any(not shape.touches(one) for one in hit(bundle, shape, what))


def hit(bundle: Bundle, shape: BaseGeometry, what: str) -> list[BaseGeometry]:
    """
    Return what a shape meets of the water, green or buildings that the map is drawn from.

    Parameters
    ----------
    bundle
        The area.
    shape
        In its metres.
    what
        As in `geo.tables.BACKDROP`.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 900, 900))
    >>> hit(here, shapely.Point(9, 9), "building")
    []
    """
    known = bundle.backdrop
    rows = known.sindex.query(shape, predicate="intersects")
    rows = rows[(known["what"].to_numpy() == what)[rows]]
    return list(known.geometry.to_numpy()[sorted(rows)])
