"""Towns drawn as OpenStreetMap data, read and built as any other, and asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely

from data.build import build_file
from geo.answer import Answer, answer
from geo.question import Question
from geo.town import Town, prepare
from tests.towns import CRS, SQUARE_M, XY, Drawing, box, catalogue

FRIDAY = datetime(2026, 11, 20, 12)
"""When every drawn town is asked; the next Saturday is the day after."""

CORNERS = ((-2000, -2000), (3000, 3000))
"""All that is drawn lies between, so that nothing is cut off at the edge."""

CELL_M = 10.0
PEOPLE = 10.0
"""Who live behind every door."""


def house(town: Drawing, door: XY) -> None:
    """
    Draw a home: a house of 68 m² north of its door.

    68 m² of floor is one person (`data/dwellings.toml`), and each floor lives above another.
    """
    x, y = door
    town.node(door, entrance="main")
    corners = [(x - 4, y), door, *box(x - 4, y, x + 4, y + 8.5)[1:]]
    town.area(corners, building="house", **{"building:levels": str(round(PEOPLE))})


class Asked:
    """A drawn town that was built, to be asked about its homes by their doors."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def ask(self, *kinds: str, **how: object) -> Answer:
        """Ask about those kinds, as `geo.question.Question` lets one."""
        question = Question("toytown", kinds, **how)
        return answer(self.town, question, catalogue(), now=FRIDAY)

    def minutes(self, door: XY, *kinds: str, **how: object) -> float:
        """Return the walk from one home."""
        homes = self.town.bundle.homes
        away_m = homes.distance(at(door))
        assert away_m.min() < 0.1, "nobody lives there"
        return float(self.ask(*kinds, **how).minutes[away_m.idxmin()])


Build = Callable[..., Asked]


@pytest.fixture(name="built")
def built_town(tmp_path, monkeypatch) -> Iterator[Build]:
    """Return what builds a drawing into an area of a store of its own."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))

    def build(town: Drawing, *, terrain: Path | None = None, municipality: str = "") -> Asked:
        for corner in CORNERS:
            town.node(corner, note="the end of the world")
        file = town.save(tmp_path / "town.osm")
        how = {"municipality": municipality, "terrain": terrain}
        return Asked(prepare(build_file(file, code="toytown", name="Toytown", **how)))

    return build


@pytest.fixture(name="land")
def raster_of_land(tmp_path) -> Callable[[Callable[..., object]], Path]:
    """Return what draws a raster of heights, from a function of metres east and north."""

    def draw(height) -> Path:
        (west, south), (east, north) = CORNERS
        x = np.arange(west + CELL_M / 2, east, CELL_M)
        y = np.arange(north - CELL_M / 2, south, -CELL_M)
        heights_m = np.broadcast_to(height(*np.meshgrid(x, y)), (len(y), len(x)))
        corner = SQUARE_M[0] + west, SQUARE_M[1] + north
        shape = {"width": len(x), "height": len(y), "count": 1, "dtype": "float32"}
        grid = rasterio.Affine(CELL_M, 0, corner[0], 0, -CELL_M, corner[1])
        path = tmp_path / "heights.tif"
        with rasterio.open(path, "w", driver="GTiff", crs=CRS, transform=grid, **shape) as file:
            file.write(heights_m.astype(np.float32), 1)
        return path

    return draw


def at(xy: XY) -> shapely.Point:
    """Return where a spot of a drawing lies in the area's metres."""
    return shapely.Point(SQUARE_M[0] + xy[0], SQUARE_M[1] + xy[1])


def minutes(expected: float) -> object:
    """Return what is as good as so many minutes: a map is drawn to the centimetre."""
    return pytest.approx(expected, abs=0.003)
