"""Links: they ask the same question, in the same language, or say what is wrong."""

from types import SimpleNamespace

import pytest

from geo.hours import MOMENTS
from geo.question import SWITCHES, Question
from tests.page import NB, answer, page
from tests.towns import catalogue
from views.question.asking import START
from views.text import markdown
from words import LANGUAGES, speaker

MINUTES = "Minutes must be a whole number from 1 to {most}, not {got}."
UNKNOWN = "There is no {what} {key}: choose from {known}."
HOSTILE = "<script>alert(1)</script>"
USUAL = {"lang": "nb", "base": "offline", "areas": "", "incomes": ""}


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch, karhula):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)
    return karhula


def shown(at):
    """Return the question that the widgets show."""
    return Question(
        area=at.selectbox(key="area").value,
        kinds=tuple(at.multiselect(key="kinds").value),
        group=at.selectbox(key="group").value,
        walker=at.selectbox(key="walker").value,
        minutes=at.slider(key="minutes").value,
        when=at.selectbox(key="when").value,
        **{toggle.key: toggle.value for toggle in at.toggle if toggle.key in SWITCHES},
    )


def test_a_shared_link_asks_the_same_question():
    asked = Question(
        *("demo-karhula", ("school", "pitch"), "older_80", "wheelchair", 25, "saturday"),
        **dict.fromkeys(("schools", "winter", "dark"), True),
    )
    seen = {"lang": "sv", "base": "kartverket", "areas": "1", "incomes": "1"}
    sent = asked.to_params() | seen
    at = page(**sent)
    assert shown(at) == asked
    assert at.selectbox(key="lang").value == "sv"
    assert at.radio(key="base").value == "kartverket"
    assert at.toggle(key="areas").value is True
    assert at.query_params == sent
    assert "25 minuter" in answer(at)


def test_a_link_may_leave_out_what_is_usual():
    assert shown(page(minutes="5")) == Question(START.area, START.kinds, START.group, minutes=5)


def test_the_address_follows_the_sidebar(drawer):
    at = page()
    assert at.query_params == START.to_params() | USUAL
    at.slider(key="minutes").set_value(30)
    at.selectbox(key="group").set_value("youth")
    at.selectbox(key="walker").set_value("pram")
    at.multiselect(key="kinds").set_value(["pitch"])
    for key in ("winter", "dark", "certain"):
        at.toggle(key=key).set_value(True)
    at.selectbox(key="when").set_value("school_holiday")
    at.radio(key="base").set_value("osm").run()
    at.toggle(key="schools").set_value(True).run()
    asked = Question(
        *("demo-karhula", ("pitch",), "youth", "pram", 30, "school_holiday"),
        **dict.fromkeys(SWITCHES, True),
    )
    sent = at.query_params
    assert sent == asked.to_params() | USUAL | {"base": "osm"}
    assert shown(page(**sent)) == asked


@pytest.mark.parametrize(
    ("wrong", "text", "values"),
    [
        ({"kinds": "park,pub"}, UNKNOWN, {"what": "kind", "key": "pub"}),
        ({"group": "horses"}, UNKNOWN, {"what": "group", "key": "horses"}),
        ({"walker": "horse"}, UNKNOWN, {"what": "walker", "key": "horse"}),
        ({"when": "yesterday"}, UNKNOWN, {"what": "moment", "key": "yesterday"}),
        ({"when": HOSTILE}, UNKNOWN, {"what": "moment", "key": HOSTILE}),
        ({"kinds": HOSTILE}, UNKNOWN, {"what": "kind", "key": HOSTILE}),
        ({"minutes": "soon"}, MINUTES, {"got": "soon"}),
        ({"minutes": "900"}, MINUTES, {"got": "900"}),
        ({"minutes": ""}, MINUTES, {"got": ""}),
        ({"minutes": HOSTILE}, MINUTES, {"got": HOSTILE[:20]}),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_wrong_link_is_explained_and_left(wrong, text, values):
    about = catalogue()
    known = {"group": about.groups, "walker": about.walkers, "moment": MOMENTS}
    listed = ", ".join(known.get(values.get("what"), about.kinds))
    values = values | {"most": 60, "known": listed}
    at = page(lang="en", **wrong)
    assert not at.exception
    assert at.error[0].value == markdown(speaker("en")(text, **values))
    at.button[0].click().run()
    assert not at.error
    assert shown(at) == START


@pytest.mark.parametrize("code", ["atlantis", HOSTILE, "../../etc", "x" * 10_000])
def test_an_unknown_area_is_explained_and_left(code):
    at = page(area=code)
    assert not at.exception
    assert markdown(code[:40]) in at.error[0].value
    assert "demo\\-karhula" in at.error[0].value
    assert len(at.error[0].value) < 1000
    at.button[0].click().run()
    assert shown(at) == START


def test_no_wrong_value_fills_the_screen():
    assert len(page(minutes="9" * 10_000).error[0].value) < 300
    assert len(page(group="g" * 10_000).error[0].value) < 600
    assert len(page(when="w" * 10_000).error[0].value) < 300


def test_a_kind_named_twice_counts_once():
    at = page(kinds="park,park,playground")
    assert not at.exception
    assert not at.error
    assert shown(at).kinds == ("park", "playground")


def test_a_switch_is_on_or_off_and_nothing_else():
    at = page(winter=HOSTILE, dark="true", areas="2")
    assert not at.exception
    assert shown(at) == START
    assert at.toggle(key="areas").value is False


def test_a_strange_base_map_or_language_is_the_usual_one():
    at = page(base="https://evil.example/{z}", lang="klingon")
    assert not at.error
    assert at.query_params["base"] == "offline"
    assert at.query_params["lang"] == "nb"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_names_its_language(language):
    at = page(lang=language, kinds="")
    assert answer(at) == speaker(language)("Choose at least one kind of meeting place.")
    assert at.query_params["lang"] == language


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *(("nb-NO", "nb"), ("no", "nb"), ("nn-NO", "nn"), ("en-GB", "en"), ("sv-SE", "sv")),
        *(("fi-FI", "nb"), ("", "nb"), (None, "nb")),
    ],
)
def test_else_the_browser_does(locale, language, monkeypatch):
    monkeypatch.setattr("streamlit.context", SimpleNamespace(locale=locale))
    at = page(kinds="")
    assert at.selectbox(key="lang").value == language
    assert at.query_params["lang"] == language


def test_choosing_a_language_keeps_the_question():
    at = page(minutes="25", group="youth")
    at.selectbox(key="lang").set_value("en").run()
    assert "25 minutes or less" in answer(at)
    assert at.slider(key="minutes").label == "Minutes on foot"
    assert at.query_params["lang"] == "en"
    assert NB("Minutes on foot") != "Minutes on foot"
