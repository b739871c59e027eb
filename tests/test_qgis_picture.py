"""QGIS draws what our classes say: its picture against one worked out mark by mark."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from PIL import Image

from data.catalogue import families, groups, kinds, walkers
from geo.answer import Catalogue, answer
from geo.question import Question
from geo.timetable import OSLO
from geo.town import prepare
from layers.export.export import export
from layers.qgis import geopackage
from tests.qgis_expected import delta_e, expected, zoom_of
from tests.qgis_gis import faults, qgis
from words import speaker

NOW = datetime(2026, 11, 21, 12, tzinfo=OSLO)
SAME = 3.0
"""Colours that nobody tells apart (CIE 1976); 8 bits and half transparency are within it."""


def exported(bundle, code):
    known = Catalogue(kinds(), groups(), walkers(), families())
    question = Question(code, ("library", "park", "playground", "school"))
    found = answer(prepare(bundle), question, known, now=NOW)
    return export(found, bundle, known, say=speaker("nb"), now=NOW)


@pytest.fixture(scope="module")
def town(karhula, tmp_path_factory):
    """Return the demo's export, its GeoPackage, and where it lies."""
    return saved(exported(karhula, "demo-karhula"), tmp_path_factory.mktemp("karhula"))


@pytest.fixture(scope="module")
def city(oslo, tmp_path_factory):
    return saved(exported(oslo, "oslo"), tmp_path_factory.mktemp("oslo"))


def saved(made, folder):
    geopackage.write(made, folder, speaker("nb"))
    left, bottom, right, top = made.sheet("boundary").table.total_bounds.tolist()
    return made, folder / f"{made.stem}.gpkg", ((left + right) / 2, (bottom + top) / 2)


def drawn(made, file, middle, scale, *, layers=None, size=(900, 900)):
    """Return the map layers, QGIS's picture of them, and how it was asked for."""
    sheets = [s for s in made.sheets if s.drawn and (layers is None or s.key in layers)]
    half_m = [side * 0.0254 / 96 * scale / 2 for side in size]
    asked = {
        "layers": [sheet.key for sheet in sheets],
        "bounds": [
            *(at - half for at, half in zip(middle, half_m, strict=True)),
            *(at + half for at, half in zip(middle, half_m, strict=True)),
        ],
        "size": size,
        "labels": False,
        "to": str(file.with_name(f"{scale}.png")),
    }
    found = qgis(file, asked["layers"], pictures=[asked])
    assert found["said"] == []
    (picture,) = found["pictures"]
    assert picture["errors"] == []
    assert picture["scale"] == pytest.approx(scale, rel=0.01)
    pixels = np.asarray(Image.open(asked["to"]).convert("RGB"), dtype=float)
    return sheets, pixels, (picture, asked)


def agreement(sheets, pixels, how):
    """Return for each class how many spots were sure, and what share of them agrees."""
    rows, columns, paint = expected(sheets, *how)
    apart = delta_e(pixels[rows, columns], paint.colour)
    told = {}
    for name in set(paint.on_top[paint.sure]):
        of = paint.sure & (paint.on_top == name)
        told[name] = (int(of.sum()), float((apart[of] < SAME).mean()))
    return told, float(paint.sure.mean()), float((apart[paint.sure] < SAME).mean())


@pytest.mark.parametrize("scale", [2_000, 6_000, 15_000, 20_000])
def test_the_demo_looks_as_our_classes_say(town, scale):
    told, sure, share = agreement(*drawn(*town, scale))
    assert sure > 0.3
    assert share > 0.995, told
    assert len(told) > 8
    assert {name for name, (n, agrees) in told.items() if n > 20 and agrees < 0.97} == set()
    cells = any(name.startswith("walk_cells") for name in told)
    assert cells == (zoom_of(scale) < 14)


@pytest.mark.parametrize("scale", [2_500, 10_000, 30_000])
def test_oslo_looks_as_our_classes_say(city, scale):
    told, sure, share = agreement(*drawn(*city, scale))
    assert sure > 0.3
    assert share > 0.99, told
    assert len(told) >= 3


def test_a_wrong_colour_would_be_seen(town):
    sheets, pixels, how = drawn(*town, 6_000, layers={"homes"})
    assert agreement(sheets, pixels, how)[2] > 0.995
    (homes,) = sheets
    wrong = tuple(replace(entry, colour="#118833") for entry in homes.layer.classes)
    other = replace(homes, layer=replace(homes.layer, classes=wrong))
    assert {n for n, (_, share) in agreement([other], pixels, how)[0].items() if share < 0.1}


@pytest.mark.parametrize("scale", [3_000, 12_000])
def test_every_sign_stands_where_its_place_is_in_its_familys_colour(town, city, scale):
    for made, file, middle in (town, city):
        (places,), pixels, (picture, _) = drawn(made, file, middle, scale, layers={"places"})
        left, top = picture["extent"]
        grow = min(1, max(0.4, 2 ** ((zoom_of(picture["scale"]) - 15.5) / 1.8)))
        reach = int(16 * grow * 0.8)
        colours = {entry.key: entry.colour for entry in places.layer.classes}
        seen = 0
        for point, family in zip(places.table.geometry, places.table["family"], strict=True):
            column = int((point.x - left) / picture["pixel_m"])
            row = int((top - point.y) / picture["pixel_m"])
            if min(column, row) < reach or max(column, row) > 900 - reach:
                continue
            near = places.table.geometry.distance(point) < 3 * reach * picture["pixel_m"]
            if near.sum() > 1:
                continue  # another sign may lie on top
            patch = pixels[row - reach : row + reach, column - reach : column + reach]
            wanted = [int(colours[family][i : i + 2], 16) for i in (1, 3, 5)]
            apart = delta_e(patch.reshape(-1, 3), np.array(wanted, dtype=float))
            assert (apart < SAME).mean() > 0.15, (family, scale)
            assert (patch.min(axis=-1) > 250).any()  # its symbol is white
            seen += 1
        assert seen or made.area.code != "oslo"


def test_oslo_is_valid_and_opens_without_a_word(city):
    made, file, _ = city
    assert faults(file) == ""
    found = qgis(file, [sheet.key for sheet in made.sheets])
    assert found["said"] == []
    assert all(layer["valid"] and layer["loaded"] for layer in found["layers"].values())
    assert [
        layer.get("faults", []) for layer in found["layers"].values() if layer.get("faults")
    ] == []
