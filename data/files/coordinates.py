"""Coordinate systems by name, and points in degrees to look where they lie."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geo.crs import WGS84
from geo.errors import SourceError

Floats = NDArray[np.float64]

NORDIC = (3.0, 54.0, 33.0, 72.0)
"""West, south, east, north of where coordinates can be, in degrees; Svalbard lies outside."""


def crs_of(text: str, file: str) -> CRS:
    """
    Return the coordinate system of that name.

    Raises
    ------
    SourceError
        If there is none.

    Examples
    --------
    >>> crs_of("EPSG:25833", "a.csv").to_epsg()
    25833
    >>> crs_of("", "a.csv")
    Traceback (most recent call last):
    geo.errors.SourceError: The coordinate system of a.csv is not known (-). Choose it, \
as EPSG:25833.
    """
    try:
        return flat(CRS.from_user_input(text))
    except (CRSError, ProjError) as error:
        raise SourceError(
            "The coordinate system of {file} is not known ({crs}). Choose it, as EPSG:25833.",
            file=file,
            crs=text[:40] or "-",
        ) from error


def flat(crs: CRS) -> CRS:
    """
    Return a coordinate system without heights.

    Examples
    --------
    >>> flat(CRS.from_epsg(5973)).to_epsg(), flat(CRS.from_epsg(4979)).to_epsg()
    (25833, 4326)
    """
    part = crs.sub_crs_list[0] if crs.is_compound else crs
    return part.to_2d()


def lonlat(x: Floats, y: Floats, crs: CRS) -> tuple[Floats, Floats]:
    """
    Return points in degrees; `inf` where there is no such point.

    Examples
    --------
    >>> lon, lat = lonlat(np.array([597868.0]), np.array([6642848.0]), CRS.from_epsg(25832))
    >>> lon.round(2).tolist(), lat.round(2).tolist()
    ([10.75], [59.91])
    """
    lon, lat = Transformer.from_crs(crs, WGS84, always_xy=True).transform(x, y)
    return np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)


def in_nordic(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """
    Tell which points lie in the Nordic countries.

    Examples
    --------
    >>> in_nordic(np.array([10.75, 59.9, np.nan]), np.array([59.9, 10.75, np.nan])).tolist()
    [True, False, False]
    """
    west, south, east, north = NORDIC
    return np.asarray((lon > west) & (lon < east) & (lat > south) & (lat < north))
