"""A municipality's own files, read as their recipes say, figures put on their land."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd

from data.files.door import Look, borders_of, look, read
from data.files.postgis import postgis_table
from data.files.raw import Raw
from data.files.report import Report
from data.http import Get
from data.known import Known
from data.services.gather import joined
from data.services.service import Land
from geo.errors import Message, SourceError

FIGURES = ("zones", "incomes")
"""What a file may be that needs land, its own or that of another file."""

Own = tuple[Known, tuple[Report, ...]]


def read_own(
    files: Sequence[Path], land: Land, get: Get | None, *, tables: Sequence[str] = ()
) -> Own:
    """
    Read files together.

    Figures without land, as a table of ages by district, are put on the polygons of
    that one of the other files in which most of their zones are found; that file then
    only lends its borders.

    Parameters
    ----------
    files
        In the order in which they are believed. Each is read by the recipe that was
        kept for files of its name, else as it is guessed to be, which is told.
    land
        The area they are for.
    get
        Fetches a URL, to look up addresses; `None`: they stay unknown.
    tables
        Of the municipality's database, read like files and believed after them.

    Returns
    -------
    known, reports
        What they tell together; and of each file that was read what was not understood.

    Raises
    ------
    SourceError
        If a file cannot be opened, its recipe does not fit it, or land is missing.
    """
    given: dict[Path, Path | Raw] = {file: file for file in files}
    given |= {Path(name): postgis_table(name) for name in tables}
    looks = {file: look(one, file.name, land=land) for file, one in given.items()}
    lands = {
        file: borders_of(given[file], seen.recipe, name=file.name)
        for file, seen in looks.items()
        if seen.recipe.what in FIGURES and not _landless(seen)
    }
    found: dict[Path, tuple[Known, Report]] = {}
    lending: set[Path] = set()
    for file, seen in looks.items():
        if _landless(seen):
            lender, found[file] = _put_on(given[file], file.name, seen, lands, land)
            lending.add(lender)
    for file, seen in looks.items():
        if file not in found and file not in lending:
            found[file] = read(given[file], seen.recipe, land, get, name=file.name)
    read_in_order = [file for file in given if file in found]
    known = joined(*(found[file][0] for file in read_in_order))
    doubts = [doubt for file in given for doubt in _doubts(file, looks[file], found)]
    return (
        replace(known, doubts=(*known.doubts, *doubts)),
        tuple(found[file][1] for file in read_in_order),
    )


def _landless(seen: Look) -> bool:
    """Tell whether a file has figures and no land to put them on."""
    return any(hint.about == "borders" for hint in seen.guess.hints)


def _put_on(
    given: Path | Raw,
    name: str,
    seen: Look,
    lands: dict[Path, gpd.GeoDataFrame],
    land: Land,
) -> tuple[Path, tuple[Known, Report]]:
    """Read figures on the borders of the file that fits best, and say which that was."""
    if not lands:
        raise SourceError(
            "{file} has figures without land: give the file with the borders of its zones too.",
            file=name,
        )
    tried = {
        other: read(given, seen.recipe, land, name=name, borders=borders)
        for other, borders in lands.items()
    }
    best = max(tried, key=lambda other: tried[other][1].used)
    return best, tried[best]


def _doubts(
    file: Path, seen: Look, found: dict[Path, tuple[Known, Report]]
) -> tuple[Message, ...]:
    """Say what a reader of the area has to know of a file."""
    doubts = []
    if seen.remembered is None or not seen.remembered.confirmed:
        text = "How {file} is to be read was guessed, and nobody has confirmed it."
        doubts.append(Message(text, {"file": file.name}))
    if file in found and found[file][1].faults:
        doubts += found[file][1].summary()
    return tuple(doubts)
