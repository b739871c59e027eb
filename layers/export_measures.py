"""What files hold besides the answer: the measures of access, and the norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geo.answer import Catalogue
from geo.figures.figures import Figures
from geo.norms.norm_walks import Held
from layers import figures_file
from layers.export import Export
from layers.norms_file import norm_sheet
from words import Speaker


def with_measures(
    export: Export,
    figures: Figures,
    held: Mapping[str, Held],
    catalogue: Catalogue,
    say: Speaker,
) -> Export:
    """
    Return an export that has the measures and the norms too.

    Parameters
    ----------
    export
        As `layers.export.export` makes it; it stays as it is.
    figures
        The measures of the same question.
    held
        Norms by key, held against the same area.
    catalogue, say
        What things are called; the language of the words.

    Returns
    -------
    export
        With the layers `meetings` and `gathered`, and the sheets `measures`, `indices`,
        `lorenz` and `norms`; see `layers.figures_file` and `layers.norms_file`.
    """
    return replace(
        export,
        tables=export.tables | figures_file.tables(figures, catalogue, say),
        sheets={
            **export.sheets,
            **figures_file.sheets(figures, catalogue, say),
            "norms": norm_sheet(held, catalogue, say),
        },
    )
