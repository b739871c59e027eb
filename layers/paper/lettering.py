"""Names on a map as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from layers.palette import INK
from layers.paper.labels import ASCENT_MM, LINE_MM, SIZE_MM, Written
from layers.paper.showable import FONT

HALO_MM = 0.7
"""Width of the white stroke behind letters; half of it is seen."""


def lettering(names: Sequence[Written]) -> str:
    """
    Return names as SVG, in millimetres: first their white rims, then the letters.

    Twice, as not every reader of SVG knows `paint-order`. Names are text, whatever is in them.

    Examples
    --------
    >>> lettering([Written(("A & B",), (1.0, 1.0, 9.0, 4.0), "start")])[:52]
    '<defs><g id="names"><text x="1" y="3">A &amp; B</tex'
    """
    if not names:
        return ""
    told = []
    for name in names:
        left, top, right, _ = name.box
        x = {"start": left, "middle": (left + right) / 2, "end": right}[name.anchor]
        end = "" if name.anchor == "start" else f' text-anchor="{name.anchor}"'
        for n, line in enumerate(name.lines):
            y = top + ASCENT_MM + n * LINE_MM
            told.append(
                f'<text x="{round(x, 2):g}" y="{round(y, 2):g}"{end}>{escape(line)}</text>'
            )
    font = f'font-family="{FONT}" font-size="{SIZE_MM}"'
    rim = f'fill="none" stroke="#fff" stroke-width="{HALO_MM}" stroke-linejoin="round"'
    return (
        f'<defs><g id="names">{"".join(told)}</g></defs><g {font}>'
        f'<use xlink:href="#names" {rim}/><use xlink:href="#names" fill="{INK}"/></g>'
    )
