"""The report of an annex: chapters with maps, for Word and as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from layers.annex.binding import Part
from layers.annex.group_maps import group_maps
from layers.annex.parts import DOCUMENTS
from layers.export.case import Case
from layers.export.export import Export
from layers.export.ground import around, land
from layers.export.on_screen import on_screen
from layers.paper.figure import figure
from layers.paper.labels import of_places
from layers.paper.sheetful import PrintMap
from layers.report.docx import docx
from layers.report.pdf import pdf
from layers.report.report import meta, report
from layers.report.subject import subject
from layers.report.tree import Block, Meta, Picture
from layers.sentences import answered
from words import Speaker

WIDTH_MM = 160.0
"""Of a map in the text."""

GROUPS_ACROSS = 4
"""Small maps of groups side by side."""

COUNTRIES = {"EPSG:3006": "se", "EPSG:3067": "fi"}
"""Whose acts a report speaks of, by the country's own CRS; all else lies in Norway."""

MAPS = {
    "places": ("place_areas", "places"),
    "walks": ("walk_cells", "homes", "places"),
    "gaps": ("spots", "walk_cells", "places"),
    "incomes": ("zones", "places"),
}
"""Sheets on each map, by what it shows."""


def report_parts(case: Case, export: Export) -> tuple[Part, ...]:
    """
    Return the parts of an annex that are reports; nothing is written yet.

    Parameters
    ----------
    case, export
        The answer; its layers.
    """
    made = cache(lambda: written(case, export))

    def as_docx(folder: Path) -> None:
        (folder / f"{export.stem}-report.docx").write_bytes(docx(*made()))

    def as_pdf(folder: Path) -> None:
        (folder / f"{export.stem}-report.pdf").write_bytes(pdf(*made()))

    return (
        Part("report", as_docx, *DOCUMENTS["docx"]),
        Part("report", as_pdf, *DOCUMENTS["pdf"]),
    )


def pictures(case: Case, export: Export) -> dict[str, Picture]:
    """
    Return the maps of a report, by what they show.

    Those of the groups and of incomes are there if something is known of them.

    Parameters
    ----------
    case, export
        The answer, which a reader who sees no map is told; its layers.
    """
    say = case.say
    captions = {
        "places": say("The places that count."),
        "walks": say("The walk to the nearest place."),
        "gaps": say("Where people live beyond reach."),
    }
    if not case.bundle.incomes.empty:
        captions["incomes"] = say("Incomes, and the walk to the nearest place.")
    told = answered(case.answer, case.catalogue, say, places=case.bundle.places, now=case.now)
    ground, below = around(case, export), land(case)
    found = {}
    for key, caption in captions.items():
        layers = tuple(on_screen(export, MAPS[key]).values())
        labels = of_places(case.answer.places) if key == "places" else None
        shown = PrintMap(ground, layers, below, labels)
        found[key] = _picture((shown,), caption, told, say)
    return found | _groups(case, export)


def _groups(case: Case, export: Export) -> dict[str, Picture]:
    """Return the small maps of all groups as one picture; nothing if there is one group."""
    say, maps = case.say, group_maps(case, export)
    if len(maps) < 2:
        return {}
    caption = say("The same question, asked for each group.")
    told = " ".join(f"{one.caption}: {one.sentence}." for one in maps)
    return {"groups": _picture(maps, caption, told, say, columns=GROUPS_ACROSS)}


def _picture(
    maps: Sequence[PrintMap], caption: str, told: str, say: Speaker, *, columns: int = 1
) -> Picture:
    """Return maps with their legend as a picture that says in words what it tells."""
    alt = say("Map. {caption} {told}", caption=caption, told=told)
    drawn = figure(maps, say, columns=columns, width_mm=WIDTH_MM)
    return Picture(alt, caption, svg=drawn, width_mm=WIDTH_MM)


def written(case: Case, export: Export) -> tuple[tuple[Block, ...], Meta]:
    """
    Return the report, and what its file says of itself.

    Parameters
    ----------
    case, export
        The answer; its layers.
    """
    about = subject(
        case.town,
        case.answer,
        case.catalogue,
        now=case.now,
        country=COUNTRIES.get(case.bundle.area.crs, "no"),
    )
    about = replace(about, changes=tuple(case.changes(case.say)))
    return report(about, case.say, pictures(case, export)), meta(about, case.say)
