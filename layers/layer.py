"""The one value that maps, legends, prints and files are made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd

from geo.crs import require_metric
from geo.errors import TableError


class Drawing(StrEnum):
    """How the rows of a table are drawn."""

    SYMBOLS = "symbols"
    """Signs of families at one point each, gathered where they crowd."""
    CIRCLES = "circles"
    CELLS = "cells"
    """Polygons with an edge, lying over the base map."""
    LINES = "lines"
    AREAS = "areas"
    """Polygons without an edge, as part of the base map."""
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Class:
    """
    One class of a layer: an entry of its legend.

    Parameters
    ----------
    key, label
        The value in the table; how it is called, already translated.
    colour
        As `#rrggbb`.
    shape
        Of a sign (see `symbols`), or of a class of circles: `"circle"` or `"ring"`.
    size
        Radius of a circle or width of a line in pixels, at street level.
    edge
        Colour of the edge; `""` for none.
    dash
        Lengths of stroke and gap in pixels, e.g. `"6 4"`; `""` for a full line.
    icon, letter
        Symbol inside a sign, and the letter at its foot; `""` for none.
    solid
        Whether a cell hides what lies under it.
    from_zoom
        Zoom of the web map from which it is drawn, for details.
    below_zoom
        Zoom of the web map from which it is drawn no more, for what gives way to details.
    """

    key: str
    label: str
    colour: str
    shape: str = "circle"
    size: float = 4.0
    edge: str = ""
    dash: str = ""
    icon: str = ""
    from_zoom: float = 0
    below_zoom: float = 99
    letter: str = ""
    solid: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """
    A table and how to show it; knows nothing of web maps and files.

    Parameters
    ----------
    key
        Stem of file names, e.g. `"walk"`.
    name
        As shown, already translated.
    table
        In metres; never changed.
    value
        Column that holds each row's class.
    classes
        In the order of the legend and of drawing: later ones lie on top.
    drawing
        How rows become marks.
    title
        Column with the name of each row, e.g. of a place; `""` for none.
    card
        Columns that answer a click, with their translated labels. They hold text,
        ready to show. A layer without title and card is background: nothing answers.
    icon
        Column with each row's symbol; `""`: each class has its own.
    unit, attribution
        Unit of the classes, for the legend; who to thank for the data.

    Raises
    ------
    CrsError
        If the table is not in metres.
    TableError
        If a column is missing, or a row is of no class.

    Examples
    --------
    >>> from shapely import Point
    >>> homes = gpd.GeoDataFrame({"walk": ["near"]}, geometry=[Point(0, 0)], crs="EPSG:25832")
    >>> classes = (Class("near", "Near", "#0b4f8a"), Class("far", "Far", "#a3150f"))
    >>> shown = Layer("walk", "The walk", homes, "walk", classes, Drawing.CIRCLES)
    >>> [entry.label for entry in shown.present], shown.background
    (['Near'], True)
    """

    key: str
    name: str
    table: gpd.GeoDataFrame
    value: str
    classes: tuple[Class, ...]
    drawing: Drawing
    title: str = ""
    card: tuple[tuple[str, str], ...] = ()
    icon: str = ""
    unit: str = ""
    attribution: str = ""

    def __post_init__(self) -> None:
        """Refuse a table that cannot be drawn as promised."""
        require_metric(self.table)
        wanted = filter(None, (self.value, self.title, self.icon, *dict(self.card)))
        missing = sorted(set(wanted) - set(self.table.columns))
        strange = set() if missing else self._found - {entry.key for entry in self.classes}
        if missing or strange:
            fault = (
                f"no column {missing}" if missing else f"no class {sorted(map(str, strange))}"
            )
            raise TableError("Table {table}: {fault}.", table=self.key, fault=fault)

    @property
    def background(self) -> bool:
        """Whether nothing answers when a mark is pointed at."""
        return not (self.title or self.card)

    @property
    def present(self) -> tuple[Class, ...]:
        """The classes that at least one row is of."""
        return tuple(entry for entry in self.classes if entry.key in self._found)

    @property
    def _found(self) -> set[str]:
        return set(self.table[self.value].tolist())

    @property
    def from_zoom(self) -> float:
        """The zoom of the web map before which nothing of it is seen."""
        return min((entry.from_zoom for entry in self.present), default=0)
