"""Names as people write them, compared as people read them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from math import nan
from pathlib import Path

from rapidfuzz import fuzz

from data.register.limits import NAME_SHARE, SUBSET_LIKENESS
from data.toml_rows import read

NAMES = Path(__file__).with_name("names.toml")

LETTERS = str.maketrans(
    {"æ": "ae", "ä": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d"}
)
"""Letters that no accent was put on: Norwegian, Swedish and Sámi ones."""

WORD = re.compile(r"[^\W_]+")
SHORTEST = 3
"""A shorter name is found within too many others."""

APART = 0.5
"""The most that names are alike if a word or a number tells them apart."""


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name, read: `own` are the words that are its own, `words` all that say anything.

    Examples
    --------
    >>> Name.of("St. Sunniva skole AS")
    Name(own=('sankt', 'sunniva'), words=('sankt', 'sunniva', 'skole'))
    >>> Name.of("Fagerborg menighetsbarnehage").own
    ('fagerborg', 'menighets')
    """

    own: tuple[str, ...]
    words: tuple[str, ...]

    @staticmethod
    @lru_cache(maxsize=50_000)
    def of(text: str) -> Name:
        """Read a name."""
        told = _vocabulary()
        words = [told.written_out.get(word, word) for word in WORD.findall(folded(text))]
        words = [word for word in words if word not in told.left_out]
        own = filter(None, (told.own_part(word) for word in words))
        return Name(tuple(own), tuple(words))

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in it."""
        return frozenset(word for word in self.words if word.isdecimal())


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    written_out: dict[str, str]
    left_out: frozenset[str]
    kind_words: frozenset[str]
    endings: tuple[str, ...]
    apart: tuple[frozenset[str], ...]

    def own_part(self, word: str) -> str:
        """Return a word without its ending for a kind; nothing if it only says a kind."""
        if word in self.kind_words:
            return ""
        ending = next((end for end in self.endings if word.endswith(end)), "")
        return word.removesuffix(ending)


@cache
def _vocabulary() -> _Vocabulary:
    file = read(NAMES)
    file.only("written_out", "left_out", "kind_words", "apart")
    kinds, apart, full = (file.table(key) for key in ("kind_words", "apart", "written_out"))
    return _Vocabulary(
        written_out={key: full.text(key) for key in full.values},
        left_out=frozenset(file.table("left_out").texts("words")),
        kind_words=frozenset(kinds.texts("words")),
        endings=kinds.texts("endings"),
        apart=tuple(frozenset(apart.texts(key)) for key in apart.values),
    )


def folded(text: str) -> str:
    """
    Return a name in small letters without accents, so that spellings of it meet.

    Examples
    --------
    >>> folded("Håkon"), folded("Haakon"), folded("Čáhppes Ŋáŋŋ"), folded("Björn ÆØ")
    ('hakon', 'hakon', 'cahppes nann', 'bjorn aeo')
    """
    small = unicodedata.normalize("NFC", text.casefold()).translate(LETTERS)
    bare = unicodedata.normalize("NFKD", small)
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return kept.replace("aa", "a")


def likeness(one: str, other: str) -> float:
    """
    Return how alike two names are, from 0 to 1; words for a kind are weak evidence.

    The own names are compared by RapidFuzz with their words in order
    (`token_sort_ratio`, the normalised Indel similarity), written in one, and as one
    being part of the other (`token_set_ratio`, which counts less).

    Returns
    -------
    likeness
        `nan` if either has no name of its own: "Biblioteket" says only what it is.

    Examples
    --------
    >>> round(likeness("Kampen skole", "Kampen barne- og ungdomsskole"), 2)
    0.96
    >>> round(likeness("Deichman Grünerløkka", "Deichmanske bibliotek, Grünerløkka filial"), 2)
    0.9
    >>> round(likeness("Nordre Ila skole", "Søndre Ila skole"), 2)
    0.5
    >>> likeness("Biblioteket", "Vik bibliotek")
    nan
    """
    a, b = Name.of(one), Name.of(other)
    if not a.own or not b.own:
        return nan
    alike = NAME_SHARE * _own(a, b) + (1 - NAME_SHARE) * whole(one, other)
    return min(alike, APART) if _told_apart(a, b) else alike


def whole(one: str, other: str) -> float:
    """
    Return how alike two names are, from 0 to 1, with every word told.

    Examples
    --------
    >>> whole("Vik samfunnshus", "Samfunnshus Vik"), round(whole("Vik kirke", "Vik skole"), 1)
    (1.0, 0.7)
    """
    a, b = Name.of(one), Name.of(other)
    if not a.words or not b.words:
        return 0.0
    return fuzz.token_sort_ratio(" ".join(a.words), " ".join(b.words)) / 100


def _own(a: Name, b: Name) -> float:
    one, other = " ".join(a.own), " ".join(b.own)
    as_part = SUBSET_LIKENESS if min(len(one), len(other)) >= SHORTEST else 0.0
    return max(
        fuzz.token_sort_ratio(one, other) / 100,
        fuzz.ratio("".join(a.own), "".join(b.own)) / 100,
        as_part * fuzz.token_set_ratio(one, other) / 100,
    )


def _told_apart(a: Name, b: Name) -> bool:
    """Tell whether a number differs, or each has another word of one pair of opposites."""
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return True
    pairs = ((set(a.words) & words, set(b.words) & words) for words in _vocabulary().apart)
    return any(one and other and one != other for one, other in pairs)
