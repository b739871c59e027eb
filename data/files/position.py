"""In which coordinate system numbers are: as declared, or as their size and place tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyproj import CRS
from pyproj.exceptions import ProjError

from data.files.coordinates import Floats, flat, in_nordic, lonlat
from data.services.service import Land
from geo.errors import Message

COUNTRY_FIRST = {"no": (25833, 25832, 25835), "se": (3006,), "fi": (3067, 25835)}
USUAL = (4326, 25833, 25832, 25835, 3006, 3067, 32633, 32632, 3857)
"""
Systems that Nordic files are in, by EPSG number.

3006 of Sweden and 3067 of Finland are the same numbers as UTM zones 33 and 35: which
name is given to them is the country's.
"""

MARGIN_DEG = 0.3
MOST_OF_THEM, SOME_OF_THEM, FEW_OF_THEM = 0.9, 0.5, 0.01
SAME_M = 2.0
"""Systems whose numbers agree so far on the ground are one and the same to a pedestrian."""
SAMPLE = 2000
METRES_PER_DEGREE = 111_000.0


@dataclass(frozen=True, slots=True)
class Position:
    """
    Which coordinate system, how sure, and why.

    Parameters
    ----------
    crs
        `"EPSG:25833"`, or `""` if none fits.
    swapped
        Whether the first number is north and the second east.
    confidence
        0 to 1.
    reason
        In words.
    """

    crs: str
    swapped: bool
    confidence: float
    reason: Message


def position(x: Floats, y: Floats, declared: CRS | None, land: Land | None) -> Position:
    """
    Say in which coordinate system points are.

    A declared one is kept if it puts the points into the Nordic countries, and some of
    them near the land. Else the usual ones are tried, both ways round.

    Parameters
    ----------
    x, y
        Coordinates as they stand, east first; not finite ones are left out.
    declared
        As the file says, or `None`.
    land
        Where they are supposed to be, or `None`.

    Examples
    --------
    >>> found = position(np.array([59.91]), np.array([10.75]), None, None)
    >>> found.crs, found.swapped
    ('EPSG:4326', True)
    """
    sound = np.isfinite(x) & np.isfinite(y)
    step = max(int(sound.sum()) // SAMPLE, 1)
    x, y = x[sound][::step], y[sound][::step]
    if not len(x):
        return Position("", False, 0.0, Message("There is no coordinate to go by."))
    best, swapped, nordic, near = _best(x, y, land)
    if declared is not None:
        told = flat(declared)
        there, here = _shares(x, y, told, land)
        if there >= MOST_OF_THEM and (here >= FEW_OF_THEM or near < SOME_OF_THEM):
            return Position(
                _named(told, x, y, land), False, 1.0, Message("The file says so itself.")
            )
        if nordic >= MOST_OF_THEM and (near > here or there < MOST_OF_THEM):
            text = (
                "The file says {declared}, but so its points would lie far off;"
                " as {crs} they do not."
            )
            return Position(best, swapped, 0.6, Message(text, _values(told, best)))
        reason = Message("The file says {declared}, but its points lie far off.", _values(told))
        return Position(_named(told, x, y, land), False, 0.1, reason)
    if nordic < SOME_OF_THEM:
        return Position("", False, 0.0, Message("No usual coordinate system fits the numbers."))
    text = "The file does not say; as {crs} its points lie where they should."
    sure = 0.9 if near >= SOME_OF_THEM or best == "EPSG:4326" else 0.5
    return Position(best, swapped, sure, Message(text, {"crs": best}))


def _best(x: Floats, y: Floats, land: Land | None) -> tuple[str, bool, float, float]:
    """Return which usual system puts most points where they should be, and what share."""
    country = COUNTRY_FIRST.get(land.country if land else "", ())
    order = dict.fromkeys((*USUAL[:1], *country, *USUAL))
    tried = []
    for swapped in (False, True):
        for at, number in enumerate(order):
            a, b = (y, x) if swapped else (x, y)
            there, here = _shares(a, b, CRS.from_epsg(number), land)
            tried.append((here, there, not swapped, -at, number))
    here, there, straight, _, number = max(tried)
    return f"EPSG:{number}", not straight, there, here


def _shares(x: Floats, y: Floats, crs: CRS, land: Land | None) -> tuple[float, float]:
    """Return which share of points lies in the Nordic countries, and which near the land."""
    try:
        lon, lat = lonlat(x, y, crs)
    except ProjError:
        return 0.0, 0.0
    there = float(in_nordic(lon, lat).mean())
    if land is None:
        return there, 0.0
    west, south, east, north = land.boundary.bounds
    near = (lon > west - 2 * MARGIN_DEG) & (lon < east + 2 * MARGIN_DEG)
    near &= (lat > south - MARGIN_DEG) & (lat < north + MARGIN_DEG)
    return there, float(near.mean())


def _named(crs: CRS, x: Floats, y: Floats, land: Land | None) -> str:
    """Return the number of a usual system with the same spots, or the file's own words."""
    if known := crs.to_epsg():
        return f"EPSG:{known}"
    lon, lat = lonlat(x, y, crs)
    country = COUNTRY_FIRST.get(land.country if land else "", ())
    for number in dict.fromkeys((*country, *USUAL)):
        as_lon, as_lat = lonlat(x, y, CRS.from_epsg(number))
        off = np.hypot(as_lon - lon, as_lat - lat).max() * METRES_PER_DEGREE
        if off < SAME_M:
            return f"EPSG:{number}"
    return str(crs.to_string())


def _values(declared: CRS, crs: str = "") -> dict[str, str]:
    return {"declared": str(declared.name)[:60], "crs": crs}
