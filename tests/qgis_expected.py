"""
Which colour a map has at a spot, worked out with pencil and ruler: from marks and classes.

Independent of QGIS and of its styles. A spot less than a pixel from an edge, or where marks
of a class lie one over another, or under a sign, is left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layers.export.sheet import Sheet
from layers.layer import Class, Drawing, Layer

AIR = 1.0
"""Pixels beside an edge where colours mix."""
OPACITY = 0.5


@dataclass(eq=False)
class Paint:
    """The colour of each spot, how sure it is, and the class that lies on top there."""

    spots: np.ndarray
    pixel_m: float
    grow: float
    zoom: float

    def __post_init__(self):
        self.colour = np.full((len(self.spots), 3), 255.0)
        self.sure = np.ones(len(self.spots), dtype=bool)
        self.on_top = np.full(len(self.spots), "", dtype=object)

    def lay(self, where, colour, name, opacity=1.0):
        rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
        self.colour[where] = (1 - opacity) * self.colour[where] + opacity * rgb
        self.on_top[where] = name
        if opacity == 1:
            self.sure[where] = True

    def doubt(self, where):
        self.sure[where] = False


def zoom_of(scale: float) -> float:
    """Return the web map's zoom at 60° N that shows as much as 1 : `scale` at 96 dpi."""
    pixel_m = scale * 0.0254 / 96
    return float(np.log2(156543.03392804097 * 0.5 / pixel_m))


def expected(sheets: Sequence[Sheet], picture: dict, asked: dict, step: int = 4) -> tuple:
    """Return rows and columns of spots of a picture, and what is painted there."""
    width, height = asked["size"]
    left, top, pixel_m = *picture["extent"], picture["pixel_m"]
    rows, columns = (n.ravel() for n in np.mgrid[2:height:step, 2:width:step])
    spots = shapely.points(left + (columns + 0.5) * pixel_m, top - (rows + 0.5) * pixel_m)
    zoom = zoom_of(picture["scale"])
    grow = min(2.2, max(0.4, 2 ** ((zoom - 15.5) / 1.8)))
    paint = Paint(spots, pixel_m, grow, zoom)
    for sheet in sheets:
        for entry in sheet.layer.classes:
            if entry.from_zoom <= zoom < entry.below_zoom:
                marks = sheet.table.geometry[sheet.table[sheet.layer.value] == entry.key]
                _lay(paint, marks.to_numpy(), entry, sheet.layer)
    return rows, columns, paint


def _lay(paint: Paint, marks: np.ndarray, entry: Class, layer: Layer) -> None:
    name = f"{layer.key} {entry.key}"
    tree = shapely.STRtree(marks)
    if layer.drawing is Drawing.SYMBOLS:
        paint.doubt(_near(paint, tree, 24 * min(1, paint.grow)))
    elif layer.drawing is Drawing.CIRCLES:
        _circles(paint, tree, marks, entry, name)
    elif layer.drawing is Drawing.LINES:
        half = entry.size * paint.grow / 2
        paint.doubt(_near(paint, tree, half + AIR))
        if not entry.dash and half > AIR:
            paint.lay(_near(paint, tree, half - AIR), entry.colour, name)
    else:
        _land(paint, tree, marks, entry, layer.drawing, name)


def _near(paint: Paint, tree: shapely.STRtree, pixels: float) -> np.ndarray:
    found = tree.query(paint.spots, "dwithin", pixels * paint.pixel_m)[0]
    return np.isin(np.arange(len(paint.spots)), found)


def _circles(paint, tree, marks, entry, name):
    ring = entry.shape == "ring"
    radius = entry.size * paint.grow
    half = (2.5 if ring else 1.6 if entry.edge else 0.8) * paint.grow / 2
    spot, mark = tree.query(paint.spots, "dwithin", (radius + half + AIR) * paint.pixel_m)
    count = np.bincount(spot, minlength=len(paint.spots))
    paint.doubt(count > 0)
    far = shapely.distance(paint.spots[spot], marks[mark]) / paint.pixel_m
    alone = count[spot] == 1
    inside = spot[alone & (far < radius - half - AIR)]
    on_edge = spot[alone & (np.abs(far - radius) < half - AIR)]
    paint.lay(inside, "#ffffff" if ring else entry.colour, name)
    paint.lay(on_edge, entry.colour if ring else entry.edge or "#ffffff", name)


def _land(paint, tree, marks, entry, drawing, name):
    if drawing is Drawing.AREAS or (drawing is Drawing.CELLS and entry.shape != "ring"):
        opacity = 1 if entry.solid or drawing is Drawing.AREAS else OPACITY
        for where in _covered(paint, tree):
            paint.lay(where, entry.colour, name, opacity)
    edges = shapely.STRtree(shapely.boundary(marks))
    paint.doubt(_near(paint, edges, entry.size / 2 + AIR))


def _covered(paint, tree):
    """Yield the spots in each mark, one mark after another."""
    spot, mark = tree.query(paint.spots, "within")
    for one in np.unique(mark):
        yield spot[mark == one]


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return sRGB, 0 to 255, as CIE L*a*b* (D65)."""
    share = np.asarray(rgb, dtype=float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ matrix.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def delta_e(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return how far colours are apart (CIE 1976)."""
    return np.linalg.norm(lab(one) - lab(other), axis=-1)
