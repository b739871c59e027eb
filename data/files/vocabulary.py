"""What columns, kinds and values are called, as `vocabulary.toml` tells it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.catalogue import kinds
from data.toml_rows import rows

VOCABULARY = Path(__file__).with_name("vocabulary.toml")
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})
WHOLE, PART = 1.0, 0.6


@dataclass(frozen=True, slots=True)
class Role:
    """What a column may be for, and what such columns are called."""

    key: str
    label: str
    names: tuple[str, ...]
    parts: tuple[str, ...]


def folded(text: str) -> str:
    """
    Return `text` without case, accents, blanks and signs.

    Examples
    --------
    >>> folded("Øst-koordinat"), folded("Års_tall"), folded("Ærfugl 2")
    ('ostkoordinat', 'arstall', 'aerfugl2')
    """
    lower = text.casefold().translate(LETTERS)
    bare = unicodedata.normalize("NFKD", lower)
    return re.sub(r"[^0-9a-zа-яёα-ω]", "", bare)


def _words(text: str) -> str:
    """Return words with blanks around each, to look for one of them as a whole."""
    lower = unicodedata.normalize("NFC", text).casefold()
    return f" {' '.join(re.split(r'[^0-9a-zà-öø-ÿāčđŋšŧž]+', lower))} "


@cache
def roles(path: Path = VOCABULARY) -> dict[str, Role]:
    """
    Return the roles of columns, in the file's order.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> roles()["people"].label
    'People'
    """
    found = {}
    for row in rows(path, "columns"):
        row.only("label", "names", "parts", "why")
        row.text("why")
        names, parts = (tuple(map(folded, row.texts(key))) for key in ("names", "parts"))
        found[row.key] = Role(row.key, row.text("label"), names, parts)
    return found


@cache
def _said(section: str, path: Path = VOCABULARY) -> dict[str, tuple[str, ...]]:
    found = {}
    for row in rows(path, section):
        row.only("words")
        if section == "kinds" and row.key not in kinds():
            raise row.wrong("{file} [{row}]: no such kind of place.", "words")
        found[row.key] = tuple(map(_words, row.texts("words")))
    return found


def called(column: str, role: str) -> float:
    """
    Return how well the name of a column fits a role, from 0 to 1; the first names best.

    Examples
    --------
    >>> called("Breddegrad", "lat"), called("hoyde", "lat")
    (0.98, 0.0)
    >>> called("besoksadresse_besoksadresse_postnummer", "postcode")
    0.6
    """
    name, told = folded(column), roles()[role]
    if name in told.names:
        return WHOLE - told.names.index(name) / 100
    return PART if any(part in name for part in told.parts) else 0.0


def kind_in(text: str) -> str:
    """
    Return the kind of place that a text speaks of, or `""`.

    Words that end in the name of a kind count, as Norwegian puts words together.

    Examples
    --------
    >>> kind_in("Ordinær barnehage"), kind_in("Bodø videregående skole"), kind_in("Kiosk")
    ('kindergarten', 'upper_secondary_school', '')
    >>> kind_in("Bankgata ungdomsskole"), kind_in("Studentbarnehage"), kind_in("Parkering")
    ('school', 'kindergarten', '')
    """
    told = _words(text)
    for endings in (False, True):
        for kind, words in _said("kinds").items():
            if any((word[1:] if endings and len(word) > 6 else word) in told for word in words):
                return kind
    return ""


def speaks_of(text: str, what: str) -> bool:
    """
    Tell whether a text has one of the words of a section `values`.

    Examples
    --------
    >>> speaks_of("Andel personer i lavinntekthusholdning (EU60)", "low_income")
    True
    >>> speaks_of("Familiebarnehage", "left_out"), speaks_of("total", "both_sexes")
    (True, True)
    """
    told = _words(text)
    return any(word in told or _within(word, told) for word in _said("values")[what])


def _within(word: str, told: str) -> bool:
    """Tell of a long word also where it begins or ends another, as Norwegian joins words."""
    bare = word.strip()
    return len(bare) > 6 and (f" {bare}" in told or f"{bare} " in told)


def columns_for(role: str, columns: Iterable[str]) -> list[str]:
    """
    Return the columns whose names fit a role, the best first.

    Examples
    --------
    >>> columns_for("name", ["id", "skolenavn", "organisasjonsnavn"])
    ['skolenavn', 'organisasjonsnavn']
    """
    scored = [(called(column, role), column) for column in columns]
    return [column for score, column in sorted(scored, key=lambda one: -one[0]) if score]
