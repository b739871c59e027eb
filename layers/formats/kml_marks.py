"""Elements of KML: texts, styles and shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from lxml import etree

from layers.formats.text import legal
from layers.layer import Class, Drawing
from layers.palette import CELL_OPACITY

POLYGONS = (Drawing.CELLS, Drawing.AREAS, Drawing.OUTLINE)


def leaf(tag: str, text: str, **attributes: str) -> Any:
    """
    Return an element that holds a text and nothing else; its marks are escaped.

    Examples
    --------
    >>> etree.tostring(leaf("name", "<Bø>", id="a"), encoding=str)
    '<name id="a">&lt;Bø&gt;</name>'
    """
    element = etree.Element(tag, **attributes)
    element.text = legal(text)
    return element


def node(tag: str, *children: Any, **attributes: str) -> Any:
    """
    Return an element that holds others.

    Examples
    --------
    >>> etree.tostring(node("Point", leaf("coordinates", "1,2")), encoding=str)
    '<Point><coordinates>1,2</coordinates></Point>'
    """
    element = etree.Element(tag, **attributes)
    element.extend(children)
    return element


def colour(told: str, opacity: float = 1.0) -> str:
    """
    Return a colour as KML writes it: opacity first, red last.

    Examples
    --------
    >>> colour("#0b4f8a"), colour("#0b4f8a", 0.5)
    ('ff8a4f0b', '808a4f0b')
    """
    red, green, blue = told[1:3], told[3:5], told[5:7]
    return f"{round(255 * opacity):02x}{blue}{green}{red}"


def style(ident: str, entry: Class, drawing: Drawing) -> Any:
    """
    Return how a class is drawn.

    Parameters
    ----------
    ident
        By which its rows refer to it.
    entry, drawing
        A class, and how its layer is drawn.

    Examples
    --------
    >>> made = style("homes-0", Class("near", "Near", "#0b4f8a"), Drawing.CIRCLES)
    >>> made.get("id"), [part.tag for part in made]
    ('homes-0', ['IconStyle', 'LabelStyle'])
    """
    if drawing not in POLYGONS:
        paint = leaf("color", colour(entry.colour))
        if drawing is Drawing.LINES:
            return node("Style", node("LineStyle", paint, _width(entry)), id=ident)
        pin = node("IconStyle", paint, leaf("scale", "0.6"))
        return node("Style", pin, node("LabelStyle", leaf("scale", "0.7")), id=ident)
    hollow = drawing is Drawing.OUTLINE
    edge = entry.edge or entry.colour
    opacity = CELL_OPACITY if drawing is Drawing.CELLS and not entry.solid else 1
    line = node(
        "LineStyle",
        leaf("color", colour(edge)),
        _width(entry) if hollow else leaf("width", "1"),
    )
    fill = node(
        "PolyStyle",
        leaf("color", colour(entry.colour, opacity)),
        leaf("fill", "0" if hollow else "1"),
        leaf("outline", "0" if drawing is Drawing.AREAS and not entry.edge else "1"),
    )
    return node("Style", line, fill, id=ident)


def _width(entry: Class) -> Any:
    return leaf("width", f"{max(entry.size, 1):g}")


def mark(shape: shapely.Geometry | None) -> Any:
    """
    Return a shape in degrees as KML, longitude first; None if there is none.

    Lines and areas lie on the ground, whatever its height.

    Raises
    ------
    TypeError
        If it is of a kind that no map layer has.

    Examples
    --------
    >>> etree.tostring(mark(shapely.Point(10.75, 59.9)), encoding=str)
    '<Point><coordinates>10.75,59.9</coordinates></Point>'
    >>> mark(shapely.box(0, 0, 1, 1)).find("outerBoundaryIs/LinearRing/coordinates").text
    '1,0 1,1 0,1 0,0 1,0'
    """
    if shape is None or shapely.is_empty(shape):
        return None
    if isinstance(shape, shapely.Point):
        return node("Point", _coordinates(shape))
    if isinstance(shape, shapely.LineString):
        return node("LineString", leaf("tessellate", "1"), _coordinates(shape))
    if isinstance(shape, shapely.Polygon):
        holes = (node("innerBoundaryIs", _ring(ring)) for ring in shape.interiors)
        return node(
            "Polygon",
            leaf("tessellate", "1"),
            node("outerBoundaryIs", _ring(shape.exterior)),
            *holes,
        )
    parts = shapely.get_parts(shape)
    if len(parts) == 1:
        return mark(parts[0])
    return node("MultiGeometry", *_present(mark(part) for part in parts))


def _present(marks: Iterable[Any]) -> list[Any]:
    return [one for one in marks if one is not None]


def _ring(ring: shapely.Geometry) -> Any:
    return node("LinearRing", _coordinates(ring))


def _coordinates(shape: shapely.Geometry) -> Any:
    spots = shapely.get_coordinates(shape).tolist()
    return leaf("coordinates", " ".join(f"{x:.14g},{y:.14g}" for x, y in spots))
