"""The piece of ground that a map on paper shows, and how large things are on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, isfinite, log2, radians

import numpy as np
from numpy.typing import NDArray

from geo.errors import ExportError

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top, in metres of some metric CRS."""

PIXEL_MM = 25.4 / 96 / 2
"""
What a pixel of the web map measures on paper. CSS defines its pixel as an angle: 1/96 inch
seen from an arm's length, 28 inches (CSS Values and Units, "reference pixel"). Paper in the
hand is read from about half as far (ours), so that half the size is seen as large.
"""
EQUATOR_M = 156_543.033_928
"""Metres of a pixel of the web map at the equator and zoom 0: 2π · 6,378,137 / 256."""
STREET_LEVEL = 15.5
"""Zoom at which sizes of classes are what they say, as in `browser/painter.js`."""
ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 10.0)
"""Scales that a ruler reads without sums, times a power of ten."""
LARGEST_SCALE = 2_500.0
"""No print is larger: what is known of a place is not known to the decimetre."""
SHAPE_TOLERANCE = 0.001
"""How much the two sides of a frame may disagree about its scale."""


@dataclass(frozen=True, slots=True)
class Frame:
    """
    A rectangle of ground on a rectangle of paper, north up.

    Parameters
    ----------
    bounds
        Left, bottom, right, top, in metres of a metric CRS.
    width_mm, height_mm
        Of the map on paper.

    Raises
    ------
    ExportError
        If there is no such rectangle, or it is of another shape than its paper.

    Examples
    --------
    >>> frame = Frame((0, 0, 2000, 1000), 200, 100)
    >>> frame.scale
    10000.0
    >>> frame.on_paper(np.array([[10, 900], [500, 0]], dtype=float)).tolist()
    [[1.0, 10.0], [50.0, 100.0]]
    """

    bounds: Bounds
    width_mm: float
    height_mm: float

    def __post_init__(self) -> None:
        """Refuse what would be drawn warped, or not at all."""
        left, bottom, right, top = self.bounds
        sides = (right - left, top - bottom, self.width_mm, self.height_mm)
        if not all(isfinite(side) and side > 0 for side in sides):
            raise ExportError(
                "A map needs a piece of land and a piece of paper to be drawn on."
            )
        if abs(sides[0] * sides[3] / (sides[1] * sides[2]) - 1) > SHAPE_TOLERANCE:
            raise ExportError("The map's land is of another shape than its paper.")

    @property
    def scale(self) -> float:
        """Metres on the ground that a metre of paper stands for: 10000 is 1 : 10 000."""
        return (self.bounds[2] - self.bounds[0]) * 1000 / self.width_mm

    def on_paper(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres, one point a row, as millimetres from the upper left corner."""
        left, _, _, top = self.bounds
        return (xy - (left, top)) * (1000 / self.scale, -1000 / self.scale)

    def around(self, margin_mm: float) -> Bounds:
        """
        Return bounds that are wider by a margin of paper, or narrower if it is negative.

        Examples
        --------
        >>> Frame((0, 0, 2000, 1000), 200, 100).around(1)
        (-10.0, -10.0, 2010.0, 1010.0)
        """
        left, bottom, right, top = self.bounds
        margin = margin_mm * self.scale / 1000
        return left - margin, bottom - margin, right + margin, top + margin

    @classmethod
    def round(cls, bounds: Bounds, width_mm: float, height_mm: float) -> Frame:
        """
        Return the closest frame of a round scale that shows all of some bounds.

        They lie in its middle. A single point is shown at 1 : 2 500.

        Parameters
        ----------
        bounds
            Left, bottom, right, top, in metres; empty tables have none.
        width_mm, height_mm
            Of the paper.

        Raises
        ------
        ExportError
            If there are no bounds, or there is no paper.

        Examples
        --------
        >>> Frame.round((0, 0, 1700, 900), 160, 100)
        Frame(bounds=(-150.0, -175.0, 1850.0, 1075.0), width_mm=160, height_mm=100)
        >>> Frame.round((5, 5, 5, 5), 160, 100).scale
        2500.0
        """
        left, bottom, right, top = bounds
        sides = (right - left, top - bottom)
        if (
            not all(isfinite(side) and side >= 0 for side in sides)
            or min(width_mm, height_mm) <= 0
        ):
            raise ExportError(
                "A map needs a piece of land and a piece of paper to be drawn on."
            )
        scale = _rounded(max(sides[0] / width_mm, sides[1] / height_mm) * 1000)
        half = (width_mm * scale / 2000, height_mm * scale / 2000)
        middle = ((left + right) / 2, (bottom + top) / 2)
        corners = (middle[0] - half[0], middle[1] - half[1])
        return cls((*corners, middle[0] + half[0], middle[1] + half[1]), width_mm, height_mm)


def _rounded(scale: float) -> float:
    """Return the first round scale that is not larger than the paper allows."""
    power = LARGEST_SCALE / 2.5
    while power * ROUND[-1] < scale:
        power *= 10
    fitting = (step * power for step in ROUND if step * power >= max(scale, LARGEST_SCALE))
    return next(fitting)


def zoom(scale: float, latitude: float) -> float:
    """
    Return the zoom of the web map that shows the ground as large as paper seems to.

    Where a pixel of the web map, 156,543 m · cos φ / 2^zoom, is as much ground as
    `PIXEL_MM` of paper. What is drawn from some zoom is drawn from the scale that equals it.

    Parameters
    ----------
    scale
        Metres on the ground per metre of paper.
    latitude
        In degrees.

    Examples
    --------
    >>> round(zoom(20_000, 60), 2), round(zoom(36_000, 60), 2), round(zoom(250_000, 69), 2)
    (14.85, 14.0, 10.73)
    """
    pixel_m = scale * PIXEL_MM / 1000
    return log2(EQUATOR_M * cos(radians(latitude)) / pixel_m)


def grown(at_zoom: float) -> float:
    """
    Return how much larger marks are than their class says, as in `browser/painter.js`.

    Examples
    --------
    >>> grown(STREET_LEVEL), grown(5), round(grown(14), 2)
    (1.0, 0.4, 0.56)
    """
    return min(2.2, max(0.4, 2 ** ((at_zoom - STREET_LEVEL) / 1.8)))


@dataclass(frozen=True, slots=True)
class View:
    """A frame with what follows from its scale: which classes are shown, and how large."""

    frame: Frame
    zoom: float

    @property
    def grown(self) -> float:
        """How much larger marks are than their class says."""
        return grown(self.zoom)
