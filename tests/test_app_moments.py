"""When places are open, and what the ways are like then: the page says it, and remembers."""

from datetime import datetime

import pytest

from geo.question import Question
from geo.timetable import OSLO
from geo.town import Town
from tests.page import answer, column, html, keep, page, tables
from tests.towns import bundle, streets
from views import cached

EVERYBODY = {"everybody": 100.0}
PLACES = {
    "n1": ("library", (0, 0)),
    "n2": ("cafe", (900, 0)),
    "n3": ("school", (1950, 0)),
}
HOURS = {"n1": "Mo-Fr 10:00-16:00", "n2": "", "n3": ""}


@pytest.fixture(autouse=True)
def drawer(tmp_path, monkeypatch):
    """Keep what the page publishes out of the program's own folder."""
    monkeypatch.setattr("views.cached.STATIC", tmp_path)


@pytest.fixture(scope="module")
def village(moteplass_home):
    """
    Return a street with a hundred people at a library, a café and a school.

    The library closes at 16, the café's hours are unknown; the street to the school
    has no light, and is closed in winter.
    """
    paths = streets(
        *([(-500, 0), (0, 0)], [(0, 0), (900, 0)], [(900, 0), (1700, 0)]),
        [(1700, 0), (1950, 0)],
        lit={0: "yes", 1: "unknown", 2: "yes", 3: "no"},
        winter={3: "closed"},
    )
    homes = {(-70, 0): EVERYBODY, (830, 0): EVERYBODY, (1650, 0): EVERYBODY}
    drawn = bundle(paths, homes, PLACES)
    drawn.places["opening_hours"] = drawn.places.index.map(HOURS)
    return keep(drawn, "village")


def asked(*kinds, **params):
    """Ask about everybody in the village, in English."""
    told = {"group": "everybody", "minutes": "5", "lang": "en"}
    at = page(area="village", kinds=",".join(kinds), **(told | params))
    assert not at.exception
    assert not at.error
    return at


def test_in_the_evening_a_library_is_closed_and_a_cafe_is_unknown(village):
    at = asked("library", "cafe")
    assert answer(at).startswith("67% of the residents")
    at.selectbox(key="when").set_value("weekday_evening").run()
    assert not at.exception
    assert " at 19:00: 33% of the residents – 100 of 300" in answer(at)
    assert "known to be passable, count, it is 0% (0)." in answer(at)
    assert "unknown for 1 of 1 places; it counts as open." in answer(at)
    assert at.caption[0].value.startswith("The next Tuesday")
    at.toggle(key="certain").set_value(True).run()
    assert answer(at) == "None of the 2 such meeting places is known to be open at that time."


def test_when_all_are_closed_the_page_says_so(village):
    at = asked("library", when="weekday_evening")
    assert answer(at) == "The only such meeting place is closed at that time."
    assert column(tables(at)[1], 1) == ["0"]
    assert answer(asked("sauna", when="saturday")).startswith("There is no such meeting place")


def test_schools_are_open_to_others_if_a_switch_says_so(village):
    at = asked("school", when="weekday_evening")
    assert "closed" in answer(at)
    at.toggle(key="schools").set_value(True).run()
    assert "with schools open to others: 33% of the residents" in answer(at)
    at.selectbox(key="when").set_value("").run()
    assert [toggle.key for toggle in at.toggle if toggle.key == "schools"] == []
    assert "open to others" not in answer(at)
    at.selectbox(key="when").set_value("saturday").run()
    assert "with schools open to others: 33%" in answer(at)


@pytest.mark.parametrize(
    ("switch", "said"), [("winter", "With snow and ice: 0%"), ("dark", "In the dark: 0%")]
)
def test_a_switch_closes_the_way_to_the_school_and_says_so(village, switch, said):
    at = asked("school")
    assert answer(at).startswith("33%")
    at.toggle(key=switch).set_value(True).run()
    assert answer(at).startswith(said)
    assert asked("school", **{switch: "1"}).toggle(key=switch).value is True
    assert at.query_params[switch] == "1"


def test_only_what_is_known_is_another_question(village):
    at = asked("cafe", dark="1")
    assert answer(at).startswith("In the dark: 33%")
    at.toggle(key="certain").set_value(True).run()
    assert answer(at).startswith("In the dark, counting only what is known: 0%")
    assert "no way is known that they can take" in answer(at)
    assert "known to be open" not in answer(at)


def test_conditions_are_folded_away_until_a_link_asks_for_them(village):
    assert not asked("cafe").sidebar.expander[0].proto.expanded
    assert asked("cafe", winter="1").sidebar.expander[0].proto.expanded


def test_areas_are_drawn_when_asked_for_and_named_in_the_legend(village, tmp_path):
    at = asked("cafe")
    assert list(tmp_path.glob("areas-*")) == []
    at.toggle(key="areas").set_value(True).run()
    assert not at.exception
    assert len(list(tmp_path.glob("areas-*"))) == 1
    assert "The reach of the places" in html(at)
    at.selectbox(key="when").set_value("now").run()
    at.multiselect(key="kinds").set_value([]).run()
    assert not at.exception


def test_other_kinds_groups_and_minutes_walk_nowhere_anew(village, monkeypatch):
    at = asked("library", when="saturday")
    cached.answered.clear()
    monkeypatch.setattr(Town, "walk", None)
    monkeypatch.setattr(Town, "side", None)
    at.multiselect(key="kinds").set_value(["cafe", "school"]).run()
    at.selectbox(key="group").set_value("older_80").run()
    at.slider(key="minutes").set_value(17).run()
    assert not at.exception


@pytest.mark.parametrize(
    ("when", "at"),
    [
        ("", "2026-11-21T00:00:00+01:00"),
        ("saturday", "2026-11-21T00:00:00+01:00"),
        ("now", "2026-11-21T09:45:00+01:00"),
    ],
)
def test_time_is_told_no_finer_than_answers_depend_on_it(when, at, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz):
            assert tz is OSLO
            return datetime(2026, 11, 21, 9, 59, 59, 999, tzinfo=tz)

    monkeypatch.setattr(cached, "datetime", Clock)
    assert cached.asked_at(Question("village", (), when=when)).isoformat() == at
