"""Names of places on paper: beside their signs, and never over anything that is read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from layers.paper.frame import Frame
from layers.paper.letters import lacking, plain, width
from layers.paper.signs import Mark

SIZE_MM = 2.5
"""Of the letters: seven points, the smallest that most people read without effort (ours)."""
LINE_MM, ASCENT_MM, DESCENT_MM = 1.1 * SIZE_MM, 0.8 * SIZE_MM, 0.25 * SIZE_MM
"""From line to line; how far letters reach above their line and below."""
GAP_MM = 0.4
"""Between a sign and its name, and from names to all else."""
COLUMNS, MOST_LINES = 20, 3
"""Letters in a line, and lines: a longer name is not written, for it cannot be cut."""
EDGE_MM = 1.0
"""From names to the edge of the map."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in millimetres from the upper left corner of the map."""


@dataclass(frozen=True, slots=True)
class Label:
    """
    What to write beside a sign, if there is room.

    Parameters
    ----------
    key
        Of the place, in the index of its layer's table.
    text
        Its name. Control characters and double spaces are dropped.
    """

    key: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """
    A name where it is written.

    Parameters
    ----------
    lines
        Of text, from above.
    box
        What it takes.
    anchor
        Which end of its lines is in line: `"start"`, `"middle"` or `"end"`.
    """

    lines: tuple[str, ...]
    box: Box
    anchor: str


def of_places(places: gpd.GeoDataFrame) -> tuple[Label, ...]:
    """
    Return labels for the places that have a name, the first in need of room first.

    Those of a kind of which there are few come before those of which there are many (six
    libraries before two hundred cafés), then the larger, then by name. A name is written
    once: of places with the same name and kind the first has it.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`, those that are drawn; on the index of their layer.

    Examples
    --------
    >>> places = gpd.GeoDataFrame({
    ...     "name": ["Vik café", "", "Nes café", "Vik library"],
    ...     "kind": ["cafe", "cafe", "cafe", "library"],
    ...     "area_m2": [20.0, 90.0, float("nan"), 50.0],
    ... })
    >>> [label.text for label in of_places(places)]
    ['Vik library', 'Vik café', 'Nes café']
    """
    table = places[["name", "kind", "area_m2"]].assign(
        many=places["kind"].map(places["kind"].value_counts()),
        name=[plain(name) for name in places["name"]],
    )
    table = table[table["name"] != ""].sort_values(
        ["many", "area_m2", "name"], ascending=[True, False, True], kind="stable"
    )
    table = table[~table.duplicated(["name", "kind"])]
    return tuple(Label(key, name) for key, name in table["name"].items())


def written(
    labels: Iterable[Label], marks: Sequence[Mark], frame: Frame
) -> tuple[Written, ...]:
    """
    Return where names are written: each in the first free of eight spots around its sign.

    Greedy: who comes first has the choice. A name that finds no room is left out, and so is
    one of a place that is gathered in a disc, or whose letters the typeface lacks.

    Parameters
    ----------
    labels
        The most important first.
    marks
        All signs and discs of the map, as `signs.arranged` returns them.
    frame
        Of the map.
    """
    signs = {mark.keys[0]: mark for mark in marks if len(mark.keys) == 1}
    taken = _Taken([_around(mark) for mark in marks], frame)
    found = []
    for label in labels:
        mark, lines = signs.get(label.key), _lines(label.text)
        if mark is None or not lines:
            continue
        for one in _spots(mark, lines):
            if taken.take(one.box):
                found.append(one)
                break
    return tuple(found)


class _Taken:
    """What of a map is written or drawn on."""

    def __init__(self, boxes: Sequence[Box], frame: Frame) -> None:
        """Begin with the boxes of all signs."""
        self._boxes: NDArray[np.float64] = np.array(boxes, dtype=float).reshape(-1, 4)
        self._right, self._foot = frame.width_mm - EDGE_MM, frame.height_mm - EDGE_MM

    def take(self, box: Box) -> bool:
        """Take a box if it is free, and say whether it was."""
        left, top, right, foot = box
        if left < EDGE_MM or top < EDGE_MM or right > self._right or foot > self._foot:
            return False
        west, north, east, south = self._boxes.T
        gap = GAP_MM / 2
        met = (west < right + gap) & (east > left - gap)
        if (met & (north < foot + gap) & (south > top - gap)).any():
            return False
        self._boxes = np.vstack([self._boxes, box])
        return True


def _around(mark: Mark) -> Box:
    """Return the box of a sign."""
    half = mark.size / 2
    return mark.x - half, mark.y - half, mark.x + half, mark.y + half


def _lines(text: str) -> tuple[str, ...]:
    """Return a name in lines; none if it is too long, or cannot be written at all."""
    name = plain(text[: 10 * COLUMNS * MOST_LINES])
    if not name or lacking(name):
        return ()
    lines = wrap(name, COLUMNS, break_long_words=False, break_on_hyphens=True)
    fits = len(lines) <= MOST_LINES and max(map(len, lines)) <= 1.5 * COLUMNS
    return tuple(lines) if fits else ()


def _spots(mark: Mark, lines: tuple[str, ...]) -> Iterable[Written]:
    """Yield where a name may stand, the best first."""
    wide = max(width(line, SIZE_MM) for line in lines)
    high = ASCENT_MM + DESCENT_MM + LINE_MM * (len(lines) - 1)
    away, low = mark.size / 2 + GAP_MM, mark.size / 2 + GAP_MM / 2
    for left, top, anchor in (
        (away, -high / 2, "start"),
        (0, -low - high, "start"),
        (0, low, "start"),
        (-away - wide, -high / 2, "end"),
        (-wide, -low - high, "end"),
        (-wide, low, "end"),
        (-wide / 2, low, "middle"),
        (-wide / 2, -low - high, "middle"),
    ):
        x, y = mark.x + left, mark.y + top
        yield Written(lines, (x, y, x + wide, y + high), anchor)
