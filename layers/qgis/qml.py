"""The style of a sheet for QGIS: our classes, colours, order, names of columns and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from layers.export.sheet import Sheet
from layers.layer import Class, Drawing, Layer
from layers.qgis.fields import add_fields
from layers.qgis.labels import add_labels, name_of
from layers.qgis.scales import denominator
from layers.qgis.signs import column, icons, quoted
from layers.qgis.symbols import KIND, add_symbol, parts
from layers.qgis.xml import child, written

DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
VERSION = "3.22.0-Białowieża"
"""The oldest QGIS that styles are made for; newer ones read them as well."""
EVERYWHERE = 99.0
GEOMETRY = {"marker": "0", "line": "1", "fill": "2"}


def qml(sheet: Sheet) -> str:
    """
    Return the style of a sheet as QML, for QGIS 3.22 and later.

    A drawn sheet has one category per class that occurs, in the order of the classes: later
    ones are drawn on top. Sizes are those of the web map in millimetres and follow the scale
    as there. What it shows only from, or up to, some zoom is shown at the same scales here,
    taken at 60° N (`layers.qgis.scales`). A sheet that is not drawn has names of columns only.

    Parameters
    ----------
    sheet
        What is styled. Its texts are translated already.

    Examples
    --------
    >>> import pandas as pd
    >>> from layers.export.sheet import Column
    >>> table = pd.DataFrame({"share": [0.5]})
    >>> sheet = Sheet("groups", "Groups", table, {"share": Column("Share", "%")})
    >>> '<alias field="share" index="1" name="Share (%)"/>' in qml(sheet)
    True
    """
    layer = sheet.layer
    entries = shown(layer) if layer else ()
    name = name_of(sheet)
    labels = bool(name) and layer is not None and layer.drawing is Drawing.SYMBOLS
    told = {"version": VERSION, "styleCategories": "AllStyleCategories"}
    root = etree.Element("qgis", told | {"labelsEnabled": f"{labels:d}"} | _visible(entries))
    if layer is not None:
        _add_renderer(root, sheet, layer, entries)
        if labels:
            add_labels(root, name)
        child(root, "blendMode", text="0")
        child(root, "featureBlendMode", text="0")
        child(root, "layerOpacity", text="1")
        child(root, "legend", {"type": "default-vector", "showLabelLegend": "0"})
    add_fields(root, sheet)
    child(root, "previewExpression", text=column(name) if name else "")
    if layer is not None:
        child(root, "layerGeometryType", text=GEOMETRY[KIND[layer.drawing]])
    return written(root, DOCTYPE)


def shown(layer: Layer) -> tuple[Class, ...]:
    """Return the classes that a style has: those that occur, or all where there is no row."""
    return layer.present or layer.classes


def _visible(entries: Sequence[Class]) -> dict[str, str]:
    """Return between which scales anything of a layer is drawn."""
    low = min((entry.from_zoom for entry in entries), default=0.0)
    high = max((entry.below_zoom for entry in entries), default=EVERYWHERE)
    return {
        "hasScaleBasedVisibilityFlag": f"{low > 0 or high < EVERYWHERE:d}",
        "minScale": str(denominator(low)) if low > 0 else "1e+08",
        "maxScale": str(denominator(high)) if high < EVERYWHERE else "0",
    }


def _add_renderer(root: Any, sheet: Sheet, layer: Layer, entries: Sequence[Class]) -> None:
    renderer = child(
        root,
        "renderer-v2",
        {
            "type": "categorizedSymbol",
            "attr": layer.value,
            "forceraster": "0",
            "symbollevels": "0",
            "referencescale": "-1",
            "enableorderby": "1",
        },
    )
    categories = child(renderer, "categories")
    symbols = child(renderer, "symbols")
    for n, entry in enumerate(entries):
        told = {"symbol": str(n), "value": entry.key, "label": entry.label, "type": "string"}
        child(categories, "category", told | {"render": "true"})
        drawn = parts(entry, layer.drawing, icons(sheet, entry), layer.icon)
        limit = _limits(entry, entries)
        drawn = [replace(part, told={**part.told, **limit}) for part in drawn]
        add_symbol(symbols, str(n), KIND[layer.drawing], drawn)
    child(renderer, "rotation")
    child(renderer, "sizescale")
    keys = ", ".join(quoted(entry.key) for entry in entries)
    child(
        child(renderer, "orderby"),
        "orderByClause",
        {"asc": "1", "nullsFirst": "0"},
        f"array_find(array({keys}), {column(layer.value)})",
    )


def _limits(entry: Class, entries: Sequence[Class]) -> dict[str, str]:
    """Return when a class is drawn, where others of its layer are drawn at more scales."""
    low = min(one.from_zoom for one in entries)
    high = max(one.below_zoom for one in entries)
    limits = []
    if entry.from_zoom > low:
        limits.append(f"@map_scale <= {denominator(entry.from_zoom)}")
    if entry.below_zoom < high:
        limits.append(f"@map_scale > {denominator(entry.below_zoom)}")
    return {"enabled": " AND ".join(limits)} if limits else {}
