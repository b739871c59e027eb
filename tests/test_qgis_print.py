"""QGIS and the print draw the same: two pictures of one export, pixel by pixel."""

import io

import numpy as np
import pytest
import typst
from PIL import Image

from layers.palette import LAND
from layers.paper.drawing import draw
from layers.paper.frame import PIXEL_MM, Frame
from tests.qgis_expected import delta_e
from tests.qgis_gis import qgis
from tests.test_qgis_picture import exported, saved

SIDE = 900
LIKE = 10.0
"""Colours alike at a glance (CIE 1976): edges are smoothed otherwise, and cells are hatched."""


def printed(layers, bounds, folder):
    """Return the drawing of a print as so many pixels, each as much ground as QGIS's."""
    side_mm = SIDE * PIXEL_MM
    (folder / "map.svg").write_text(draw(layers, Frame(bounds, side_mm, side_mm)).svg)
    page = f"#set page(width: {side_mm}mm, height: {side_mm}mm, margin: 0mm)"
    (folder / "map.typ").write_text(f'{page}\n#image("map.svg", width: 100%)')
    made = typst.compile(str(folder / "map.typ"), format="png", ppi=25.4 / PIXEL_MM)
    return np.asarray(Image.open(io.BytesIO(made)).convert("RGB"), dtype=float)


@pytest.mark.parametrize(
    ("area", "code", "scale"), [("karhula", "demo-karhula", 20_000), ("oslo", "oslo", 5_000)]
)
def test_the_picture_of_qgis_is_that_of_the_print(request, tmp_path, area, code, scale):
    made, file, (x, y) = saved(exported(request.getfixturevalue(area), code), tmp_path)
    sheets = [s for s in made.sheets if s.drawn and s.key not in {"places", "place_areas"}]
    half_m = SIDE * 0.0254 / 96 * scale / 2
    bounds = (x - half_m, y - half_m, x + half_m, y + half_m)
    keys, to = [sheet.key for sheet in sheets], tmp_path / "qgis.png"
    asked = {"layers": keys, "bounds": bounds, "size": (SIDE, SIDE), "to": str(to)}
    qgis(file, keys, pictures=[asked | {"labels": False, "background": LAND}])
    theirs = np.asarray(Image.open(to).convert("RGB"), dtype=float)
    ours = printed([sheet.layer for sheet in sheets], bounds, tmp_path)
    assert ours.shape == theirs.shape
    assert (delta_e(theirs, ours) < LIKE).mean() > 0.97
    moved = np.roll(ours, 40, axis=0)  # a street away
    assert (delta_e(theirs, moved) < LIKE).mean() < 0.95
