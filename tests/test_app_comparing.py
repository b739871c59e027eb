"""The page that compares areas: chosen, kept in the link, each with its own figures."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from geo.errors import Message
from tests.page import answer, html, keep, page, tables
from tests.test_comparison import FAR, NEAR, NES, VIK, town
from tests.visit import served, visiting
from views.text import markdown

ASKED = {"kinds": "park,library", "group": "everybody", "minutes": "10", "lang": "en"}


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, moteplass_home):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)


@pytest.fixture(scope="module", autouse=True)
def towns(moteplass_home):
    """Return areas of the store."""
    note = Message("Residents are counted per cell.")
    keep(VIK, "vik")
    keep(replace(NES, area=replace(NES.area, notes=(note,))), "nes")
    keep(town("evil", {NEAR: 30.0, FAR: 30.0}), "evil", name='<img src=x onerror="alert(1)">')


def asked(**params):
    at = page("compare", area="vik", **ASKED | params)
    assert not at.exception
    assert not at.error
    return at


def row(at, name, table=0):
    [found] = [one for one in tables(at)[table] if one[0] == name]
    return found[1:]


def test_the_area_that_is_looked_at_stands_alone_at_first():
    at = asked()
    assert answer(at) == "Share within reach, for: Everybody. Vik: 75%."
    assert len(tables(at)[0]) == 2


def test_areas_of_the_link_stand_beside_it_and_change_nothing():
    alone, beside = asked(), asked(**{"with": "nes,evil"})
    assert row(alone, "Vik") == row(beside, "Vik")
    assert row(beside, "Nes")[:4] == ["400", "100", "300", "25%"]
    assert [one[0] for one in tables(beside)[0][1:]][:2] == ["Vik", "Nes"]


def test_a_choice_is_kept_in_the_link():
    at = asked()
    at.multiselect(key="with").set_value(["nes"]).run()
    assert not at.exception
    assert at.query_params["with"] == "nes"
    assert "Nes: 25%" in answer(at)
    at.multiselect(key="with").set_value([]).run()
    assert "Nes" not in answer(at)


def test_what_is_not_built_here_is_said_and_left_out():
    at = asked(**{"with": "nes,<b>,vik"})
    assert [one.value for one in at.warning] == [
        markdown("These areas are not built here: <b>.")
    ]
    assert [one[0] for one in tables(at)[0][1:]] == ["Vik", "Nes"]


def test_what_the_figures_rest_on_stands_beside_them():
    at = asked(**{"with": "nes"})
    assert "Residents are counted per cell." in html(at)
    assert "Estimated from buildings" in row(at, "Vik")


def test_names_from_outside_are_text():
    at = asked(**{"with": "evil"})
    assert "<img src=x" not in html(at)
    assert '<img alt="' in html(at)


def test_without_kinds_it_says_what_to_do():
    at = asked(kinds="")
    assert answer(at) == "Choose at least one kind of meeting place."


def test_every_plot_is_said_in_words_and_every_file_is_offered():
    at = asked(**{"with": "nes"})
    assert html(at).count("<figure") == 3
    assert "Vik: 75%; Nes: 25%." in html(at)
    assert len(at.get("download_button")) == 3


@pytest.mark.browser
def test_a_comparison_is_taken_along(browser, tmp_path, moteplass_home):
    with (
        served(moteplass_home, tmp_path / "log.txt") as address,
        visiting(browser, address) as visit,
    ):
        link = "&".join(f"{key}={value}" for key, value in ASKED.items())
        visit.page.goto(f"{address}/compare?area=vik&with=nes&{link}")
        visit.settled()
        expect(visit.page.get_by_role("img", name="Vik: 75%; Nes: 25%")).to_be_visible()
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name="Comparison (PDF)").click()
        assert download.value.suggested_filename.startswith("moteplass-compare-")
        with open(download.value.path(), "rb") as file:  # noqa: PTH123 - as Playwright names it
            assert file.read(5) == b"%PDF-"
        expect(visit.page.get_by_text("Made: ").first).to_be_visible()
        assert (visit.outside, visit.faults) == ([], [])
