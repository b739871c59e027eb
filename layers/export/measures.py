"""What files hold besides the answer: the measures of access, and the norms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import geopandas as gpd

from geo.answer import Catalogue
from geo.figures.figures import Figures
from geo.norms.norm_walks import Held
from layers import figures_file
from layers.export import drawn as export_layers
from layers.export.columns import sheet
from layers.export.export import Export, with_sheets
from layers.export.maps import thanked
from layers.export.sheet import Sheet
from layers.layer import Layer
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
        As `layers.export.export.export` makes it; it stays as it is.
    figures
        The measures of the same question.
    held
        Norms by key, held against the same area.
    catalogue, say
        What things are called; the language of the words.

    Returns
    -------
    export
        With the layers `meetings` and `gathered`, and the tables `measures`, `indices`,
        `lorenz` and `norms`; see `layers.figures_file` and `layers.norms_file`.
    """
    thanks = thanked(export.area)
    tables = figures_file.tables(figures, catalogue, say)
    drawn = (
        export_layers.meetings(tables["meetings"], say, attribution=thanks),
        export_layers.gathered(tables["gathered"], say, attribution=thanks),
    )
    more = (
        *(_drawn(tables[layer.key], layer, say) for layer in drawn),
        *_plain(figures, held, catalogue, say),
    )
    return with_sheets(export, more, say)


def _drawn(table: gpd.GeoDataFrame, layer: Layer, say: Speaker) -> Sheet:
    """Return a sheet whose second column is the class of each row."""
    known = table.copy()
    known.insert(1, layer.value, layer.table[layer.value])
    return sheet(layer.key, layer.name, known, say, layer)


def _plain(
    figures: Figures, held: Mapping[str, Held], catalogue: Catalogue, say: Speaker
) -> Iterator[Sheet]:
    found = figures_file.sheets(figures, catalogue, say)
    yield sheet("measures", say("Measures"), found["measures"], say)
    yield sheet("indices", say("What the measures say here"), found["indices"], say)
    yield sheet("lorenz", say("Lorenz curve"), found["lorenz"], say)
    yield sheet("norms", say("Norms"), norm_sheet(held, catalogue, say), say)
