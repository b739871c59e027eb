"""The area in figures, and the page of export: what is said, what is not, and what is made."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from math import isnan

import pytest
from playwright.sync_api import expect

from data.catalogue import families
from geo.bundle import Area, Source
from geo.errors import ExportError
from geo.tables import EVERYBODY
from layers.family_text import by_family
from layers.files import FORMATS
from layers.paper.sheetful import Paper
from tests.page import CROWD, NB, column, html, keep, page, tables
from tests.towns import bundle, streets
from tests.visit import served, visiting
from views import freshness
from views.taking import offers
from views.text import markdown
from words import speaker

STREET = streets(((-500, 0), (900, 0)))
EN = speaker("en")
NASTY = '<img src=x onerror="alert(1)">'


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "store"))
    monkeypatch.setattr("views.cached.STATIC", tmp_path / "static")
    return tmp_path / "store"


@pytest.fixture
def town(home):
    """Keep a town of a hundred people, a park and a library, and sources of two sorts."""
    drawn = bundle(
        STREET, {(78, 0): CROWD}, {"n1": ("park", (0, 0)), "n2": ("library", (300, 0))}
    )
    sources = (
        Source("OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors", "2024-06-16", 7),
        Source(f"skoler {NASTY}.csv", "?", "", "?", 3),
    )
    return keep(drawn, "figureville", sources=sources, name=f"Vik {NASTY}")


def by(at, caption):
    """Return the table of a caption."""
    (found,) = (
        rows
        for rows, text in zip(tables(at), re.findall("<caption>(.*?)<", html(at)), strict=True)
        if unescape(text) == caption
    )
    return found


def test_people_are_told_by_group_and_a_few_never_as_a_number(town):
    at = page("area", area="figureville")
    assert not at.exception
    rows = {row[0]: row[1:] for row in by(at, NB("Residents by group"))}
    assert rows[NB("Everybody")][0] == "100"
    assert rows[NB("Adults, 20–66")][:2] == ["60", NB.share(0.6)]
    for group in ("Schoolchildren, 6–15", "Older people, 80 or more"):
        assert rows[NB(group)][:2] == [
            NB("fewer than {n}", n=5),
            "–",
        ]  # a share is a number too
    assert rows[NB("People with low income")][2] == NB("Unknown")
    assert NB("Nothing is known of low income here.") in html(at)
    assert NB("Estimated from the buildings: nobody has counted them.") in html(at)


def test_places_are_counted_by_family_for_a_thousand_residents(town):
    at = page("area", area="figureville")
    rows = by(at, NB("Meeting places by family"))
    assert column(rows, 1) == ["1", "1", "2"]
    assert column(rows, 5) == [NB.number(10, 1)] * 2 + [NB.number(20, 1)]
    labels = {NB(one.label) for one in families().values()}
    assert set(column(rows, 0)) <= labels | {NB("All")}
    assert len(at.get("component_instance")) == 1  # the map says the same


def test_nobody_lives_here_is_unknown_and_not_none():
    none = bundle(STREET, {(0, 0): {EVERYBODY: 0.0}}, {"n1": ("park", (0, 0))})
    counted = by_family(none.places, 0.0)
    assert isnan(counted["per_thousand"].iloc[0])
    assert counted[["places", "indoor", "outdoor", "both"]].to_numpy().tolist() == [
        [1, 0, 1, 0]
    ]


def test_what_is_not_known_of_a_source_is_said_and_its_text_is_text(town):
    at = page("area", area="figureville")
    rows = {row[0]: row[1:] for row in by(at, NB("What the figures rest on"))}
    assert rows["OpenStreetMap"][:3] == [
        "© OpenStreetMap contributors",
        "ODbL 1.0",
        "2024-06-16",
    ]
    assert rows[f"skoler {NASTY}.csv"][:4] == [NB("Unknown")] * 3 + ["3"]
    assert "<img src=x" not in html(at)


def test_an_old_map_is_said_to_be_old(town):
    at = page("area", area="figureville")
    (said,) = (one.value for one in at.warning)
    assert NB.date("2024-06-16") in said


def test_the_age_of_a_map_is_that_of_its_source():
    new = Source("OpenStreetMap", "", "", "2026-01-05", 1)
    area = Area("x", "X", "EPSG:25833", "2020-01-01T00:00:00+00:00", (new,))
    assert freshness.aged(area, date(2026, 12, 31), EN) == ""
    assert freshness.aged(area, date(2027, 1, 5), EN) == ""
    assert "January 5, 2026" in freshness.aged(area, date(2027, 1, 6), EN)


def test_nothing_is_measured_against_norms_before_somebody_asks(town, monkeypatch):
    def never(*args):
        raise AssertionError

    monkeypatch.setattr("views.norms.held", never)
    assert not page("area", area="figureville").exception


def test_export_says_what_is_in_it_and_gives_the_link(town):
    at = page("export", area="figureville", kinds="park", minutes="7", group="adults")
    assert not at.exception
    offered = [*offers.documents(NB), *offers.prints(Paper(), NB), *offers.layers(NB)]
    for one in offered:
        assert one.holds in unescape(html(at))
    assert len(at.get("download_button")) == len(offered) == 6 + len(FORMATS)
    (told,) = (one.value for one in at.code)
    assert "kinds=park" in told
    assert "minutes=7" in told
    assert "area=figureville" in told


def test_without_kinds_export_says_what_to_do(town):
    at = page("export", area="figureville", kinds="")
    assert not at.exception
    assert not at.get("download_button")
    said = NB("Choose a kind of meeting place at the side: then there is an answer.")
    assert said in [one.value for one in at.info]


def test_a_file_that_is_asked_for_is_said_to_be_made_then_its_size_or_fault(town):
    at = page("export", area="figureville", kinds="park")
    _, making = at.session_state["making-geopackage"]
    assert NB("Being made …") not in html(at)
    making.asked = True
    at.run()
    assert NB("Being made …") in html(at)
    making.size = 2_340_000
    at.run()
    assert NB("Made: {size}", size=NB("{n} MB", n=NB.number(2.3, 1))) in html(at)
    making.size, making.fault = 0, ExportError("{file} is empty", file="a_b").message
    at.run()
    assert markdown("a_b is empty") in [one.value for one in at.error]
    at.slider(key="minutes").set_value(3).run()  # another question, another file
    assert not at.error
    assert at.session_state["making-geopackage"][1] is not making


@pytest.mark.browser
def test_area_and_export_in_a_browser(browser, home, karhula, tmp_path):
    keep(karhula, "karhula", name="Karhula")
    with served(home, tmp_path / "log.txt") as address, visiting(browser, address) as visit:
        page = visit.page
        page.goto(f"{address}/area?area=karhula&lang=en")
        expect(page.get_by_role("heading", level=1)).to_have_text("Karhula in figures")
        page.get_by_role("tab", name="Sources").click()
        expect(page.get_by_role("heading", name="Sources", exact=True)).to_be_visible()
        page.goto(f"{address}/export?area=karhula&lang=en&kinds=park")
        button = page.get_by_role("button", name="Spreadsheets (CSV)")
        with page.expect_download() as waiting:
            button.click()
        assert waiting.value.suggested_filename.endswith("-csv.zip")
        expect(page.get_by_text(re.compile(r"Made: [\d.]+ MB")).first).to_be_visible()
        page.goto(f"{address}/health?area=karhula&lang=en")
        expect(page.get_by_text("karhula", exact=True)).to_be_visible()
        assert not visit.outside
        # Streamlit asks for its settings below a page's own path as well, in vain.
        assert not [one for one in visit.faults if "404" not in one]
