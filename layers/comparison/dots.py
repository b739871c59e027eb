"""What dot plots are made of: dots with letters, in rows and lanes, and how high they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from geo.between import Pair
from layers.comparison.axis import Axis

LANE_MM, ABOVE_MM = 4.8, 1.4
"""Height of a lane of dots, and room above and below the lanes of a row."""

HIGHEST_MM = 160.0
"""Of the rows of a plot: more are drawn in another."""

RADIUS_MM = 2.05
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Dot:
    """
    One figure of a row.

    Parameters
    ----------
    letter
        Stands in the dot, so that no colour has to be told apart.
    at
        Its value; `nan` if only `between` is known: then the mark is hollow, in the middle.
        Beyond the end of the axis it is an arrow.
    between
        Between what it lies, drawn as a line with two ends; the same twice if it is sure.
    marked
        Whether it is that of the group that was asked about.
    """

    letter: str
    at: float
    between: Pair | None = None
    marked: bool = False

    @property
    def middle(self) -> float:
        """Where it is drawn."""
        return sum(self.between) / 2 if isnan(self.at) and self.between else self.at

    @property
    def reach(self) -> Pair:
        """The least and the most that it covers along the axis."""
        low, high = self.between or (self.middle, self.middle)
        return min(low, self.middle), max(high, self.middle)


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row: what it is of, its dots, and what is said beside them.

    `aloud`: what is said instead to who sees no dots; `""` where it is the same.
    """

    label: str
    dots: tuple[Dot, ...]
    told: str
    aloud: str = ""


def height(row: Row, axis: Axis) -> float:
    """Return how high a row is, by its own dots alone."""
    return 2 * ABOVE_MM + LANE_MM * max(1, len(lanes(row.dots, axis)))


def pages(rows: Sequence[Row], axis: Axis) -> list[list[Row]]:
    """
    Put rows into plots that are no higher than a page has room for.

    Examples
    --------
    >>> len(pages([Row("Vik", (), "")] * 13, Axis(1.0, ())))
    1
    """
    found: list[list[Row]] = []
    left = 0.0
    for row in rows:
        high = height(row, axis)
        if high > left or not found:
            found.append([])
            left = HIGHEST_MM
        found[-1].append(row)
        left -= high
    return found


def lanes(dots: Sequence[Dot], axis: Axis) -> list[list[Dot]]:
    """
    Put dots that would lie on each other into lanes, those furthest left first.

    Examples
    --------
    >>> some = [Dot("A", 0.5), Dot("B", 0.51), Dot("C", 0.9)]
    >>> [[dot.letter for dot in lane] for lane in lanes(some, Axis(1.0, ()))]
    [['A', 'C'], ['B']]
    """
    found: list[list[Dot]] = []
    ends: list[float] = []
    for dot in sorted(dots, key=lambda dot: (dot.reach[0], dot.letter)):
        low, high = (axis.x(end) for end in dot.reach)
        fitting = (n for n, end in enumerate(ends) if end + 0.3 <= low - RADIUS_MM)
        lane = next(fitting, len(found))
        if lane == len(found):
            found.append([])
            ends.append(0.0)
        found[lane].append(dot)
        ends[lane] = high + RADIUS_MM
    return found
