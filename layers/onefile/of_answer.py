"""An answer as one HTML file."""

from __future__ import annotations

from pathlib import Path

from geo.timetable import OSLO
from layers.export.case import Case
from layers.export.export import Export
from layers.export.ground import land
from layers.export.on_screen import on_screen
from layers.export.sheet import Sheet
from layers.map import extent
from layers.onefile.page import Page, html
from layers.onefile.tables import listed, worded
from layers.reach_tables import group_headings, group_rows
from layers.sentences import answered, asked

LAND = {"paths", "boundary"}
"""Sheets that are a part of the base map."""
OPEN = {"spots", "walk_cells", "homes", "places"}
"""Sheets that are on the map as the page opens, as in the app; others can be switched on."""


def page(case: Case, export: Export) -> Page:
    """
    Return what stands in the file of an answer.

    Parameters
    ----------
    case
        The answer, and what things are called.
    export
        Its layers and what has to stand beside it, in the same language.

    Returns
    -------
    page
        With all places and all groups in tables.
    """
    say, bundle = case.say, case.bundle
    drawn = on_screen(export, {one.key for one in export.sheets} - LAND)
    said = {say("Question"), say("Answer"), say("Date")}  # these stand above the map
    return Page(
        title=export.title,
        sentence=answered(case.answer, case.catalogue, say, places=bundle.places, now=case.now),
        question=asked(case.answer.question, case.catalogue, say, now=case.now),
        day=case.now.astimezone(OSLO).date().isoformat(),
        bounds=extent(bundle.boundary),
        base=land(case),
        layers=tuple(drawn.values()),
        tables=_tables(case, export),
        about=tuple(line for line in export.about if line[0] not in said),
        hidden=tuple(layer for key, layer in drawn.items() if key not in OPEN),
    )


def _tables(case: Case, export: Export) -> tuple[Sheet, ...]:
    """Return the places as their cards tell them, and the groups as the app does."""
    say, minutes = case.say, case.answer.question.minutes
    places = [one.layer for one in export.sheets if one.key == "places" and one.layer]
    groups = worded(
        say("Who has {minutes} minutes or less on foot", minutes=minutes),
        group_headings(say),
        group_rows(case.answer, case.catalogue, say).values(),
    )
    return (*(listed(layer, say) for layer in places), groups)


def write(case: Case, export: Export, folder: Path) -> None:
    """
    Write `{stem}-map.html` into a folder.

    Parameters
    ----------
    case, export
        As `page` takes them.
    folder
        One that is there.

    Raises
    ------
    OSError
        If it cannot be written to.
    """
    (folder / f"{export.stem}-map.html").write_bytes(html(page(case, export), case.say))
