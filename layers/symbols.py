"""
Signs for meeting places: a shape and a letter for the family, a white symbol for the kind.

All drawn for this project. Symbols fill a box of 16 × 16.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from layers.palette import INK, look
from layers.shapes import FRAMES, SHAPES

__all__ = ["FRAMES", "SHAPES", "SYMBOLS", "sign", "symbol"]


def _disc(x: float, y: float, radius: float) -> str:
    """Return the outline of a disc."""
    arc = f"a{radius} {radius} 0 1 1"
    return f"M{x - radius} {y}{arc} {2 * radius} 0{arc} {-2 * radius} 0z"


SYMBOLS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ball": (
            "M8 5.3l2.7 2-1 3.2H6.3l-1-3.2z",
            _disc(8, 8, 6.3) + "M8 5.3V2M10.7 7.3l3-1M9.7 10.5l2 2.5M6.3 10.5l-2 2.5"
            "M5.3 7.3l-3-1",
        ),
        "barbell": ("", "M4 8h8M3.8 4v8M12.2 4v8M1.3 6v4M14.7 6v4"),
        "book": (
            "",
            "M8 4C6 2.6 3.5 2.6 1.5 3.2v9.5c2-.6 4.5-.6 6.5.8 2-1.4 4.5-1.4 6.5-.8V3.2"
            "C12.5 2.6 10 2.6 8 4zM8 4v9.5",
        ),
        "child": (
            _disc(8, 3.4, 2.3),
            "M3 7.3l5 1.4 5-1.4M8 8.7v2.8l-2.5 3M8 11.5l2.5 3",
        ),
        "cup": (
            "M2 5.5h9.5V10A3.5 3.5 0 0 1 8 13.5H5.5A3.5 3.5 0 0 1 2 10z",
            "M11.5 6.8h1a1.7 1.7 0 0 1 0 3.7h-1.2M5.3 1.5v1.8M8.3 1.5v1.8",
        ),
        "dome": (
            "M6.7 10.5h2.6v3.5H6.7z",
            "M8 1v3M3 9a5 5 0 0 1 10 0M3 9v5h10V9M1 14h14",
        ),
        "dot": (_disc(8, 8, 3.5), ""),
        "fire": (
            "M8.5.8c.5 3 4.2 4.7 4.2 8.7a4.7 4.7 0 0 1-9.4 0c0-2 .9-3.4 2-4.6"
            ".3 1.2.8 1.9 1.7 2.1-.5-2 0-4.7 1.5-6.2z",
            "",
        ),
        "flag": ("M3.5 2c3-1.5 5 1.5 9.8 0v7c-4.8 1.5-6.8-1.5-9.8 0z", "M3.5 1.5v13.3"),
        "flower": (
            "".join(
                _disc(x, y, 2.1)
                for x, y in ((8, 3.2), (11.8, 6), (10.4, 10.4), (5.6, 10.4), (4.2, 6))
            ),
            "M8 10v5",
        ),
        "hall": (
            "M1.5 6.3 8 2l6.5 4.3z",
            "M1.5 13.8h13M3.8 7.5v5M8 7.5v5M12.2 7.5v5",
        ),
        "heart": (
            "M8 14.2C3.3 10.5 1.3 8.2 1.3 5.6a3.4 3.4 0 0 1 6.7-1.2 3.4 3.4 0 0 1 6.7 1.2"
            "C14.7 8.2 12.7 10.5 8 14.2z",
            "",
        ),
        "hill": ("M.5 13.5 5.8 4l3.2 5.2L11 6l4.5 7.5z", ""),
        "house": ("M6.7 9.5h2.6v4.3H6.7z", "M1.5 8 8 2.3 14.5 8M3.7 7v6.8h8.6V7"),
        "ice": (
            "",
            "M8 1.3v13.4M2.2 4.7l11.6 6.6M13.8 4.7 2.2 11.3"
            "M6 2.3l2 1.8 2-1.8M6 13.7l2-1.8 2 1.8",
        ),
        "mask": (
            "M4.6 5.8h2.3v1.7H4.6zM9.1 5.8h2.3v1.7H9.1z",
            "M2 2.7c4 1.5 8 1.5 12 0 0 6-1.6 11.3-6 11.3S2 8.7 2 2.7z"
            "M5.5 10c1.5 1.5 3.5 1.5 5 0",
        ),
        "net": ("", "M1.5 13.5V3h13v10.5M1.5 6.7h13M1.5 10.2h13M5.8 3v10M10.2 3v10"),
        "people": (
            _disc(5.2, 4.6, 2.2)
            + "M1 13.5c0-3.3 1.5-5.6 4.2-5.6s4.2 2.3 4.2 5.6z"
            + _disc(11.2, 5.3, 1.8)
            + "M10.8 13.5c0-2.2-.4-3.9-1.3-5.1.5-.3 1-.5 1.7-.5"
            " 2.2 0 3.6 2 3.6 5.6z",
            "",
        ),
        "pool": (
            _disc(11.6, 5.2, 1.8),
            "M2 9 6.7 5l3 4M1.3 12.8c1.7-1.7 3.4-1.7 5 0s3.4 1.7 5 0 2.4-1.6 3.4-.8",
        ),
        "school": (
            "M8 .8h4.3v2.7H8zM6.7 10h2.6v4H6.7z",
            "M1.8 14V8.3L8 5l6.2 3.3V14zM8 5V.8",
        ),
        "ski": (
            "",
            "M1.5 13c1.5 1.5 3.5.8 4-1L10.5 1.5M14.5 13c-1.5 1.5-3.5.8-4-1L5.5 1.5",
        ),
        "square": ("M6 6h4v4H6z", "M2.3 2.3h11.4v11.4H2.3z"),
        "star": (
            "M8 .8l2.2 4.8 5.2.6-3.9 3.5 1.1 5.2L8 12.3l-4.6 2.6 1.1-5.2L.6 6.2l5.2-.6z",
            "",
        ),
        "swing": (
            "",
            "M1.8 14 4.3 2.3h7.4L14.2 14M6.3 2.3v7.5M9.7 2.3v7.5M5.3 10h5.4",
        ),
        "table": ("", "M3 4.3h10M1 8.7h14M5.2 4.3 3.5 13.5M10.8 4.3l1.7 9.2"),
        "tent": ("M8 7l3.3 7H4.7z", "M8 3 1.3 14h13.4zM8 3l1-1.7M8 3 7 1.3"),
        "tree": (
            "M8 .8a4.7 4.7 0 0 1 3.8 7.5A3.3 3.3 0 0 1 9.1 10.8V15H6.9v-4.2"
            "a3.3 3.3 0 0 1-2.7-2.5A4.7 4.7 0 0 1 8 .8z",
            "",
        ),
        "wave": (
            "",
            "M1.3 6c1.7-2.2 3.4-2.2 5 0s3.4 2.2 5 0 2.4-2 3.4-1"
            "M1.3 11c1.7-2.2 3.4-2.2 5 0s3.4 2.2 5 0 2.4-2 3.4-1",
        ),
    }
)
"""Every symbol: what is filled, and what is drawn as lines."""


def symbol(family: str, icon: str) -> str:
    """
    Return the sign of a place as SVG.

    An unknown icon is a dot, an unknown family an octagon: a newer catalogue
    must not empty the map.

    Examples
    --------
    >>> symbol("library", "book")[:4], symbol("library", "book") == symbol("library", "wave")
    ('<svg', False)
    """
    style = look(family)
    return sign(style.shape, style.colour, icon, style.letter)


def sign(shape: str, colour: str, icon: str, letter: str = "") -> str:
    """
    Return a shape in `colour`, with a white edge and a white symbol, as SVG.

    A letter stands on a white disc at its lower right, dark: it is the same on every colour.

    Examples
    --------
    >>> ">B</text>" in sign("circle", "#0b4f8a", "book", "B")
    True
    """
    filled, lines = SYMBOLS.get(icon, SYMBOLS["dot"])
    left, top, scale = FRAMES.get(shape, (8, 8, 1))
    outline = SHAPES.get(shape, SHAPES["octagon"])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32"'
        ' aria-hidden="true" focusable="false">'
        f'<path d="{outline}" fill="{colour}" stroke="#fff" stroke-width="1.5"'
        ' stroke-linejoin="round"/>'
        f'<g transform="translate({left} {top}) scale({scale})" stroke-linecap="round"'
        ' stroke-linejoin="round">'
        + (f'<path d="{filled}" fill="#fff"/>' if filled else "")
        + (f'<path d="{lines}" fill="none" stroke="#fff" stroke-width="1.6"/>' if lines else "")
        + f"</g>{_badge(letter) if letter else ''}</svg>"
    )


def _badge(letter: str) -> str:
    """Return a letter on a disc."""
    return (
        f'<circle cx="24" cy="24" r="7.5" fill="#fff" stroke="{INK}"/>'
        f'<text x="24" y="28.3" fill="{INK}" font-family="Inter,Arial,sans-serif"'
        f' font-size="12" font-weight="700" text-anchor="middle">{escape(letter)}</text>'
    )
