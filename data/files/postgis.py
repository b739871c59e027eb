"""Tables of a municipality's own PostGIS: read only, one at a time, by a checked name."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely
import sqlalchemy as sa
from pyproj import CRS
from pyproj.exceptions import CRSError
from sqlalchemy.exc import ArgumentError, SAWarning, SQLAlchemyError

from data.files.limits import MAX_CELLS, MAX_ROWS, check_size
from data.files.raw import Raw, filled, named, text_of
from geo.errors import SourceError

VARIABLE = "MOTEPLASS_POSTGIS"
"""Names the variable with the connection string; it holds a password, and is never shown."""

NAME = re.compile(r"(?:([A-Za-z_][A-Za-z0-9_]{0,62})\.)?([A-Za-z_][A-Za-z0-9_]{0,62})")
PATIENCE_S = 30
READ_ONLY = "SET TRANSACTION READ ONLY"


def postgis_table(name: str) -> Raw:
    """
    Return a table or view of the database that `MOTEPLASS_POSTGIS` names.

    Parameters
    ----------
    name
        `table` or `schema.table`: letters, digits and underscores. It has to be among
        the tables and views that the database lists.

    Raises
    ------
    SourceError
        If no database is named, it cannot be reached, has no such table, refuses, or
        takes longer than `PATIENCE_S`.
    """
    told = os.environ.get(VARIABLE, "")
    if not told:
        raise SourceError(
            "No database is named: set {variable} to its connection string,"
            " as postgresql://user:password@host/database.",
            variable=VARIABLE,
        )
    try:
        url = sa.make_url(told).set(drivername="postgresql+pg8000")
    except (ArgumentError, ValueError):
        # Neither the text nor the error is shown: both may hold the password.
        raise SourceError(
            "{variable} is no connection string, as postgresql://user:password@host/database.",
            variable=VARIABLE,
        ) from None
    engine = sa.create_engine(
        url, poolclass=sa.pool.NullPool, connect_args={"timeout": PATIENCE_S}
    )
    return table_of(engine, name)


def table_of(engine: sa.Engine, name: str, *, most: int = MAX_ROWS) -> Raw:
    """
    Return a table or view of a database.

    Parameters
    ----------
    engine
        The database.
    name
        As in `postgis_table`.
    most
        Rows to read; a table with more is refused.

    Raises
    ------
    SourceError
        As `postgis_table`.

    Examples
    --------
    >>> table_of(sa.create_engine("sqlite://"), "skoler; DROP TABLE skoler")
    Traceback (most recent call last):
    geo.errors.SourceError: skoler; DROP TABLE skoler is no name of a table: letters, \
digits and underscores, with a schema and a point before them if need be.
    """
    parts = NAME.fullmatch(name)
    if not parts:
        raise SourceError(
            "{name} is no name of a table: letters, digits and underscores,"
            " with a schema and a point before them if need be.",
            name=name[:60],
        )
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(sa.text(READ_ONLY))
                patience = f"SET LOCAL statement_timeout = '{PATIENCE_S}s'"
                connection.execute(sa.text(patience))
            return _read(connection, parts[1], parts[2], most)
    except (SQLAlchemyError, OSError) as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        raise SourceError(
            "The database did not give the table {name} ({fault}). Check the connection"
            " string in {variable}, and that its user may read the table.",
            name=name,
            fault=cause,
            variable=VARIABLE,
        ) from None


def _read(connection: sa.Connection, schema: str | None, name: str, most: int) -> Raw:
    inspector = sa.inspect(connection)
    listed = {*inspector.get_table_names(schema), *inspector.get_view_names(schema)}
    if name not in listed:
        raise SourceError("The database has no table or view {name}.", name=name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # it knows no type `geometry`: we do
        columns = [str(one["name"]) for one in inspector.get_columns(name, schema)]
    check_size(0, len(columns), name)
    shape, srid = _geometry(connection, schema or inspector.default_schema_name, name)
    table = sa.table(name, *map(sa.column, columns), schema=schema)
    plain = [one for one in columns if one != shape]
    chosen: list[sa.ColumnElement[Any]] = [table.c[one] for one in plain]
    if shape:
        flat = sa.func.ST_AsBinary(sa.func.ST_Force2D(table.c[shape]))
        chosen.append(sa.type_coerce(flat, sa.LargeBinary))
    most = min(most, MAX_CELLS // max(len(columns), 1))
    rows = connection.execute(sa.select(*chosen).limit(most + 1)).all()
    if len(rows) > most:
        raise SourceError(
            "{name} has more than {most} rows. Make a view of your municipality alone.",
            name=name,
            most=most,
        )
    return _raw(name, plain, rows, _crs(srid) if shape else None, bool(shape))


def _geometry(connection: sa.Connection, schema: str | None, name: str) -> tuple[str, int]:
    """Return the first geometry column that PostGIS lists for a table, and its system."""
    if connection.dialect.name == "postgresql":
        known = sa.text("SELECT to_regclass('geometry_columns')")
        if connection.execute(known).scalar() is None:
            return "", 0
    question = sa.text(
        "SELECT f_geometry_column, srid FROM geometry_columns"
        " WHERE f_table_name = :name AND f_table_schema = :schema"
    )
    found = connection.execute(question, {"name": name, "schema": schema or ""}).first()
    return (str(found[0]), int(found[1])) if found else ("", 0)


def _raw(
    name: str, columns: list[str], rows: Sequence[Any], crs: CRS | None, shaped: bool
) -> Raw:
    told = [tuple(row) for row in rows]
    cells = {
        label: [text_of(row[at]) for row in told] for at, label in enumerate(named(columns))
    }
    shapes = None
    if shaped:
        wkb = np.array([row[-1] for row in told], dtype=object)
        shapes = shapely.from_wkb(wkb, on_invalid="ignore")
        shapes[shapely.is_empty(shapes)] = None
    frame = pd.DataFrame(cells, index=range(len(told)), dtype=object)
    return filled(
        Raw(name, frame, np.arange(1, len(told) + 1), layer="", shapes=shapes, crs=crs)
    )


def _crs(srid: int) -> CRS | None:
    """Return a system by its EPSG number; 0 means that nobody said."""
    try:
        return CRS.from_epsg(srid) if srid else None
    except CRSError:
        return None
