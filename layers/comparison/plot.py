"""Dot plots as SVG: a row per area, each drawn from its own figures and a fixed axis."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf, isnan
from xml.sax.saxutils import escape

from layers import palette
from layers.comparison.axis import (
    FONT,
    FROM_MM,
    LINE,
    LONG_MM,
    SAID_FROM_MM,
    TEXT_MM,
    WIDTH_MM,
    Axis,
)
from layers.comparison.dots import ABOVE_MM, LANE_MM, RADIUS_MM, Dot, Row, height, lanes
from layers.palette import INK
from layers.report.plain import plain

SCALE_MM = 8.0
"""Room below all rows, for the axis."""

LONGEST_NAME = 26
"""Letters that there is room for beside a row; the whole name is in the table."""


def plot(rows: Sequence[Row], axis: Axis, key: Sequence[tuple[str, str]] = ()) -> str:
    """
    Draw a plot as SVG, in millimetres, on pale ground, so that it can lie on any page.

    Parameters
    ----------
    rows
        From above to below. How each is drawn does not depend on the others.
    axis
        Of all of them.
    key
        Letters with what they mean, explained below.

    Examples
    --------
    >>> svg = plot([Row("<Vik>", (Dot("A", 0.5),), "50%")], Axis(1.0, ()))
    >>> svg.count("<circle"), "&lt;Vik&gt;" in svg
    (1, True)
    """
    drawn, top = [], 0.0
    for one in rows:
        drawn.append(f'<g transform="translate(0 {top:.2f})">{_row(one, axis)}</g>')
        top += height(one, axis)
    explained = _key(key, top + SCALE_MM)
    whole = top + SCALE_MM + LANE_MM * -(-len(key) // 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM:g}mm" height="{whole:.2f}mm"'
        f' viewBox="0 0 {WIDTH_MM:g} {whole:.2f}">'
        f'<rect width="{WIDTH_MM:g}" height="{whole:.2f}" fill="#ffffff"/>'
        f"{_ticks(axis, top)}{''.join(drawn)}{explained}</svg>"
    )


def _row(row: Row, axis: Axis) -> str:
    high = height(row, axis)
    base = ABOVE_MM + LANE_MM / 2 + TEXT_MM * 0.35
    line = f'<line x1="0" x2="{WIDTH_MM:g}" y1="{high:.2f}" y2="{high:.2f}"'
    drawn = [f'{line} stroke="{LINE}" stroke-width="0.2"/>', text(0, base, _short(row.label))]
    for n, lane in enumerate(lanes(row.dots, axis)):
        drawn += [_dot(dot, axis, ABOVE_MM + LANE_MM * (n + 0.5)) for dot in lane]
    return "".join((*drawn, text(SAID_FROM_MM, base, row.told)))


def _short(name: str) -> str:
    """Return a name that there is room for."""
    whole = plain(name).replace("\u200b", "")
    return whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1]}…"


def _dot(dot: Dot, axis: Axis, y: float) -> str:
    x, sure = axis.x(dot.middle), not isnan(dot.at)
    if isinf(dot.middle) or dot.middle > axis.end:
        return _arrow(axis.x(axis.end), y)
    fill = palette.WALK["half"] if dot.marked else "#ffffff"
    ink, edge = ("#ffffff", palette.WALK["half"]) if dot.marked else (INK, INK)
    if not sure:
        fill, ink = "#ffffff", edge
    dash = "" if sure else ' stroke-dasharray="0.7 0.5"'
    circle = (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{RADIUS_MM:g}" fill="{fill}" stroke="{edge}"'
        f' stroke-width="0.35"{dash}/>'
    )
    letter = text(x, y + 1.0, dot.letter, size=2.9, anchor="middle", fill=ink)
    return _whisker(dot, axis, y, edge) + circle + letter


def _whisker(dot: Dot, axis: Axis, y: float, edge: str) -> str:
    low, high = dot.reach
    if dot.between is None or low == high:
        return ""
    left, right = axis.x(low), axis.x(high)
    return "".join(
        f'<line x1="{x1:.2f}" x2="{x2:.2f}" y1="{y1:.2f}" y2="{y2:.2f}" stroke="{edge}"'
        ' stroke-width="0.5"/>'
        for x1, x2, y1, y2 in (
            (left, right, y, y),
            (left, left, y - 1.2, y + 1.2),
            (right, right, y - 1.2, y + 1.2),
        )
    )


def _arrow(x: float, y: float) -> str:
    """Draw that something lies beyond the end of the axis."""
    points = f"{x - 1.4:.2f},{y - 1.6:.2f} {x + 1.6:.2f},{y:.2f} {x - 1.4:.2f},{y + 1.6:.2f}"
    return f'<polygon points="{points}" fill="{palette.WALK["longer"]}"/>'


def _ticks(axis: Axis, bottom: float) -> str:
    """Draw the axis below all rows, and its lines behind them."""
    drawn = []
    for value, words in axis.ticks:
        x, strong = axis.x(value), value == axis.mark
        stroke = f'"{INK}" stroke-dasharray="1.6 0.8"' if strong else f'"{LINE}"'
        width = 0.4 if strong else 0.2
        drawn.append(
            f'<line x1="{x:.2f}" x2="{x:.2f}" y1="0" y2="{bottom + 1:.2f}" stroke={stroke}'
            f' stroke-width="{width:g}"/>' + text(x, bottom + 4.6, words, anchor="middle")
        )
    return "".join(drawn)


def _key(key: Sequence[tuple[str, str]], top: float) -> str:
    """Explain the letters, in two columns."""
    drawn = []
    for n, (letter, label) in enumerate(key):
        x, y = (0, FROM_MM + LONG_MM / 2)[n % 2], top + LANE_MM * (n // 2 + 0.5)
        drawn.append(
            f'<circle cx="{x + RADIUS_MM + 0.3:.2f}" cy="{y:.2f}" r="{RADIUS_MM:g}"'
            f' fill="#ffffff" stroke="{INK}" stroke-width="0.35"/>'
            + text(x + RADIUS_MM + 0.3, y + 1.0, letter, size=2.9, anchor="middle")
            + text(x + 2 * RADIUS_MM + 2, y + TEXT_MM * 0.35, label)
        )
    return "".join(drawn)


def text(
    x: float,
    y: float,
    told: str,
    *,
    size: float = TEXT_MM,
    anchor: str = "start",
    fill: str = INK,
) -> str:
    """Return a line of text as SVG; whatever it says is text."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{size:g}"'
        f' text-anchor="{anchor}" fill="{fill}">{escape(plain(told))}</text>'
    )
