"""How far it is on paper: a bar of round length, and the arrow that points to grid north."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from layers.palette import INK
from layers.paper.letters import width
from layers.paper.typesetting import FONT
from words.speaker import Speaker

STEPS = {1: 2, 2: 2, 5: 5}
"""Parts of a bar of so many times a power of ten."""
HEIGHT_MM = 7.0
BEFORE_MM, BEHIND_MM = 3.0, 11.0
"""Room for the first number and for the last, which has a unit."""
LETTER_MM = 2.8
APART_MM = 0.8
"""Between two numbers, at least; without that room only the first and the last are told."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A length on the ground in equal parts, and how long it is on paper."""

    length_m: float
    parts: int
    length_mm: float


def bar(scale: float, room_mm: float) -> Bar:
    """
    Return the longest bar of 1, 2 or 5 times a power of ten metres that there is room for.

    Parameters
    ----------
    scale
        Metres on the ground per metre of paper.
    room_mm
        Of the bar and its numbers.

    Examples
    --------
    >>> bar(10_000, 70)
    Bar(length_m=500.0, parts=5, length_mm=50.0)
    >>> bar(25_000, 70).length_m
    1000.0
    """
    most_m = (room_mm - BEFORE_MM - BEHIND_MM) * scale / 1000
    power = 10.0 ** floor(log10(most_m))
    first = max(digit for digit in STEPS if digit * power <= most_m)
    return Bar(first * power, STEPS[first], first * power * 1000 / scale)


def ratio(scale: float, say: Speaker) -> str:
    """
    Return a scale as maps write it.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> ratio(12_500, speaker("en"))
    '1:12,500'
    """
    return f"1:{say.number(scale)}"


def length(metres: float, say: Speaker) -> str:
    r"""
    Return a length on the ground, in kilometres from 1,000 m on.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> length(500, speaker("nb")), length(2_500, speaker("nb"))
    ('500\xa0m', '2,5\xa0km')
    """
    return f"{say.number(metres / 1000, 1)}\xa0km" if metres >= 1000 else f"{metres:g}\xa0m"


def scale_bar(of: Bar, say: Speaker) -> str:
    r"""
    Return a bar as SVG, its parts dark and light by turns.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> drawn = scale_bar(Bar(1000, 2, 40), speaker("nb"))
    >>> [told in drawn for told in (">0<", ">0,5<", ">1\xa0km<")]
    [True, True, True]
    """
    part = of.length_mm / of.parts
    boxes = "".join(
        f'<path d="M{BEFORE_MM + n * part:.2f} 4h{part:.2f}v1.8h{-part:.2f}z"'
        f' fill="{"#fff" if n % 2 else INK}"/>'
        for n in range(of.parts)
    )
    kilometres = of.length_m >= 1000
    unit = 1000 if kilometres else 1
    last = length(of.length_m, say)
    told = [say.number(of.length_m * n / of.parts / unit, 2) for n in range(of.parts)]
    needed = (width(told[-1], LETTER_MM) + width(last, LETTER_MM)) / 2 + APART_MM
    numbers = "".join(
        _text(BEFORE_MM + n * part, number)
        for n, number in enumerate(told if part >= needed else told[:1])
    )
    wide = BEFORE_MM + of.length_mm + BEHIND_MM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.2f}mm" height="{HEIGHT_MM}mm"'
        f' viewBox="0 0 {wide:.2f} {HEIGHT_MM}">'
        f'<g stroke="{INK}" stroke-width=".25">{boxes}</g>'
        f"{numbers}{_text(BEFORE_MM + of.length_mm, last)}</svg>"
    )


def blank(width_mm: float) -> str:
    """
    Return nothing, as high as a scale bar: it keeps the room while the scale is not known.

    Examples
    --------
    >>> blank(76.0)
    '<svg xmlns="http://www.w3.org/2000/svg" width="76.0mm" height="7.0mm"/>'
    """
    size = f'width="{width_mm}mm" height="{HEIGHT_MM}mm"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'


def _text(x: float, told: str) -> str:
    return (
        f'<text x="{x:.2f}" y="3" text-anchor="middle" fill="{INK}" font-family="{FONT}"'
        f' font-size="{LETTER_MM}">{told}</text>'
    )


def north_arrow() -> str:
    """
    Return an arrow to the top of the sheet as SVG: maps on paper lie along their grid.

    Examples
    --------
    >>> north_arrow().count(">N</text>")
    1
    """
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="6mm" height="9mm" viewBox="0 0 6 9">'
        f'<path d="M3 3.2 5.2 8.8 3 7.4z" fill="{INK}" stroke="{INK}" stroke-width=".2"/>'
        f'<path d="M3 3.2.8 8.8 3 7.4z" fill="#fff" stroke="{INK}" stroke-width=".2"/>'
        f'<text x="3" y="2.7" text-anchor="middle" fill="{INK}" font-family="{FONT}"'
        ' font-size="3.2" font-weight="700">N</text></svg>'
    )
