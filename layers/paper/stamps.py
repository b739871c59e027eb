"""Signs and discs of places as SVG: each sign is drawn once, and used where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from layers.palette import INK
from layers.paper.frame import PIXEL_MM
from layers.paper.showable import FONT
from layers.paper.signs import Look, Mark
from layers.symbols import sign

COUNT_MM = 2.0
"""Height of the letters of a count: 15 pixels, as on the web map."""
DIGIT = 0.65
"""Height of a digit as a share of the size of its letters: Source Sans Pro's own."""


def stamps(marks: Sequence[Mark], name: str) -> str:
    """
    Return signs and discs as SVG, in millimetres, in their order.

    Parameters
    ----------
    marks
        As `signs.arranged` returns them.
    name
        Beginning of the ids, no other of the drawing.

    Examples
    --------
    >>> book = ("bookmark", "#6a3d9a", "book", "B")
    >>> two = [Mark(5, 5, 4, ("a",), book), Mark(20, 5, 4, ("b",), book)]
    >>> drawn = stamps([*two, Mark(30, 9, 4, ("c", "d"))], "places")
    >>> drawn.count("<symbol"), drawn.count("<use"), ">2</text>" in drawn
    (1, 2, True)
    """
    looks = {look: f"{name}-{n}" for n, look in enumerate(_looks(marks))}
    symbols = "".join(_symbol(look, key) for look, key in looks.items())
    drawn = [_used(one, looks[one.look]) if one.look else _disc(one) for one in marks]
    return f"<defs>{symbols}</defs>{''.join(drawn)}" if drawn else ""


def _looks(marks: Sequence[Mark]) -> list[Look]:
    """Return the signs that occur, each once."""
    return list(dict.fromkeys(mark.look for mark in marks if mark.look))


def _symbol(look: Look, key: str) -> str:
    """Return a sign to be used, with its letter in the typeface of prints."""
    _, inside = sign(*look).removesuffix("</svg>").split(">", 1)
    inside = re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', inside)
    return f'<symbol id="{key}" viewBox="0 0 32 32">{inside}</symbol>'


def _used(mark: Mark, key: str) -> str:
    """Return a sign where it stands."""
    left, top = (round(at - mark.size / 2, 2) for at in (mark.x, mark.y))
    size = f"{mark.size:.4g}"
    return f'<use xlink:href="#{key}" x="{left:g}" y="{top:g}" width="{size}" height="{size}"/>'


def _disc(mark: Mark) -> str:
    """Return a disc with its number, as on the web map."""
    rim = 3 * PIXEL_MM
    foot = round(mark.y + COUNT_MM * DIGIT / 2, 2)
    return (
        f'<circle cx="{mark.x:g}" cy="{mark.y:g}" r="{(mark.size - rim) / 2:.4g}" fill="#fff"'
        f' stroke="{INK}" stroke-width="{rim:.3g}"/>'
        f'<text x="{mark.x:g}" y="{foot:g}" font-family="{FONT}" font-weight="700"'
        f' font-size="{COUNT_MM:g}" text-anchor="middle" fill="{INK}">{len(mark.keys)}</text>'
    )
