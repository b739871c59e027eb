"""
All colours and shapes, once.

Nothing is told apart by colour alone: families also differ in shape, symbol and letter,
classes of minutes in size and edge. What carries meaning has a contrast of at
least 3 : 1 against the pale base map (WCAG 2.2, 1.4.11); a test computes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Look:
    """How a family of places looks: colour, shape of its sign, its own symbol, its letter."""

    colour: str
    shape: str
    icon: str
    letter: str


LAND = "#f7f5f0"
WATER = "#bcd7e3"
GREEN = "#dde9cf"
BUILDING = "#e1dbd0"
STREETS: Mapping[str, tuple[str, float, float]] = MappingProxyType(
    {
        "path": ("#c3b7a4", 1.1, 14.0),
        "street": ("#cbc1b1", 2.2, 12.5),
        "main": ("#b9ad9a", 4.0, 0.0),
        "steps": ("#a89a84", 2.6, 15.0),
    }
)
"""
Colour and width of streets, from the quietest town map that a projector still shows,
and the zoom from which they are drawn.
"""
BUILDING_ZOOM = 14.0

INK = "#1c2b33"
BOUNDARY = "#3f5468"
UNKNOWN = "#6b7378"
OWN = "#a8007a"
"""Of a layer of somebody's own: no layer of ours has it."""

WALK: Mapping[str, str] = MappingProxyType(
    {
        "half": "#0b4f8a",
        "within": "#3d85c0",
        "double": "#d2600c",
        "longer": "#a3150f",
        "cut_off": INK,
        "unknown": UNKNOWN,
    }
)
"""Blue is within reach, orange and red are not: a pair that all colour vision keeps apart."""

PEOPLE = ("#e6dcf0", "#c9acdf", "#9a6cbd", "#5d2a86")
"""
From few to many people far from a meeting place. Violet, for the homes that lie on
these cells are blue, orange and red; the edge carries the contrast.
"""
PEOPLE_EDGE = "#5d2a86"
CELL_OPACITY = 0.5
"""Of cells, on the map and in its legend: streets show through."""

AREAS = ("#17706b", "#54a59b", "#a9d3cc")
"""
The reach of places, from near to far: one hue, from dark to light, that nothing else on
the map has; edges of the darkest carry the contrast.
"""

CROSSED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "low": ("#0382a0", "#044f50", "#051d00"),
        "middle": ("#7fc0cf", "#6c856c", "#584a0a"),
        "high": ("#fbfffd", "#d4bb89", "#ac7814"),
    }
)
"""
Income of areas by their walk, from short to long: teal for low income, brown for a long walk,
dark where both meet (after J. Stevens, Bivariate Choropleth Maps: A How-to Guide). Found by
search: half transparent on land, every pair differs by 12 or more (CIE 1976 ΔE) in normal
vision and in protanopia, deuteranopia and tritanopia (Machado, Oliveira & Fernandes 2009).
"""

CHANGE: Mapping[str, str] = MappingProxyType(
    {
        "connected": "#031d44",
        "much_shorter": "#2166ac",
        "shorter": "#92c5de",
        "longer": "#fdb863",
        "much_longer": "#b35806",
        "cut_off": "#5a2a02",
    }
)
"""
From blue, shorter, to brown, longer; the more a walk changes, the darker: without colour
dashes tell longer from shorter. After ColorBrewer's RdBu and PuOr (C. Brewer, M. Harrower),
the half of each that all colour vision keeps apart from the other's.
"""

DEPENDS = ("#f3d5de", "#da92aa", "#ad4169", "#6b0f34")
GAINS = ("#d9e8c4", "#a3c77f", "#5d9440", "#28560f")
"""
From few to many people who depend on a place, and who would gain one: circles, the larger
the darker. The edge carries the contrast; it is the darkest of each.
"""

FAMILIES: Mapping[str, Look] = MappingProxyType(
    {
        "school": Look("#1f5fa8", "square", "school", "S"),
        "kindergarten": Look("#c23a63", "rounded", "child", "F"),
        "library": Look("#6a3d9a", "bookmark", "book", "B"),
        "culture": Look("#a3307f", "diamond", "mask", "K"),
        "sport": Look("#bf4e0a", "hexagon", "ball", "G"),
        "faith": Look("#6b4f3a", "pentagon", "dome", "T"),
        "public_service": Look("#3f5468", "shield", "hall", "O"),
        "care": Look("#b3202c", "cross", "heart", "H"),
        "park": Look("#2d7d32", "circle", "tree", "P"),
        "play": Look("#946200", "triangle", "swing", "L"),
        "nature": Look("#0f6b54", "trapezoid", "hill", "N"),
        "water": Look("#0a76a3", "drop", "wave", "V"),
        "cafe": Look("#86401c", "oval", "cup", "C"),
    }
)
"""
Letters are those that a word for the family begins with in Norwegian and Swedish, as far as
they are free (skole, førskole, bibliotek, kultur, gymnastikk, tro, offentlig, helse, park,
lek, natur, vann, café): what a projector makes of a colour, a letter still tells.
"""
OTHER = Look("#4d5a61", "octagon", "dot", "?")
"""For a family that a newer catalogue knows and this file does not."""


def look(family: str) -> Look:
    """
    Return how a family looks.

    Examples
    --------
    >>> look("library").shape, look("not drawn yet").icon
    ('bookmark', 'dot')
    """
    return FAMILIES.get(family, OTHER)


def contrast(one: str, other: str) -> float:
    """
    Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1), contrast("#777777", "#777777")
    (21.0, 1.0)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
