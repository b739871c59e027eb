"""What an annex consists of: files for every program, and what tells where they are from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from geo.errors import Message
from layers.annex.binding import Part
from layers.annex.method_card import card
from layers.annex.readme import FIRST, note, note_name
from layers.annex.text import as_text
from layers.export.case import Case
from layers.export.export import Export
from layers.record.record import ENDING, Record, as_toml
from words import Speaker, speaker

Writer = Callable[[Export, Path, Speaker], None]
"""Writes a format: its files into a folder that is there and empty."""


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """
    All that the parts of an annex are made from.

    Parameters
    ----------
    case, export, record
        The answer; its tables; what it rests on.
    writers
        How each format is written, by its key, in the order of the annex.
    more
        Other parts, such as reports and prints, before the formats.
    """

    case: Case
    export: Export
    record: Record
    writers: Mapping[str, Writer]
    more: Sequence[Part] = ()


TOLD = {
    "geopackage": (
        Message("GeoPackage for GIS"),
        Message(
            "One file with every layer and table, in metres. Drag it into QGIS or ArcGIS: QGIS"
            " draws it like our map."
        ),
    ),
    "geojson": (
        Message("GeoJSON"),
        Message("The map layers for maps on the web, in longitude and latitude."),
    ),
    "shapefile": (
        Message("Shapefile"),
        Message(
            "The map layers for older GIS. Unpack the zip first. Names of columns are cut to"
            " ten characters; a list in it tells which is which."
        ),
    ),
    "flatgeobuf": (
        Message("FlatGeobuf"),
        Message("The map layers for web services that read large files piece by piece."),
    ),
    "kml": (Message("KML"), Message("The map layers for Google Earth and phones.")),
    "csv": (
        Message("Spreadsheets (CSV)"),
        Message("The tables as text, for any spreadsheet and statistics program."),
    ),
    "excel": (
        Message("Excel workbook"),
        Message("The tables, a sheet each, with filters and a key to all columns."),
    ),
}
"""What each format is called, and what it is for."""

DOCUMENTS = {
    "docx": (
        Message("Report for Word"),
        Message("Text, tables and maps as a document, to be written on."),
    ),
    "pdf": (Message("Report as PDF"), Message("The same, to be read.")),
    "html": (
        Message("Map for the browser"),
        Message("One file that opens by a double click, without the internet, with tables."),
    ),
}
"""What is to be read, and what for."""


def parts(matter: Matter) -> tuple[Part, ...]:
    """
    Return what an annex consists of; nothing is made yet.

    Parameters
    ----------
    matter
        What it is about, and who writes what.

    Returns
    -------
    parts
        The note in Norwegian, and in the reader's language if that is another; the method
        card and the record; what else there is; every format.
    """
    case, export = matter.case, matter.export
    written = (
        Part(
            "",
            partial(_text, name=f"{export.stem}-method.txt", make=lambda: _card(matter)),
            Message("Method card"),
            Message("One page of plain words: how the figures came about. Any text editor."),
        ),
        Part(
            "",
            partial(_text, name=export.stem + ENDING, make=lambda: as_toml(matter.record)),
            Message("Record"),
            Message(
                "For the program: what was asked, of which data, by which version, and"
                " fingerprints of all figures. Any text editor."
            ),
        ),
        *matter.more,
        *(_format(key, writer, matter) for key, writer in matter.writers.items()),
    )
    languages = dict.fromkeys((FIRST, case.say.language))
    return (*(_note(case, written, speaker(one)) for one in languages), *written)


def _format(key: str, writer: Writer, matter: Matter) -> Part:
    label, holds = TOLD.get(key, (Message("Files"), None))

    def make(folder: Path) -> None:
        writer(matter.export, folder, matter.case.say)

    return Part(key, make, label, holds)


def _note(case: Case, written: Sequence[Part], say: Speaker) -> Part:
    name = note_name(say.language)
    make = partial(_text, name=name, make=lambda: note(case, written, say))
    return Part("", make, Message("Note to the reader"))


def _card(matter: Matter) -> str:
    return as_text(card(matter.case, matter.record))


def _text(folder: Path, *, name: str, make: Callable[[], str]) -> None:
    """Write a text as every editor reads it, those of Windows too; TOML allows both."""
    lines = make().replace("\n", "\r\n")
    # A mark at the beginning tells old editors that it is UTF-8; a TOML file may have none.
    (folder / name).write_bytes(
        lines.encode("utf-8" if name.endswith(".toml") else "utf-8-sig")
    )
