"""Layers as SVG for paper: everything but signs and words."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.paper.frame import PIXEL_MM, View
from layers.paper.grey import hatch, hatches
from layers.paper.outlines import UNITS_PER_MM, Shapes, dots, lines, outline

LINES = frozenset({Drawing.LINES, Drawing.OUTLINE})
FINEST_MM = 0.09
"""No line that carries meaning is thinner: a quarter of a point, which any printer draws."""
RING_PX, EDGE_PX, RIM_PX = 2.5, 1.6, 0.8
"""Width of a ring, of an edge, and of the white rim of circles without one; as on the web."""
REMEMBERED = 6
"""Drawn backgrounds kept, with their tables: pages of one print share them."""


def shown(layer: Layer, view: View) -> tuple[Class, ...]:
    """
    Return the classes of a layer that its rows are of, and that the scale has room for.

    Parameters
    ----------
    layer
        Any.
    view
        Its zoom decides by `from_zoom` and `below_zoom`.
    """
    return tuple(
        entry for entry in layer.present if entry.from_zoom <= view.zoom < entry.below_zoom
    )


def marks(layer: Layer, view: View) -> str:
    """
    Return a layer as SVG, in millimetres; signs are drawn by `signs`.

    One path for each class, later classes on top, as on the web. The lengths that a class
    tells in pixels are `frame.PIXEL_MM` each; streets and circles follow the scale.
    Nothing of the table is in it but coordinates.

    Parameters
    ----------
    layer
        In the metric CRS of the view.
    view
        What part of it is seen.
    """
    return _remembered(layer, view) if layer.background else _marks(layer, view)


def _marks(layer: Layer, view: View) -> str:
    """Return a layer as SVG."""
    told = []
    for entry in shown(layer, view):
        rows = layer.table.geometry[layer.table[layer.value] == entry.key]
        told.append(mark(layer, entry, np.asarray(rows.array), view))
    return scaled("".join(told))


def scaled(body: str) -> str:
    """
    Return drawings in hundredths of a millimetre as drawings in millimetres.

    Examples
    --------
    >>> scaled('<path d="M0 0h100"/>'), scaled("")
    ('<g transform="scale(0.01)"><path d="M0 0h100"/></g>', '')
    """
    return f'<g transform="scale({1 / UNITS_PER_MM:g})">{body}</g>' if body else ""


def mark(layer: Layer, entry: Class, shapes: Shapes, view: View) -> str:
    """
    Return shapes of one class as SVG, in hundredths of a millimetre; `""` if none is seen.

    Parameters
    ----------
    layer, entry
        How they are drawn.
    shapes
        Points, lines or polygons, in metres.
    view
        What part of them is seen, and how large.
    """
    if layer.drawing is Drawing.CIRCLES:
        return _circles(layer, entry, dots(shapes, view.frame), view)
    if layer.drawing in LINES:
        grow = view.grown if layer.drawing is Drawing.LINES else 1
        data = lines(shapes, view.frame)
        return f'<path d="{data}" fill="none"{_pen(entry, grow)}/>' if data else ""
    return _filled(layer, entry, outline(shapes, view.frame))


_remembered = lru_cache(maxsize=REMEMBERED)(_marks)


def units(pixels: float) -> float:
    """
    Return pixels of the web map in the unit of drawings: hundredths of a millimetre.

    Examples
    --------
    >>> round(units(32) / UNITS_PER_MM, 2)
    4.23
    """
    return round(pixels * PIXEL_MM * UNITS_PER_MM, 1)


def _circles(layer: Layer, entry: Class, data: str, view: View) -> str:
    """Return dots in two steps: what lies around, and what is inside."""
    if not data:
        return ""
    ring = entry.shape == "ring"
    around = entry.colour if ring else entry.edge or "#fff"
    inside = "#fff" if ring else entry.colour
    wide = RING_PX if ring else EDGE_PX if entry.edge else RIM_PX
    both = ((around, 2 * entry.size + wide), (inside, 2 * entry.size - wide))
    name = _name(layer, entry)
    drawn = "".join(
        f'<use xlink:href="#{name}" stroke="{colour}"'
        f' stroke-width="{units(px * view.grown):g}"/>'
        for colour, px in both
    )
    path = f'<path id="{name}" d="{data}" fill="none" stroke-linecap="round"/>'
    return f"<defs>{path}</defs>{drawn}"


def _name(layer: Layer, entry: Class) -> str:
    """Return the id of a class in the drawing; keys may be anything, numbers are safe."""
    return f"{layer.key}-{layer.classes.index(entry)}"


def _pen(entry: Class, grow: float = 1, *, finest_mm: float = 0) -> str:
    """Return the attributes of a stroke."""
    width = max(units(entry.size * grow), finest_mm * UNITS_PER_MM)
    dashes = " ".join(f"{units(float(n) * grow):g}" for n in entry.dash.split())
    return (
        f' stroke="{entry.edge or entry.colour}" stroke-width="{width:g}"'
        + (f' stroke-dasharray="{dashes}"' if dashes else ' stroke-linecap="round"')
        + ' stroke-linejoin="round"'
    )


def _filled(layer: Layer, entry: Class, data: str) -> str:
    """Return polygons: cells with an edge, and land without."""
    if not data:
        return ""
    name, cells = _name(layer, entry), layer.drawing is Drawing.CELLS
    opacity = palette.CELL_OPACITY if cells and not entry.solid else 1
    fill = "none" if cells and entry.shape == "ring" else entry.colour
    clear = f' fill-opacity="{opacity}"' if opacity != 1 and fill != "none" else ""
    edge = _pen(entry, finest_mm=FINEST_MM) if cells else ""
    hatched = hatches(layer)
    if entry.key not in hatched:
        return f'<path d="{data}" fill="{fill}"{clear}{edge}/>'
    ink = (entry.edge or entry.colour) if cells else palette.LAND
    lined = hatch(f"{name}-hatch", ink, hatched[entry.key], slanted=cells)
    return (
        f'<defs>{lined}<path id="{name}" d="{data}"/></defs>'
        f'<use xlink:href="#{name}" fill="{fill}"{clear}/>'
        f'<use xlink:href="#{name}" fill="url(#{name}-hatch)"{edge}/>'
    )
