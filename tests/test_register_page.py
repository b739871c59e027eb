"""The page of the register: what is asked, what is answered, and the way back."""

import dataclasses

import pytest
from streamlit.testing.v1 import AppTest

from data import bundle as stored
from data.register.decided import OWN, SAME
from data.register.decisions import file_of, read
from geo.tables import REGISTER
from tests.page import NB, html, keep, tables
from tests.registers import area


def script(code):
    """Draw the page alone, as the frame round it would."""
    import streamlit as st  # noqa: PLC0415 - the page runs by itself

    from geo.errors import MoteplassError  # noqa: PLC0415
    from views.registry.register import page  # noqa: PLC0415
    from words import speaker  # noqa: PLC0415

    try:
        page(code, speaker("nb"))
    except MoteplassError as error:
        st.error(str(error))


def opened(code):
    return AppTest.from_function(script, args=(code,), default_timeout=60).run()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTEPLASS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def hamlet(home):
    return keep(area(code="grend", name="Grend <i>")[0], "grend", name="Grend <i>")


def test_a_question_is_asked_answered_carried_out_and_undone(hamlet):
    at = opened("grend")
    assert not at.exception
    summary, question = tables(at)
    assert summary[1][1:] == ["1", "2", "1", "0"]
    assert question[1] == [NB("Name"), "Solbakken skole", "Vik skole"]
    assert NB("{n} of {total} decided", n=0, total=1) in at.get("progress")[0].proto.text

    at.button(key=f"{SAME}-skoler-1").click().run()
    assert not at.exception
    assert read("grend")[0]["skoler", "1"].place == "w1"
    assert len(tables(at)) == 1
    assert len(at.info) == 1  # kept, but not yet on the map

    at.button(key="carry-out").click().run()
    assert not at.exception
    assert len(at.info) == 0
    register = stored.read("grend").register
    assert register["decided"].sum() == 1
    assert tables(at)[0][1][1:] == ["2", "2", "0", "0"]

    at.button(key="undo-skoler-1").click().run()
    assert read("grend")[0] == {}
    assert len(at.info) == 1
    at.button(key="carry-out").click().run()
    assert stored.read("grend").register["decided"].sum() == 0
    assert len(tables(at)) == 2


def test_text_from_outside_is_text(hamlet):
    at = opened("grend")
    assert "<i>" not in html(at).replace("&lt;i&gt;", "")
    assert "Grend &lt;i&gt;" in html(at)


def test_an_area_without_registers_says_what_to_do(hamlet):
    bare = dataclasses.replace(hamlet, register=REGISTER.none(hamlet.area.crs))
    keep(bare, "bart")
    at = opened("bart")
    assert not at.exception
    assert len(at.info) == 1
    assert tables(at) == []


def test_an_area_with_nothing_to_decide_says_so(hamlet):
    rows = hamlet.register[hamlet.register["status"] != "conflict"]
    keep(dataclasses.replace(hamlet, register=rows.reset_index(drop=True)), "enig")
    at = opened("enig")
    assert len(at.success) == 1
    assert len(at.get("download_button")) == 4


def test_garbled_decisions_are_said(hamlet):
    file = file_of("grend")
    file.parent.mkdir(parents=True)
    file.write_text('[[decision]]\nsource = "own\n', encoding="utf-8")
    at = opened("grend")
    assert not at.exception
    assert len(at.warning) == 1
    at.button(key=f"{OWN}-skoler-1").click().run()
    assert 'source = "own\n' in file.read_text("utf-8")


def test_an_area_that_is_not_there_is_said():
    assert len(opened("borte").error) == 1


def test_a_decision_whose_place_is_gone_is_said_and_can_be_undone(hamlet):
    file = file_of("grend")
    file.parent.mkdir(parents=True)
    file.write_text(
        '[[decision]]\nsource = "skoler"\nref = "1"\nwhat = "same_as"\nplace = "w404"\n'
    )
    at = opened("grend")
    assert len(at.warning) == 1
    assert len(at.info) == 0
    at.button(key="undo-skoler-1").click().run()
    assert len(at.warning) == 0
    assert len(tables(at)) == 2
