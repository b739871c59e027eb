"""The command `python -m data look`: what a file of one's own seems to be, and why."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from data.drafts import tried
from data.files.door import Look, look
from data.files.hints import SURE
from data.files.kept import save
from data.files.postgis import postgis_table
from data.files.recipe_file import written
from data.files.report import Report
from data.http import Fetcher
from data.lands import land_of
from data.own_files import read_own
from data.services.service import Land
from data.store import cache_folder
from geo.errors import Message, SourceError
from words import Speaker

ROWS, COLUMNS, WIDE = 5, 8, 24
"""What a terminal shows of a file's first rows."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""As in `layers.formats.text`, unknown to this room: what begins so is run by a spreadsheet."""


def add_options(parser: argparse.ArgumentParser, say: Speaker) -> None:
    """Declare what the command can be told."""
    add = parser.add_argument
    add("file", type=Path, help=say("a file of the municipality's own"))
    table = say("it is a table of the database that MOTEPLASS_POSTGIS names")
    add("--table", action="store_true", help=table)
    add("--layer", default="", help=say("which layer or sheet of it"))
    add(
        "--municipality",
        default="",
        metavar="NUMBER",
        help=say("where it should lie: then positions are checked, and rows are read"),
    )
    add("--country", choices=("no", "se"), default="no", help=say("country of the number"))
    add("--save", action="store_true", help=say("keep the recipe, as confirmed"))
    add(
        "--report",
        type=Path,
        metavar="CSV",
        help=say("write every row that was not understood; needs --municipality"),
    )


def run(options: argparse.Namespace, say: Speaker) -> int:
    """
    Tell of a file what it seems to be and why; return 0, or 1 if its rows cannot be read.

    Raises
    ------
    SourceError
        If it cannot be opened, or what was asked for cannot be kept or written.
    """
    if options.report and not options.municipality:
        raise SourceError("A report needs --municipality: rows are read for an area.")
    land = None
    if options.municipality:
        land = land_of(options.municipality, options.country, Fetcher(cache_folder()))
    given = postgis_table(str(options.file)) if options.table else options.file
    seen = look(given, options.file.name, land=land, layer=options.layer)
    _tell(options.file, seen, say)
    if options.save:
        path = save(replace(seen.recipe, confirmed=True))
        print(say("Kept as confirmed: {file}", file=path))
    return _read(options, land, say) if land else 0


def _tell(file: Path, seen: Look, say: Speaker) -> None:
    """Print what it seems to be, each reason, the recipe and the first rows."""
    recipe = seen.recipe
    print(
        say(
            "{file}: {n} rows; it seems to be: {what}",
            file=file.name,
            n=seen.rows,
            what=recipe.what,
        )
    )
    if seen.layers:
        print(say("Layers: {layers}", layers=", ".join(seen.layers)))
    if seen.remembered is not None:
        print(say("An earlier file of that name was read by this recipe."))
    for hint in sorted(seen.guess.hints, key=lambda one: one.confidence):
        line = {"about": hint.about, "reason": say(hint.reason)}
        doubtful = hint.confidence < SURE
        print(
            "  "
            + (
                say("doubt: {about}: {reason}", **line)
                if doubtful
                else say("seen: {about}: {reason}", **line)
            )
        )
    print(f"\n{written(recipe)}")
    shown = seen.preview.iloc[:ROWS, :COLUMNS]
    print(shown.map(_short).rename(columns=_short).to_string())
    if (more := seen.preview.shape[1] - COLUMNS) > 0:
        print(say("… and {n} more columns", n=more))


def _short(text: str) -> str:
    return text if len(text) <= WIDE else f"{text[: WIDE - 1]}…"


def _read(options: argparse.Namespace, land: Land, say: Speaker) -> int:
    """Read the rows, tell what became of them, and write down those not understood."""
    if options.table:
        told: Report | Message = read_own([], land, None, tables=[str(options.file)])[1][0]
    else:
        told = tried([options.file], land)[options.file]
    if isinstance(told, Message):
        print(say(told))
        return 1
    for message in told.summary():
        print(say(message))
    if options.report:
        _write(told, options.report, say)
        print(
            say(
                "{n} rows that were not understood: {file}",
                n=len(told.faults),
                file=options.report,
            )
        )
    return 0


def _write(report: Report, path: Path, say: Speaker) -> None:
    table = report.table(say)
    texts = table.map(lambda v: f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) else v)
    try:
        texts.to_csv(path, index=False, sep=";", encoding="utf-8-sig", lineterminator="\r\n")
    except OSError as error:
        raise SourceError(
            "{file} cannot be written ({reason}).",
            file=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
