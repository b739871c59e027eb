"""The edge of a map on paper: a line around it, and coordinates to find a spot by."""

from __future__ import annotations

from math import ceil

from pyproj import CRS

from layers.palette import INK
from layers.paper.frame import Frame
from layers.paper.typesetting import FONT

MARGIN_MM = 4.5
"""Around a map, for its numbers."""
APART_MM = 32.0
"""Lines of the grid are no closer."""
NUMBER_MM = 2.3
"""Height of letters: 6.5 points, the smallest of a print."""
CORNER_MM = 6.0
"""Half a number, and a little: none stands closer to a corner, where it would meet another."""
CROSS_MM = 1.5
NARROW_SPACE = "\u202f"


def lines(low_m: float, high_m: float, step_m: float) -> list[float]:
    """
    Return the round coordinates between two others.

    Parameters
    ----------
    low_m, high_m
        Both belong to it.
    step_m
        Every coordinate is a multiple of it.

    Examples
    --------
    >>> lines(597_120, 598_000, 250)
    [597250, 597500, 597750, 598000]
    """
    first, last = ceil(low_m / step_m), int(high_m // step_m)
    return [count * step_m for count in range(first, last + 1)]


def step(scale: float) -> float:
    """
    Return metres between the lines of a grid: 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> step(10_000), step(25_000), step(150_000)
    (500.0, 1000.0, 5000.0)
    """
    least = APART_MM * scale / 1000
    power = 10.0 ** (len(str(int(least))) - 1)
    return next(size * power for size in (1, 2, 5, 10) if size * power >= least)


def grid(frame: Frame) -> str:
    """
    Return what stands around and over a map as SVG: its edge, ticks, numbers and crosses.

    It is wider and higher than the map by `MARGIN_MM` on each side. Eastings stand above
    and below, northings at the sides, both in whole metres of the map's own CRS.

    Examples
    --------
    >>> drawn = grid(Frame((597_000, 6_643_000, 599_000, 6_644_000), 200, 100))
    >>> drawn.count(">597\u202f500</text>"), drawn.count(">6\u202f643\u202f500</text>")
    (2, 2)
    """
    width, height, margin = frame.width_mm, frame.height_mm, MARGIN_MM
    left, bottom, right, top = frame.bounds
    apart, mm = step(frame.scale), 1000 / frame.scale
    across = [(x, (x - left) * mm + margin) for x in lines(left, right, apart)]
    upward = [(y, (top - y) * mm + margin) for y in lines(bottom, top, apart)]
    ends_x, ends_y = (margin, margin + width), (margin, margin + height)
    parts = [f'<path d="{_ticks(across, upward, ends_x, ends_y)}"/>']
    numbers = [
        _number(at_m, x, y, 0)
        for at_m, x in across
        if ends_x[0] + CORNER_MM <= x <= ends_x[1] - CORNER_MM
        for y in (margin - 1.9, height + 2 * margin - 0.7)
    ] + [
        _number(at_m, x, y, -90)
        for at_m, y in upward
        if ends_y[0] + CORNER_MM <= y <= ends_y[1] - CORNER_MM
        for x in (margin - 1.9, width + 2 * margin - 0.7)
    ]
    size = (round(width + 2 * margin, 3), round(height + 2 * margin, 3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}mm" height="{size[1]}mm"'
        f' viewBox="0 0 {size[0]} {size[1]}">'
        f'<rect x="{margin}" y="{margin}" width="{width:.3f}" height="{height:.3f}" fill="none"'
        f' stroke="{INK}" stroke-width=".35"/>'
        f'<g stroke="{INK}" stroke-width=".2" fill="none">{"".join(parts)}</g>'
        f'<g fill="{INK}" font-family="{FONT}" font-size="{NUMBER_MM}" text-anchor="middle">'
        f"{''.join(numbers)}</g></svg>"
    )


def _ticks(
    across: list[tuple[float, float]],
    upward: list[tuple[float, float]],
    ends_x: tuple[float, float],
    ends_y: tuple[float, float],
) -> str:
    """Return ticks outside the edge and crosses inside, as one path."""
    outer = [
        f"M{x:.2f} {ends_y[0]:.2f}v-1.2M{x:.2f} {ends_y[1]:.2f}v1.2" for _, x in across
    ] + [f"M{ends_x[0]:.2f} {y:.2f}h-1.2M{ends_x[1]:.2f} {y:.2f}h1.2" for _, y in upward]
    half = CROSS_MM / 2
    crosses = [
        f"M{x - half:.2f} {y:.2f}h{CROSS_MM}M{x:.2f} {y - half:.2f}v{CROSS_MM}"
        for _, x in across
        for _, y in upward
        if half < x - ends_x[0] < ends_x[1] - ends_x[0] - half
        and half < y - ends_y[0] < ends_y[1] - ends_y[0] - half
    ]
    return "".join([*outer, *crosses])


def _number(at_m: float, x: float, y: float, turned: int) -> str:
    """Return a coordinate, read from below or from the right."""
    told = f"{at_m:,.0f}".replace(",", NARROW_SPACE)
    turn = f' transform="rotate({turned} {x:.2f} {y:.2f})"' if turned else ""
    return f'<text x="{x:.2f}" y="{y:.2f}"{turn}>{told}</text>'


def crs_name(crs: str) -> str:
    """
    Return a CRS by the name that EPSG gives it, and its number.

    Examples
    --------
    >>> crs_name("EPSG:25832")
    'ETRS89 / UTM zone 32N (EPSG:25832)'
    """
    known = CRS.from_user_input(crs)
    authority = known.to_authority()
    return f"{known.name} ({':'.join(authority)})" if authority else known.name
