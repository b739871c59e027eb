"""The prints of an annex as files: PDF in two sizes, and pictures."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from geo.errors import Message
from layers.annex.binding import Part
from layers.annex.prints import pages
from layers.export.case import Case
from layers.export.export import Export
from layers.export.ground import bounds
from layers.paper.page import pdf, png, svg
from layers.paper.sheetful import Paper


def print_parts(case: Case, export: Export) -> tuple[Part, ...]:
    """
    Return the parts of an annex that are maps on paper; nothing is drawn yet.

    Parameters
    ----------
    case, export
        The answer; its layers.
    """
    left, bottom, right, top = bounds(case)
    across = right - left > top - bottom
    papers = {size: Paper(size, across=across) for size in ("a4", "a3")}
    drawn = cache(lambda: pages(case, export))

    def as_pdf(size: str, folder: Path) -> None:
        made = pdf(drawn(), papers[size], case.say)
        (folder / f"{export.stem}-{size}.pdf").write_bytes(made)

    def as_pictures(folder: Path) -> None:
        for make, ending in ((png, "png"), (svg, "svg")):
            for n, made in enumerate(make(drawn()[0], papers["a4"], case.say), 1):
                (folder / f"{export.stem}-map-{n}.{ending}").write_bytes(made)

    return (
        Part(
            "prints",
            partial(as_pdf, "a4"),
            Message("Maps to print, A4"),
            Message("The map, and small maps group by group, with scale and sources (PDF)."),
        ),
        Part(
            "prints",
            partial(as_pdf, "a3"),
            Message("Maps to print, A3"),
            Message("The same for a wall or a meeting (PDF)."),
        ),
        Part(
            "pictures",
            as_pictures,
            Message("Map pictures"),
            Message("The map for a document: PNG of 300 dots to the inch, SVG to draw on."),
        ),
    )
