"""What is on a page of maps: the values that a print is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.errors import ExportError
from layers.layer import Layer
from layers.paper.frame import Bounds
from layers.paper.labels import Label

MOST_MAPS = 6
"""On one page; more would be too small to read."""
SIZES_MM = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
"""Width and height upright, by ISO 216."""


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A sheet of paper.

    Parameters
    ----------
    size
        `"a4"` or `"a3"`.
    across
        Whether its long side lies below.

    Raises
    ------
    ExportError
        If there is no such size.

    Examples
    --------
    >>> Paper("a3", across=True).width_mm, Paper().height_mm
    (420.0, 297.0)
    """

    size: str = "a4"
    across: bool = False

    def __post_init__(self) -> None:
        """Refuse a size that no printer here has."""
        if self.size not in SIZES_MM:
            raise ExportError(
                "No paper {size}: choose one of {known}.",
                size=self.size,
                known=", ".join(SIZES_MM),
            )

    @property
    def large(self) -> bool:
        """Whether it hangs on a wall rather than lies on a desk."""
        return self.size == "a3"

    @property
    def width_mm(self) -> float:
        """Width of the sheet."""
        return SIZES_MM[self.size][1 if self.across else 0]

    @property
    def height_mm(self) -> float:
        """Height of the sheet."""
        return SIZES_MM[self.size][0 if self.across else 1]


@dataclass(frozen=True, slots=True, eq=False)
class BasePicture:
    """
    A picture that lies under a map, e.g. of an online base map.

    Parameters
    ----------
    png
        A PNG.
    bounds
        Left, bottom, right, top of the picture, in the metres of the map.
    """

    png: bytes
    bounds: Bounds


@dataclass(frozen=True, slots=True, eq=False)
class PrintMap:
    """
    One map of a page.

    Parameters
    ----------
    bounds
        What it has to show: left, bottom, right, top, in the metres of its layers.
    layers
        From below to the top, all in one metric CRS; explained by the legend.
    base
        Land and streets, under the layers.
    labels
        Names on the map; none without.
    sentence
        What it tells, in words: what a reader who does not see it is told. Shown below the
        caption where there are several maps.
    caption
        What it is of, where there are several.
    picture
        Under the layers, in place of `base`.
    """

    bounds: Bounds
    layers: Sequence[Layer]
    base: Sequence[Layer] = ()
    labels: Sequence[Label] | None = None
    sentence: str = ""
    caption: str = ""
    picture: BasePicture | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """
    A page of one map, or of two to six small ones of the same scale with one legend.

    All texts are already translated, and text: nothing in them is markup.

    Parameters
    ----------
    title, sentence
        E.g. `"Meeting places in Bodø"`, and the answer in words.
    maker
        In whose name it is printed: the municipality.
    question
        What was asked, in words.
    sources
        Each with its licence and date.
    caveats
        What has to stand beside every figure, e.g. that it is estimated.
    maps
        At least one.
    day
        ISO date of the print.

    Raises
    ------
    ExportError
        If there is no map, or there are too many.
    """

    title: str
    sentence: str
    maker: str
    question: str
    sources: Sequence[str]
    maps: Sequence[PrintMap]
    day: str
    caveats: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse a page that would be empty or unreadable."""
        if not 1 <= len(self.maps) <= MOST_MAPS:
            raise ExportError(
                "A page holds one to {most} maps, not {n}.", most=MOST_MAPS, n=len(self.maps)
            )
