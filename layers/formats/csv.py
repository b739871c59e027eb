"""Spreadsheets as text: CSV as its country reads it, and a plain one for programs beside."""

from __future__ import annotations

from pathlib import Path

from layers.export.export import Export
from layers.formats import sdmx
from layers.formats.readable import readable
from layers.formats.rows import wholes
from layers.formats.text import safe
from words import Speaker

LINE_END = "\r\n"
"""RFC 4180; and so a lone line feed inside a cell is quoted."""


def write(export: Export, folder: Path, say: Speaker) -> None:
    """
    Write two files per table: `….csv` for people, `….sdmx.csv` for programs.

    For people: headings with units in their language; UTF-8 with a mark at the
    beginning, by which Excel knows it; semicolons and decimal commas but in English.
    No text is a formula. For programs: see `layers.formats.sdmx`; only of tables that
    hold numbers.

    Raises
    ------
    TableError
        If a sheet breaks its contract.
    """
    comma = say.language != "en"  # how spreadsheets of that country read numbers
    for sheet in readable(export, say, sourced=True):
        table = safe(wholes(sheet.table))
        table.to_csv(
            folder / f"{export.stem}-{sheet.key}.csv",
            index=False,
            header=_headings([column.heading for column in sheet.columns.values()]),
            sep=";" if comma else ",",
            decimal="," if comma else ".",
            encoding="utf-8-sig",
            lineterminator=LINE_END,
        )
        long = sdmx.observations(sheet, export, say)
        if len(long):
            long.to_csv(
                folder / f"{export.stem}-{sheet.key}.sdmx.csv",
                index=False,
                encoding="utf-8",
                lineterminator=LINE_END,
            )


def _headings(headings: list[str]) -> list[str]:
    """
    Return headings of which no two are alike, as readers of tables want them.

    Examples
    --------
    >>> _headings(["Name", "Walk (min)", "Name"])
    ['Name', 'Walk (min)', 'Name 2']
    """
    made: list[str] = []
    for heading in headings:
        n, name = 1, heading
        while name in made:
            n += 1
            name = f"{heading} {n}"
        made.append(name)
    return made
