"""Bodø as drawn: its streets, houses and places as OpenStreetMap has them, its land and sea."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from tests.towns import CRS, SQUARE_M, XY, Drawing, box, lonlat

COAST_X = -1800.0
"""The sea lies west of this line, all the way from north to south."""

CORNERS: list[XY] = [
    *((-3000.0, -2000.0), (3400.0, -2000.0), (3400.0, 900.0)),
    *((2200.0, 2200.0), (-3000.0, 2200.0)),
]
"""The municipality, with its sea: a piece of its box, in the north-east, is a neighbour's."""

NEIGHBOUR: XY = (3200.0, 2000.0)
"""A spot in the box and not in the municipality."""

_to_metres = Transformer.from_crs(4326, CRS, always_xy=True).transform


def spot(lon: float, lat: float) -> XY:
    """Return where degrees lie in the drawing, in metres."""
    x, y = _to_metres(lon, lat)
    return x - SQUARE_M[0], y - SQUARE_M[1]


def degrees(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape of the drawing in degrees, rounded as services round them."""
    return shapely.transform(shape, lambda xy: np.array([lonlat((x, y)) for x, y in xy]))


def point(xy: XY) -> shapely.Point:
    """Return a spot of the drawing in degrees."""
    return shapely.Point(lonlat(xy))


def metric(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape of the drawing in the area's own metres."""
    return shapely.transform(shape, lambda xy: xy + np.array(SQUARE_M))


LAND = shapely.Polygon(CORNERS)
SEA = LAND.intersection(shapely.box(-9000, -9000, COAST_X, 9000))
BOUNDARY = degrees(LAND)


@dataclass(frozen=True)
class Drawn:
    """A place of the map: what it is called there, its corners, and its tags."""

    name: str
    corners: list[XY]
    tags: dict[str, str]


LIBRARY = Drawn("Stormen bibliotek", box(20, 20, 70, 50), {"amenity": "library"})
HALL: XY = (560.0, 215.0)
"""A house for everybody that only the land register knows, and has no name for."""

HOUSES: list[XY] = [
    *((-700 + 40 * n, 12) for n in range(12)),  # Storgata, west
    *((300 + 35 * n, 12) for n in range(14)),  # Storgata, east
    *((-700 + 50 * n, -240) for n in range(8)),  # Sjøgata
    *((800 + 45 * n, -240) for n in range(8)),
    *((880 + 40 * n, 262) for n in range(6)),  # Bakkegata
]
"""South-western corners of houses of 80 m²."""

BLOCKS: list[XY] = [(140.0, -60.0), (200.0, -60.0), (300.0, -60.0), (620.0, -60.0)]

LONELY: XY = (1625.0, -875.0)
"""The middle of a cell where people live and no dwelling is mapped, but a road is."""

STREETS: dict[str, list[XY]] = {
    "Storgata": [(x, 0.0) for x in (-1300, -700, 0, 250, 750, 1000, 1700, 3100)],
    "Sjøgata": [(x, -250.0) for x in (-700, 0, 750, 1250)],
    "Bakkegata": [(0.0, 0.0), (0.0, 250.0), (500.0, 250.0), (1000.0, 250.0), (1000.0, 1750.0)],
    "Havnegata": [(-700.0, 0.0), (-700.0, -250.0)],
    "Torvgata": [(0.0, 0.0), (0.0, -250.0)],
    "Skolegata": [(750.0, 0.0), (750.0, -250.0), (1625.0, -875.0), (1650.0, -1250.0)],
}


def town(schools: list[Drawn]) -> Drawing:
    """Return the map; registers know of more, and call one of them otherwise."""
    map_ = Drawing()
    coast = [(COAST_X, 5000.0), (COAST_X, 800.0), (COAST_X, -900.0), (COAST_X, -5000.0)]
    map_.way(coast, natural="coastline")
    for name, line in STREETS.items():
        map_.way(line, highway="residential", name=name)
    for x, y in HOUSES:
        map_.area(box(x, y, x + 10, y + 8), building="house")
    for x, y in BLOCKS:
        levels = {"building:levels": "4"}
        map_.area(box(x, y, x + 40, y + 15), building="apartments", **levels)
    for one in [LIBRARY, *schools]:
        map_.area(one.corners, name=one.name, building="yes", **one.tags)
    door = {"addr:street": "Storgata", "addr:housenumber": "1"}
    map_.node((45.0, 20.0), entrance="main", **door)
    map_.area(box(-300, 40, -200, 140), leisure="park", name="Rådhusparken")
    map_.area(box(-280, 60, -260, 80), leisure="playground")
    return map_


def save(folder: Path, schools: list[Drawn]) -> Path:
    """Write the map."""
    return town(schools).save(folder / "bodo.osm.pbf")


def height_m(x: object, y: object) -> np.ndarray:
    """Return the height of the ground at metres of the drawing; the sea has none."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return np.where(x < COAST_X, np.nan, 20 + 0.004 * x + 0.002 * y)


def heights(bounds: tuple[float, ...], columns: int, rows: int) -> bytes:
    """Return a GeoTIFF of the heights in a box of EPSG:25833, as the service makes it."""
    west, south, east, north = bounds
    grid = rasterio.Affine((east - west) / columns, 0, west, 0, (south - north) / rows, north)
    column, row = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    x, y = grid.c + grid.a * column - SQUARE_M[0], grid.f + grid.e * row - SQUARE_M[1]
    values = np.nan_to_num(height_m(x, y), nan=-32767).astype("float32")
    shape = {"width": columns, "height": rows, "count": 1, "dtype": "float32"}
    with rasterio.MemoryFile() as file:
        with file.open(
            driver="GTiff", crs=CRS, transform=grid, nodata=-32767, **shape
        ) as raster:
            raster.write(values, 1)
        return bytes(file.read())
