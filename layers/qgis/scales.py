"""Sizes on paper and scales, from the pixels and zooms of the web map."""

from __future__ import annotations

from math import cos, pi, radians

LATITUDE = 60.0
"""
Where a zoom of the web map becomes a scale, in degrees: its pixels stand for less ground
further north. Between Kristiansand and Tromsø a scale so found is wrong by a third at most.
"""
EQUATOR_M = 2 * pi * 6_378_137.0
"""Around the sphere of the web map (EPSG:3857)."""
TILE_PX = 256
CSS_PIXEL_MM = 25.4 / 96
"""CSS Values and Units 3: 96 pixels are one inch. A GIS of 96 dpi counts scales with it."""
OGC_PIXEL_MM = 0.28
"""The standardised pixel that scales are counted with in SLD 1.0 (OGC 02-070)."""

STREET_LEVEL = 15.5
"""The zoom at which sizes of classes are what they say; as in `browser/painter.js`."""
SMALLEST, LARGEST, STEEPNESS = 0.4, 2.2, 1.8
"""How sizes follow the zoom there: least, most, and zooms that double them."""


def millimetres(pixels: float) -> float:
    """
    Return pixels of the web map in millimetres, to a hundredth.

    Examples
    --------
    >>> millimetres(96), millimetres(3.5)
    (25.4, 0.93)
    """
    return round(pixels * CSS_PIXEL_MM, 2)


def denominator(zoom: float, pixel_mm: float = CSS_PIXEL_MM) -> int:
    """
    Return the scale that shows as much as a zoom of the web map at 60° N: 1 to how many.

    Examples
    --------
    >>> denominator(14), denominator(14, OGC_PIXEL_MM)
    (18056, 17062)
    """
    ground_mm = 1000 * EQUATOR_M * cos(radians(LATITUDE)) / TILE_PX / 2**zoom
    return round(ground_mm / pixel_mm)


def growing(size: float, largest: float = LARGEST) -> str:
    """
    Return an expression of QGIS: a size at street level, following the scale as ours does.

    Parameters
    ----------
    size
        At street level, in any unit.
    largest
        How many times as large it may become.

    Notes
    -----
    Where there is no scale, as in a legend, sizes are those of street level: NULL in `min` of
    QGIS is passed over, so it may not get there.

    Examples
    --------
    >>> growing(0.93)
    '0.93 * max(0.4, min(2.2, (6384 / coalesce(@map_scale, 6384)) ^ 0.556))'
    """
    street = denominator(STREET_LEVEL)
    share = f"({street} / coalesce(@map_scale, {street})) ^ {1 / STEEPNESS:.3f}"
    return f"{size:g} * max({SMALLEST:g}, min({largest:g}, {share}))"
