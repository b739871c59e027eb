"""The heights of an area: from a raster of anybody's, and in the area's own file."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import rasterio
from rasterio import Affine
from shapely.geometry.base import BaseGeometry

from data.known import UNTOLD
from data.raster import opened, warped
from data.text import plain
from geo.bundle import Source
from geo.errors import SourceError
from geo.paths.terrain import Terrain


def terrain_of(path: Path, land: BaseGeometry, crs: str) -> tuple[Terrain, Source]:
    """
    Read the heights of an area.

    Parameters
    ----------
    path
        A raster of heights of one band: see `data.raster`.
    land
        Whose box is read, in the area's CRS.
    crs
        The area's metric CRS.

    Returns
    -------
    terrain
        As `data.raster.warped`. What the raster declares as nodata, as Kartverket does
        for the sea, is unknown; a height of 0 m is a height.
    source
        Named after the file, with the licence and date that its TIFF tags tell, or `"?"`.

    Raises
    ------
    SourceError
        If it is no raster of heights in metres, does not say where it lies, or knows
        no height in the area.
    """
    with opened(path) as raster:
        terrain = warped(raster, land.bounds, crs)
        tags = {key: plain(value) for key, value in raster.tags().items()}
    known = int(np.isfinite(terrain.heights_m).sum())
    if not known:
        raise SourceError(
            "{file} knows no height in this area: it covers another place.", file=path.name
        )
    return terrain, Source(
        name=tags.get("TIFFTAG_IMAGEDESCRIPTION") or plain(path.stem),
        licence=tags.get("TIFFTAG_COPYRIGHT") or UNTOLD,
        attribution=tags.get("TIFFTAG_ARTIST") or plain(path.name),
        date=tags.get("TIFFTAG_DATETIME", "")[:10].replace(":", "-") or UNTOLD,
        rows=known,
    )


def require_heights(path: Path) -> None:
    """
    Refuse, before the long work, a file that `terrain_of` would refuse anywhere.

    Raises
    ------
    SourceError
        As `terrain_of`.
    """
    with opened(path):
        pass


def write_terrain(path: Path, terrain: Terrain, crs: str) -> None:
    """
    Write a terrain as a tiled and compressed GeoTIFF; unknown is `nan`.

    Raises
    ------
    SourceError
        If it cannot be written.
    """
    rows, columns = terrain.heights_m.shape
    grid = Affine(terrain.cell_m, 0.0, terrain.west_m, 0.0, -terrain.cell_m, terrain.north_m)
    shape = {"width": columns, "height": rows, "count": 1, "dtype": "float32"}
    place = {"crs": crs, "transform": grid, "nodata": math.nan}
    packed = {"tiled": True, "compress": "deflate", "predictor": 3}
    try:
        with rasterio.open(path, "w", driver="GTiff", **shape, **place, **packed) as raster:
            raster.write(terrain.heights_m, 1)
    except OSError as error:
        text = "{file} cannot be written: {reason}"
        raise SourceError(text, file=str(path), reason=str(error)[:200]) from error


def read_terrain(path: Path) -> Terrain:
    """
    Read what `write_terrain` wrote.

    Raises
    ------
    SourceError
        If it cannot be read, or its cells are not square and north up.
    """
    with opened(path) as raster:
        grid = raster.transform
        if (grid.b, grid.d, grid.e) != (0.0, 0.0, -grid.a) or grid.a <= 0:
            raise SourceError("{file} has no square cells, north up.", file=path.name)
        return Terrain(raster.read(1).astype(np.float32), grid.c, grid.f, grid.a)
