"""The page about the data: how good it is, what is missing, and a file of it."""

from __future__ import annotations

from math import nan

import pytest

from geo.bundle import Fact
from geo.errors import Message
from tests.page import NB, html, keep, page, tables
from tests.towns import bundle, streets

STREET = streets(((0, 0), (500, 0)))
EU60 = "Persons in households with low income (EU60)"
SILENT = Message("{service}: no answer", {"service": Message("Kindergartens")})


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Keep a town that says something of itself."""
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    drawn = bundle(STREET, {(0, 0): {"everybody": 9}}, {"n1": ("park", (9, 0))})
    facts = (
        Fact("low_income_share", EU60, 9.24, "%", "SSB", "2024"),
        Fact("low_income_share_children", EU60, nan, "%", "SSB", "2024"),
    )
    return keep(drawn, "toytown", facts=facts, missing=(SILENT,))


def test_the_page_says_what_is_known_and_what_is_not(town):
    at = page("area", area="toytown")
    assert not at.exception
    _, facts, _, kinds = tables(at)
    assert [row[1] for row in facts[1:]] == ["9,2 %", NB("Not published")]
    assert kinds[1][:2] == [NB("Park"), "1"]
    assert NB("Sources that did not answer") in html(at)
    assert "Kindergartens" not in html(at)  # it has a name in every language


def test_what_did_not_answer_stands_beside_the_answer(town):
    at = page(area="toytown", kinds="park")
    assert NB(Message("{service}: no answer", {"service": Message("Kindergartens")})) in html(
        at
    )


def test_an_area_without_places_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    keep(bundle(STREET, {(0, 0): {"everybody": 9}}, {}), "bare")
    at = page("area", area="bare")
    assert not at.exception
    none = NB("There are no meeting places in the data for this area.")
    assert none in [one.value for one in at.info]


def test_a_link_to_no_area_is_said_on_every_page():
    for path in ("area", "register", "new"):
        at = page(path, area="atlantis")
        assert not at.exception
        assert "atlantis" in at.error[0].value
