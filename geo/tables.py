"""The contracts of the tables that cross a room's threshold, each checked once there."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandera.pandas as pa

from geo.crs import require_metric
from geo.errors import TableError


@dataclass(frozen=True, slots=True)
class Table:
    """
    The contract of one table: its name, its columns, its kinds of geometry.

    Examples
    --------
    >>> from shapely import Point
    >>> doors = gpd.GeoDataFrame(
    ...     {"place_id": ["w1"], "how": ["mapped"]}, geometry=[Point(0, 0)], crs="EPSG:25832"
    ... )
    >>> ENTRANCES.check(doors).columns.tolist()
    ['place_id', 'how', 'geometry']
    """

    name: str
    columns: dict[str, pa.Column]
    shapes: frozenset[str]

    def none(self, crs: str) -> gpd.GeoDataFrame:
        """
        Return a table of no rows.

        Examples
        --------
        >>> len(ENTRANCES.none("EPSG:25832"))
        0
        """
        columns: dict[str, list[object]] = {name: [] for name in self.columns}
        return self.check(gpd.GeoDataFrame(columns, geometry=[], crs=crs))

    def check(self, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """
        Return `table` with exactly the columns of the contract.

        Columns that the contract does not know are dropped, so that a newer
        writer can add some.

        Raises
        ------
        TableError
            Naming the table, the column and the first row that breaks it.
        CrsError
            If the coordinates are not metres.
        """
        require_metric(table)
        schema = pa.DataFrameSchema(
            self.columns,
            strict="filter",
            unique_column_names=True,
            coerce=table.empty,  # where there is no row, nothing has told its type
        )
        try:
            checked = schema.validate(table.drop(columns=table.geometry.name))
        except pa.errors.SchemaError as error:
            raise TableError(
                "Table {table}: {fault}.", table=self.name, fault=_fault(error)
            ) from None
        if not table.index.is_unique:
            raise TableError(
                "Table {table}: {fault}.", table=self.name, fault="index is not unique"
            )
        strange = set(table.geom_type.dropna()) - self.shapes
        if strange or table.geometry.isna().any() or table.is_empty.any():
            fault = f"geometry is {sorted(strange) or 'missing'}"
            raise TableError("Table {table}: {fault}.", table=self.name, fault=fault)
        return gpd.GeoDataFrame(
            checked[list(self.columns)], geometry=table.geometry.array, crs=table.crs
        )


def _fault(error: pa.errors.SchemaError) -> str:
    """Return one line that says which column fails, how, and where first."""
    return " ".join(str(error).split())[:300]


def _text(*allowed: str) -> pa.Column:
    return pa.Column(str, pa.Check.isin(allowed) if allowed else None)


def _amount(*, unknown: bool = False) -> pa.Column:
    return pa.Column(float, pa.Check.ge(0), nullable=unknown)


EVERYBODY = "everybody"

AGES = ("young_children", "school_children", "youth", "adults", "older_67_79", "older_80")

LOW_INCOME, LOW_INCOME_AREAS = "low_income", "low_income_areas"
"""Those who have little themselves, wherever they live; all who live where many have little."""

GROUPS = (EVERYBODY, *AGES, LOW_INCOME, LOW_INCOME_AREAS)
"""Columns of people in the homes table. `everybody` is always known; others may be `nan`."""

PLACES = Table(
    "places",
    {
        "name": _text(),
        "kind": _text(),
        "kinds": _text(),  # every kind it is, joined by ";", the first one leading
        "family": _text(),
        "setting": _text("indoor", "outdoor", "both"),
        "opening_hours": _text(),
        "wheelchair": _text(),
        "area_m2": _amount(unknown=True),  # nan for what is mapped as a point
        "inside": pa.Column(bool),  # within the area's boundary
        "osm_ids": _text(),  # every feature it was made of, joined by ";"
        "sources": _text(),  # keys of all sources that know it, joined by ";"
        "updated": _text(),  # newest edit in any of them: ISO date, or ""
    },
    frozenset({"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}),
)
"""Somewhere to meet, on its footprint; the index is the id of its leading feature."""

ENTRANCES = Table(
    "entrances",
    {"place_id": _text(), "how": _text("mapped", "crossing", "facade", "point", "line")},
    frozenset({"Point"}),
)
"""Where a place is entered, and how that is known."""

HOMES = Table(
    "homes",
    {
        "building": _text(),
        **{group: _amount(unknown=group != EVERYBODY) for group in GROUPS},
        "basis": _text("grid", "zone", "municipality", "building"),
        "zone": _text(),  # row of `zones` whose ages it shares, or ""
        "income": _text(),  # row of `incomes` whose share it has, or ""
    },
    frozenset({"Point"}),
)
"""
Where people live: expected numbers per group, fractions and all.

`basis` is the smallest land whose total was counted and is conserved here: a grid cell,
a zone, the municipality, or none, where only the buildings tell.
"""

ZONES = Table(
    "zones",
    {
        "name": _text(),
        "source": _text(),
        "people": _amount(unknown=True),
        **{
            column: _amount(unknown=True)
            for age in AGES
            for column in (age, f"{age}_low", f"{age}_high")
        },
    },
    frozenset({"Polygon", "MultiPolygon"}),
)
"""
Land with published numbers of people by age; the index is its official number.

An exact figure has `low` = itself = `high`. A rounded one lies between them. One that is
suppressed is `nan`, between 0 and all that is left of the total.
"""

INCOMES = Table(
    "incomes",
    {
        "name": _text(),
        "source": _text(),
        "measure": _text(),  # in words, as the file or the table calls it
        "of": _text("persons", "households", "other"),  # a share of whom; other: no share
        "value": pa.Column(float, nullable=True),  # as published; nan if suppressed
        "share": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "low": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "high": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "area_class": _text("low", "middle", "high", "unknown"),
    },
    frozenset({"Polygon", "MultiPolygon"}),
)
"""
Land with a published measure of income; the index is its official number.

`share` of those with low income lies between `low` and `high`: 0 and 1 where it is
suppressed. `area_class` is "low" where incomes are lowest, see `geo.incomes`.
"""

REGISTER = Table(
    "register",
    {
        "source": _text(),
        "ref": _text(),  # the source's own number for it
        "name": _text(),
        "kind": _text(),  # key in `place_kinds.toml`, or "": it tells of a place, and is none
        "address": _text(),
        "wheelchair": _text("yes", "limited", "no", ""),
        "opening_hours": _text(),
        "updated": _text(),  # ISO date, or ""
        "place_id": _text(),  # the place it was found to be, or ""
        "status": _text("matched", "alone", "conflict", "left_out"),
        "rivals": _text(),  # places it may also be, joined by ";"
        "distance_m": _amount(unknown=True),
        "likeness": pa.Column(float, pa.Check.in_range(0, 1), nullable=True),
        "decided": pa.Column(bool),  # by somebody, not by rule
    },
    frozenset({"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}),
)
"""What each source says of each place: every value is kept, whoever's is shown."""

KNOWN = ("yes", "no", "unknown")

PATHS = Table(
    "paths",
    {
        "u": pa.Column("int64"),
        "v": pa.Column("int64"),
        "way": pa.Column("int64"),
        "highway": _text(),
        "name": _text(),
        "length_m": _amount(),
        "steps": pa.Column(bool),
        "surface": _text("firm", "loose", "rough", "unknown"),
        "wheelchair": _text(*KNOWN),  # whether it is passable on such wheels
        "pram": _text(*KNOWN),
        "lit": _text(*KNOWN),
        "winter": _text("open", "closed", "unknown"),
        "structure": _text("ground", "bridge", "tunnel"),
        "incline": _amount(unknown=True),  # as mapped: 0.06 is 6 %, up or down
    },
    frozenset({"LineString"}),
)
"""Stretches of footpath between junctions `u` and `v`, walkable both ways."""

BARRIERS = Table(
    "barriers",
    {"what": _text("water", "motorway", "railway", "fence")},
    frozenset({"LineString"}),
)
"""What nobody crosses on the straight bit between a door and its path."""

BACKDROP = Table(
    "backdrop",
    {"what": _text("water", "green", "building")},
    frozenset({"Polygon", "MultiPolygon"}),
)
"""What the offline map is drawn from, besides the paths."""

BOUNDARY = Table("boundary", {}, frozenset({"Polygon", "MultiPolygon"}))
"""The area's own outline: one row."""
