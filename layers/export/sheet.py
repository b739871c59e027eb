"""A table that leaves the program: what its columns are called, and how its rows are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from layers.layer import Layer


@dataclass(frozen=True, slots=True)
class Column:
    """
    What a column of a sheet is.

    Parameters
    ----------
    label
        How it is called, already translated: alias in a GIS, heading in a document.
    unit
        As readers write it, e.g. `"min"` or `"m²"`; `""` for words and counts.
    """

    label: str
    unit: str = ""

    @property
    def heading(self) -> str:
        """
        Label and unit together.

        Examples
        --------
        >>> Column("Walk", "min").heading, Column("Name").heading
        ('Walk (min)', 'Name')
        """
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """
    One table of an export: a map layer for a GIS, or a table without a geometry.

    Nothing in it is under suppression: what may not be told is an empty cell beside a
    word that says so, and so are unreachable and unknown.

    Parameters
    ----------
    key
        Name of the layer or table in files, e.g. `"places"`: `a-z` and `_`, English.
    name
        As shown, already translated.
    table
        In metres if it has a geometry. Column names are English; numbers are `nan` where
        there is none, never infinite.
    columns
        What each column but the geometry is, in their order.
    layer
        How its rows are drawn: `layer.value` is a column of `table` that holds the key of
        each row's class. None for what is not drawn.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["Older"], "share": [0.5]})
    >>> known = {"group": Column("Group"), "share": Column("Share")}
    >>> Sheet("groups", "Groups", table, known).drawn
    False
    """

    key: str
    name: str
    table: gpd.GeoDataFrame | pd.DataFrame
    columns: Mapping[str, Column]
    layer: Layer | None = None

    @property
    def drawn(self) -> bool:
        """Whether a GIS shows it as a layer of a map, with a style of ours."""
        return self.layer is not None

    @property
    def located(self) -> bool:
        """Whether its rows have a geometry."""
        return isinstance(self.table, gpd.GeoDataFrame)
