"""The style of a sheet as SLD 1.0, for map servers and other GIS."""

from __future__ import annotations

from typing import Any

from lxml import etree

from layers.export.sheet import Sheet
from layers.layer import Class, Drawing, Layer
from layers.qgis.labels import LABEL_ZOOM, name_of
from layers.qgis.qml import EVERYWHERE, shown
from layers.qgis.scales import OGC_PIXEL_MM, denominator
from layers.qgis.signs import icons
from layers.qgis.sld_symbols import NAMES, OGC, SLD, add_label, add_symbolizer
from layers.qgis.xml import child, written

VERSION = "1.0.0"


def sld(sheet: Sheet) -> str:
    """
    Return the style of a drawn sheet as SLD 1.0 (OGC 02-070); `""` for one that is not drawn.

    Each class is a `FeatureTypeStyle` of its own, so that later ones lie on top. Sizes are
    pixels and stay as they are at every scale: SLD 1.0 cannot let them follow it. A sign is
    an embedded SVG, and beside it a plain mark for readers that cannot draw it.

    Parameters
    ----------
    sheet
        What is styled. Its texts are translated already.

    Examples
    --------
    >>> import pandas as pd
    >>> sld(Sheet("groups", "Groups", pd.DataFrame({"share": [0.5]}), {}))
    ''
    """
    layer = sheet.layer
    if layer is None:
        return ""
    root = etree.Element(f"{SLD}StyledLayerDescriptor", {"version": VERSION}, nsmap=NAMES)
    named = child(root, f"{SLD}NamedLayer")
    child(named, f"{SLD}Name", text=sheet.key)
    style = child(named, f"{SLD}UserStyle")
    child(style, f"{SLD}Name", text=sheet.key)
    child(style, f"{SLD}Title", text=sheet.name)
    child(style, f"{SLD}IsDefault", text="1")
    for entry in shown(layer):
        drawn = child(style, f"{SLD}FeatureTypeStyle")
        for icon in icons(sheet, entry):
            _add_rule(drawn, layer, entry, icon)
    name = name_of(sheet)
    if name and layer.drawing is Drawing.SYMBOLS:
        rule = child(child(style, f"{SLD}FeatureTypeStyle"), f"{SLD}Rule")
        _add_scales(rule, LABEL_ZOOM, EVERYWHERE)
        add_label(rule, name)
    return written(root)


def _add_rule(drawn: Any, layer: Layer, entry: Class, icon: str) -> None:
    rule = child(drawn, f"{SLD}Rule")
    child(rule, f"{SLD}Name", text=f"{entry.key} {icon}".strip())
    child(rule, f"{SLD}Title", text=entry.label)
    wanted = child(rule, f"{OGC}Filter")
    if icon:
        wanted = child(wanted, f"{OGC}And")
        _add_equal(wanted, layer.icon, icon)
    _add_equal(wanted, layer.value, entry.key)
    _add_scales(rule, entry.from_zoom, entry.below_zoom)
    add_symbolizer(rule, entry, layer.drawing, icon)


def _add_equal(parent: Any, name: str, value: str) -> None:
    equal = child(parent, f"{OGC}PropertyIsEqualTo")
    child(equal, f"{OGC}PropertyName", text=name)
    child(equal, f"{OGC}Literal", text=value)


def _add_scales(rule: Any, from_zoom: float, below_zoom: float) -> None:
    if below_zoom < EVERYWHERE:
        least = denominator(below_zoom, OGC_PIXEL_MM)
        child(rule, f"{SLD}MinScaleDenominator", text=str(least))
    if from_zoom > 0:
        most = denominator(from_zoom, OGC_PIXEL_MM)
        child(rule, f"{SLD}MaxScaleDenominator", text=str(most))
