"""The typeface of everything that is printed, and what of a text it can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
from fontTools.ttLib import TTFont

FONT = "Source Sans Pro"
FONT_FOLDER = Path(font_source_sans_pro.__file__).with_name("files")
UPRIGHT = ("Regular", "Semibold", "Bold")
KEPT = "\n\t\u00ad\u200b"
"""New lines, and where a word may be broken."""


def showable(value: Any) -> Any:
    r"""
    Return text, or anything that JSON can hold, with no letter that the font lacks.

    PDF/UA forbids them: a reader for the blind would find a box without a name. All letters
    of Nordic and Sámi languages, Cyrillic and Greek are there; `?` stands for any other.
    Control characters are gone.

    Examples
    --------
    >>> showable({"name": "Kárášjohka – Ŋŧđž", "other": ["a\u0645b", "e\u0301\x01"], "n": 2})
    {'name': 'Kárášjohka – Ŋŧđž', 'other': ['a?b', 'é'], 'n': 2}
    """
    if isinstance(value, Mapping):
        return {key: showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [showable(one) for one in value]
    if not isinstance(value, str) or (value.isascii() and value.isprintable()):
        return value
    text = unicodedata.normalize("NFC", value)
    return text.translate({ord(letter): _shown(letter) for letter in set(text)})


def _shown(letter: str) -> str:
    """Return a letter as far as the font has it; what is never seen is left out."""
    if letter in KEPT or ord(letter) in letters():
        return letter
    category = unicodedata.category(letter)
    return " " if category.startswith("Z") else "" if category.startswith("C") else "?"


@cache
def letters() -> frozenset[int]:
    """
    Return what the upright weights of the font can show, as Unicode numbers.

    Its italics have no Ŋ and no Ŧ: nothing of ours is set in them.

    Examples
    --------
    >>> {ord(letter) for letter in "ÁáČčĐđŊŋŠšŦŧŽžÅåÆæØøÄäÖö–×²№"} <= letters()
    True
    """
    found = []
    for weight in UPRIGHT:
        with TTFont(FONT_FOLDER / f"SourceSansPro-{weight}.ttf", lazy=True) as font:
            found.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*found)
