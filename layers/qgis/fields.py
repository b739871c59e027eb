"""Names of columns in a style: aliases in the reader's language, classes by their labels."""

from __future__ import annotations

from typing import Any

from layers.export.sheet import Sheet
from layers.qgis.xml import child


def headings(sheet: Sheet) -> dict[str, str]:
    """
    Return what each column but the geometry is called, with its unit.

    Examples
    --------
    >>> import pandas as pd
    >>> from layers.export.sheet import Column
    >>> table = pd.DataFrame({"minutes": [1.0], "id": ["a"]})
    >>> headings(Sheet("homes", "Homes", table, {"minutes": Column("Walk", "min")}))
    {'minutes': 'Walk (min)', 'id': 'id'}
    """
    names = [str(name) for name in sheet.table.columns]
    if sheet.located:
        names.remove(str(sheet.table.geometry.name))
    known = sheet.columns
    return {name: known[name].heading if name in known else name for name in names}


def add_fields(root: Any, sheet: Sheet) -> None:
    """Write how columns are shown in forms and attribute tables; the first field is the id."""
    told = headings(sheet)
    configuration = child(root, "fieldConfiguration")
    for name in told:
        field = child(configuration, "field", {"name": name, "configurationFlags": "None"})
        coded = sheet.layer is not None and name == sheet.layer.value
        widget = child(field, "editWidget", {"type": "ValueMap" if coded else "TextEdit"})
        options = child(child(widget, "config"), "Option", {"type": "Map"})
        if coded and sheet.layer is not None:
            listed = child(options, "Option", {"type": "List", "name": "map"})
            for entry in sheet.layer.classes:
                pair = child(listed, "Option", {"type": "Map"})
                shown = {"type": "QString", "name": entry.label, "value": entry.key}
                child(pair, "Option", shown)
    aliases = child(root, "aliases")
    for n, (name, heading) in enumerate(told.items(), 1):
        child(aliases, "alias", {"field": name, "index": str(n), "name": heading})
