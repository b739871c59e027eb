"""An online map as one picture: its tiles put together, and laid in the metres of an area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil, cos, floor, log2, pi, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pyproj import Transformer
from rasterio import Affine
from rasterio.warp import Resampling, reproject

from data.http import Fetcher, Get, host_of
from data.patience import Pace
from geo.errors import NotFoundError, SourceError

WEB_MERCATOR = "EPSG:3857"
ROUND_M = 2 * pi * 6_378_137.0
"""Round the equator: the side of the one tile of zoom 0, in Web Mercator's own metres."""

TILE = 256
"""Pixels along a tile."""

MOST_TILES = 200
"""For one picture: what a person who looks around asks for in some minutes."""

SPACING_S = 0.05
"""Between tiles: these services are made for browsers, which ask for many at once."""

EDGE = 21
"""Points along each edge of a map, whose straight edges are curves in another system."""

UNREADABLE = (*(OSError, ValueError, SyntaxError), Image.DecompressionBombError)
"""What Pillow raises of what is no picture, a broken one, or a trap."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mosaic:
    """
    Which tiles a picture is put together from.

    Parameters
    ----------
    zoom
        As services count it: each is twice as fine as the one before.
    left, top, right, bottom
        Columns and rows of the tiles; `right` and `bottom` are the first that are not in it.
    """

    zoom: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def count(self) -> int:
        """How many tiles it has."""
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def transform(self) -> Affine:
        """Where its pixels lie, in Web Mercator."""
        side = ROUND_M / 2**self.zoom
        west, north = self.left * side - ROUND_M / 2, ROUND_M / 2 - self.top * side
        return Affine(side / TILE, 0, west, 0, -side / TILE, north)


def mosaic(bounds: Bounds, crs: str, width_px: int, *, deepest: int) -> Mosaic:
    """
    Return the tiles of a map, in the zoom whose pixels are nearest in size to its own.

    Parameters
    ----------
    bounds
        Left, bottom, right, top, in metres.
    crs
        In which they are.
    width_px
        How many pixels lie between left and right.
    deepest
        The last zoom that there is.

    Returns
    -------
    mosaic
        Of a lesser zoom, if there would be more than `MOST_TILES`.

    Examples
    --------
    >>> oslo = (596_000, 6_640_000, 600_000, 6_644_000)
    >>> [mosaic(oslo, "EPSG:25832", px, deepest=18).zoom for px in (500, 1000, 90_000)]
    [13, 14, 15]
    """
    west, south, east, north = Transformer.from_crs(
        crs, WEB_MERCATOR, always_xy=True
    ).transform_bounds(*bounds, densify_pts=EDGE)
    middle = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    _, latitude = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(*middle)
    pixel_m = (bounds[2] - bounds[0]) / width_px
    wanted = round(log2(ROUND_M * cos(radians(latitude)) / (TILE * pixel_m)))
    for zoom in range(min(wanted, deepest), 0, -1):
        side = ROUND_M / 2**zoom
        found = Mosaic(
            zoom,
            floor((west + ROUND_M / 2) / side),
            floor((ROUND_M / 2 - north) / side),
            ceil((east + ROUND_M / 2) / side),
            ceil((ROUND_M / 2 - south) / side),
        )
        if found.count <= MOST_TILES:
            return found
    return Mosaic(0, 0, 0, 1, 1)


def picture(
    tiles: Mapping[str, Any], bounds: Bounds, crs: str, width_px: int, *, get: Get
) -> bytes:
    """
    Return what an online map shows of some ground, as PNG, north up in the ground's metres.

    Parameters
    ----------
    tiles
        `url` with gaps for `z`, `x` and `y`, and `deepest`, as in `layers/tiles.toml`.
    bounds, crs, width_px
        As in `mosaic`.
    get
        Fetches a URL. A tile that there is none of stays white.

    Raises
    ------
    SourceError
        If the service does not answer, or not with a tile.
    """
    plan = mosaic(bounds, crs, width_px, deepest=tiles["deepest"])
    sides = (plan.bottom - plan.top) * TILE, (plan.right - plan.left) * TILE
    whole = np.full((*sides, 3), 255, dtype=np.uint8)
    for row in range(plan.top, plan.bottom):
        for column in range(plan.left, plan.right):
            url = tiles["url"].format(z=plan.zoom, x=column, y=row)
            y, x = (row - plan.top) * TILE, (column - plan.left) * TILE
            whole[y : y + TILE, x : x + TILE] = _tile(url, get)
    left, bottom, right, top = bounds
    height_px = round(width_px * (top - bottom) / (right - left))
    wide, high = (right - left) / width_px, (top - bottom) / height_px
    laid, _ = reproject(
        np.moveaxis(whole, 2, 0),
        np.full((3, height_px, width_px), 255, dtype=np.uint8),
        src_transform=plan.transform,
        src_crs=WEB_MERCATOR,
        dst_transform=Affine(wide, 0, left, 0, -high, top),
        dst_crs=crs,
        resampling=Resampling.cubic,
        init_dest_nodata=False,
    )
    Image.fromarray(np.moveaxis(laid, 0, 2)).save(made := BytesIO(), "png")
    return made.getvalue()


def _tile(url: str, get: Get) -> NDArray[np.uint8]:
    """Return the colours of a tile; white if there is none."""
    try:
        content = get(url)
    except NotFoundError:
        return np.full((TILE, TILE, 3), 255, dtype=np.uint8)
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as opened:
            if opened.size == (TILE, TILE):
                return np.asarray(opened.convert("RGB"), dtype=np.uint8)
    except UNREADABLE as error:
        raise _strange(url) from error
    raise _strange(url)


def _strange(url: str) -> SourceError:
    return SourceError("{host} answered, but not with a piece of a map.", host=host_of(url))


def quickly(get: Fetcher) -> Fetcher:
    """Return one that asks as fast as services of tiles are made for."""
    return replace(get, pace=Pace(SPACING_S))
