"""A GeoPackage is a database: only its plain tables are read, nothing in it runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from data.files.limits import damaged, shown
from geo.errors import SourceError

LISTED = "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"


def layers_of(path: Path, name: str) -> list[str]:
    """
    Return the tables of a GeoPackage, after removing its views and triggers.

    A view is a question, and may be one that never ends.

    Parameters
    ----------
    path
        A copy that is ours to change.
    name
        As shown.

    Raises
    ------
    SourceError
        If it is another kind of database, has no table, or is damaged.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.text_factory = lambda told: told.decode(errors="replace")
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA foreign_keys = OFF")
            base.execute("PRAGMA journal_mode = OFF")
            for kind in ("trigger", "view"):
                for found in _names(base, kind):
                    base.execute(f"DROP {kind} {_quoted(found)}")
            tables = set(_names(base, "table"))
            if "gpkg_contents" not in tables:
                raise SourceError(
                    "{file} is a database, but no GeoPackage. Save the layer as GeoPackage.",
                    file=shown(name),
                )
            layers = [one for (one,) in base.execute(LISTED) if one in tables]
    except (sqlite3.Error, OverflowError) as error:
        raise damaged(name) from error
    if not layers:
        raise SourceError("{file} has no layer that is a table.", file=shown(name))
    return layers


def _names(base: sqlite3.Connection, kind: str) -> list[str]:
    found = base.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))
    return [name for (name,) in found]


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
