"""Signs of places on paper: where they stand, so that none hides another."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.layer import Class, Layer
from layers.paper.crowding import Points, disc, spread
from layers.paper.frame import PIXEL_MM, View
from layers.paper.marks import shown

SIZES_MM = (32 * PIXEL_MM, 24 * PIXEL_MM, 2.6)
"""Of signs: as on the web map, as on it seen from afar, and the smallest that can be read."""
GATHERED_SHARE = 0.1
"""The largest size by which no more signs than this have to be gathered is taken (ours)."""
Look = tuple[str, str, str, str]
"""Shape, colour, icon and letter of a sign."""


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A sign, or a disc that stands for several places.

    Parameters
    ----------
    x, y
        Its middle, in millimetres from the upper left corner of the map.
    size
        Width and height, in millimetres.
    keys
        Index of the places it stands for, in the layer's table.
    look
        How its sign looks, as `symbols.sign` takes it: shape, colour, icon, letter;
        `None` for a disc.
    """

    x: float
    y: float
    size: float
    keys: tuple[Hashable, ...]
    look: Look | None = None


def arranged(layer: Layer, view: View) -> tuple[Mark, ...]:
    """
    Return where the signs of a layer stand, from the top of the map to its foot.

    All signs of a map have one size. A sign is pushed aside by at most half its size, so
    that it still covers the spot it stands for, and never over the edge. Those that are
    in each other's way even so are gathered in a disc with their number.

    Parameters
    ----------
    layer
        Of places; those whose point lies outside the frame are left out.
    view
        What part of it is seen.
    """
    classes = {entry.key: entry for entry in shown(layer, view)}
    table = layer.table[layer.table[layer.value].isin(classes) & ~layer.table.is_empty]
    table = table[table.geometry.notna()]
    points = shapely.point_on_surface(np.asarray(table.geometry.array))
    xy = view.frame.on_paper(shapely.get_coordinates(points))
    box = np.array([view.frame.width_mm, view.frame.height_mm])
    seen = ((xy >= 0) & (xy <= box)).all(axis=1)
    table, xy = table[seen], xy[seen]
    families = table[layer.value].tolist()
    icons = table[layer.icon].tolist() if layer.icon else [""] * len(table)
    looks = [_look(classes[family], icon) for family, icon in zip(families, icons, strict=True)]
    for size in SIZES_MM:
        places, group = spread(xy, size, box)
        alone = np.bincount(group, minlength=len(group))[group] == 1
        if size == SIZES_MM[-1] or (~alone).sum() <= GATHERED_SHARE * len(xy):
            break
    return _marks(places, group, size, list(zip(table.index, looks, strict=True)))


def _look(entry: Class, icon: str) -> Look:
    """Return how a place's sign looks; without a symbol of its own it has its family's."""
    return entry.shape, entry.colour, icon or entry.icon, entry.letter


def _marks(
    places: Points, group: NDArray[np.intp], size: float, told: list[tuple[Hashable, Look]]
) -> tuple[Mark, ...]:
    """Return a mark for each group, those further down on top."""
    marks = []
    for number in np.unique(group):
        rows = np.flatnonzero(group == number)
        x, y = (round(float(at), 2) for at in places[rows[0]])
        keys = tuple(told[row][0] for row in rows)
        one = len(rows) == 1
        marks.append(
            Mark(
                x, y, size if one else disc(len(rows)), keys, told[rows[0]][1] if one else None
            )
        )
    return tuple(sorted(marks, key=lambda mark: (mark.y, mark.x)))
