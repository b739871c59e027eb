"""Which languages there are, and how each counts."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "sv": "Svenska"}
"""Codes of the languages that say everything, in order of preference, by their own names."""

SAMI = {"se": "Davvisámegiella", "smj": "Julevsámegiella", "sma": "Åarjelsaemien gïele"}
"""Those that are offered as soon as somebody has begun their file: `python -m words se`."""

FIRST = "nb"
"""What a Sámi language does not say yet is said in this one."""

WRITTEN_AS = {"smj": "nb", "sma": "nb"}
"""Languages whose numbers and dates Unicode's CLDR does not know, and whose they borrow."""

ONE_AND_MORE = "nplurals=2; plural=(n != 1);"
ONE_TWO_AND_MORE = "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"


def offered(folder: Path = HERE) -> dict[str, str]:
    """
    Return the languages that may be chosen, and what each calls itself.

    Examples
    --------
    >>> list(offered())[:4]
    ['nb', 'nn', 'en', 'sv']
    """
    begun = {code: name for code, name in SAMI.items() if (folder / f"{code}.po").exists()}
    return LANGUAGES | begun


def plurals(language: str) -> str:
    """
    Return how a language counts, as a header of gettext says it; Sámi has a dual.

    Examples
    --------
    >>> plurals("se")[:10], plurals("sv")[:10]
    ('nplurals=3', 'nplurals=2')
    """
    return ONE_TWO_AND_MORE if language in SAMI else ONE_AND_MORE
