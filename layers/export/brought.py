"""What a scenario brings, as sheets: by group, by area, and on the map."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd

from geo.answer import Catalogue
from geo.scenario.by_area import by_area
from geo.scenario.by_cell import by_cell
from geo.scenario.difference import difference
from geo.scenario.standing import Standing
from layers.export.columns import sheet
from layers.export.export import Export, with_sheets
from layers.export.maps import thanked
from layers.export.sheet import Sheet
from layers.export.walks import finite
from layers.scenario import files
from layers.scenario.change_layer import change_layer, classed
from words import Speaker


def with_difference(
    export: Export, before: Standing, after: Standing, catalogue: Catalogue, say: Speaker
) -> Export:
    """
    Return an export that tells who gains and who loses by a scenario.

    Parameters
    ----------
    export
        Of the scenario; it stays as it is.
    before, after
        How everybody stands in the area as it is, and in the scenario.
    catalogue, say
        What groups are called; the language.

    Returns
    -------
    export
        With the layer `change`, and the tables `change_groups` and `change_areas`: the
        last one only where parts of the area are known.
    """
    found = difference(before, after)
    areas = by_area(before, after, found)
    cells = by_cell(before.homes, found)
    sheets = [
        _cells(cells, export, say, certain=found.question.certain),
        sheet(
            "change_groups",
            say("Who gains and who loses"),
            files.by_group(found, catalogue, say),
            say,
        ),
    ]
    if areas.changes:
        table = files.by_area(areas, say)
        sheets.append(
            sheet("change_areas", say("Who gains and who loses, by area"), table, say)
        )
    return with_sheets(export, sheets, say)


def _cells(cells: gpd.GeoDataFrame, export: Export, say: Speaker, *, certain: bool) -> Sheet:
    """Return the squares where the walk changes, as they are drawn; nobody is counted."""
    drawn = change_layer(cells, say=say, certain=certain, attribution=thanked(export.area))
    some = cells[(classed(cells["change"]) != "same").to_numpy()]
    table = gpd.GeoDataFrame(
        {
            "class": drawn.table["class"],
            "before_min": finite(some["before"]),
            "after_min": finite(some["after"]),
            "before": drawn.table["before"],
            "after": drawn.table["after"],
            "text": drawn.table["change"],
        },
        geometry=drawn.table.geometry,
    )
    card = tuple(("text" if name == "change" else name, label) for name, label in drawn.card)
    layer = replace(drawn, table=drawn.table.rename(columns={"change": "text"}), card=card)
    return sheet("change", drawn.name, table, say, layer)
