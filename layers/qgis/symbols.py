"""Symbols of QGIS for the classes of a layer, as the web map draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from layers.layer import Class, Drawing
from layers.palette import CELL_OPACITY
from layers.qgis.scales import growing, millimetres
from layers.qgis.signs import SIGN_PX, column, encoded, quoted
from layers.qgis.xml import child

KIND: Mapping[Drawing, str] = {
    Drawing.SYMBOLS: "marker",
    Drawing.CIRCLES: "marker",
    Drawing.LINES: "line",
    Drawing.CELLS: "fill",
    Drawing.AREAS: "fill",
    Drawing.OUTLINE: "fill",
}
EXPRESSION = "3"
"""Type of a property that an expression gives: `QgsProperty.ExpressionBasedProperty`."""
RING_PX, EDGE_PX, HALO_PX = 2.5, 1.6, 0.8
"""Edges of circles: of a ring, of one with an edge, and of one without; as in `painter.js`."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    One layer of a symbol.

    Parameters
    ----------
    kind
        Class of QGIS, e.g. `"SimpleFill"`.
    options
        Its options by name.
    told
        Expressions by the name of what they decide.
    """

    kind: str
    options: Mapping[str, str]
    told: Mapping[str, str] = field(default_factory=dict)


def rgba(colour: str, opacity: float = 1) -> str:
    """
    Return `#rrggbb` as QGIS writes it.

    Examples
    --------
    >>> rgba("#0b4f8a", 0.5)
    '11,79,138,128'
    """
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return ",".join(map(str, [*parts, round(255 * opacity)]))


def parts(
    entry: Class, drawing: Drawing, icons: tuple[str, ...] = ("",), icon: str = ""
) -> list[Part]:
    """
    Return the layers of a class's symbol, from below to the top.

    Parameters
    ----------
    entry, drawing
        What is drawn, and how.
    icons
        Of a sign: the symbols that its rows have; `""`: the class's own.
    icon
        Column that tells which of them a row has; `""`: none does.

    Examples
    --------
    >>> [part.kind for part in parts(Class("few", "Few", "#5d2a86", "ring"), Drawing.CELLS)]
    ['SimpleLine']
    """
    if drawing is Drawing.SYMBOLS:
        return [_sign(entry, icons, icon)]
    if drawing is Drawing.CIRCLES:
        return [_circle(entry)]
    if drawing is Drawing.LINES:
        return [_grown(_line(entry, entry.colour), entry)]
    fills = drawing is Drawing.AREAS or (drawing is Drawing.CELLS and entry.shape != "ring")
    opacity = CELL_OPACITY if drawing is Drawing.CELLS and not entry.solid else 1
    fill = Part(
        "SimpleFill",
        {"color": rgba(entry.colour, opacity), "outline_style": "no", "style": "solid"},
    )
    edge = [] if drawing is Drawing.AREAS else [_line(entry, entry.edge or entry.colour)]
    return [fill, *edge] if fills else edge


def _sign(entry: Class, icons: tuple[str, ...], icon: str) -> Part:
    size = millimetres(SIGN_PX)
    told = {"size": growing(size, 1)}
    if icon and icons != ("",):
        of = column(icon)
        cases = (
            f"WHEN {of} = {quoted(one)} THEN 'base64:{encoded(entry, one)}'" for one in icons
        )
        told["name"] = f"CASE {' '.join(cases)} END"
    name = f"base64:{encoded(entry, icons[0] if len(icons) == 1 else '')}"
    return Part(
        "SvgMarker",
        {"name": name, "size": f"{size:g}", "size_unit": "MM", "fixedAspectRatio": "0"},
        told,
    )


def _circle(entry: Class) -> Part:
    ring = entry.shape == "ring"
    size = millimetres(2 * entry.size)
    width = millimetres(RING_PX if ring else EDGE_PX if entry.edge else HALO_PX)
    edge = entry.colour if ring else entry.edge or "#ffffff"
    return Part(
        "SimpleMarker",
        {
            "name": "circle",
            "color": rgba("#ffffff" if ring else entry.colour),
            "size": f"{size:g}",
            "size_unit": "MM",
            "outline_color": rgba(edge),
            "outline_style": "solid",
            "outline_width": f"{width:g}",
            "outline_width_unit": "MM",
            "scale_method": "diameter",
        },
        {"size": growing(size), "outlineWidth": growing(width)},
    )


def _line(entry: Class, colour: str) -> Part:
    dashes = ";".join(f"{millimetres(float(one)):g}" for one in entry.dash.split())
    return Part(
        "SimpleLine",
        {
            "line_color": rgba(colour),
            "line_style": "solid",
            "line_width": f"{millimetres(entry.size):g}",
            "line_width_unit": "MM",
            "joinstyle": "round",
            "capstyle": "flat" if dashes else "round",
            "use_custom_dash": "1" if dashes else "0",
            "customdash": dashes or "5;2",
            "customdash_unit": "MM",
        },
    )


def _grown(line: Part, entry: Class) -> Part:
    told = {"outlineWidth": growing(millimetres(entry.size))}
    if entry.dash:
        lengths = (growing(millimetres(float(one))) for one in entry.dash.split())
        told["customDash"] = " || ';' || ".join(f"to_string({one})" for one in lengths)
    return replace(line, told=told)


def add_symbol(parent: Any, name: str, kind: str, drawn: list[Part]) -> None:
    """Write a symbol: each option twice, for QGIS before and since 3.26."""
    told = {"name": name, "type": kind, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}
    symbol = child(parent, "symbol", told)
    for part in drawn:
        layer = child(
            symbol, "layer", {"class": part.kind, "enabled": "1", "locked": "0", "pass": "0"}
        )
        options = child(layer, "Option", {"type": "Map"})
        for key, value in part.options.items():
            child(options, "Option", {"type": "QString", "name": key, "value": value})
        for key, value in part.options.items():
            child(layer, "prop", {"k": key, "v": value})
        _add_told(layer, part.told)


def _add_told(layer: Any, told: Mapping[str, str]) -> None:
    if not told:
        return
    found = child(child(layer, "data_defined_properties"), "Option", {"type": "Map"})
    child(found, "Option", {"type": "QString", "name": "name", "value": ""})
    properties = child(found, "Option", {"type": "Map", "name": "properties"})
    for key, expression in told.items():
        one = child(properties, "Option", {"type": "Map", "name": key})
        child(one, "Option", {"type": "bool", "name": "active", "value": "true"})
        child(one, "Option", {"type": "QString", "name": "expression", "value": expression})
        child(one, "Option", {"type": "int", "name": "type", "value": EXPRESSION})
    child(found, "Option", {"type": "QString", "name": "type", "value": "collection"})
