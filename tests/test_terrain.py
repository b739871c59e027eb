"""Heights: asked at a point, read from any raster, written and read again."""

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from rasterio import Affine

from data import raster
from data.caveats import of_heights
from data.terrain import read_terrain, require_heights, terrain_of, write_terrain
from geo.errors import SourceError
from geo.paths.terrain import Terrain

CRS = "EPSG:25833"
SQUARE_M = (474_000.0, 7_463_000.0)
"""Where the towns of `tests.towns` lie."""

WEST, NORTH = SQUARE_M[0] - 1000, SQUARE_M[1] + 1000
LAND = shapely.box(SQUARE_M[0] - 300, SQUARE_M[1] - 200, SQUARE_M[0] + 300, SQUARE_M[1] + 200)
NAN = np.nan


def cells(*rows):
    """Return cells of 10 m whose lower left corner is (0, 0)."""
    return Terrain(np.array(rows, np.float32), 0.0, 10.0 * len(rows), 10.0)


def heights(terrain, *xy):
    return terrain.at(np.array(xy, dtype=float)).tolist()


def plane(x, y):
    """Return heights of a hillside: 10 % up to the east, 5 % to the north, 0 at the square."""
    return 0.1 * (x - SQUARE_M[0]) + 0.05 * (y - SQUARE_M[1])


def write(path, values, *, crs=CRS, transform=None, **options):
    """Write cells of 10 m around the square of the drawn towns."""
    array = np.asarray(values)
    how = {"driver": "GTiff", "count": 1, "dtype": array.dtype} | options
    rows, columns = array.shape
    place = transform or from_origin(WEST, NORTH, 10, 10)
    with rasterio.open(
        path, "w", width=columns, height=rows, crs=crs, transform=place, **how
    ) as file:
        for band in range(1, how["count"] + 1):
            file.write(array, band)
    return path


def from_origin(west, north, across, down):
    return Affine(across, 0, west, 0, -down, north)


def positions(grid, size):
    """Return east and north of the middles of cells."""
    column, row = np.meshgrid(np.arange(size) + 0.5, np.arange(size) + 0.5)
    return (
        grid.a * column + grid.b * row + grid.c,
        grid.d * column + grid.e * row + grid.f,
    )


def hillside(size=200):
    return plane(*positions(from_origin(WEST, NORTH, 10, 10), size)).astype(np.float32)


def refusal(file, land=LAND):
    with pytest.raises(SourceError) as refused:
        terrain_of(file, land, CRS)
    return str(refused.value)


@pytest.mark.parametrize(
    ("xy", "height"),
    [
        ((5, 5), 3),  # in the middle of a cell
        ((5, 15), 1),  # rows go from north to south
        ((10, 15), 1.5),
        ((10, 10), 2.5),  # where all four meet
        ((0, 5), 3),  # the outer half of a cell is as high as its middle
        ((20, 20), 2),
        ((0, 20), 1),
    ],
)
def test_a_point_lies_between_the_middles_of_cells(xy, height):
    assert heights(cells([1, 2], [3, 4]), xy) == [height]


@pytest.mark.parametrize("xy", [(-0.01, 5), (20.01, 5), (5, -0.01), (5, 20.01), (NAN, 5)])
def test_outside_nothing_is_known(xy):
    assert np.isnan(heights(cells([1, 2], [3, 4]), xy)).all()


def test_the_sea_does_not_pull_the_quay_down():
    coast = cells([2, 2, NAN], [4, 4, NAN])
    assert heights(coast, (15, 15), (19, 15), (24, 10)) == [2, 2, 3]
    assert np.isnan(heights(coast, (25, 15), (28, 10))).all()


def test_the_level_of_the_sea_is_a_height():
    assert heights(cells([0, NAN]), (5, 5), (9, 5)) == [0, 0]


def test_nobody_knows_anything_where_no_cell_does():
    assert np.isnan(heights(cells([NAN, NAN]), (5, 5), (10, 5))).all()
    assert cells([1]).at(np.empty((0, 2))).tolist() == []


@given(st.lists(st.tuples(st.floats(10, 70), st.floats(10, 70)), min_size=1, max_size=9))
def test_a_plane_is_read_exactly(xy):
    size = 8
    middle = 10 * (np.arange(size) + 0.5)
    x, y = np.meshgrid(middle, middle[::-1])
    slanting = Terrain((0.1 * x + 0.05 * y).astype(np.float32), 0.0, 80.0, 10.0)
    expected = [0.1 * x + 0.05 * y for x, y in xy]
    assert heights(slanting, *xy) == pytest.approx(expected, abs=1e-5)


def test_a_raster_in_the_areas_own_crs_keeps_its_cells(tmp_path):
    original = hillside()
    terrain, source = terrain_of(write(tmp_path / "dtm10.tif", original), LAND, CRS)
    assert (terrain.cell_m, terrain.heights_m.shape) == (10, (40, 60))
    assert (terrain.west_m, terrain.north_m) == (SQUARE_M[0] - 300, SQUARE_M[1] + 200)
    assert np.array_equal(terrain.heights_m, original[80:120, 70:130])
    assert (source.name, source.attribution, source.rows) == ("dtm10", "dtm10.tif", 2400)
    assert (source.licence, source.date) == ("?", "?")


def test_cells_that_lie_athwart_of_round_metres_are_kept_too(tmp_path):
    moved = from_origin(WEST - 5, NORTH + 5, 10, 10)
    original = hillside()
    terrain, _ = terrain_of(write(tmp_path / "a.tif", original, transform=moved), LAND, CRS)
    assert (terrain.west_m, terrain.north_m) == (SQUARE_M[0] - 305, SQUARE_M[1] + 205)
    assert np.array_equal(terrain.heights_m, original[80:121, 70:131])


@pytest.mark.parametrize("crs", ["EPSG:25832", "EPSG:4326", "EPSG:3857"])
def test_a_raster_in_another_crs_is_warped(tmp_path, crs):
    to_other = Transformer.from_crs(CRS, crs, always_xy=True).transform
    to_ours = Transformer.from_crs(crs, CRS, always_xy=True).transform
    west, south, east, north = shapely.transform(
        LAND.buffer(400), lambda xy: np.column_stack(to_other(*xy.T))
    ).bounds
    size = 120
    place = from_origin(west, north, (east - west) / size, (north - south) / size)
    values = plane(*to_ours(*positions(place, size))).astype(np.float32)
    file = write(tmp_path / "other.tif", values, crs=crs, transform=place)
    terrain, _ = terrain_of(file, LAND, CRS)
    assert 8 < terrain.cell_m < 16
    where = np.array(
        [(SQUARE_M[0] + x, SQUARE_M[1] + y) for x in (-290, 0, 250) for y in (-190, 150)]
    )
    assert terrain.at(where) == pytest.approx(plane(*where.T), abs=0.5)


def test_a_crs_that_also_names_the_level_of_the_sea_is_read(tmp_path):
    """EPSG:5973 is EPSG:25833 with heights by NN2000, as Kartverket gives them."""
    terrain, _ = terrain_of(write(tmp_path / "nn.tif", hillside(), crs="EPSG:5973"), LAND, CRS)
    assert terrain.at(np.array([SQUARE_M])) == pytest.approx([0], abs=0.01)
    assert terrain.cell_m == 10


def test_a_raster_that_is_turned_is_read_where_it_lies(tmp_path):
    across, down = 10 * np.cos(np.pi / 6), 10 * np.sin(np.pi / 6)
    turned = Affine(across, down, SQUARE_M[0] - 1366, down, -across, SQUARE_M[1] + 366)
    file = write(
        tmp_path / "turned.tif",
        plane(*positions(turned, 200)).astype(np.float32),
        transform=turned,
    )
    terrain, _ = terrain_of(file, LAND, CRS)
    assert terrain.cell_m == pytest.approx(10)
    where = np.array([SQUARE_M, (SQUARE_M[0] + 123, SQUARE_M[1] - 77)])
    assert terrain.at(where) == pytest.approx(plane(*where.T), abs=0.1)


def test_whole_numbers_with_a_scale_and_nodata_are_metres(tmp_path):
    values = np.full((200, 200), 250, np.int16)
    values[:, 100:] = -32767  # the sea, east of the square
    values[0:100, :100] = 0
    file = write(tmp_path / "int.tif", values, nodata=-32767)
    with rasterio.open(file, "r+") as opened:
        opened.scales, opened.offsets = (0.1,), (5.0,)
    terrain, _ = terrain_of(file, LAND, CRS)
    inland, sea, low = (
        (SQUARE_M[0] + x, SQUARE_M[1] + y) for x, y in ((-99, -99), (99, -99), (-99, 99))
    )
    assert heights(terrain, inland, low) == pytest.approx([30, 5])
    assert np.isnan(heights(terrain, sea)).all()


def test_depths_that_nobody_declared_are_unknown(tmp_path):
    values = hillside()
    values[100:, :] = -9999
    values[:100, :10] = 1e20
    terrain, _ = terrain_of(write(tmp_path / "a.tif", values), LAND, CRS)
    assert np.isnan(terrain.heights_m).sum() == 20 * 60


def test_only_the_area_is_read_of_a_huge_file_and_never_finer_than_a_metre(
    tmp_path, monkeypatch
):
    fine = from_origin(SQUARE_M[0] - 50, SQUARE_M[1] + 50, 0.25, 0.25)
    file = write(tmp_path / "fine.tif", np.ones((400, 400), np.float32), transform=fine)
    terrain, _ = terrain_of(
        file, shapely.box(*SQUARE_M, SQUARE_M[0] + 20, SQUARE_M[1] + 30), CRS
    )
    assert (terrain.cell_m, terrain.heights_m.shape) == (1, (30, 20))
    monkeypatch.setattr(raster, "MAX_CELLS", 150)
    coarse, _ = terrain_of(
        file, shapely.box(*SQUARE_M, SQUARE_M[0] + 20, SQUARE_M[1] + 30), CRS
    )
    assert coarse.cell_m == 2
    sparse = tmp_path / "sparse.tif"
    with rasterio.open(
        sparse, "w", driver="GTiff", width=200_000, height=200_000, count=1, dtype="float32",
        crs=CRS, transform=from_origin(WEST - 1e6, NORTH + 1e6, 10, 10), sparse_ok=True,
        tiled=True, BIGTIFF="YES",
    ):  # fmt: skip
        pass  # 160 GB, if anybody read it all
    assert terrain_of(sparse, LAND, CRS)[0].heights_m.sum() == 0


def test_the_tags_tell_licence_and_date(tmp_path):
    file = write(tmp_path / "dtm.tif", hillside())
    with rasterio.open(file, "r+") as opened:
        opened.update_tags(
            TIFFTAG_COPYRIGHT="CC BY 4.0",
            TIFFTAG_ARTIST="© Kart\nverket",
            TIFFTAG_DATETIME="2024:05:17 10:00:00",
        )
    source = terrain_of(file, LAND, CRS)[1]
    told = (source.licence, source.attribution, source.date)
    assert told == ("CC BY 4.0", "© Kart verket", "2024-05-17")


def test_what_is_no_raster_of_heights_here_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "notes.tif").write_text("not a raster")
    (tmp_path / "empty.tif").touch()
    good = write(tmp_path / "good.tif", hillside())
    cut = tmp_path / "cut.tif"
    cut.write_bytes(good.read_bytes()[:60_000])
    nowhere = write(tmp_path / "nowhere.tif", hillside(), crs=None)
    photo = write(tmp_path / "photo.tif", hillside(), count=3)
    feet = write(tmp_path / "feet.tif", hillside())
    with rasterio.open(feet, "r+") as opened:
        opened.units = ("ft",)
    sea = write(tmp_path / "sea.tif", np.full((200, 200), -1, np.int16), nodata=-1)
    away = write(tmp_path / "away.tif", hillside(), transform=from_origin(0, 7e6, 10, 10))
    far = write(tmp_path / "far.tif", hillside(), crs="EPSG:2154")
    site = write(tmp_path / "site.tif", hillside(), crs='LOCAL_CS["site",UNIT["metre",1]]')
    assert refusal(tmp_path / "gone.tif").startswith("There is no file")
    assert refusal(tmp_path).startswith("There is no file")
    for file in (tmp_path / "notes.tif", tmp_path / "empty.tif", cut, site):
        assert refusal(file).startswith(f"{file.name} cannot be read as a raster of heights: ")
    assert refusal(nowhere) == "nowhere.tif does not say where on Earth it lies."
    assert refusal(photo) == "photo.tif has 3 bands; a raster of heights has one."
    assert refusal(feet) == "feet.tif has its heights in ft, not in metres."
    for file in (sea, away, far):
        assert "knows no height in this area" in refusal(file)
    with pytest.raises(SourceError, match="3 bands"):
        require_heights(photo)
    require_heights(good)


def test_a_terrain_is_written_and_read_unchanged(tmp_path):
    values = hillside(50)
    values[:10, :10] = NAN
    terrain = Terrain(values, WEST, NORTH, 10.0)
    write_terrain(tmp_path / "terrain.tif", terrain, CRS)
    again = read_terrain(tmp_path / "terrain.tif")
    assert np.array_equal(again.heights_m, values, equal_nan=True)
    assert again.heights_m.dtype == np.float32
    assert (again.west_m, again.north_m, again.cell_m) == (WEST, NORTH, 10)
    with rasterio.open(tmp_path / "terrain.tif") as file:
        assert (file.crs, file.block_shapes) == (CRS, [(256, 256)])
        assert np.isnan(file.nodata)
    with pytest.raises(SourceError, match="cannot be written"):
        write_terrain(tmp_path / "gone" / "terrain.tif", terrain, CRS)


def test_a_terrain_of_other_cells_is_refused(tmp_path):
    oblong = write(tmp_path / "o.tif", hillside(), transform=from_origin(WEST, NORTH, 10, 20))
    with pytest.raises(SourceError, match="no square cells"):
        read_terrain(oblong)


def test_a_reader_is_told_how_fine_and_how_complete_the_heights_are():
    lines = [shapely.LineString([(0, 5), (20, 5)]), shapely.LineString([(0, 5), (80, 5)])]
    paths = gpd.GeoDataFrame({"length_m": [20.0, 80.0]}, geometry=lines)
    told = [str(m) for m in of_heights(cells([1, 2, 3]), paths)]
    assert told == [
        "Heights are known in cells of 10 m.",
        "The heights of 80.0 % of the paths are not known; those count as level.",
    ]
    assert len(of_heights(cells([1, 2, 3]), paths.iloc[:1])) == 1
    assert len(of_heights(cells([1, 2, 3]), paths.iloc[:0])) == 1


def test_a_build_takes_the_heights_along(tmp_path, monkeypatch):
    from data.build import build_file  # noqa: PLC0415 - the others need no town
    from tests.towns import Drawing, box  # noqa: PLC0415

    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    town = Drawing()
    town.way([(0, 0), (300, 0), (600, 0)], highway="residential", name="Storgata")
    town.area(box(50, 10, 60, 20), building="house")
    file = town.save(tmp_path / "town.osm.pbf")
    heights_file = write(tmp_path / "dtm10.tif", hillside())
    built = build_file(file, code="vik", name="Vik", terrain=heights_file)
    assert built.area.sources[-1].attribution == "dtm10.tif"
    assert any("cells of 10 m" in str(one) for one in built.area.warnings)
    ends = np.array([SQUARE_M, (SQUARE_M[0] + 600, SQUARE_M[1])])
    assert np.diff(built.terrain.at(ends)) == pytest.approx(60, abs=0.5)
    with pytest.raises(SourceError, match="There is no file"):
        build_file(file, code="vik", name="Vik", terrain=tmp_path / "gone.tif")
