"""Sheets of an export as the map on screen shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from layers.export.export import Export
from layers.layer import Layer

SPOTS, UNTOLD = "spots", "few"
"""The sheet of cells beyond reach, and its class of cells of which nothing may be told."""


def on_screen(export: Export, keys: Collection[str]) -> dict[str, Layer]:
    """
    Return the layers of some sheets by their keys, from below to the top.

    Without the cells of which nothing may be told, that files have beside a word.

    Parameters
    ----------
    export
        As `layers.export.export.export` makes it.
    keys
        Of sheets; those that are not drawn, or not there, are left out.
    """
    layers = {one.key: one.layer for one in export.sheets if one.key in keys and one.layer}
    if (spots := layers.get(SPOTS)) is not None:
        told = spots.table[spots.table[spots.value] != UNTOLD]
        layers[SPOTS] = replace(spots, table=told)
    return layers
