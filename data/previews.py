"""Where a file would put its rows, drawn before anything is built of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.files.coordinates import crs_of
from data.files.grid import grid_of
from data.files.opening import opened
from data.files.placing import shapes_of
from data.files.raw import Raw
from data.files.recipe import Recipe
from data.services.service import Land
from data.text import plain
from geo.crs import WGS84, to_metric

MOST = 3000
"""Shapes drawn of a file: enough to see where it lies."""

CLOSE_M = 5.0
"""Corners of a shape that stand out less than this are not drawn."""

NORDIC = "EPSG:25833"
"""Metres to draw in while nobody knows where the area is."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """
    The rows of a file, where they would lie.

    Parameters
    ----------
    table
        At most `MOST` of them, spread over the file: `row` as the file numbers it, `name`,
        whether it lies `inside` the area, and its shape in metres.
    rows, placed, inside
        How many rows there are, how many have a place, and how many of these are in the
        area, as far as its land is known.
    odd
        Rows whose coordinates are none, or lie outside the Nordic countries.
    away_km
        From the area to the nearest of them; 0 if any is inside, `nan` if unknown.
    """

    table: gpd.GeoDataFrame
    rows: int
    placed: int
    inside: int
    odd: int
    away_km: float


def placed(file: Path, recipe: Recipe, land: Land | None) -> Placed:
    """
    Put the rows of a file where a recipe says they are.

    Parameters
    ----------
    file, recipe
        How the file is read, confirmed or not.
    land
        The area, or `None` if it is not known.

    Raises
    ------
    SourceError
        If the file cannot be opened, or the recipe does not fit it.
    """
    raw = opened(
        file,
        file.name,
        layer=recipe.layer,
        encoding=recipe.encoding,
        separator=recipe.separator,
    )
    table, odd = _shapes(raw, recipe)
    metric = to_metric(table, land.crs if land else NORDIC)
    inside = np.zeros(len(metric), dtype=bool)
    away_km = float("nan")
    if land is not None and len(metric):
        whole = ground(land).geometry.iloc[0]
        shapely.prepare(whole)
        inside = shapely.intersects(whole, metric.geometry.array)
        away_km = float(shapely.distance(whole, metric.geometry.array).min()) / 1000
    shown = metric.assign(inside=inside)
    shown = shown.iloc[:: max(-(-len(shown) // MOST), 1)]
    shown = shown.set_geometry(shapely.simplify(shown.geometry.array, CLOSE_M))
    return Placed(shown, len(raw), len(metric), int(inside.sum()), odd, away_km)


def _shapes(raw: Raw, recipe: Recipe) -> tuple[gpd.GeoDataFrame, int]:
    """Return row, name and shape of what lies anywhere, in the file's CRS; and the others."""
    shapes, faults = shapes_of(raw, recipe)
    there = shapely.is_geometry(shapes)
    if recipe.what == "grid" and not there.any() and recipe.columns.keys() >= {"cell"}:
        cells, _ = grid_of(raw, recipe)
        about = pd.DataFrame({"row": [""] * len(cells), "name": ""}, index=cells.index)
        return gpd.GeoDataFrame(about, geometry=cells.geometry, crs=cells.crs), 0
    named = recipe.columns.get("name", "")
    names = raw.cells[named] if named in raw.cells else pd.Series("", raw.cells.index)
    about = pd.DataFrame({"row": raw.rows.astype(str), "name": names.map(plain).to_numpy()})
    about = about[there]
    crs = crs_of(recipe.crs, raw.file) if there.any() else WGS84
    table = gpd.GeoDataFrame(about, geometry=shapes[there], crs=crs)
    return table, len({fault.row for fault in faults})


def ground(land: Land) -> gpd.GeoDataFrame:
    """
    Return the outline of a land in its own metres.

    Examples
    --------
    >>> vik = Land("1812", "Sømna", "no", shapely.box(12, 65, 12.1, 65.1), "EPSG:25833")
    >>> ground(vik).area.round(-6).tolist()
    [52000000.0]
    """
    return to_metric(gpd.GeoDataFrame(geometry=[land.boundary], crs=WGS84), land.crs)


def street_lines(lines: gpd.GeoSeries, land: Land) -> gpd.GeoDataFrame:
    """Return lines in the metres of a land."""
    return to_metric(gpd.GeoDataFrame(geometry=lines), land.crs)
