"""Sámi languages: ready for whoever translates, and never mixed up with others."""

import sys

import pytest

from words import languages, offered, speaker
from words.__main__ import main, read
from words.speaker import Speaker

NORTHERN = """\
msgid ""
msgstr ""
"Language: se\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"

msgid "Library"
msgstr "Girjerádju"

msgid "{n} place"
msgid_plural "{n} places"
msgstr[0] "{n} báiki"
msgstr[1] "{n} báikki"
msgstr[2] "{n} báikkit"
"""
LETTERS = "áčđŋšŧžÁČĐŊŠŦŽ ïÏ ńŃ åÅ äÄ öÖ æÆ øØ"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Keep files of languages where a test may write."""
    for path in languages.HERE.glob("*.po"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for name in ("words.languages", "words.speaker", "words.__main__"):
        monkeypatch.setattr(sys.modules[name], "HERE", tmp_path)
    monkeypatch.setattr(languages.offered, "__defaults__", (tmp_path,))
    speaker.cache_clear()
    yield tmp_path
    speaker.cache_clear()


def test_a_language_without_a_file_is_not_offered(folder):
    assert list(offered()) == ["nb", "nn", "en", "sv"]
    with pytest.raises(Exception, match="se"):
        speaker("se")


def test_what_is_not_translated_is_said_in_bokmaal(folder):
    (folder / "se.po").write_text(NORTHERN, encoding="utf-8")
    assert offered()["se"] == "Davvisámegiella"
    say = speaker("se")
    assert isinstance(say, Speaker)
    assert say("Library") == "Girjerádju"
    assert say("Within reach") == speaker("nb")("Within reach") != "Within reach"


def test_two_are_neither_one_nor_many(folder):
    (folder / "se.po").write_text(NORTHERN, encoding="utf-8")
    say = speaker("se")
    told = [say.many("{n} place", "{n} places", n) for n in (1, 2, 3)]
    assert told == ["1 báiki", "2 báikki", "3 báikkit"]


@pytest.mark.parametrize("language", ["smj", "sma"])
def test_numbers_and_dates_are_borrowed_where_nobody_has_told_them(folder, language):
    (folder / f"{language}.po").write_text(
        NORTHERN.replace("Language: se", f"Language: {language}"), encoding="utf-8"
    )
    say, bokmaal = speaker(language), speaker("nb")
    assert say.number(1234.5, 1) == bokmaal.number(1234.5, 1)
    assert say.date("2026-11-22") == bokmaal.date("2026-11-22")


def test_a_file_is_begun_by_its_code(folder, capsys):
    main(["se", "xx"])
    assert not (folder / "xx.po").exists()
    begun = read("se")
    assert len(begun) == len(read("nb"))
    assert "nplurals=3" in (folder / "se.po").read_text(encoding="utf-8")
    assert "se.po" in capsys.readouterr().out


def test_letters_survive_the_way_through_a_file(folder):
    named = NORTHERN.replace("Girjerádju", LETTERS)
    (folder / "se.po").write_text(named, encoding="utf-8")
    assert speaker("se")("Library") == LETTERS
