"""The files of a comparison, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from layers.comparison.comparison import Compared, Comparison
from layers.comparison.document import pdf
from layers.comparison.maps import small_map
from layers.comparison.sheets import FORMATS as KEYS
from layers.comparison.sheets import export, stem
from layers.export.case import Case
from layers.files import FORMATS, packed
from layers.paper.sheetful import Paper
from views.asked import Asked
from views.taking.downloads import File, buttons
from views.text import element
from words import Speaker

Asking = Callable[[Compared], Case]
"""Returns the case that was compared, from what is remembered."""


def files(comparison: Comparison, asked: Asked, asking: Asking) -> None:
    """
    Offer a comparison as files.

    Parameters
    ----------
    comparison
        Areas side by side, as they are shown.
    asked
        The question and its language.
    asking
        Asks an area again for its map: answers are remembered.
    """
    say = asked.say
    st.html(element("h2", say("Take it along")))
    what = (
        asked.question,
        say.language,
        tuple((one.area.code, one.area.built) for one in comparison.areas),
    )
    buttons(_offered(comparison, asking, what, say), say)


def _offered(comparison: Comparison, asking: Asking, what: object, say: Speaker) -> list[File]:
    """Return the files that there are."""

    def document() -> bytes:
        maps = {one.area.code: small_map(asking(one)) for one in comparison.areas}
        return pdf(comparison, maps, Paper(), say)

    def table(key: str) -> bytes:
        return packed(export(comparison, say), key, say)

    name = stem(comparison)
    told = {
        "excel": (say("Spreadsheet (Excel)"), say("All figures and what they rest on.")),
        "csv": (say("Tables (CSV)"), say("The same as text, for other programs.")),
    }
    whole = File(
        "compare-pdf",
        say("Comparison (PDF)"),
        say("Tables and plots, and small maps of one scale with legend and sources."),
        f"{name}.pdf",
        "application/pdf",
        document,
        what,
    )
    tables = [
        File(
            f"compare-{key}",
            *told[key],
            f"{name}{FORMATS[key].ending}",
            FORMATS[key].mime,
            partial(table, key),
            what,
        )
        for key in KEYS
    ]
    return [whole, *tables]
