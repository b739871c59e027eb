"""Maps on paper: PDF, SVG and PNG pages with all that a map needs to stand by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from layers.paper.assembly import Parts, mapped, unmapped
from layers.paper.fitting import frames
from layers.paper.frame import Bounds
from layers.paper.inlining import inlined
from layers.paper.layout import BAR_MM, document
from layers.paper.scale_bar import blank, north_arrow
from layers.paper.sheetful import BasePicture, Paper, Print, PrintMap
from layers.paper.typesetting import Form, measured, typeset
from words.speaker import Speaker

__all__ = ["BasePicture", "Paper", "Print", "PrintMap", "ground", "pdf", "png", "svg"]

HERE = Path(__file__).parent
SOURCE = (HERE / "page.typ").read_text(encoding="utf-8")


def pdf(prints: Sequence[Print], paper: Paper, say: Speaker) -> bytes:
    """
    Return pages of maps as one PDF: vectors, tagged as PDF/UA-1 asks, fonts embedded.

    Readers who do not see it are told its title and language, by headings what is where,
    and for each map its sentence.

    Parameters
    ----------
    prints
        A page each, at least one. What there is no room for beside a map, a long list of
        sources at last, goes on a page of its own behind it.
    paper
        Its size and direction.
    say
        The language of what is added here, and of the document.

    Raises
    ------
    ExportError
        If a page cannot be set, or a map has no land or no paper.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> maps = [PrintMap((0, 0, 900, 900), ())]
    >>> page = Print("Vik", "Nobody walks.", "Vik kommune", "", (), maps, "2026-11-22")
    >>> pdf([page], Paper(), speaker("en"))[:5]
    b'%PDF-'
    """
    return _pages(prints, paper, say, "pdf")[0]


def svg(one: Print, paper: Paper, say: Speaker) -> tuple[bytes, ...]:
    """
    Return a page, and one with what it has no room for, as SVG.

    Names on the map are text, in a typeface that comes within the file; all other text is
    outlines.

    Parameters
    ----------
    one, paper, say
        As for `pdf`.

    Raises
    ------
    ExportError
        As for `pdf`.
    """
    return tuple(inlined(made) for made in _pages([one], paper, say, "svg"))


def png(one: Print, paper: Paper, say: Speaker) -> tuple[bytes, ...]:
    """
    Return a page, and one with what it has no room for, as PNG of 300 dots to the inch.

    Parameters
    ----------
    one, paper, say
        As for `pdf`.

    Raises
    ------
    ExportError
        As for `pdf`.
    """
    return _pages([one], paper, say, "png")


def ground(one: Print, paper: Paper, say: Speaker) -> tuple[Bounds, ...]:
    """
    Return what ground each map of a page will show, to fetch pictures of it.

    Parameters
    ----------
    one
        With maps that have no base: their pictures take its place.
    paper, say
        As for `pdf`.

    Returns
    -------
    bounds
        Left, bottom, right, top, in the metres of the maps.

    Raises
    ------
    ExportError
        As for `pdf`.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> maps = [PrintMap((0, 0, 900, 900), ())]
    >>> page = Print("Vik", "Nobody walks.", "Vik kommune", "", (), maps, "2026-11-22")
    >>> [[left, _, right, _]] = ground(page, Paper(), speaker("en"))
    >>> left < 0, right > 900
    (True, True)
    """
    [plan] = _planned([one], parts_of(paper, say))["plan"]
    return tuple(frame.bounds for frame in frames(one, plan))


def _pages(
    prints: Sequence[Print], paper: Paper, say: Speaker, form: Form
) -> tuple[bytes, ...]:
    """Set pages twice: once to learn how large the maps may be, once with the maps."""
    parts = parts_of(paper, say)
    whole = _planned(prints, parts)
    whole["prints"] = [
        mapped(one, plan, n, parts)
        for n, (one, plan) in enumerate(zip(prints, whole["plan"], strict=True))
    ]
    files = parts.files | parts.signs.files
    return typeset(SOURCE, files, whole, form=form, day=prints[0].day)


def parts_of(paper: Paper, say: Speaker) -> Parts:
    """Return the files that every document has."""
    files = {
        "legend.typ": (HERE / "legend.typ").read_bytes(),
        "north.svg": north_arrow().encode(),
        "bar.svg": blank(BAR_MM[paper.large]).encode(),
    }
    return Parts(paper, say, files)


def _planned(prints: Sequence[Print], parts: Parts) -> dict[str, Any]:
    """Return a document without its maps, with how large each of them may be."""
    whole = document(prints, parts.paper, parts.say)
    whole["prints"] = [unmapped(one, parts) for one in prints]
    [whole["plan"]] = measured(SOURCE, parts.files | parts.signs.files, whole, "plan")
    return whole
