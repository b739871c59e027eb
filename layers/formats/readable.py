"""The sheets as people read them in a spreadsheet: figures first, a spot instead of a shape."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from geo.bundle import Source
from geo.crs import to_wgs84
from layers.export.export import Export
from layers.export.sheet import Column, Sheet
from layers.formats.rows import located, plain
from layers.formats.text import legal
from words import Speaker

SHAPES_ALONE = ("paths", "boundary", "reach_areas", "place_areas")
"""Sheets whose rows say nothing without their shape, or nothing that others do not say."""

LON, LAT, SOURCE = "lon", "lat", "source"
DECIMALS = 6
"""Of degrees: 0.1 m."""


def readable(export: Export, say: Speaker, *, sourced: bool) -> tuple[Sheet, ...]:
    """
    Return what a spreadsheet shows, all without a geometry.

    First what the export is about, then tables, then map layers, and the key to all
    columns at last. Yes and no are words.

    Parameters
    ----------
    export
        Its `SHAPES_ALONE` are left out.
    say
        Language of the words.
    sourced
        Whether rows of map layers name their sources, as each file is on its own.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    """
    shown = [sheet for sheet in export.sheets if sheet.key not in SHAPES_ALONE]
    made = [_spotted(one, export, say, sourced=sourced) for one in shown]
    places = {one.key: one.located for one in shown}
    return tuple(
        sorted(
            made, key=lambda one: (one.key == "columns", one.key != "about", places[one.key])
        )
    )


def _spotted(sheet: Sheet, export: Export, say: Speaker, *, sourced: bool) -> Sheet:
    """Return a sheet with longitude and latitude of a spot inside each shape."""
    table = _worded(plain(sheet), say)
    columns = dict(sheet.columns)
    if sheet.located:
        shapes = located(sheet)
        spots = to_wgs84(shapes.set_geometry(shapes.representative_point())).geometry
        table[LON], table[LAT] = (n.round(DECIMALS).to_numpy() for n in (spots.x, spots.y))
        columns |= {LON: Column(say("Longitude"), "°"), LAT: Column(say("Latitude"), "°")}
        if sourced:
            columns[SOURCE] = Column(say("Source"))
            table[SOURCE] = legal("; ".join(dict.fromkeys(map(_named, export.area.sources))))
    return replace(sheet, table=table, columns=columns, layer=None)


def _named(source: Source) -> str:
    """Return whom to thank and the licence; of a file of one's own, its name."""
    owner = source.attribution or source.name
    return f"{owner} ({source.licence})" if source.licence else owner


def _worded(table: pd.DataFrame, say: Speaker) -> pd.DataFrame:
    """Return a table in which yes and no are words."""
    words = {True: say("Yes"), False: say("No")}
    truths = {str(one): table[one].map(words) for one in table.select_dtypes(bool)}
    return table.assign(**truths)
