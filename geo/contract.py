"""What a table promises, and how a table is held to it."""

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
    >>> points = frozenset({"Point"})
    >>> entrances = Table("entrances", {"place_id": text(), "how": text("mapped")}, points)
    >>> entrances.check(doors).columns.tolist()
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
        >>> len(Table("doors", {"how": text()}, frozenset({"Point"})).none("EPSG:25832"))
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


def text(*allowed: str) -> pa.Column:
    """Return a column of text: any, or only what is allowed."""
    return pa.Column(str, pa.Check.isin(allowed) if allowed else None)


def amount(*, unknown: bool = False) -> pa.Column:
    """Return a column of numbers from 0 up; `unknown`: `nan` is allowed."""
    return pa.Column(float, pa.Check.ge(0), nullable=unknown)
