"""What is known of an area besides its map: from services, files and catalogues alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from data.dwellings import Ages
from geo.bundle import Fact, Source
from geo.errors import Message

UNTOLD = "?"
"""What stands for a licence or date that nobody knows, in any language."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """
    What one source, or several together, tell of an area.

    Tables say their CRS and may be in any; they may reach beyond the area.

    Parameters
    ----------
    ages
        Residents of the whole municipality by age.
    grid
        Cells, polygons, with a column `people`; a cell that is not there is empty.
    zones, incomes
        As `geo.tables.ZONES` and `INCOMES`, but for their CRS.
    register
        Rows of registers: the columns of `geo.tables.REGISTER` up to `updated`.
    facts
        Figures of the whole municipality.
    terrain
        A file of heights.
    sources
        Who told it.
    missing
        What was asked for and did not come, in words.
    doubts
        What else a reader of it has to know, in words.
    """

    ages: Ages | None = None
    grid: gpd.GeoDataFrame | None = None
    zones: gpd.GeoDataFrame | None = None
    incomes: gpd.GeoDataFrame | None = None
    register: gpd.GeoDataFrame | None = None
    facts: tuple[Fact, ...] = ()
    terrain: Path | None = None
    sources: tuple[Source, ...] = ()
    missing: tuple[Message, ...] = ()
    doubts: tuple[Message, ...] = ()
