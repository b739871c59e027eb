"""KML: all layers in one file for Google Earth and its kin, a folder per layer and class."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree
from pandas.api import types

from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.formats.kml_marks import leaf, mark, node, style
from layers.formats.rows import in_degrees, is_number, located, plain
from layers.formats.text import legal
from words import Speaker

NAMESPACE = "http://www.opengis.net/kml/2.2"
"""KML 2.2 (OGC 07-147r2)."""


def write(export: Export, folder: Path, say: Speaker) -> None:
    """
    Write one file, in longitude and latitude.

    It is no KMZ: GDAL 3.12 does not read typed data from one.

    Classes have their colours; points are the pins that a program itself draws, as
    pictures would have to be fetched. Typed data hold each row as it is, and no field
    for what is missing. Descriptions say it in words: programs read them as HTML, so
    they are HTML that says the text and no more. Background has none.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    """
    shown = [sheet for sheet in export.sheets if sheet.located]
    with (
        (folder / f"{export.stem}.kml").open("wb") as file,
        etree.xmlfile(file, encoding="UTF-8") as xml,
    ):
        xml.write_declaration()
        with xml.element("kml", nsmap={None: NAMESPACE}), xml.element("Document"):
            xml.write(leaf("name", export.title))
            xml.write(_description(f"{what}: {text}" for what, text in export.about))
            for sheet in shown:
                for element in _styles(sheet):
                    xml.write(element)
            for sheet in shown:
                xml.write(_schema(sheet))
            for sheet in shown:
                _write_sheet(xml, sheet, say)


def _description(lines: Iterable[str]) -> Any:
    """Return lines as HTML that says them: whatever looks like a tag is text."""
    element = etree.Element("description")
    told = [escape(legal(line)).replace("\n", "<br>") for line in lines]
    element.text = etree.CDATA("<br>".join(told))  # no "]]>": each > of a text is escaped
    return element


def _styles(sheet: Sheet) -> list[Any]:
    if sheet.layer is None:
        return []
    layer = sheet.layer
    return [
        style(f"{sheet.key}-{n}", one, layer.drawing) for n, one in enumerate(layer.classes)
    ]


def _schema(sheet: Sheet) -> Any:
    """Return what the fields of a layer are."""
    columns = sheet.columns.values()
    fields = [
        node(
            "SimpleField",
            leaf("displayName", column.heading),
            type=_type(values),
            name=str(key),
        )
        for (key, values), column in zip(plain(sheet).items(), columns, strict=True)
    ]
    return node("Schema", *fields, name=sheet.key, id=sheet.key)


def _type(values: pd.Series) -> str:
    if is_number(values):
        return "double"
    return "bool" if types.is_bool_dtype(values) else "string"


def _write_sheet(xml: Any, sheet: Sheet, say: Speaker) -> None:
    """Write the folder of a layer: in it one for each class that has rows."""
    table, layer = in_degrees(located(sheet)), sheet.layer
    with xml.element("Folder"):
        xml.write(leaf("name", sheet.name))
        if layer is None:
            _write_rows(xml, sheet, table, say, "")
            return
        for n, entry in enumerate(layer.classes):
            rows = table[table[layer.value] == entry.key]
            if len(rows):
                with xml.element("Folder"):
                    xml.write(leaf("name", entry.label))
                    _write_rows(xml, sheet, rows, say, f"#{sheet.key}-{n}")


def _write_rows(xml: Any, sheet: Sheet, rows: Any, say: Speaker, url: str) -> None:
    layer = sheet.layer
    title = layer.title if layer is not None else ""
    words = layer is None or not layer.background
    columns = list(sheet.columns)
    shapes = rows.geometry.to_numpy()
    cells = zip(*(rows[column].tolist() for column in columns), strict=True)
    for row, shape in zip(cells if columns else ((),) * len(rows), shapes, strict=True):
        told = {key: cell for key, cell in zip(columns, row, strict=True) if not pd.isna(cell)}
        place = etree.Element("Placemark")
        if told.get(title):
            place.append(leaf("name", str(told[title])))
        if words:
            place.append(etree.Element("Snippet", maxLines="0"))
            place.append(_description(_lines(sheet, told, say)))
        if url:
            place.append(leaf("styleUrl", url))
        place.append(_data(sheet.key, told))
        found = mark(shape)
        if found is not None:
            place.append(found)
        xml.write(place)


def _lines(sheet: Sheet, told: dict[str, Any], say: Speaker) -> Iterable[str]:
    """Return what a row says, line by line; the key of its class is for programs."""
    hidden = sheet.layer.value if sheet.layer is not None else ""
    for key, cell in told.items():
        if key != hidden and cell != "":
            number = isinstance(cell, int | float) and not isinstance(cell, bool)
            text = say.number(cell, 2) if number else _word(cell, say)
            yield f"{sheet.columns[key].heading}: {text}"


def _word(cell: Any, say: Speaker) -> str:
    if isinstance(cell, bool):
        return say("Yes") if cell else say("No")
    return str(cell)


def _data(schema: str, told: dict[str, Any]) -> Any:
    """Return a row as typed data."""
    fields = [leaf("SimpleData", _datum(cell), name=key) for key, cell in told.items()]
    return node("ExtendedData", node("SchemaData", *fields, schemaUrl=f"#{schema}"))


def _datum(cell: Any) -> str:
    """Return a value as programs read it: every digit of a number, 1 for yes."""
    if isinstance(cell, bool):
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)
