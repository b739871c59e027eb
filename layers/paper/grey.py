"""What is left of classes on a printer without colours, and hatches for what is not."""

from __future__ import annotations

from collections.abc import Mapping

from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.paper.outlines import UNITS_PER_MM

STEP = 12.0
"""Lightness (L*, of 100) by which greys differ at sight even on other ground: ours."""
SPACING_MM = (1.6, 1.0, 0.6)
"""Between the lines of hatches, from the first class that needs one to the third."""
HATCH_MM = 0.12
"""Width of these lines."""
FILLED = frozenset({Drawing.CELLS, Drawing.AREAS})


def lightness(colour: str) -> float:
    """
    Return how light a colour is: L* of CIE 1976, from 0 to 100.

    Of the relative luminance as WCAG defines it, on which `palette.contrast` rests.

    Examples
    --------
    >>> lightness("#000000"), round(lightness("#777777")), round(lightness("#ffffff"))
    (0.0, 50, 100)
    """
    luminance = palette.contrast(colour, "#000000") * 0.05 - 0.05
    if luminance <= (6 / 29) ** 3:
        return max(0.0, luminance * (29 / 3) ** 3)
    return float(116 * luminance ** (1 / 3) - 16)


def over_land(entry: Class, drawing: Drawing) -> str:
    """
    Return the colour of a class where it lies on bare land.

    Examples
    --------
    >>> over_land(Class("a", "A", "#000000"), Drawing.CELLS)
    '#7c7a78'
    """
    if drawing in FILLED and entry.shape == "ring":
        return palette.LAND
    if drawing is not Drawing.CELLS or entry.solid:
        return entry.colour
    share = palette.CELL_OPACITY
    pairs = ((entry.colour[i : i + 2], palette.LAND[i : i + 2]) for i in (1, 3, 5))
    mixed = (round(int(a, 16) * share + int(b, 16) * (1 - share)) for a, b in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def alike(one: Class, other: Class, drawing: Drawing) -> bool:
    """
    Return whether two classes of a layer look the same without colours.

    They do not if one of these differs: whether there is a fill, dashes, the width of lines
    or the size of circles by a quarter, the lightness of fill or edge by `STEP`. Signs differ
    by shape and letter.

    Examples
    --------
    >>> blue, red = Class("b", "B", "#0b4f8a"), Class("r", "R", "#a3150f")
    >>> alike(blue, red, Drawing.CIRCLES)
    True
    >>> alike(blue, Class("r", "R", "#a3150f", size=6), Drawing.CIRCLES)
    False
    """
    if drawing is Drawing.SYMBOLS:
        return one.shape == other.shape and one.letter == other.letter
    if (one.shape == "ring") != (other.shape == "ring") or one.dash != other.dash:
        return False
    sized = drawing is not Drawing.AREAS
    if sized and max(one.size, other.size) >= 1.25 * min(one.size, other.size):
        return False
    fills = [lightness(over_land(entry, drawing)) for entry in (one, other)]
    edges = [lightness(entry.edge or entry.colour) for entry in (one, other)]
    if not sized:
        edges = fills
    return abs(fills[0] - fills[1]) < STEP and abs(edges[0] - edges[1]) < STEP


def hatches(layer: Layer) -> Mapping[str, float]:
    """
    Return how far apart, in millimetres, the lines are by which classes are hatched on paper.

    Classes whose fill looks like that of another without colours are hatched the more densely
    the later they come; the first of them stays as it is. Of the base map it is water alone:
    green areas are as light as land is, and houses are known by their shape.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from words.speaker import speaker
    >>> from layers.thematic import spots
    >>> cells = gpd.GeoDataFrame(
    ...     {"people": [], "minutes": [], "near": []}, geometry=[], crs="EPSG:25833"
    ... )
    >>> dict(hatches(spots(cells, say=speaker("en"))))
    {'from_20': 1.6, 'from_50': 1.0, 'from_100': 0.6}
    """
    if layer.drawing is Drawing.AREAS:
        return {entry.key: SPACING_MM[1] for entry in layer.classes if entry.key == "water"}
    if layer.drawing is not Drawing.CELLS:
        return {}
    doubtful = [
        entry.key
        for entry in layer.classes
        if any(alike(entry, o, layer.drawing) for o in layer.classes if o is not entry)
    ]
    return dict(zip(doubtful[1:], SPACING_MM, strict=False))


def hatch(name: str, colour: str, spacing_mm: float, *, slanted: bool) -> str:
    """
    Return an SVG pattern of parallel lines, in hundredths of a millimetre.

    Parameters
    ----------
    name
        Its id in the drawing.
    colour
        Of the lines.
    spacing_mm
        From one to the next, as `hatches` tells it.
    slanted
        By 45°; otherwise they lie flat.

    Examples
    --------
    >>> hatch("many", "#5d2a86", 0.6, slanted=True)[:44]
    '<pattern id="many" patternUnits="userSpaceOn'
    """
    side = spacing_mm * UNITS_PER_MM
    turn = ' patternTransform="rotate(-45)"' if slanted else ""
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{side:g}" height="{side:g}"'
        f'{turn}><path d="M0 {side / 2:g}h{side:g}" stroke="{colour}"'
        f' stroke-width="{HATCH_MM * UNITS_PER_MM:g}"/></pattern>'
    )
