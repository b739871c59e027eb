"""The accessibility statement, and what the page says besides its contents."""

import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from views.accessibility import CONTACT, OWNER, REQUIREMENTS
from views.lacking import LACKS
from views.page_language import REST, words
from words import speaker

EN = speaker("en")


def statement(language="en"):
    """Return the statement as HTML."""

    def drawn(language):
        from views.accessibility import page  # noqa: PLC0415 - runs in a script of its own
        from words import speaker  # noqa: PLC0415

        page("demo-karhula", speaker(language))

    at = AppTest.from_function(drawn, kwargs={"language": language}).run()
    assert not at.exception
    (part,) = at.get("html")
    return part.proto.body


def said(language="en"):
    """Return what the script of the page is told."""

    def drawn(language):
        from views.page_language import speak  # noqa: PLC0415
        from words import speaker  # noqa: PLC0415

        speak(speaker(language), "<b>'Groups'</b>\"")

    at = AppTest.from_function(drawn, kwargs={"language": language}).run()
    assert not at.exception
    return [part.proto.body for part in at.get("html")]


@pytest.fixture(autouse=True)
def nobodys(monkeypatch):
    """Run the program on the reader's own machine."""
    monkeypatch.delenv(OWNER, raising=False)
    monkeypatch.delenv(CONTACT, raising=False)


def test_a_statement_has_the_parts_of_those_at_uustatus():
    headings = re.findall(r"<h([123])>(.*?)</h\1>", statement())
    assert [text for level, text in headings if level == "1"] == ["Accessibility statement"]
    assert [text for level, text in headings if level == "2"] == [
        "How far does the program meet the requirements?",
        "What do the breaches mean for users?",
        "Tell of breaches",
        "Complain",
        "What falls short",
        "How it was tested",
    ]
    third = [text for level, text in headings if level == "3"]
    assert third == [f"{one.number} {one.title.text} (level {one.level})" for one in LACKS]


def test_the_count_of_breaches_is_that_of_the_list():
    assert f"breaches {len(LACKS)} of {REQUIREMENTS} requirements" in statement()


def test_criteria_stand_once_and_in_the_order_of_the_standard():
    numbers = [tuple(map(int, one.number.split("."))) for one in LACKS]
    assert numbers == sorted(set(numbers))
    assert {one.level for one in LACKS} <= {"A", "AA"}
    assert not {(1, 2, 3), (1, 2, 4), (4, 1, 1)} & set(numbers)  # nobody has to meet these


def test_who_offers_the_program_and_how_to_reach_them_is_text(monkeypatch):
    assert "nobody offers it to others" in statement()
    assert "No contact has been entered here." in statement()
    monkeypatch.setenv(OWNER, "<img src=x onerror=alert(1)> kommune")
    monkeypatch.setenv(CONTACT, "post@rana.kommune.no, <b>{contact}</b>")
    told = statement()
    assert "<img" not in told
    assert "&lt;img src=x onerror=alert(1)&gt; kommune" in told
    assert "post@rana.kommune.no, &lt;b&gt;{contact}&lt;/b&gt;" in told
    assert "nobody offers it" not in told


@pytest.mark.parametrize("language", ["nb", "nn", "sv"])
def test_the_day_is_told_as_the_language_writes_it(language):
    assert "22. november 2026" in statement(language).replace("22 nov", "22. nov")


def test_what_the_script_is_told_is_text_in_an_attribute():
    told, script = said()
    (attribute,) = re.findall(r'^<div id="m-words" data-words="([^"]*)"></div>$', told)
    known = json.loads(unescape(attribute))
    assert known == json.loads(json.dumps(words(EN, "<b>'Groups'</b>\"")))
    assert (known["lang"], known["page"]) == ("en", "<b>'Groups'</b>\"")
    assert script == said("sv")[1]
    assert re.search(r'<script src="/app/static/map-[0-9a-f]{16}/page.js"></script>$', script)


def test_patterns_leave_a_gap_for_what_streamlit_fills_in():
    patterns = words(EN, "")["patterns"]
    assert patterns
    assert all(told.count(REST) == 1 for _, _, told in patterns)
