"""How wide words are in the typeface of prints, and what of a name can be written in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from fontTools.ttLib import TTFont

from layers.paper.showable import FONT_FOLDER, letters

UNWRITTEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of Unicode that leave no mark, turn a line around, or that XML refuses."""


def plain(name: str) -> str:
    r"""
    Return a name as it can be written: no control characters, single spaces, NFC.

    Examples
    --------
    >>> plain(" Vik\x00\u202e  skole\n"), plain("A\u030ase")
    ('Vik skole', 'Åse')
    """
    spaced = " ".join(unicodedata.normalize("NFC", name).split())
    written = "".join(c for c in spaced if unicodedata.category(c) not in UNWRITTEN)
    return " ".join(written.split())


def lacking(text: str) -> frozenset[str]:
    """
    Return the letters of a text that the typeface does not have.

    Examples
    --------
    >>> sorted(lacking("Áššu, Åse og Ŋuorra")), sorted(lacking("Vik 公園"))
    ([], ['公', '園'])
    """
    return frozenset(letter for letter in text if ord(letter) not in letters())


def width(text: str, size: float, *, weight: str = "Regular") -> float:
    """
    Return how wide a line of text is, in the unit of its size.

    The sum of the typeface's advance widths; kerning makes most words a little narrower.

    Parameters
    ----------
    text
        A letter that the typeface lacks is as wide as the box that stands for it.
    size
        Of the letters, as `font-size` says it.
    weight
        `"Regular"`, `"Semibold"` or `"Bold"`.

    Examples
    --------
    >>> width("", 2.5), width("Vik", 5.0) == 2 * width("Vik", 2.5)
    (0.0, True)
    >>> width("Vik skole", 1) < width("Vik skole", 1, weight="Bold")
    True
    """
    advances, missing = _advances(weight)
    return sum(advances.get(ord(letter), missing) for letter in text) * size


@cache
def _advances(weight: str) -> tuple[Mapping[int, float], float]:
    """Return how far the pen moves by letter, and for a missing one, at size 1."""
    with TTFont(FONT_FOLDER / f"SourceSansPro-{weight}.ttf", lazy=True) as font:
        widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
        known = {code: widths[name][0] / units for code, name in font.getBestCmap().items()}
        return known, widths[".notdef"][0] / units
