"""The order of names: published alphabets, numbers as numbers, and whatever files hold."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.order import key

ALPHABETS = {
    # Språkrådet: the Norwegian alphabet; CLDR `no` says the same.
    "nb": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    # Since 2006 the Swedish Academy's word list has w after v, not among its words.
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    # University of Tromsø, «De samiske alfabetene» (result.uit.no/reaidu).
    "se": "a á b c č d đ e f g h i j k l m n ŋ o p r s š t ŧ u v z ž",
    "smj": "a á b d e f g h i j k l m n ŋ o p r s t u v å æ",
    # The Southern Sámi course of the same university (kuvsje.oahpa.no).
    "sma": "a b d e f g h i ï j k l m n o p r s t u v y æ ö å",
}


def ordered(names, language="nb"):
    shuffled = [*names]
    random.Random(1).shuffle(shuffled)
    return sorted(shuffled, key=lambda name: key(name, language))


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize("written", [str.lower, str.upper, str.title])
def test_letters_come_as_the_alphabet_says(language, written):
    letters = [written(letter) for letter in ALPHABETS[language].split()]
    words = [f"{letter}{after}" for letter in letters for after in ("b", "z")]
    assert ordered(words, language) == words
    apart = [unicodedata.normalize("NFD", word) for word in words]
    assert ordered(apart, language) == apart


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nb", ["Vik", "Ås", "Aas", "Åsen", "Aasen", "Åstun"]),  # aa is an old å
        ("nb", ["Zoo", "Äng", "Ærlig", "Ærø", "Ødegård", "Öland", "Østre", "Ås"]),
        ("nn", ["Andebu", "André", "Andreas", "Angvik"]),  # an accent comes second
        ("nb", ["Diŋgi", "Divtasvuodna", "Đivvi", "Dyp"]),
        ("nb", ["Mus", "Myller", "Müller", "Myra"]),
        ("da", ["Abild", "Zoo", "Aabenraa"]),
        ("sv", ["Vara", "Vi", "Wara", "Wi", "Ål", "Äng", "Æng", "Öl", "Øl"]),
        ("en", ["Aasen", "Ærø", "Afar", "Åsen", "Øst", "Over", "Zoo"]),
        ("se", ["Guovdageaidnu", "Guovža", "Zoo", "Žuo", "Øst", "Ærlig", "Ås"]),
        ("se", ["Čáhci", "Dáhku", "Đahku", "Ebba"]),
        ("smj", ["Nubbe", "Ŋubbe", "Ńubbi", "Oarjje"]),
        ("sma", ["Gieries", "Gïele", "Gjøvik", "Ærie", "Öövre", "Åarjel"]),
    ],
)
def test_names_come_as_a_reader_looks_for_them(language, names):
    assert ordered(names, language) == names


@pytest.mark.parametrize(
    "names",
    [
        ["2. skole", "10. skole", "100. skole", "Skole 2", "Skole 10", "Skole 10 b"],
        ["Park 007", "Park 8"],
        ["Vik", "Vik park", "Vika"],  # word by word
        ["«Huset»", "Huset mitt", "«Zoo»"],  # signs are no letters
        ["St. Hanshaugen", "St Olavs", "Stabekk"],
        ["Åsen", "Осло", "東京"],  # other scripts last
        ["", "!", "a"],
        ["vik", "Vik", "VIK"],
    ],
)
def test_numbers_words_and_signs(names):
    assert ordered(names) == names


def test_a_long_number_is_no_sum():
    """Python refuses to read numbers of more than 4,300 digits."""
    huge = "9" * 10_000
    assert ordered([huge, "7", "x"]) == ["7", huge, "x"]


@given(st.lists(st.text(max_size=20), max_size=6), st.sampled_from([*ALPHABETS, "xx"]))
def test_any_text_has_its_place(names, language):
    assert ordered(names[::-1], language) == ordered(names, language)


@given(st.text(alphabet="aeo\u0301\u030aåæÆøŊ12 -", max_size=12))
def test_writing_the_same_in_another_way_keeps_its_place(name):
    apart, whole = (unicodedata.normalize(form, name) for form in ("NFD", "NFC"))
    assert key(apart, "nb")[:2] == key(whole, "nb")[:2]
