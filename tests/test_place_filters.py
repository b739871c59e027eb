"""Which places are wanted, and who can walk to each: on a street that a head can check."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue import families, kinds
from geo.finding import HOURS, SETTINGS, STEP_FREE, Wanted, folded, found, index, lying
from geo.question import Question
from geo.town import prepare
from geo.visitors import MEETING, told, visitors
from layers.place_card import edited, gathering, people
from layers.place_sources import conflicts, registers
from layers.place_text import counted, labels, named_kinds
from tests.page import CROWD
from tests.towns import bundle, catalogue, streets
from words import speaker

EN = speaker("en")
STREET = streets([(-500, 0), (0, 0)], [(0, 0), (900, 0)])
PLACES = {
    "n1": ("park", (0, 0)),
    "n2": ("library;cafe", (880, 0)),
    "n3": ("school", (-400, 0)),
    "n4": ("park;playground", (400, 0)),
}


@cache
def town():
    """Return the town; nobody may change it."""
    known = bundle(STREET, {(78, 0): CROWD, (800, 0): CROWD}, PLACES)
    known.places["name"] = ["Ærfuglparken", "Čáhce bibliotek", "Vik skole", ""]
    known.places["opening_hours"] = ["", "Mo-Fr 10:00-19:00", "", "24/7"]
    known.places["wheelchair"] = ["yes", "limited", "", " Designated"]
    return known


def looked_up(wanted, states=("open", "closed", "unknown", "open")):
    places = town().places
    known = index(places, kinds(), labels(kinds(), EN))
    return "".join(i[1] for i in places.index[found(known, wanted, np.array(states))])


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), "1234"),
        (Wanted(text="aerfugl"), "1"),
        (Wanted(text="ÆRFUGL"), "1"),
        (Wanted(text="cahce"), "2"),
        (Wanted(text="skole vik"), "3"),  # each word somewhere
        (Wanted(text="vik park"), ""),
        (Wanted(text="park"), "14"),  # also by kind, in the reader's language
        (Wanted(text="playGROUND"), "4"),
        (Wanted(text="  "), "1234"),
        (Wanted(text=".*"), ""),  # no pattern
        (Wanted(text="x" * 10_000), ""),
        (Wanted(family="park"), "14"),
        (Wanted(family="play"), "4"),  # by a kind that does not lead
        (Wanted(family="nonsense"), ""),
        (Wanted(setting="outdoor"), "134"),
        (Wanted(setting="both"), "3"),
        (Wanted(setting="indoor"), "23"),
        (Wanted(setting="elsewhere"), ""),
        (Wanted(hours="open"), "14"),
        (Wanted(hours="known"), "24"),
        (Wanted(hours="unknown"), "13"),
        (Wanted(hours="never"), ""),
        (Wanted(stepfree="yes"), "14"),
        (Wanted(stepfree="limited"), "2"),
        (Wanted(stepfree="unknown"), "3"),
        (Wanted(stepfree="no"), ""),
        (Wanted(text="park", family="play", hours="known", stepfree="yes"), "4"),
    ],
    ids=str,
)
def test_what_is_wanted_is_found(wanted, ids):
    assert looked_up(wanted) == ids


@given(st.text(max_size=200), st.sampled_from(["", *families()]))
def test_asking_for_more_finds_no_more(text, family):
    fewer = set(looked_up(Wanted(text=text, family=family)))
    assert fewer <= set(looked_up(Wanted(family=family)))
    assert fewer <= set(looked_up(Wanted(text=text)))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_every_place_has_one_answer_of_each():
    known = index(town().places, kinds(), {})
    assert set(known.stepfree) <= set(STEP_FREE)
    assert set(known.setting) <= set(SETTINGS)
    of = [[len(looked_up(Wanted(stepfree=one))) for one in STEP_FREE]]
    of += [[len(looked_up(Wanted(hours=one))) for one in HOURS[1:]]]
    assert [sum(some) for some in of] == [4, 4]
    assert (lying(known, "indoor") | lying(known, "outdoor")).all()


def test_what_is_shown_is_counted():
    known = index(town().places, kinds(), {})
    said = counted(known, np.array([True, True, True, False]), EN)
    assert said == (
        "3 of 4 places. 2 are indoors. For 1 nobody knows whether one gets in without steps."
    )
    assert counted(known, np.zeros(4, dtype=bool), EN) == "None of 4 places is like that."
    only = np.array([True, False, False, False])
    assert counted(known, only, EN) == "1 of 4 places. None is indoors."


def met(minutes=10, homes=None, rows=(True,) * 4):
    """Return who can walk to each place; `homes`: others than two crowds."""
    known = bundle(STREET, homes or {(78, 0): CROWD, (800, 0): CROWD}, PLACES)
    asked = Question("toytown", ("park",), "everybody", minutes=minutes)
    ready = prepare(known)
    return visitors(ready, asked, catalogue(), np.array(rows), side=ready.side)


def test_who_can_walk_to_each_place():
    """Everybody does 780 m in ten minutes: 1.3 m/s; a young child 540 m."""
    by_place = met()
    assert [one["everybody"].within for one in by_place] == [100, 100, 100, 200]
    assert [one["young_children"].within for one in by_place] == [12, 12, 12, 24]
    assert [one["everybody"].people for one in by_place] == [200] * 4
    (alone,) = met(rows=(False, True, False, False))
    assert alone["everybody"].within == by_place[1]["everybody"].within


def test_a_few_are_never_told():
    """Three schoolchildren live at each spot: neither they nor what gives them away is told."""
    asked = Question("toytown", ("park",), "school_children", minutes=10)
    by_place = met()
    assert by_place[0]["school_children"].hidden
    alone = told(by_place, "group", asked)
    assert alone.isna().tolist() == [True, True, True, False]
    assert alone.iloc[3] == 6  # the place between both crowds has all of them
    children = told(by_place, "children", asked)
    assert children.isna().tolist() == [True, True, True, False]
    for place in by_place[:3]:
        texts = [text for _, text in people(place, catalogue(), EN)]
        numbers = [int(text) for text in texts if text.isdecimal()]
        assert not [n for n in numbers if 0 < n < 5]
        assert "Too few to tell" in texts


def test_many_are_told_and_unknown_groups_are_unknown():
    many = {**dict.fromkeys(CROWD, 40.0), "everybody": 240.0}
    by_place = met(homes={(78, 0): many, (800, 0): many})
    asked = Question("toytown", ("park",), "youth", minutes=10)
    assert told(by_place, "group", asked).tolist() == [40, 40, 40, 80]
    assert told(by_place, "children", asked).tolist() == [80, 80, 80, 160]
    assert told(by_place, "low_income_areas", asked).isna().all()
    texts = dict(people(by_place[0], catalogue(), EN))
    assert texts["Youth, 16–19"] == "40"
    assert texts["Residents of low-income areas"] == "–"
    assert gathering(by_place[0], asked, EN) == "240 people can walk here within 10 min."


def test_groups_that_may_meet_are_groups():
    assert {key for keys in MEETING.values() for key in keys} <= set(catalogue().groups)


@pytest.mark.parametrize(
    ("updated", "said"),
    [
        ("", "Unknown"),
        ("2026-11-22", "November 22, 2026, less than a year ago"),
        ("2025-11-20T10:00:00", "November 20, 2025, 1 year ago"),
        ("2030-01-01", "January 1, 2030, less than a year ago"),  # a clock that is wrong
        ("<b>2025</b>", "<b>2025</b>"),
        ("2025-13-45", "2025-13-45"),
    ],
)
def test_how_old_an_edit_is(updated, said):
    assert edited(updated, EN, today=date(2026, 11, 22)) == said


def test_every_source_keeps_its_value():
    known = town()
    row = {
        **{"source": "nsr", "ref": "7", "name": "Vik barneskole", "kind": "school"},
        **{"address": "Vikveien 1", "wheelchair": "no", "opening_hours": "", "updated": ""},
        **{"place_id": "n3", "status": "matched", "rivals": "", "distance_m": 1.0},
        **{"likeness": 0.9, "decided": False, "geometry": known.places.geometry["n3"]},
    }
    other = row | {"place_id": "", "status": "conflict", "rivals": "n3;n33", "ref": "8"}
    same = row | {"source": "osm", "ref": "n3", "name": "Vik skole", "address": ""}
    rows = type(known.register)([same, row, other], crs=known.register.crs)
    known = replace(known, register=rows)
    heads, table = registers(known, "n3", {}, kinds(), EN)
    assert heads == ["What", "osm", "nsr"]
    assert table[0] == ["Name", "Vik skole", "Vik barneskole"]
    assert ["Step-free", "No", "No"] in table
    assert table[7][:2] == ["Licence", "osm: licence not known, ask its owner"]
    assert [conflicts(known, place) for place in ("n3", "n33", "n1")] == [1, 1, 0]
    heads, table = registers(known, "n2", {}, kinds(), EN)  # only the map knows it
    assert heads == ["What", "osm"]
    assert table[1] == ["Kind of place", "Library, Café"]


def test_many_kinds_are_not_all_named():
    assert named_kinds("a;b;c;d", {"a": "A"}) == "A, b, c …"
    assert named_kinds("a", {"a": "A"}) == "A"
