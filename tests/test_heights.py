"""Heights: which tiles are asked for, and the one file that is made of them."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from rasterio import Affine, MemoryFile

from data.raster import MAX_CELLS
from data.services import height_tiles, heights
from data.services.height_tiles import CELLS_M, CRS, NARROWEST_M, TILE, Grid, grid_of
from data.services.heights import SERVICE
from data.services.service import Land
from data.terrain import terrain_of
from geo.crs import WGS84, to_metric
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

WEST, SOUTH = 474_000, 7_463_000
"""Where the towns of `tests.towns` lie."""

REPORT = (
    b'<?xml version="1.0"?><ServiceExceptionReport version="1.2.0">'
    b'<ServiceException code="InvalidParameterValue">msWCSGetCoverage(): WCS server error.'
    b"</ServiceException></ServiceExceptionReport>"
)


def land_of(box):
    """Return a land of a box in metres."""
    table = gpd.GeoDataFrame(geometry=[shapely.box(*box)], crs=CRS).to_crs(WGS84)
    return Land("1804", "Bodø", "no", table.geometry.iloc[0], CRS)


LAND = land_of((WEST, SOUTH, WEST + 4000, SOUTH + 3200))


def plane(x, y):
    """Return heights of a hillside: 50 m, 10 % up to the east and 5 % to the north."""
    return 50 + 0.1 * (x - WEST) + 0.05 * (y - SOUTH)


def tile(box, columns, rows, *, sea=None, **options):
    """Return a GeoTIFF as the service makes it; the sea lies east of `sea`."""
    west, south, east, north = box
    grid = Affine((east - west) / columns, 0, west, 0, -(north - south) / rows, north)
    column, row = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    x, y = grid.c + grid.a * column, grid.f + grid.e * row
    values = plane(x, y).astype(options.pop("dtype", "float32"))
    if sea is not None:
        values[x > sea] = options.get("nodata") or -32767
    how = {"driver": "GTiff", "count": 1, "dtype": values.dtype, "crs": CRS} | options
    with MemoryFile() as file:
        with file.open(width=columns, height=rows, transform=grid, **how) as raster:
            for band in range(1, how["count"] + 1):
                raster.write(values, band)
        return file.read()


def playing(**options):
    """Play the service; it refuses what the real one refuses."""

    def play(path, query):
        assert path == "wcs.geonorge.no/skwms1/wcs.hoyde-dtm-nhm-25833"
        asked = [query[key] for key in ("service", "version", "request", "coverage", "crs")]
        assert asked == ["WCS", "1.0.0", "GetCoverage", "nhm_dtm_topo_25833", "EPSG:25833"]
        box = [float(side) for side in query["bbox"].split(",")]
        columns, rows = int(query["width"]), int(query["height"])
        if max(columns, rows) > 2000 or min(box[2] - box[0], box[3] - box[1]) < 1500:
            return Said(REPORT, content_type="application/vnd.ogc.se_xml")
        return Said(tile(box, columns, rows, **options), content_type="image/tiff")

    return play


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "home"))


def read(tmp_path, monkeypatch, *, land=LAND, **options):
    with fetcher(tmp_path, monkeypatch, playing(**options)) as (get, asked):
        return SERVICE.read(land, get), asked


def terrain(known, land=LAND):
    box = to_metric(gpd.GeoDataFrame(geometry=[land.boundary], crs=WGS84), CRS)
    return terrain_of(known.terrain, box.geometry.iloc[0], CRS)[0]


def test_heights_are_where_they_were(tmp_path, monkeypatch):
    known, asked = read(tmp_path, monkeypatch)
    spots = np.array([(WEST + 55, SOUTH + 55), (WEST + 2905, SOUTH + 1005)], dtype=float)
    assert terrain(known).at(spots) == pytest.approx(plane(*spots.T), abs=0.01)
    assert len(asked) == 1
    assert terrain(known).cell_m == 10


def test_the_file_is_cloud_optimised_and_says_whose_it_is(tmp_path, monkeypatch):
    known, _ = read(tmp_path, monkeypatch)
    with rasterio.open(known.terrain) as file:
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (file.crs, file.dtypes, file.res) == (CRS, ("float32",), (10, 10))
        assert np.isnan(file.nodata)
        assert (file.transform.c % 10, file.transform.f % 10) == (0, 0)
    _, source = terrain_of(known.terrain, shapely.box(WEST, SOUTH, WEST + 99, SOUTH + 99), CRS)
    assert (source.licence, source.attribution) == ("CC BY 4.0", "© Kartverket")
    assert [file.name for file in known.terrain.parent.iterdir()] == ["heights-1804-10m.tif"]


def test_tiles_are_put_together_without_seams(tmp_path, monkeypatch):
    monkeypatch.setattr(height_tiles, "TILE", 210)
    known, asked = read(tmp_path, monkeypatch)
    assert len(asked) == 4
    x, y = np.meshgrid(np.arange(100, 3900, 37.0), np.arange(100, 3100, 37.0))
    spots = np.column_stack([WEST + x.ravel(), SOUTH + y.ravel()])
    assert terrain(known).at(spots) == pytest.approx(plane(*spots.T), abs=0.01)


def test_tiles_that_the_land_does_not_touch_are_not_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(height_tiles, "TILE", 210)
    one = land_of((WEST, SOUTH, WEST + 1900, SOUTH + 1500)).boundary
    other = land_of((WEST + 2200, SOUTH + 1800, WEST + 4000, SOUTH + 3200)).boundary
    corners = replace(LAND, boundary=shapely.MultiPolygon([one, other]))
    known, asked = read(tmp_path, monkeypatch, land=corners)
    assert len(asked) == 2
    inside, between = (WEST + 55.0, SOUTH + 55.0), (WEST + 3000.0, SOUTH + 700.0)
    told = terrain(known, corners).at(np.array([inside, between]))
    assert told[0] == pytest.approx(plane(*inside), abs=0.01)
    assert np.isnan(told[1])


@pytest.mark.parametrize(
    "options",
    [
        {"nodata": -32767},
        {"nodata": -9999},
        {"nodata": None},  # −32767, and nobody says that it is none
        {"nodata": -32767, "dtype": "int16"},
    ],
    ids=str,
)
def test_the_sea_is_unknown(tmp_path, monkeypatch, options):
    known, _ = read(tmp_path, monkeypatch, sea=WEST + 1500, **options)
    land, sea = (WEST + 505.0, SOUTH + 505.0), (WEST + 2500.0, SOUTH + 500.0)
    told = terrain(known).at(np.array([land, sea]))
    assert told[0] == pytest.approx(plane(*land), abs=1)
    assert np.isnan(told[1])
    assert known.sources[0].rows < 200 * 330


def test_a_land_of_sea_alone_is_said(tmp_path, monkeypatch):
    with pytest.raises(SourceError, match="knows no height in Bodø"):
        read(tmp_path, monkeypatch, sea=0, nodata=-32767)
    assert not list((tmp_path / "home").rglob("*.tif"))


def test_a_failure_leaves_the_earlier_file(tmp_path, monkeypatch):
    known, _ = read(tmp_path, monkeypatch)
    before = known.terrain.read_bytes()
    with (
        fetcher(tmp_path / "other", monkeypatch, always(Said(REPORT))) as (get, _),
        pytest.raises(SourceError),
    ):
        SERVICE.read(LAND, get)
    assert known.terrain.read_bytes() == before
    assert len(list(known.terrain.parent.iterdir())) == 1


@pytest.mark.parametrize("number", ["", "demo"])
def test_another_land_has_another_file(tmp_path, monkeypatch, number):
    known, _ = read(tmp_path, monkeypatch, land=replace(LAND, number=number))
    assert known.terrain.name.startswith("heights-")
    assert known.terrain.name != "heights-1804-10m.tif"


def square(size_m):
    return shapely.box(WEST, SOUTH, WEST + size_m, SOUTH + size_m)


@pytest.mark.parametrize(
    ("size_m", "cell_m"), [(1000, 10), (49_000, 10), (99_000, 20), (240_000, 50), (1e6, 100)]
)
def test_a_large_land_is_asked_for_in_large_cells(size_m, cell_m):
    grid = grid_of(square(size_m))
    assert grid.cell_m == cell_m
    assert grid.columns * grid.rows <= MAX_CELLS or cell_m == CELLS_M[-1]


def test_a_small_land_is_asked_for_with_what_is_round_it():
    grid = grid_of(square(100))
    assert (grid.columns, grid.rows) == (150, 150)


@given(
    west=st.integers(-100_000, 1_100_000),
    south=st.integers(6_400_000, 7_900_000),
    width=st.integers(1, 300_000),
    height=st.integers(1, 300_000),
)
def test_tiles_cover_the_land_once_and_are_neither_too_large_nor_too_narrow(
    west, south, width, height
):
    land = shapely.box(west, south, west + width, south + height)
    grid = grid_of(land)
    boxes = [grid.box(window) for window in grid.tiles()]
    whole = shapely.union_all([shapely.box(*box) for box in boxes])
    assert whole.covers(shapely.box(*map(float, land.bounds)))
    assert sum((e - w) * (n - s) for w, s, e, n in boxes) == pytest.approx(whole.area)
    assert all(max(window.width, window.height) <= TILE for window in grid.tiles())
    assert min(min(e - w, n - s) for w, s, e, n in boxes) >= NARROWEST_M


@pytest.mark.parametrize(
    "what",
    [
        {"count": 3},
        {"crs": "EPSG:25833", "columns": 299},
        {"away": 100.0},
    ],
    ids=str,
)
def test_heights_of_something_else_are_said(what):
    grid = Grid(WEST, SOUTH + 2000, 10, 300, 200)
    columns, away = what.pop("columns", 300), what.pop("away", 0.0)
    box = (WEST + away, SOUTH, WEST + 3000 + away, SOUTH + 2000)
    answer = tile(box, columns, 200, **what)
    (window,) = grid.tiles()
    with pytest.raises(SourceError, match=r"wcs\.geonorge\.no answered in a form"):
        heights._tile(answer, grid, window)


def test_a_tile_that_breaks_off_is_said(tmp_path, monkeypatch):
    whole = tile((WEST, SOUTH, WEST + 3000, SOUTH + 2000), 300, 200)
    for part in (whole[:100], whole[: len(whole) // 2]):
        with pytest.raises(SourceError, match="cannot be read"):
            SERVICE.read(LAND, lambda url, part=part: part)


def test_a_file_that_asks_for_others_is_not_opened():
    """A virtual raster may name any address: only GeoTIFF is read."""
    virtual = b'<VRTDataset rasterXSize="1" rasterYSize="1"></VRTDataset>'
    with pytest.raises(SourceError, match="cannot be read"):
        SERVICE.read(LAND, lambda url: virtual)


def test_a_folder_that_nobody_can_write_to_is_said(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(SourceError, match="The heights cannot be written to"):
        SERVICE.read(LAND, {}.__getitem__)


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        SERVICE.read(LAND, get)


@pytest.mark.parametrize("said", [*UNREADABLE, pytest.param(Said(REPORT), id="wcs-report")])
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=r"wcs\.geonorge\.no answered in a form"),
    ):
        SERVICE.read(LAND, get)


@pytest.mark.live
def test_the_real_service_knows_bodo(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    from data.http import Fetcher  # noqa: PLC0415

    known = SERVICE.read(LAND, Fetcher(tmp_path))
    told = terrain(known).heights_m
    assert np.isfinite(told).any()
    assert -5 < np.nanmin(told) < np.nanmax(told) < 1200
