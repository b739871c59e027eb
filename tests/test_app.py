"""The page: it answers at once, and again after every click."""

import re
from datetime import datetime

import pytest

from data.catalogue import kinds
from geo.answer import answer as answered
from geo.question import Question
from geo.timetable import OSLO
from geo.town import prepare
from layers.sentences import answered as in_words
from tests.page import CROWD, NB, answer, column, html, keep, notes, page, tables
from tests.towns import bundle, catalogue, streets

NUMBER = re.compile(r"[−+]?\d[\d\s ]*")


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def hamlet(moteplass_home):
    """Return an area whose figures a head can check: a few, many and nobody in a home."""
    street = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
    places = {"n1": ("park", (0, 0)), "n2": ("library", (880, 0))}
    return keep(bundle(street, {(78, 0): CROWD, (800, 0): CROWD}, places), "hamlet")


def test_the_first_page_answers_without_a_click(karhula):
    at = page()
    assert not at.exception
    assert not at.error
    first = Question("demo-karhula", ("playground", "park"), "school_children", minutes=10)
    now = datetime.now(OSLO)
    known = answered(prepare(karhula), first, catalogue(), now=now)
    assert answer(at) == in_words(known, catalogue(), NB, places=karhula.places, now=now)
    assert notes(at) == " ".join(NB(note) for note in karhula.area.notes)
    assert len(at.get("component_instance")) == 1  # the map


def test_every_widget_asks_again(hamlet):
    at = page(area="hamlet", kinds="park", group="everybody", minutes="10")
    assert "50" in answer(at)
    at.slider(key="minutes").set_value(12).run()
    assert answer(at).startswith("100")
    at.selectbox(key="group").set_value("young_children").run()
    assert "24" in answer(at)
    at.selectbox(key="walker").set_value("wheelchair").run()
    rolling = f"«{NB('Manual wheelchair').lower()}»: "
    assert f"{rolling}50" in answer(at)
    at.multiselect(key="kinds").set_value(["park", "library"]).run()
    assert f"{rolling}100" in answer(at)
    at.selectbox(key="area").set_value("demo-karhula").run()
    assert "<h1>Karhula" in html(at)
    assert not at.exception


def test_a_family_takes_all_its_kinds_and_leaves_them():
    at = page(area="demo-karhula", kinds="park")
    assert at.button_group(key="families").value == ["park"]
    at.button_group(key="families").select("play").run()
    chosen = at.session_state["kinds"]
    play = [key for key in chosen if kinds()[key].family == "play"]
    assert set(chosen) == {"park", *play}
    assert "playground" in play
    at.button_group(key="families").unselect("park").run()
    assert at.session_state["kinds"] == play
    at.multiselect(key="kinds").set_value(["playground"]).run()
    assert at.button_group(key="families").value == ["play"]
    at.button_group(key="families").select("park").run()
    taken = {kinds()[key].family for key in set(at.session_state["kinds"]) - {"playground"}}
    assert taken == {"park"}  # and no more of play


def test_without_a_kind_the_page_says_what_to_do():
    at = page(kinds="")
    assert not at.exception
    assert answer(at) == NB("Choose at least one kind of meeting place.")
    assert NB("Nobody lives beyond reach.") not in html(at)
    at = page()
    at.multiselect(key="kinds").set_value([]).run()
    assert answer(at) == NB("Choose at least one kind of meeting place.")
    assert at.query_params["kinds"] == ""
    at.button_group(key="families").select("park").run()
    assert "park" in at.session_state["kinds"]


def test_a_kind_that_is_not_there_is_said_so(hamlet):
    at = page(area="hamlet", kinds="sauna")
    assert answer(at) == NB("There is no such meeting place in the data for this area.")
    assert column(tables(at)[0], 4)[0] == "0\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("group", ["everybody", "school_children", "youth", "older_80"])
def test_fewer_than_five_people_are_never_a_number(hamlet, group):
    at = page(area="hamlet", kinds="park,school", group=group, minutes="3")
    by_group, by_kind, *spots = tables(at)
    cells = [cell for row in by_group[1:] for cell in row[1:4]]
    cells += column(by_kind, 2) + [cell for rows in spots for cell in column(rows, 1)]
    assert len(cells) > 20
    hidden = {NB("fewer than {n}", n=5), NB("Too few to tell")}
    assert hidden & set(cells)
    told = [number(cell) for cell in cells if cell not in hidden]
    assert [n for n in told if 0 < n < 5] == []


def number(cell):
    """Return the number in a cell; unknown is none."""
    match = NUMBER.search(cell)
    return float(re.sub(r"\s", "", match[0])) if match else 0.0
