"""A comparison as one PDF: tables and plots, and behind them maps of one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layers.comparison.blocks import blocks, meta
from layers.comparison.comparison import Comparison
from layers.comparison.maps import coordinates, one_scale, prints
from layers.paper import page
from layers.paper.assembly import mapped, unmapped
from layers.paper.layout import document
from layers.paper.sheetful import Paper, Print, PrintMap
from layers.paper.typesetting import measured, typeset
from layers.report import pdf as report
from words import Speaker

WHOLE = '#include "tables.typ"\n#include "maps.typ"\n'
READS = 'json("data.json")'
"""How a template reads its data, which has two parts here."""


def pdf(
    comparison: Comparison, maps: Mapping[str, PrintMap], paper: Paper, say: Speaker
) -> bytes:
    """
    Return a comparison as one PDF, tagged as PDF/UA-1 asks.

    Parameters
    ----------
    comparison
        Areas side by side.
    maps
        By code of each area, as `layers.comparison.maps.small_map` returns it.
    paper
        Of the maps; tables are on A4 upright.
    say
        The language it was made in.

    Raises
    ------
    ExportError
        If the pages cannot be set.
    """
    told, files = report.told(blocks(comparison, say), meta(comparison, say))
    drawn, more = _maps(prints(comparison, maps, say), paper, say)
    templates = {
        "tables.typ": _reading(report.TEMPLATE.read_text(encoding="utf-8"), "tables"),
        "maps.typ": _reading(page.SOURCE, "maps"),
    }
    data = {"tables": told, "maps": drawn | {"title": told["title"], "maker": told["author"]}}
    return typeset(WHOLE, files | more | templates, data, day=comparison.first.day)[0]


def _reading(source: str, part: str) -> bytes:
    """Return a template that reads its part of the data."""
    return source.replace(READS, f"{READS}.{part}").encode()


def _maps(
    pages: Sequence[Print], paper: Paper, say: Speaker
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the pages of maps as data of their template, and their files."""
    parts = page.parts_of(paper, say)
    own = [{"coordinates": text} if (text := coordinates(one, say)) else {} for one in pages]
    whole = document(pages, paper, say)
    whole["prints"] = [
        unmapped(one, parts) | more for one, more in zip(pages, own, strict=True)
    ]
    files = parts.files | parts.signs.files
    [whole["plan"]] = plans = measured(page.SOURCE, files, whole, "plan")
    even = one_scale(pages, plans[0])
    whole["prints"] = [
        mapped(one, plan, n, parts) | more
        for n, (one, plan, more) in enumerate(zip(even, plans[0], own, strict=True))
    ]
    return whole, parts.files | parts.signs.files
