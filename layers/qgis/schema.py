"""Tables of a GeoPackage beside its layers: styles, metadata, and what columns are called."""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection

from layers.export.export import Export
from layers.export.sheet import Sheet
from layers.qgis import metadata, qmd
from layers.qgis.described import described
from layers.qgis.fields import headings
from layers.qgis.qml import qml
from layers.qgis.sld import sld
from words.speaker import Speaker

SPECIFICATION = "http://www.geopackage.org/spec120/#extension_"
GEOMETRY = "geom"
"""The column of geometries, as GDAL names it unless told otherwise."""

TABLES = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE IF NOT EXISTS gpkg_metadata (
    id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
    md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
    mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (
    reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE IF NOT EXISTS gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
    description TEXT, mime_type TEXT, constraint_name TEXT,
    CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
    min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN,
    description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
    styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""
"""As GeoPackage 1.2 defines them, its annexes C and F; styles as QGIS makes them itself."""


def add_tables(file: Connection, export: Export, say: Speaker) -> None:
    """
    Add styles, metadata and names of columns to a GeoPackage that has its layers already.

    Parameters
    ----------
    file
        The open GeoPackage; the caller commits.
    export
        What its layers were written from, each under its key.
    say
        The language.
    """
    file.executescript(TABLES)
    moment = f"{export.day}T12:00:00.000Z"  # of the export, so that the same is the same
    _styles(file, export, say("Styles of the layers, for QGIS"), moment)
    _metadata(file, export, say, moment)
    _columns(file, export)
    _contents(file, export, say, moment)


def _contents(file: Connection, export: Export, say: Speaker, moment: str) -> None:
    """Write what each layer is called in the reader's language; no two are called the same."""
    taken, date = {"layer_styles"}, say.date(export.day)
    for sheet in export.sheets:
        name = f"{sheet.name} [{sheet.key}]" if sheet.name in taken else sheet.name
        taken.add(name)
        file.execute(
            "UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?",
            [name, f"{sheet.name} · {export.title} · {date}", sheet.key],
        )
    file.execute("UPDATE gpkg_contents SET last_change = ?", [moment])


def _extend(file: Connection, name: str, *tables: str) -> None:
    rows = [(table, f"gpkg_{name}", SPECIFICATION + name) for table in tables]
    file.executemany("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", rows)


def _styles(file: Connection, export: Export, description: str, moment: str) -> None:
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', ?, 0)",
        [description],
    )
    file.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, ?, 1, ?, '', ?)",
        [
            (
                *(one.key, GEOMETRY if one.located else "", one.name, qml(one), sld(one)),
                *(f"{one.name} · {export.title}", moment),
            )
            for one in export.sheets
        ],
    )


def _metadata(file: Connection, export: Export, say: Speaker, moment: str) -> None:
    _extend(file, "metadata", "gpkg_metadata", "gpkg_metadata_reference")
    whole = _describe(file, export, None, say, moment)
    for sheet in export.sheets:
        _describe(file, export, sheet, say, moment, whole)


def _describe(
    file: Connection,
    export: Export,
    sheet: Sheet | None,
    say: Speaker,
    moment: str,
    parent: int | None = None,
) -> int:
    """Write the metadata of a sheet, or of the file, in both forms; return the id of ISO's."""
    known = described(export, sheet, say)
    made = {metadata.STANDARD: metadata.iso(known), qmd.STANDARD: qmd.qmd(known)}
    scope = ("table", sheet.key) if sheet else ("geopackage", None)
    ids = []
    for standard, text in made.items():
        added = file.execute(
            "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, metadata) VALUES (?, ?, ?)",
            ["dataset", standard, text],
        ).lastrowid
        file.execute(
            "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, ?)",
            [*scope, moment, added, parent],
        )
        ids.append(added or 0)
    return ids[0]


def _columns(file: Connection, export: Export) -> None:
    _extend(file, "schema", "gpkg_data_columns", "gpkg_data_column_constraints")
    file.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description,"
        " constraint_name) VALUES (?, ?, ?, ?, ?, ?)",
        [row for sheet in export.sheets for row in _named(sheet)],
    )
    file.executemany(
        "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value,"
        " description) VALUES (?, 'enum', ?, ?)",
        [
            (f"{sheet.key}_classes", entry.key, entry.label)
            for sheet in export.sheets
            for entry in (sheet.layer.classes if sheet.layer else ())
        ],
    )


def _named(sheet: Sheet) -> Iterator[tuple[str, str, str, str, str, str | None]]:
    """Yield what each column is called; no two of a table are called the same."""
    known, taken = sheet.columns, set[str]()
    for name, heading in headings(sheet).items():
        alias = f"{heading} [{name}]" if heading in taken else heading
        taken.add(alias)
        label, unit = (known[name].label, known[name].unit) if name in known else (name, "")
        coded = sheet.layer is not None and name == sheet.layer.value
        yield sheet.key, name, alias, label, unit, f"{sheet.key}_classes" if coded else None
