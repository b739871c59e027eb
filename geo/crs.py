"""The two gates where coordinates change: metres inside, degrees outside."""

from __future__ import annotations

import geopandas as gpd
from pyproj import CRS

from geo.errors import CrsError

WGS84 = CRS.from_epsg(4326)


def to_metric(table: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    """
    Return `table` in the metric `crs` of an area; only `data` passes this gate.

    Raises
    ------
    CrsError
        If `table` says no CRS, or `crs` is not in metres.

    Examples
    --------
    >>> from shapely import Point
    >>> town = gpd.GeoDataFrame(geometry=[Point(10.75, 59.91)], crs=WGS84)
    >>> to_metric(town, "EPSG:25832").geometry.x.round().tolist()
    [597868.0]
    """
    if table.crs is None:
        raise CrsError("A table has no coordinate system: declare it where the file is read.")
    return require_metric(table.to_crs(crs))


def to_wgs84(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return `table` in longitude and latitude; only `layers` passes this gate.

    Raises
    ------
    CrsError
        If `table` is not in metres.
    """
    return require_metric(table).to_crs(WGS84)


def require_metric(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return `table` itself if its coordinates are metres.

    Raises
    ------
    CrsError
        If they are degrees, feet, or nobody knows what.
    """
    crs = table.crs
    if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        name = crs.to_string() if crs else "-"
        raise CrsError(
            "Coordinates must be projected metres, but the table says {crs}.", crs=name
        )
    return table


def metric_crs(lon: float, lat: float) -> str:
    """
    Name the metric CRS to use around a place in the Nordic countries.

    ETRS89/UTM zone 32, 33 or 35 as the Norwegian mapping authority uses them
    (31 and 34 lie inside its neighbours). Within a municipality lengths are then
    true to 0.1 %.

    Raises
    ------
    CrsError
        If the place lies outside the Nordic countries.

    Examples
    --------
    >>> metric_crs(5.3, 60.4), metric_crs(14.4, 67.3), metric_crs(29.7, 70.1)
    ('EPSG:25832', 'EPSG:25833', 'EPSG:25835')
    """
    if not (3 < lon < 33 and 54 < lat < 72):
        raise CrsError(
            "Only the Nordic countries are covered; {lon} E {lat} N lies outside.",
            lon=round(lon, 2),
            lat=round(lat, 2),
        )
    return f"EPSG:{25832 if lon < 12 else 25833 if lon < 21 else 25835}"
