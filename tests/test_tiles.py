"""Tiles of an online map, as a picture in the metres of an area."""

from io import BytesIO
from math import atan, degrees, pi, sinh

import httpx
import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer

from data.http import Fetcher, client
from data.tiles import MOST_TILES, TILE, mosaic, picture, quickly
from geo.errors import NotFoundError, SourceError
from layers.guard import TILES

TOWN = (596_000.0, 6_640_000.0, 600_000.0, 6_644_000.0)
CRS = "EPSG:25832"
KARTVERKET = TILES["kartverket"]
HERE = {"url": "{z}/{x}/{y}", "deepest": 18}


def png(colours):
    Image.fromarray(np.asarray(colours, dtype=np.uint8)).save(made := BytesIO(), "png")
    return made.getvalue()


def plain(*colour):
    return png(np.full((TILE, TILE, 3), colour))


def colour_of(zoom, column, row):
    """Return a tile whose colours say of every pixel where in the world it lies, nearly."""
    y, x = np.mgrid[0:TILE, 0:TILE]
    across, down = (column % 8) * TILE + x, (row % 8) * TILE + y
    return png(np.stack([across // 8, down // 8, np.full_like(x, zoom)], axis=2))


def drawn(get, *, bounds=TOWN, width_px=400, tiles=HERE):
    made = picture(tiles, bounds, CRS, width_px, get=get)
    return np.asarray(Image.open(BytesIO(made)).convert("RGB")).astype(float)


def test_every_pixel_shows_the_ground_it_lies_on():
    """Against the formula of slippy maps, and PROJ: no tile is put or turned wrongly."""

    def get(url):
        return colour_of(*map(int, url.split("/")))

    shown = drawn(get)
    assert shown.shape == (400, 400, 3)
    zoom = mosaic(TOWN, CRS, 400, deepest=18).zoom
    to_degrees = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    for row, column in [(20, 20), (200, 200), (20, 380), (380, 20), (300, 130)]:
        x, y = TOWN[0] + (column + 0.5) * 10, TOWN[3] - (row + 0.5) * 10
        longitude, latitude = to_degrees.transform(x, y)
        tile_x = (longitude + 180) / 360 * 2**zoom
        # The row whose latitude it is, found by halving: the formula only goes back.
        low, high = 0.0, 2.0**zoom
        for _ in range(60):
            middle = (low + high) / 2
            north = degrees(atan(sinh(pi * (1 - 2 * middle / 2**zoom))))
            low, high = (middle, high) if north > latitude else (low, middle)
        wanted = [(tile_x % 8) * TILE / 8, (low % 8) * TILE / 8, zoom]
        assert shown[row, column] == pytest.approx(wanted, abs=1.5)


def test_a_high_picture_is_as_high_as_its_ground():
    shown = drawn(lambda url: plain(9, 8, 7), bounds=(596_000, 6_640_000, 597_000, 6_643_000))
    assert shown.shape == (1200, 400, 3)
    assert (shown == (9, 8, 7)).all()


@pytest.mark.parametrize("width_px", [10, 1240, 3000, 10**6])
def test_no_more_tiles_are_asked_for_than_somebody_who_looks_around_asks(width_px):
    plan = mosaic(TOWN, CRS, width_px, deepest=18)
    assert 1 <= plan.count <= MOST_TILES
    assert plan.zoom <= 18


def test_the_whole_country_is_a_few_tiles():
    land = (-100_000.0, 6_400_000.0, 1_200_000.0, 7_950_000.0)
    assert mosaic(land, "EPSG:25833", 1240, deepest=18).count <= MOST_TILES


def test_where_there_is_no_tile_the_paper_stays_white():
    def get(url):
        raise NotFoundError("There is no such thing.")

    assert (drawn(get) == 255).all()


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>busy</html>", plain(1, 2, 3)[:60], png(np.zeros((1, 1, 3))), b"GIF89a"],
    ids=["nothing", "page", "half", "small", "other"],
)
def test_what_is_no_tile_is_said(content):
    with pytest.raises(SourceError, match="not with a piece of a map"):
        drawn(lambda url: content, tiles={**HERE, "url": "https://maps/{z}/{x}/{y}"})


def test_the_service_is_asked_by_its_own_address_and_named_when_it_is_silent(tmp_path):
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx.Response(200, content=plain(200, 200, 200))

    def silent(request):
        raise httpx.ConnectError("no network")

    there = Fetcher(tmp_path / "a", client=client(httpx.MockTransport(answer)))
    assert (drawn(quickly(there), tiles=KARTVERKET) == 200).all()
    plan = mosaic(TOWN, CRS, 400, deepest=18)
    assert len(asked) == plan.count
    first = f"topograatone/default/webmercator/{plan.zoom}/{plan.top}/{plan.left}.png"
    assert asked[0] == f"https://cache.kartverket.no/v1/wmts/1.0.0/{first}"
    gone = Fetcher(
        tmp_path / "b", client=client(httpx.MockTransport(silent)), sleep=lambda wait_s: None
    )
    with pytest.raises(SourceError, match=r"cache\.kartverket\.no"):
        drawn(quickly(gone), tiles=KARTVERKET)


@pytest.mark.live
def test_kartverket_answers(tmp_path):
    shown = drawn(quickly(Fetcher(tmp_path)), tiles=KARTVERKET)
    assert shown.std() > 1
