"""Heights of the ground, from the national terrain model: tiles, made one file."""

from __future__ import annotations

import hashlib
import math
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import geopandas as gpd
import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from rasterio.shutil import copy
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from data.http import Get
from data.known import Known
from data.raster import HIGHEST_M, LOWEST_M
from data.services.height_tiles import CRS, Grid, grid_of
from data.services.registers import changed
from data.services.service import Land, Service
from data.store import cache_folder
from geo.crs import WGS84, to_metric
from geo.errors import SourceError

ENDPOINT = "https://wcs.geonorge.no/skwms1/wcs.hoyde-dtm-nhm-25833"
COVERAGE = "nhm_dtm_topo_25833"


def heights(land: Land, get: Get) -> Known:
    """
    Fetch the heights of a land, into one file in the folder of answers.

    Parameters
    ----------
    land
        Its box is covered, with the sea in it. Tiles that it does not touch stay unknown.
    get
        Fetches a URL.

    Returns
    -------
    known
        Its terrain is a Cloud-Optimised GeoTIFF of 32-bit metres above sea level (NN2000),
        in cells of 10 m, or larger for a land of more than 2,500 km². The sea, which the
        service has no height for, is `nan`. See `data.terrain.terrain_of`.

    Raises
    ------
    SourceError
        If the service fails, answers with anything but heights of just that box, or knows
        no height here; or if the file cannot be written.
    """
    outline = gpd.GeoDataFrame(geometry=[land.boundary], crs=WGS84)
    shape = to_metric(outline, CRS).geometry.iloc[0]
    grid = grid_of(shape)
    name = hashlib.sha256(f"{grid}{shape.wkb_hex}".encode()).hexdigest()[:12]
    path = cache_folder() / "heights" / f"heights-{land.number or name}-{grid.cell_m}m.tif"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            known = _mosaic(Path(folder) / "tiles.tif", grid, shape, get)
            if known:
                fresh = Path(folder) / "fresh.tif"
                copy(Path(folder) / "tiles.tif", fresh, driver="COG", compress="deflate")
                os.replace(fresh, path)  # noqa: PTH105 - a name, not a path
    except OSError as error:
        text = "The heights cannot be written to {folder}: {reason}"
        raise SourceError(text, folder=str(path.parent), reason=str(error)[:200]) from error
    if not known:
        raise SourceError("The terrain model knows no height in {name}.", name=land.name)
    return Known(terrain=path, sources=(SERVICE.source(date="", rows=known),))


def _mosaic(path: Path, grid: Grid, land: BaseGeometry, get: Get) -> int:
    """Write the tiles that touch the land into a raster; return how many heights there were."""
    shape = {"width": grid.columns, "height": grid.rows, "count": 1, "dtype": "float32"}
    place = {"crs": CRS, "transform": grid.transform, "nodata": math.nan}
    kept = {"tiled": True, "sparse_ok": True}
    known = 0
    with rasterio.open(path, "w", driver="GTiff", **shape, **place, **kept) as raster:
        raster.update_tags(
            TIFFTAG_IMAGEDESCRIPTION=SERVICE.name,
            TIFFTAG_COPYRIGHT=SERVICE.licence,
            TIFFTAG_ARTIST=SERVICE.attribution,
        )
        for tile in grid.tiles():
            if not shapely.box(*grid.box(tile)).intersects(land):
                continue
            told = _tile(get(_question(grid, tile)), grid, tile)
            known += int(np.isfinite(told).sum())
            raster.write(told, 1, window=tile)
    return known


def _question(grid: Grid, tile: Window) -> str:
    asked = {
        "SERVICE": "WCS",
        "VERSION": "1.0.0",
        "REQUEST": "GetCoverage",
        "COVERAGE": COVERAGE,
        "CRS": CRS,
        "BBOX": ",".join(f"{side:.0f}" for side in grid.box(tile)),
        "WIDTH": tile.width,
        "HEIGHT": tile.height,
        "FORMAT": "GeoTIFF",
    }
    return f"{ENDPOINT}?{urlencode(asked, safe=',:')}"


def _tile(answer: bytes, grid: Grid, tile: Window) -> NDArray[np.float32]:
    """Return the heights of a tile; what the model does not know is `nan`."""
    if answer[:4] not in (b"II*\0", b"MM\0*"):  # an XML report or a page, with status 200
        raise changed(ENDPOINT)
    try:
        with (
            rasterio.MemoryFile(answer) as file,
            file.open(driver="GTiff") as raster,
        ):
            same = np.allclose(raster.bounds, grid.box(tile), rtol=0, atol=grid.cell_m / 100)
            if raster.count != 1 or raster.shape != (tile.height, tile.width) or not same:
                raise changed(ENDPOINT)
            told = raster.read(1, masked=True).astype(np.float32).filled(np.nan)
    except RasterioError as error:
        raise changed(ENDPOINT) from error
    told[~((told > LOWEST_M) & (told < HIGHEST_M))] = np.nan  # −32767 and −9999 are no depths
    return np.asarray(told, dtype=np.float32)


SERVICE = Service(
    key="heights",
    name="National terrain model",
    licence="CC BY 4.0",
    attribution="© Kartverket",
    url="https://hoydedata.no",
    countries=("no",),
    days=365,
    read=heights,
)
