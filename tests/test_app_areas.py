"""Areas that lack something, are damaged, or change while the page is open."""

import dataclasses

import pytest

from data import bundle as stored
from data import store
from data.build import build_demo, build_file
from geo.errors import Message
from geo.tables import GROUPS
from tests.page import CROWD, NB, answer, column, html, keep, notes, page, tables
from tests.towns import Drawing, box, bundle, streets
from views.text import markdown

STREET = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
PARK = {"n1": ("park", (0, 0))}
HOME = {(78, 0): CROWD}


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, karhula):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)
    return karhula


@pytest.fixture
def ageless(tmp_path):
    """Build an area from a drawn file, as a planner would who knows no ages."""
    town = Drawing()
    around = box(-100, -100, 300, 300)
    town.way([*around, around[0]], highway="residential", name="Storgata")
    town.area(box(100, 20, 200, 120), leisure="park")
    town.area(box(20, 20, 40, 40), building="apartments")
    return build_file(town.save(tmp_path / "town.osm"), code="ageless", name="Ageless")


def test_without_ages_their_figures_are_unknown_and_not_nought(ageless):
    at = page(area="ageless", kinds="park", group="school_children")
    assert not at.exception
    text = "How many of this group live here is not known. Choose everybody instead."
    assert answer(at) == NB(text)
    assert NB("Ages are not known here: only figures for everybody are given.") in notes(at)
    everybody, *ages = tables(at)[0][1:]
    assert "–" not in everybody[1:5]
    assert [row[1:] for row in ages] == [["–"] * 5] * (len(GROUPS) - 1)
    assert column(tables(at)[1], 2) == ["–"]
    at.selectbox(key="group").set_value("everybody").run()
    assert "%" in answer(at)


def test_unknown_people_beyond_reach_are_told_as_unknown(tmp_path):
    known = keep(bundle(STREET, {(800, 0): {"everybody": 9.0}}, PARK), "ageless-far")
    at = page("gaps", area=known.area.code, kinds="park", group="youth", minutes="5")
    text = "How many of this group live here is not known. Choose everybody instead."
    assert NB(text) in html(at)
    assert tables(at) == []


def test_without_streets_nobody_is_reached_and_the_page_says_why():
    text = Message("There are no paths or streets in the data for this area.")
    keep(bundle(STREET.head(0), HOME, PARK), "pathless", warnings=(text,))
    at = page(area="pathless", kinds="park", group="everybody", minutes="60")
    assert not at.exception
    assert not at.error
    assert answer(at).startswith("0\N{NO-BREAK SPACE}%")
    assert text.text in html(at)
    gaps = page("gaps", area="pathless", kinds="park", group="everybody", minutes="60")
    assert column(tables(gaps)[0], 2) == [NB("No way on foot")]


def test_without_places_there_is_nothing_to_choose():
    keep(bundle(STREET, HOME, {}), "placeless")
    at = page(area="placeless", kinds="", group="everybody")
    assert not at.exception
    assert at.multiselect(key="kinds").options == []
    assert answer(at) == NB("Choose at least one kind of meeting place.")
    at = page(area="placeless", group="everybody")
    assert not at.exception
    assert answer(at) == NB("There is no such meeting place in the data for this area.")


def test_without_homes_there_is_nobody_to_reach():
    keep(bundle(STREET, {}, PARK), "homeless")
    at = page(area="homeless", kinds="park", group="everybody")
    assert not at.exception
    text = "Nobody is estimated to live here, so there is nobody to reach."
    assert answer(at) == NB(text)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("homes.parquet", b"not a table"),
        ("homes.parquet", None),
        ("area.toml", b"name = "),
        ("area.toml", b"\xff\xfe"),
        ("area.toml", b'format = "99.0"'),
    ],
)
def test_a_damaged_area_is_explained_and_another_can_be_chosen(file, content, request):
    code = f"damaged-{abs(hash(request.node.name))}"
    keep(bundle(STREET, HOME, PARK), code)
    target = store.folder(code) / file
    target.write_bytes(content) if content else target.unlink()
    try:
        at = page(area=code, kinds="park")
        assert not at.exception
        assert markdown(code) in at.error[0].value
        at.selectbox(key="area").set_value("demo-karhula").run()
        assert not at.error
        assert "<h1>Karhula" in html(at)
    finally:
        (store.folder(code) / "area.toml").unlink()


def test_a_damaged_demo_is_built_again(drawer):
    try:
        (store.folder("demo-karhula") / "homes.parquet").write_bytes(b"")
        area = store.folder("demo-karhula") / "area.toml"
        area.write_text(area.read_text("utf-8").replace(drawer.area.built, "2020-01-01T00:00"))
        at = page()
        assert not at.error
        assert "%" in answer(at)
    finally:
        stored.write(drawer)


def test_an_area_built_anew_is_shown_anew():
    keep(bundle(STREET, HOME, PARK), "growing", built="2026-11-20T12:00:00+00:00")
    at = page(area="growing", kinds="park", group="everybody")
    assert answer(at).startswith("100\N{NO-BREAK SPACE}%")
    more = bundle(STREET, {**HOME, (800, 0): {"everybody": 300.0}}, PARK)
    keep(more, "growing", built="2026-11-20T12:00:01+00:00")
    at.run()
    assert answer(at).startswith("25\N{NO-BREAK SPACE}%")
    assert not at.exception


def test_an_area_is_text_whatever_it_is_called():
    name, note = '<img src=x onerror="x()"> ![x](http://a.b/c) $x$', "<b>{n}</b>"
    known = keep(bundle(STREET, HOME, PARK), "hostile", name=name)
    area = dataclasses.replace(known.area, notes=(Message(note, {"n": "<i>"}),))
    stored.write(dataclasses.replace(known, area=area))
    at = page(area="hostile", kinds="park")
    assert not at.exception
    assert name in at.selectbox(key="area").options
    assert "<img" not in html(at).replace('<img alt="" src="data:image/svg+xml,', "")
    assert "&lt;b&gt;&lt;i&gt;&lt;/b&gt;" in html(at)


def test_what_nobody_foresaw_is_not_hidden(monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("views.tables.groups", fail)
    at = page()
    assert len(at.exception) == 1
    assert not at.error


def test_the_first_start_builds_the_demo(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "new"))
    at = page()
    assert not at.exception
    assert not at.error
    assert "%" in answer(at)
    assert store.codes() == ["demo-karhula"]
    assert not at.get("progress")


def test_a_store_that_cannot_be_written_is_explained(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "file"))
    at = page()
    assert not at.exception
    assert "MOTEPLASS\\_HOME" in at.error[0].value
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path / "new"))
    build_demo("demo-karhula")
    at.run()
    assert not at.error
