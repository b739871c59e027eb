"""Names of places on a map of QGIS: as many as find room, never one over another."""

from __future__ import annotations

from typing import Any

from layers.export.sheet import Sheet
from layers.palette import INK
from layers.qgis.scales import denominator
from layers.qgis.signs import column
from layers.qgis.symbols import rgba
from layers.qgis.xml import child

LABEL_ZOOM = 15.0
"""From this zoom of the web map there is room for names, about 1:9 000."""
LETTERS, LINE = 48, 24
"""Longer names are cut, and wrapped at a line of so many letters."""
TEXT = {
    "isExpression": "1",
    "fontSize": "8",
    "fontSizeUnit": "Point",
    "fontWeight": "50",
    "textColor": rgba(INK),
    "textOpacity": "1",
    "allowHtml": "0",
}
"""Without a family: the font of whoever opens it, so that none is missing."""
EDGE = {
    "bufferDraw": "1",
    "bufferSize": "0.7",
    "bufferSizeUnits": "MM",
    "bufferColor": rgba("#ffffff"),
    "bufferOpacity": "1",
}
WRAPPED = {
    "autoWrapLength": str(LINE),
    "useMaxLineLengthForAutoWrap": "1",
    "multilineAlign": "3",
}
BESIDE = {
    "placement": "6",
    "predefinedPositionOrder": "R,L,TSR,BSR,TR,BR,TL,BL",
    "dist": "3",
    "distUnits": "MM",
    "offsetType": "1",
    "priority": "5",
}
"""Positions around a point, in order of preference (`OrderedPositionsAroundPoint`)."""
ROOM = {
    "drawLabels": "1",
    "displayAll": "0",
    "obstacle": "1",
    "scaleVisibility": "1",
    "scaleMin": "0",
    "scaleMax": str(denominator(LABEL_ZOOM)),
}


def name_of(sheet: Sheet) -> str:
    """
    Return the column that holds the name of each row; `""`: none does.

    Examples
    --------
    >>> import pandas as pd
    >>> name_of(Sheet("about", "About", pd.DataFrame({"name": ["Vik"]}), {}))
    'name'
    """
    title = sheet.layer.title if sheet.layer else ""
    return next((one for one in ("name", title) if one and one in sheet.table), "")


def add_labels(root: Any, name: str) -> None:
    """Write names beside their places, dark with a white edge; what is too long is cut."""
    named = column(name)
    settings = child(child(root, "labeling", {"type": "simple"}), "settings")
    settings.set("calloutType", "simple")
    cut = f"if(length({named}) > {LETTERS}, left({named}, {LETTERS - 1}) || '…', {named})"
    style = child(settings, "text-style", {"fieldName": cut, **TEXT})
    child(style, "text-buffer", EDGE)
    child(settings, "text-format", WRAPPED)
    child(settings, "placement", BESIDE)
    child(settings, "rendering", ROOM)
