"""What the answer says of moments, conditions, and of what is only possible."""

from dataclasses import replace
from datetime import datetime
from math import nan

import pandas as pd
import pytest

from geo.answer import answer
from geo.between import Band
from geo.coverage import Reach
from geo.question import Question
from geo.timetable import OSLO
from geo.town import prepare
from layers.circumstances import day, labels, nothing, setting
from layers.sentences import answered
from tests.towns import bundle, catalogue, streets
from words import LANGUAGES, speaker

SAY = speaker("en")
NOW = datetime(2026, 11, 22, 12, tzinfo=OSLO)
KNOWN = catalogue()
PLACES = {"n1": ("library", (0, 0)), "n2": ("library", (10, 0)), "n3": ("cafe;park", (20, 0))}


def asked(*kinds, **how):
    return Question("toytown", kinds or ("library",), **how)


@pytest.fixture(scope="module")
def town():
    """Return a street with two libraries, one without hours, and a café in a park."""
    drawn = bundle(streets([(0, 0), (900, 0)]), {(100, 0): {"everybody": 50.0}}, PLACES)
    drawn.places["opening_hours"] = ["Tu 10:00-20:00", "", ""]
    return prepare(drawn)


def said(town, question, **changed):
    found = answer(town, question, KNOWN, now=NOW)
    places = town.bundle.places
    return answered(replace(found, **changed), KNOWN, SAY, places=places, now=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_written_as_its_language_does(language):
    told = day(asked(when="weekday_evening"), speaker(language), NOW)
    assert "24" in told
    assert "2026" in told
    assert told.endswith("19:00")
    assert day(asked(), speaker(language), NOW) == ""


def test_nothing_is_said_of_what_is_usual():
    assert setting(asked(), KNOWN, SAY, NOW) == ""
    assert labels(asked(), SAY, NOW) == []
    assert (
        setting(asked(schools=True), KNOWN, SAY, NOW) == ""
    )  # whenever: schools change nothing


def test_everything_unusual_is_said():
    question = asked(when="saturday", schools=True, winter=True, dark=True, certain=True)
    assert setting(question, KNOWN, SAY, NOW) == (
        "Saturday, November 28, 2026 at 12:00, with schools open to others,"
        " with snow and ice, in the dark, counting only what is known: "
    )
    assert len(labels(question, SAY, NOW)) == 5
    rolling = asked(walker="wheelchair", certain=True)
    assert setting(rolling, KNOWN, SAY, NOW) == (
        "Counting only what is known, everybody going as “manual wheelchair”: "
    )


def test_a_sentence_begins_with_no_sign(town):
    nearly = Reach(people=10_000.0, within=9_990.0, cut_off=0.0)
    told = said(town, asked(), reach={"everybody": nearly}, sure=nearly)
    assert told.startswith("More than 99% of the residents – ")


def test_unknown_hours_count_as_open_or_are_left_out(town):
    evening = asked(when="weekday_evening")
    text = "Opening hours are unknown for 1 of 2 places; it {} out."
    assert said(town, evening).endswith("1 of 2 places; it counts as open.")
    assert said(town, replace(evening, certain=True)).endswith(text.format("is left"))
    assert "unknown" not in said(town, asked())
    assert "unknown" not in said(town, asked("park", when="weekday_evening"))
    cafe = asked("cafe", "park", when="weekday_evening")  # as open as the park it is, too
    assert "unknown" not in said(town, cafe)


def test_closed_places_are_not_among_those_of_unknown_hours(town):
    assert said(town, asked(when="saturday")).endswith("1 of 1 places; it counts as open.")


@pytest.mark.parametrize(
    ("kind", "how", "text"),
    [
        ("sauna", {}, "There is no such meeting place in the data for this area."),
        ("library", {}, "All 2 such meeting places in the data are closed for good."),
        ("library", {"when": "now"}, "All 2 such meeting places are closed at that time."),
        ("cafe", {"when": "now"}, "The only such meeting place is closed at that time."),
        (
            "library",
            {"when": "now", "certain": True},
            "None of the 2 such meeting places is known to be open at that time.",
        ),
    ],
)
def test_why_no_place_counts(town, kind, how, text):
    assert nothing(asked(kind, **how), SAY, places=town.bundle.places) == text


def test_an_area_without_places_has_none():
    empty = pd.DataFrame({"kinds": pd.Series(dtype=str)})
    assert nothing(asked(), SAY, places=empty).startswith("There is no such")


def test_what_is_only_possible_is_told_apart(town):
    question = asked(when="saturday")
    assert "count, it is 0% (0)." in said(town, question)
    assert "known to be passable" not in said(town, asked("park", when="saturday"))
    assert "known to be passable" not in said(town, replace(question, certain=True))


@pytest.mark.parametrize(
    ("within", "told"),
    [
        (50.0, None),
        (46.0, None),  # four people: the difference would tell of them
        (45.0, "it is 90% (45)."),
        (30.0, "it is 60% (30)."),
        (3.0, "it is not told, as so few are within reach, or beyond."),
        (0.0, "it is 0% (0)."),
    ],
)
def test_a_few_who_depend_on_what_is_only_possible_are_not_told(town, within, told):
    sure = Reach(people=50.0, within=within, cut_off=0.0)
    text = said(town, asked("park"), sure=sure)
    assert ("known to be passable" in text) == bool(told)
    assert text.endswith(told or "nearest park.")


def reached(people, within, band=None, *, group="low_income", everybody=0.5):
    """Return what is said of a group, and of everybody, half of whom are within."""
    one = Reach(people, within, 0 * within, band)
    every = Reach(1000.0, 1000 * everybody, 0.0)
    reach = {"everybody": every, group: one}
    return {"reach": reach, "sure": one}


def test_a_band_stands_beside_the_share():
    town = prepare(bundle(streets([(0, 0), (900, 0)]), {(9, 0): {"everybody": 9.0}}, PLACES))
    band = Band(within=(29.0, 34.0), beyond=(16.0, 21.0))
    told = said(town, asked(group="older_80"), **reached(50.0, 31.0, band, group="older_80"))
    assert told.startswith(
        "62% (between 58% and 68%) of the older people aged 80 or more – 31 (between 29 and 34)"
        " of 50 (between 45 and 55), as estimated – have 10 minutes or less on foot to the"
        " nearest library. That is 12 percentage points higher than for all residents."
    )
    assert told.endswith("the true number lies between the two.")


def test_a_higher_share_that_may_be_lower_is_not_called_higher(town):
    band = Band(within=(20.0, 40.0), beyond=(10.0, 30.0))
    told = said(town, asked(group="youth"), **reached(50.0, 31.0, band, group="youth"))
    assert "Whether that is more or less than for all residents is not sure." in told
    assert "higher" not in told


def test_what_is_suppressed_is_told_between_two_numbers(town):
    band = Band(within=(10.0, 10.0), beyond=(0.0, 40.0))
    told = said(town, asked(group="low_income"), **reached(nan, nan, band))
    assert told == (
        "Between 20% and 100% of the people with low income – 10 people – have 10 minutes or"
        " less on foot to the nearest library. Whether that is more or less than for all"
        " residents is not sure. The statistics behind this are rounded, or suppressed where"
        " few live: the true number lies between the two. Not everybody in a low-income area"
        " has low income, and not everybody with low income lives in one: what is true of"
        " areas need not be true of people."
    )


def test_nothing_is_told_of_a_few_by_their_band(town):
    band = Band(within=(35.0, 39.0), beyond=(1.0, 5.0))
    told = said(town, asked(group="low_income"), **reached(40.0, 37.0, band))
    assert told.startswith("So few of this group are within reach, or beyond,")
    assert not any(digit in told for digit in "0123456789")


@pytest.mark.parametrize("group", ["low_income", "low_income_areas"])
def test_areas_and_people_are_told_apart_whenever_one_is_asked(town, group):
    fallacy = "what is true of areas need not be true of people."
    known = said(town, asked(group=group), **reached(50.0, 30.0, group=group))
    unknown = said(town, asked(group=group), **reached(nan, nan, group=group))
    assert known.endswith(fallacy)
    assert unknown.endswith(fallacy)
    assert unknown.startswith("How many of this group live here is not known.")
    assert fallacy not in said(town, asked())
    names = {"low_income": "people with low income", "low_income_areas": "low-income areas –"}
    assert names[group] in known
