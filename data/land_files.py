"""Read a land from a file that somebody drew."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.area_files import DAMAGE, MAX_AREAS, damaged, drawn, too_large
from data.countries import country_of, crs_of
from data.services.service import Land
from data.text import plain
from geo.crs import WGS84
from geo.errors import SourceError

MAX_CORNERS = 2_000_000
EDGE_M = 1000.0
"""A straight edge longer than this would move by more than 0.1 m if only its ends did."""


def land_of_file(path: Path, *, name: str = "", country: str = "") -> Land:
    """
    Read the polygons of a file as one land.

    Parameters
    ----------
    path
        `.geojson` or `.json`, `.gpkg`, `.kml`, or `.zip` with one shapefile.
    name
        As shown; else the file's own.
    country
        `"no"`, `"se"` or `"fi"`; else the one that it lies in, see
        `data.countries.country_of`, which does not tell near a border.

    Returns
    -------
    land
        Without a number: registers that are asked by number do not know it.

    Raises
    ------
    SourceError
        If the file is of another kind, damaged or too large, has no polygons or
        something else than polygons, or does not say its coordinate system, or if
        its country cannot be told.
    CrsError
        If the land lies outside the Nordic countries.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> town = gpd.GeoSeries([shapely.box(14.3, 67.2, 14.5, 67.3)], crs=WGS84)
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "sentrum.geojson"
    ...     _ = file.write_text(town.to_json())
    ...     land = land_of_file(file, country="no")
    >>> land.name, land.crs
    ('sentrum', 'EPSG:25833')
    """
    areas = drawn(path)
    try:
        land = _degrees(_one(areas, path), areas.crs, path)
    except DAMAGE as error:
        raise damaged(path) from error
    country = country or country_of(land)
    point = land.representative_point()
    return Land("", plain(name or path.stem), country, land, crs_of(country, point.x, point.y))


def _one(areas: gpd.GeoSeries, path: Path) -> Polygon | MultiPolygon:
    """Join the areas; one that crosses itself is mended and keeps its land."""
    shapes = [shape for shape in areas if shape is not None and not shape.is_empty]
    if any(not isinstance(shape, Polygon | MultiPolygon) for shape in shapes):
        raise SourceError(
            "{file} has points or lines in it: keep only the areas.", file=path.name
        )
    if not shapes:
        raise SourceError("{file} has no areas in it.", file=path.name)
    if len(shapes) > MAX_AREAS or shapely.get_num_coordinates(shapes).sum() > MAX_CORNERS:
        raise too_large(path)
    whole = [
        shapely.make_valid(shapely.force_2d(shape), method="structure", keep_collapsed=False)
        for shape in shapes
    ]
    land = shapely.union_all(whole)
    if not isinstance(land, Polygon | MultiPolygon) or land.is_empty:
        raise SourceError("{file} has no areas in it.", file=path.name)
    return land


def _degrees(
    land: Polygon | MultiPolygon, crs: CRS | None, path: Path
) -> Polygon | MultiPolygon:
    """Turn the land into longitude and latitude; its long edges stay where they were."""
    if crs is None or (not crs.is_projected and max(map(abs, land.bounds)) > 360):
        raise SourceError(
            "{file} does not say its coordinate system:"
            " save it with one, such as EPSG:25833 or EPSG:4326.",
            file=path.name,
        )
    if crs.is_projected:
        land = shapely.segmentize(land, EDGE_M / crs.axis_info[0].unit_conversion_factor)
    there = Transformer.from_crs(crs, WGS84, always_xy=True)

    turned: BaseGeometry = shapely.transform(
        land, lambda at: np.column_stack(there.transform(at[:, 0], at[:, 1]))
    )
    if not all(map(isfinite, turned.bounds)) or not isinstance(turned, Polygon | MultiPolygon):
        raise ValueError(path)
    return turned
