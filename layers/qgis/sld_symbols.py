"""Symbols of SLD 1.0 for the classes of a layer, in pixels of the web map at street level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.layer import Class, Drawing
from layers.palette import CELL_OPACITY, INK
from layers.qgis.signs import SIGN_PX, encoded
from layers.qgis.symbols import EDGE_PX, HALO_PX, RING_PX
from layers.qgis.xml import child

NAMES = {
    None: "http://www.opengis.net/sld",
    "ogc": "http://www.opengis.net/ogc",
    "xlink": "http://www.w3.org/1999/xlink",
}
SLD, OGC, XLINK = (f"{{{name}}}" for name in NAMES.values())

MARKS = {"square": "square", "triangle": "triangle", "cross": "cross"}
"""Shapes of ours that SLD has, too; for all others a circle stands."""


def add_symbolizer(rule: Any, entry: Class, drawing: Drawing, icon: str) -> None:
    """Write how one class is drawn."""
    if drawing is Drawing.SYMBOLS:
        _add_sign(rule, entry, icon)
    elif drawing is Drawing.CIRCLES:
        _add_circle(rule, entry)
    elif drawing is Drawing.LINES:
        _add_stroke(child(rule, f"{SLD}LineSymbolizer"), entry, entry.colour)
    else:
        _add_polygon(rule, entry, drawing)


def _add_sign(rule: Any, entry: Class, icon: str) -> None:
    graphic = child(child(rule, f"{SLD}PointSymbolizer"), f"{SLD}Graphic")
    outside = child(graphic, f"{SLD}ExternalGraphic")
    link = f"data:image/svg+xml;base64,{encoded(entry, icon)}"
    told = {f"{XLINK}type": "simple", f"{XLINK}href": link}
    child(outside, f"{SLD}OnlineResource", told)
    child(outside, f"{SLD}Format", text="image/svg+xml")
    _add_mark(graphic, MARKS.get(entry.shape, "circle"), entry.colour, "#ffffff", 1.5)
    child(graphic, f"{SLD}Size", text=f"{SIGN_PX:g}")


def _add_circle(rule: Any, entry: Class) -> None:
    graphic = child(child(rule, f"{SLD}PointSymbolizer"), f"{SLD}Graphic")
    if entry.shape == "ring":
        _add_mark(graphic, "circle", "#ffffff", entry.colour, RING_PX)
    else:
        width = EDGE_PX if entry.edge else HALO_PX
        _add_mark(graphic, "circle", entry.colour, entry.edge or "#ffffff", width)
    child(graphic, f"{SLD}Size", text=f"{2 * entry.size:g}")


def _add_mark(graphic: Any, name: str, fill: str, edge: str, width: float) -> None:
    mark = child(graphic, f"{SLD}Mark")
    child(mark, f"{SLD}WellKnownName", text=name)
    _add_css(child(mark, f"{SLD}Fill"), {"fill": fill})
    _add_css(child(mark, f"{SLD}Stroke"), {"stroke": edge, "stroke-width": f"{width:g}"})


def _add_polygon(rule: Any, entry: Class, drawing: Drawing) -> None:
    polygon = child(rule, f"{SLD}PolygonSymbolizer")
    cells = drawing is Drawing.CELLS
    if drawing is Drawing.AREAS or (cells and entry.shape != "ring"):
        opacity = CELL_OPACITY if cells and not entry.solid else 1
        told = {"fill": entry.colour, "fill-opacity": f"{opacity:g}"}
        _add_css(child(polygon, f"{SLD}Fill"), told)
    if drawing is not Drawing.AREAS:
        _add_stroke(polygon, entry, entry.edge or entry.colour)


def _add_stroke(parent: Any, entry: Class, colour: str) -> None:
    told = {"stroke": colour, "stroke-width": f"{entry.size:g}", "stroke-linejoin": "round"}
    ends = "butt" if entry.dash else "round"
    dashes = {"stroke-dasharray": entry.dash} if entry.dash else {}
    _add_css(child(parent, f"{SLD}Stroke"), told | {"stroke-linecap": ends} | dashes)


def _add_css(parent: Any, told: Mapping[str, str]) -> None:
    for name, value in told.items():
        child(parent, f"{SLD}CssParameter", {"name": name}, value)


def add_label(rule: Any, name: str) -> None:
    """Write names of places to the right of their signs, dark with a white edge."""
    text = child(rule, f"{SLD}TextSymbolizer")
    child(child(text, f"{SLD}Label"), f"{OGC}PropertyName", text=name)
    _add_css(child(text, f"{SLD}Font"), {"font-family": "sans-serif", "font-size": "11"})
    point = child(child(text, f"{SLD}LabelPlacement"), f"{SLD}PointPlacement")
    anchor = child(point, f"{SLD}AnchorPoint")
    child(anchor, f"{SLD}AnchorPointX", text="0")
    child(anchor, f"{SLD}AnchorPointY", text="0.5")
    beside = child(point, f"{SLD}Displacement")
    child(beside, f"{SLD}DisplacementX", text=f"{SIGN_PX / 2 + 2:g}")
    child(beside, f"{SLD}DisplacementY", text="0")
    halo = child(text, f"{SLD}Halo")
    child(halo, f"{SLD}Radius", text="2")
    _add_css(child(halo, f"{SLD}Fill"), {"fill": "#ffffff"})
    _add_css(child(text, f"{SLD}Fill"), {"fill": INK})
