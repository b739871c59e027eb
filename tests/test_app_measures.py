"""Measures and norms on the page: computed when they are opened, and said in its language."""

import pytest

from data.norms import norms
from layers import meeting_text
from layers.norms import headings
from tests.page import CROWD, NB, html, keep, page, tables
from tests.towns import bundle, streets
from views import cached_figures

STREET = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
PLACES = {"n1": ("park", (0, 0)), "n2": ("library", (880, 0))}
HOMES = {(78, 0): CROWD, (800, 0): CROWD}


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, moteplass_home):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)


@pytest.fixture(scope="module")
def measured(moteplass_home):
    """Return an area whose figures a head can check."""
    return keep(bundle(STREET, HOMES, PLACES), "measured-page")


def asked(area="measured-page", path="groups", **params):
    told = {"kinds": "park,library", "group": "everybody", "minutes": "5"}
    at = page(path, area=area, **told | params)
    assert not at.exception
    assert not at.error
    return at


def opened(at, *keys):
    for key in keys:
        at.toggle(key=key).set_value(True).run()
        assert not at.exception
        assert not at.error
    return at


def under(at, heading):
    """Return the first table of the page that has these headings."""
    return next(rows for rows in tables(at) if rows[0] == heading)


def test_nothing_is_computed_before_it_is_opened(measured, monkeypatch):
    monkeypatch.setattr(cached_figures, "figures", None)
    monkeypatch.setattr(cached_figures, "hold", None)
    at = asked(minutes="7")
    assert not at.toggle(key="measures").value
    assert NB("Measures") in html(at)
    at = asked(path="area")
    assert not at.toggle(key="norms").value
    assert NB("Norms") in html(at)


def test_measures_are_opened_and_follow_the_question(measured):
    at = opened(asked(), "measures")
    heading = [NB("Measure"), NB("Figure"), NB("What it says here")]
    says = under(at, heading)
    assert says[1][:2] == [NB("Walk to the nearest place, min"), "1"]  # 78 m
    meet = under(at, meeting_text.headings(NB))
    assert [row[1:3] for row in meet[1:]] == [[NB("Park"), "100"], [NB("Library"), "100"]]
    at.multiselect(key="kinds").set_value(["library"]).run()
    at.slider(key="minutes").set_value(15).run()
    assert not at.exception
    assert [row[2] for row in under(at, meeting_text.headings(NB))[1:]] == ["200"]


def test_norms_are_opened_and_need_no_kinds(measured):
    at = opened(asked(path="area", kinds=""), "norms")
    assert [toggle for toggle in at.toggle if toggle.key == "measures"] == []
    rows = under(at, headings(NB))
    assert [row[0] for row in rows[1:]] == [NB(norm.label) for norm in norms().values()]
    text = html(at)
    assert all(NB(norm.source).replace("'", "&#x27;") in text for norm in norms().values())
    assert "Statistics Norway" not in text


def test_only_known_ways_are_named_so(measured):
    keep(bundle(STREET, HOMES, {"n1": ("park", (0, 900))}), "apart-page")
    usual, certain = (
        html(opened(asked("apart-page", walker="wheelchair", certain=known), "measures"))
        for known in ("", "1")
    )
    assert NB("No way on foot") in usual
    assert NB("No known way on foot") not in usual
    assert NB("No known way on foot") in certain
    assert NB("No way on foot") not in certain


@pytest.mark.parametrize(
    ("code", "street", "homes", "places"),
    [
        ("measured-ageless", STREET, {(100, 0): {"everybody": 90.0}}, PLACES),
        ("measured-pathless", STREET.head(0), HOMES, PLACES),
        ("measured-placeless", STREET, HOMES, {}),
        ("measured-homeless", STREET, {}, PLACES),
        ("measured-empty", STREET.head(0), {}, {}),
    ],
)
@pytest.mark.parametrize("group", ["everybody", "youth"])
def test_areas_that_lack_something_are_measured_too(code, street, homes, places, group):
    keep(bundle(street, homes, places), code)
    measured_ = opened(asked(code, group=group), "measures")
    held = opened(asked(code, path="area"), "norms")
    assert len(under(held, headings(NB))) == 1 + len(norms())
    cells = {
        cell for at in (measured_, held) for rows in tables(at) for row in rows for cell in row
    }
    assert not {"nan", "inf"} & cells
