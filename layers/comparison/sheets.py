"""A comparison as tables for spreadsheets."""

from __future__ import annotations

import pandas as pd

from geo.bundle import Area
from layers.annex.method_card import told_of_few
from layers.comparison.comparison import Comparison
from layers.comparison.rows import columns
from layers.comparison.unlike import unlike
from layers.export.columns import COLUMNS, columns_sheet
from layers.export.export import Export
from layers.export.sheet import Sheet
from words import Speaker

FORMATS = ("excel", "csv")
"""Of `layers.files.FORMATS`, those that need no map."""


def export(comparison: Comparison, say: Speaker) -> Export:
    """
    Return a comparison as sheets without a geometry, to be written by `layers.files`.

    Parameters
    ----------
    comparison
        Areas side by side.
    say
        The language it was made in.

    Returns
    -------
    export
        Its sheets are those of `layers.comparison.rows`, area by area, `about` and the key
        to all columns. Its area is none that was built: it stands for all of them, with all
        their sources.
    """
    first, told = comparison.first, about(comparison, say)
    frame = pd.DataFrame(told, columns=["what", "text"], dtype=str)
    names = {
        "groups": say("Residents by group"),
        "kinds": say("Places by kind"),
        "basis": say("What the figures rest on"),
        "sources": say("Sources"),
    }
    sheets = [
        *(
            Sheet(key, name, _stacked(comparison, key), columns(key, say))
            for key, name in names.items()
        ),
        Sheet("about", say("What this is"), frame, COLUMNS["about"](say)),
    ]
    sources = dict.fromkeys(one for each in comparison.areas for one in each.area.sources)
    return Export(
        stem=stem(comparison),
        area=Area(
            "compare",
            ", ".join(comparison.names.values()),
            crs="",
            built=max(one.area.built for one in comparison.areas),
            sources=tuple(sources),
        ),
        title=say("Areas compared"),
        sheets=(*sheets, columns_sheet(sheets, say)),
        about=told,
        day=first.day,
    )


def stem(comparison: Comparison) -> str:
    """Return the beginning of the names of files."""
    return f"moteplass-compare-{comparison.first.day}"


def about(comparison: Comparison, say: Speaker) -> tuple[tuple[str, str], ...]:
    """Return what a comparison is, line by line: what it is, and what it says."""
    first = comparison.first
    return (
        (say("Question"), first.asked),
        *((say("Area"), f"{comparison.name(one)}: {one.sentence}") for one in comparison.areas),
        (say("Date"), first.day),
        *((say("How to read it"), text) for text in reading(say)),
        *((say("Not alike"), text) for text in unlike(comparison, say)),
        (say("What is not told"), told_of_few(say)),
    )


def reading(say: Speaker) -> tuple[str, str]:
    """Return what a reader of a comparison has to know first."""
    return (
        say(
            "The same question was asked of each area. Its figures are from its own data alone:"
            " they are the same whichever areas stand beside it."
        ),
        say(
            "Areas stand in the order they were chosen in, not from best to worst. Each axis is"
            " the same for all areas; those of shares run from none to everybody."
        ),
    )


def _stacked(comparison: Comparison, key: str) -> pd.DataFrame:
    """Return the rows of all areas, one area after another."""
    return pd.concat(
        [one.tables[key] for one in comparison.areas if len(one.tables[key])]
        or [comparison.first.tables[key]],
        ignore_index=True,
    )
