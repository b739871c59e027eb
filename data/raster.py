"""A raster of heights, as GeoTIFF or anything else that GDAL reads: opened, checked, warped."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.exceptions import ProjError
from rasterio import Affine
from rasterio.enums import Resampling
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT

from geo.errors import SourceError
from geo.paths.terrain import Terrain

FINEST_M = 1.0
MAX_CELLS = 25_000_000
"""About 100 MB; a larger area is read in larger cells."""

LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""No ground on Earth lies outside: such a height means unknown, and was not declared so."""

METRES = ("", "m", "metre", "metres", "meter", "meters")

Box = tuple[float, float, float, float]


@contextmanager
def opened(path: Path) -> Iterator[DatasetReader]:
    """
    Open a raster of heights; what the library has against it becomes a sentence.

    Raises
    ------
    SourceError
        If there is no such file, it is no raster of one band in metres, it does not
        say where it lies, or reading it fails later on.
    """
    if not path.is_file():
        raise SourceError("There is no file {file}.", file=str(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # we say so ourselves
            raster = rasterio.open(path)
        with raster:
            _require_heights(raster, path.name)
            yield raster
    except (RasterioError, ProjError, OSError) as error:
        raise SourceError(
            "{file} cannot be read as a raster of heights: {reason}",
            file=path.name,
            reason=(str(error).splitlines() or [type(error).__name__])[0][:200],
        ) from error


def warped(raster: DatasetReader, box: Box, crs: str) -> Terrain:
    """
    Read the heights of a box, warped bilinearly.

    Parameters
    ----------
    raster
        In any CRS. Only the window that is needed is read.
    box
        West, south, east and north, in `crs`.
    crs
        A metric CRS.

    Returns
    -------
    terrain
        In `crs`, at the raster's own resolution in the middle of the box, but no finer
        than `FINEST_M`, and of no more than about `MAX_CELLS` cells. What the raster
        declares as nodata is unknown, and so is what lies beyond it.
    """
    west, south, east, north = box
    cell_m = _cell_m(raster, box, crs)
    if not math.isfinite(cell_m):
        return Terrain(np.full((1, 1), np.nan, np.float32), west, north, cell_m=1.0)
    own = raster.crs == rasterio.CRS.from_user_input(crs)
    # On the raster's own cells where that can be, so that nothing is smoothed twice.
    left, top = (raster.transform.c, raster.transform.f) if own else (0.0, 0.0)
    west = left + math.floor((west - left) / cell_m) * cell_m
    north = top + math.ceil((north - top) / cell_m) * cell_m
    with WarpedVRT(
        raster,
        crs=crs,
        transform=Affine(cell_m, 0.0, west, 0.0, -cell_m, north),
        width=max(math.ceil((east - west) / cell_m), 1),
        height=max(math.ceil((north - south) / cell_m), 1),
        resampling=Resampling.bilinear,
        dtype="float32",
        nodata=math.nan,
    ) as view:
        heights_m = view.read(1) * raster.scales[0] + raster.offsets[0]
    heights_m[~((heights_m > LOWEST_M) & (heights_m < HIGHEST_M))] = np.nan
    return Terrain(heights_m.astype(np.float32), west, north, cell_m)


def _cell_m(raster: DatasetReader, box: Box, crs: str) -> float:
    """Return the side of a cell: the root of the area of the raster's own in the middle."""
    west, south, east, north = box
    middle = _moved([((west + east) / 2, (south + north) / 2)], crs, raster.crs)[0]
    if not np.isfinite(middle).all():
        return math.nan
    x, y = middle
    own = raster.transform
    corner, *others = _moved(
        [(x, y), (x + own.a, y + own.d), (x + own.b, y + own.e)], raster.crs, crs
    )
    across, down = (other - corner for other in others)
    own_m = math.sqrt(abs(across[0] * down[1] - across[1] * down[0]))
    least_m = math.sqrt((east - west) * (north - south) / MAX_CELLS)
    return max(round(own_m, 6), FINEST_M, least_m)


def _moved(points: list[tuple[float, float]], old: object, new: object) -> NDArray[np.float64]:
    """Return points in another CRS, in rows; infinite where it does not reach."""
    there = Transformer.from_crs(old, new, always_xy=True)
    return np.column_stack(there.transform(*np.transpose(points)))


def _require_heights(raster: DatasetReader, name: str) -> None:
    if raster.count != 1:
        raise SourceError(
            "{file} has {n} bands; a raster of heights has one.", file=name, n=raster.count
        )
    if raster.crs is None:
        raise SourceError("{file} does not say where on Earth it lies.", file=name)
    if (unit := raster.units[0] or "").lower() not in METRES:
        raise SourceError(
            "{file} has its heights in {unit}, not in metres.", file=name, unit=unit[:40]
        )
