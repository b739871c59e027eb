"""A speaker says sentences, numbers and dates in one language."""

from __future__ import annotations

import io
import os
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from math import isnan
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from geo.coverage import FEWEST, few
from geo.errors import CatalogueError, Message
from words.languages import FIRST, HERE, LANGUAGES, SAMI, WRITTEN_AS, offered

UNKNOWN = "–"

ROUNDED_FROM = 1000.0
"""Estimates of so many people and more are told in tens."""


class Speaker:
    """
    Say things in one language.

    Examples
    --------
    >>> say = speaker("en")
    >>> say("Within {minutes} minutes", minutes=10)
    'Within 10 minutes'
    >>> say.many("{n} place", "{n} places", 1234)
    '1,234 places'
    >>> say.number(1234.4), say.number(float("nan"))
    ('1,234', '–')
    """

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(WRITTEN_AS.get(language, language))
        self._translations = translations

    def __call__(self, text: str | Message, /, **values: Any) -> str:
        """Return the sentence in this language, its gaps filled."""
        if isinstance(text, Message):
            told = {key: self._value(value) for key, value in text.values.items()}
            return self._translations.gettext(text.text).format(**told)
        return self._translations.gettext(text).format(**values)

    def many(self, one: str, more: str, n: int, **values: Any) -> str:
        """Return the singular or plural sentence for `n`, which fills the gap `{n}`."""
        text = self._translations.ngettext(one, more, n)
        return text.format(n=self.number(n), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number as written in this language; unknown is a dash."""
        if isnan(value):
            return UNKNOWN
        return str(format_decimal(round(value, digits) + 0.0, locale=self.locale))

    def people(self, value: float) -> str:
        """
        Return an estimated number of people: no finer than it is known, never under five.

        Examples
        --------
        >>> say = speaker("en")
        >>> say.people(3.2), say.people(47.4), say.people(1234.0), say.people(0.2)
        ('fewer than 5', '47', '1,230', '0')
        """
        if few(value):
            return self("fewer than {n}", n=FEWEST)
        return self.number(value if value < ROUNDED_FROM else round(value, -1))

    def share(self, value: float) -> str:
        """
        Return a share of one as per cent, without decimals; unknown is a dash.

        Nearly all is not all, and hardly any is not none.

        Examples
        --------
        >>> say = speaker("en")
        >>> say.share(0.256), say.share(0.9996), say.share(0.001), say.share(float("nan"))
        ('26%', '>99%', '<1%', '–')
        """
        if isnan(value):
            return UNKNOWN
        mark = ">" if 0.99 < value < 1 else "<" if 0 < value < 0.01 else ""
        shown = {">": 0.99, "<": 0.01}.get(mark, value)
        return f"{mark}{format_percent(shown, locale=self.locale)}"

    def date(self, iso: str) -> str:
        """Return an ISO date, or date and time, as a date written out."""
        return str(format_date(datetime.fromisoformat(iso), format="long", locale=self.locale))

    def _value(self, value: Any) -> Any:
        """Return what fills a gap: numbers as written here, all else as it is."""
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, tuple):
            return ", ".join(str(self._value(one)) for one in value)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return self.number(value, 2) if number else value


def preferred() -> str:
    """
    Return the language of commands: `MOTEPLASS_LANGUAGE`, or bokmål.

    Examples
    --------
    >>> preferred() in LANGUAGES
    True
    """
    told = os.environ.get("MOTEPLASS_LANGUAGE", "")[:2]
    return told if told in LANGUAGES else "nb"


@cache
def speaker(language: str) -> Speaker:
    """
    Return the speaker of a language.

    Raises
    ------
    CatalogueError
        If the language is none that is offered, or its file cannot be read.
    """
    known = offered()
    if language not in known:
        raise CatalogueError(
            "No language {language}: choose one of {known}.",
            language=language,
            known=", ".join(known),
        )
    if language == "en":
        return Speaker(language, NullTranslations())
    translations = _translations(language)
    if language in SAMI:
        translations.add_fallback(_translations(FIRST))
    return Speaker(language, translations)


def _translations(language: str) -> GNUTranslations:
    """Read the file of a language; what is not translated in it is left to others."""
    compiled = io.BytesIO()
    with (HERE / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=Locale.parse(language), abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
