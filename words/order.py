"""The order of names as a language's own lists have it: letters, accents, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

LONGEST = 400
"""Characters that are looked at: no name is longer, and any file may hold longer ones."""

NORWEGIAN = "a b c d,đ,ð e f g h i j k l m n,ŋ o p q r s t,ŧ u v w x y,ü,ű z æ,ä,ę ø,ö,ő,œ å,aa"
SWEDISH = "a b c d,đ,ð e f g h i j k l m n,ŋ o p q r s t,ŧ u v w x y,ü,ű z å ä,æ,ę ö,ø,ő,œ,ô"
ENGLISH = "a,å,ä b c d,đ,ð e f g h i j k l m n,ŋ o,ø,ö p q r s t,ŧ u v w x y z"
NORTHERN = (
    "a á b c č d đ,ð e f g h i j k l m n ŋ,ń,ñ o p q r s š t ŧ u v w x y,ü,ű z ž"
    " ø,œ æ å ä ö,ő,õ,ô"
)
LULE = "a á b c d,đ e f g h i j k l m n ŋ,ń,ñ o p q r s t,ŧ u v w x y z å æ,ä ø,ö"
SOUTHERN = "a b c d,đ e f g h i ï j k l m n,ŋ o p q r s t,ŧ u v w x y z æ,ä ö,ø å"
"""
Letters in their order; behind a comma those that count as the same, and come second.

Norwegian, Swedish and Northern Sámi are those of Unicode's CLDR (`no`, `sv`, `se`), where
`aa` is an old `å`, and Swedish `w` a letter of its own. CLDR has no order for Lule and
Southern Sámi: those are the alphabets as the University of Tromsø and its courses print
them, with letters for foreign words in their usual place. English lists every letter of
others under the one it looks like.
"""

ALPHABETS: Mapping[str, str] = {
    **dict.fromkeys(("nb", "nn", "no", "da"), NORWEGIAN),
    **dict.fromkeys(("sv", "fi"), SWEDISH),
    "se": NORTHERN,
    "smj": LULE,
    "sma": SOUTHERN,
}
"""By the code of a language; all others are ordered as English."""

WRITTEN_OUT = str.maketrans({"þ": "th", "ı": "i", "ł": "l", "ħ": "h"})
"""Letters that no alphabet here has, as they are spelled without them."""

LIGATURES = str.maketrans({"æ": "ae", "œ": "oe"})

SPACE, DIGITS, LETTER, OTHER = range(4)

Part = tuple[int, ...] | tuple[int, int, str]
Key = tuple[tuple[Part, ...], tuple[int, ...], str]
"""What is compared: letters and numbers; then accents; then what is written."""


def key(text: str, language: str) -> Key:
    """
    Return what to sort a name by, as `sorted(names, key=…)` takes it.

    Word by word: a space comes before every letter, and signs are read as spaces. A
    number counts as a whole, by its value, before letters. Capitals and accents that are
    no letters of their own matter only between names that are alike without them. Other
    scripts come last. The rules are those of the Unicode Collation Algorithm (UTS #10) in
    short: the libraries that know it by language have no Windows packages.

    Parameters
    ----------
    text
        A name, however strange; what comes after `LONGEST` characters is not looked at.
    language
        The reader's, e.g. `"nb"`: a list is in one order, whatever language its names are.

    Examples
    --------
    >>> names = ["Åsen", "Zoo", "Ørret", "10. skole", "Aasen", "2. skole", "Ærfugl"]
    >>> sorted(names, key=lambda name: key(name, "nb"))
    ['2. skole', '10. skole', 'Zoo', 'Ærfugl', 'Ørret', 'Åsen', 'Aasen']
    >>> sorted(["Öland", "Ål", "Äng", "Zoo"], key=lambda name: key(name, "sv"))
    ['Zoo', 'Ål', 'Äng', 'Öland']
    """
    letters, tokens = _alphabet(language if language in ALPHABETS else "en")
    main: list[Part] = []
    second: list[int] = []
    for token in tokens.findall(_even(text[:LONGEST], letters)):
        if token in letters:
            rank, variant = letters[token]
            main.append((LETTER, rank))
            second.append(variant)
        elif token[0].isdecimal():
            main.append(_number(token))
        elif token[0].isalnum():
            _strange(token, letters, main, second)
        elif unicodedata.combining(token[0]):
            second.append(ord(token[0]))
        elif main and main[-1] != (SPACE,):
            main.append((SPACE,))
    if main and main[-1] == (SPACE,):
        main.pop()
    return tuple(main), tuple(second), text[:LONGEST].swapcase()


@cache
def _alphabet(code: str) -> tuple[dict[str, tuple[int, int]], re.Pattern[str]]:
    """Return the letters with their rank and variant, and what cuts a text into parts."""
    ranks = {
        letter: (rank, variant)
        for rank, entry in enumerate(ALPHABETS.get(code, ENGLISH).split())
        for variant, letter in enumerate(entry.split(","))
    }
    double = "".join(f"{letter}|" for letter in ranks if len(letter) > 1)
    return ranks, re.compile(rf"{double}\d+|.", re.DOTALL)


def _even(text: str, letters: Mapping[str, object]) -> str:
    """Return a text in small letters, each written in one way only."""
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spelled = small.translate(WRITTEN_OUT)
    return spelled if "æ" in letters else spelled.translate(LIGATURES)


def _number(digits: str) -> Part:
    """Return a number of any length so that larger ones come later."""
    plain = "".join(str(unicodedata.decimal(one)) for one in digits).lstrip("0")
    return DIGITS, len(plain), plain


def _strange(
    letter: str, letters: Mapping[str, tuple[int, int]], main: list[Part], second: list[int]
) -> None:
    """Add a letter with an accent as the letter below it, and of another script as it is."""
    apart = unicodedata.normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    if base in letters:
        main.append((LETTER, letters[base][0]))
        second.append(sum(map(ord, marks)))
    else:
        main.append((OTHER, ord(letter)))
