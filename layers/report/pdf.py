"""A report as PDF: tagged, with an outline, and readable aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from layers.paper.typesetting import typeset
from layers.report.plain import cleaned, cleaned_meta, shares
from layers.report.tree import HIGHEST_MM, TEXT_MM, Block, Meta, Picture, Table

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(blocks: Sequence[Block], meta: Meta) -> bytes:
    """
    Set a report as PDF/UA-1 (ISO 14289-1), A4 upright.

    Parameters
    ----------
    blocks
        As `layers.report.report.report` returns them. Whatever they say is text.
    meta
        What the file says of itself.

    Returns
    -------
    pdf
        One file; its title, language, tags, outline and alternative texts are there.

    Raises
    ------
    ExportError
        If the pages cannot be set, as when headings leave out a level.

    Examples
    --------
    >>> from layers.report.tree import Title
    >>> pdf([Title("Meeting places")], Meta("Meeting places", "", "2026-11-21", "nb"))[:5]
    b'%PDF-'
    """
    data, files = told(blocks, meta)
    source = TEMPLATE.read_text(encoding="utf-8")
    return typeset(source, files, data, day=meta.day)[0]


def told(blocks: Sequence[Block], meta: Meta) -> tuple[dict[str, Any], dict[str, bytes]]:
    """
    Return a report as the data that its template reads, and its pictures by name.

    Parameters
    ----------
    blocks, meta
        As `pdf` takes them.
    """
    files: dict[str, bytes] = {}
    language, region = meta.tag.split("-")
    about = cleaned_meta(meta)
    data = {
        "title": about.title,
        "author": about.author,
        "description": about.description,
        "page": about.page,
        "language": language,
        "region": region,
        "width": TEXT_MM,
        "height": HIGHEST_MM,
        "blocks": [_data(cleaned(block), files) for block in blocks],
    }
    return data, files


def _data(block: Block, files: dict[str, bytes]) -> dict[str, Any]:
    """Return a block as the template reads it; its picture goes to the files."""
    kind = type(block).__name__.lower()
    if isinstance(block, Picture):
        name = f"picture{len(files)}.{'svg' if block.svg else 'png'}"
        files[name] = block.svg.encode() if block.svg else block.png
        told = {"alt": block.alt, "caption": block.caption, "width": block.width_mm}
        return {"kind": kind, "file": name, **told}
    told = {part.name: getattr(block, part.name) for part in fields(block)}
    if isinstance(block, Table):
        told |= {"words": sorted(block.words), "shares": shares(block)}
    return {"kind": kind, **told}
