"""Whether places are open: hand-read opening hours, schools, hostile texts, all of Oslo's."""

import time
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue import kinds
from geo import timetable
from geo.errors import QuestionError
from geo.hours import MOMENTS, state, states
from geo.timetable import SCHOOL_DAY, TERM, never, told, within

FRIDAY = datetime(2026, 11, 20, 9, 30)
EVENING = datetime(2026, 11, 24, 19)
LETTER = {"open": "o", "closed": "c", "unknown": "u"}

# On Tuesday 24 November 2026 at 19:00, Saturday 21 November at 12:00, Tuesday 6 July 2027
# at 12:00; read by hand. The first ones stand so in OpenStreetMap in Oslo.
BY_HAND = {
    "Mo-Su 07:00-22:00": "ooo",
    "24/7": "ooo",
    "Mo-Fr 07:00-19:00, Sa 08:00-18:00, Su 09:00-18:00": "coo",
    "Tu-Su 11:00-16:00": "coo",
    "Apr-Sep Mo-Su 10:00-21:00; Oct-Mar Mo-Su 10:00-17:00": "coo",
    "Mo-Fr 07:00-18:00; Sa 10:00-17:00; PH closed": "coo",
    "Mo-Fr 11:30-22:00; Sa,Su,PH 12:30-22:00": "oco",
    "Mo-Th 10:00-19:00; Fr 11:00-16:00; Sa 10:00-16:00": "coo",
    "Sa 12:00-24:00, Mo-We 15:00-22:00, Th 15:00-24:00, Fr 15:00-24:00": "ooc",
    "Mo-Tu 07:30-20:00; We-Th 07:30-00:00; Fr 07:30-01:00; Sa 09:00-01:00": "ooo",
    "Mo-We off; Th 11:00-15:00; Fr-Sa 11:00-19:00; Su 11:00-16:00": "coc",
    "May-Sep: Mo-Su 18:00-22:00": "ccc",
    "Tu 17:00-20:00; Th 17:00-20:00": "occ",
    "Mo-Fr 08:00-15:45; May 15-Sep 14 15:00+ off; PH off": "cco",
    "Jun-Aug: Mo-Su 11:00-16:00, Sep-May: Tu-Su 11:00-16:00": "coo",
    "Mo-Fr 16:00-21:00; Sa-Su 12:00-21:00; SH Mo-Su 12:00-21:00": "ooo",
    "Th, Su 17:00-02:00": "ccc",
    "07:00-01:00": "ooo",
    "Mo-Su,PH 12:00-21:00": "ooo",
    "Tu-Sa 17:00-00:00": "occ",
    "Su-Tu 12:00-01:30; We-Sa 12:00-03:30": "ooo",
    "Mo-Fr 10:00-17:30; Sa 10:00-17:00": "coo",
    "Mo-Fr 11:00-22:00": "oco",
    "Mo 17:00-21:00, Tu-Fr 10:00-15:00": "cco",
    # Slips of the pen, in Oslo as well: nobody guesses what was meant.
    "Tu-Fri 08:00-17:00, Sa-Su 11:00-17:00": "uuu",
    "Mo-Fr 07:30-17:00; Sa 09:00-17:00; Su 10:00-1700": "uuu",
    "Mo-Fr 07:00-18:00,Sa 09:00-18:00": "uuu",
    "Ma-Fr 10:00-16:00": "uuu",
    "man-fre 10-18": "uuu",
    # Made up.
    "sunrise-sunset": "uuu",
    '"etter avtale"': "uuu",
    'Mo-Fr 10:00-20:00 "by appointment"': "ucu",
    'Mo-Fr 10:00-20:00 open "ring the bell"': "oco",
    "Mo-Fr 10:00-20:00 unknown": "ucu",
    "Mo-Fr 10:00-20:00; SH off": "occ",
    "Mo-Fr 10:00-20:00; SH,PH off": "ocu",
    "Jul 01-Aug 15 11:00-17:00": "cco",
    "Tu 17:00+": "occ",
    "off": "ccc",
    'closed "rehabiliteres"': "ccc",
}

HOSTILE = [
    "(" * 10_000,
    "Mo," * 3_333 + "Mo 10:00-12:00",
    '"' * 10_000,
    '"' + "x" * 9_990 + '"',
    ",".join(["10:00-11:00"] * 900),
    "Mo-Fr 10:00-12:00 || " * 500 + "off",
    "week " + ",".join(f"{n % 53 + 1:02d}" for n in range(80)),
    "Mo-Fr 10:00-20:00; Mo-Su off",
    "1900-9999/7 week 01-53/13 Feb 29 Mo[5] 10:00-11:00",
    "9999 Feb 29 10:00-12:00",
    "Feb 30 10:00-12:00",
    "(sunset+23:59)-26:00",
    "easter -400 days 47:59-48:00",
    "Mo -99999999999999999999 days",
    "10:00-20:00/00:00",
    "SH",
    "\0",
    "\ud800",
    "火-水 10:00",
    " ",
]

PARTS = [
    *("Mo", "Tu-Fr", "Sa,Su", "PH", "SH", "Jan", "Feb 29", "Dec 31-Jan 02", "2026", "week 53"),
    *("10:00-12:00", "22:00-02:00", "17:00+", "24:00", "26:00", "00:00-48:00", "47:59", "24/7"),
    *("easter", "+1 day", "-400 days", "[1]", "[-5]", "/2", "/00:01", "9999", "1900-2100/3"),
    *("off", "open", "unknown", '"x"', ",", ";", "||", "-", " ", "(sunset+23:59)", "dawn"),
]


def kind(key="library"):
    return kinds()[key]


@pytest.mark.parametrize(("text", "wanted"), BY_HAND.items(), ids=BY_HAND)
def test_what_opening_hours_tell(text, wanted):
    moments = ("weekday_evening", "saturday", "school_holiday")
    found = [state(text, kind(), moment, now=FRIDAY) for moment in moments]
    assert "".join(LETTER[one] for one in found) == wanted


@pytest.mark.parametrize(
    ("moment", "now", "wanted"),
    [
        ("weekday_evening", FRIDAY, EVENING),
        ("saturday", FRIDAY, datetime(2026, 11, 21, 12)),
        ("school_holiday", FRIDAY, datetime(2027, 7, 6, 12)),
        ("now", FRIDAY, FRIDAY),
        # The day itself counts, also when its hour is past.
        ("weekday_evening", datetime(2026, 11, 24, 23), EVENING),
        # Across Christmas, Easter, the summer, autumn and winter holidays.
        ("weekday_evening", datetime(2026, 12, 23, 8), datetime(2027, 1, 5, 19)),
        ("saturday", datetime(2026, 3, 29, 8), datetime(2026, 4, 11, 12)),
        ("weekday_evening", datetime(2026, 7, 1, 8), datetime(2026, 8, 25, 19)),
        ("weekday_evening", datetime(2026, 9, 30, 8), datetime(2026, 10, 13, 19)),
        ("weekday_evening", datetime(2026, 2, 16, 8), datetime(2026, 3, 3, 19)),
        # 17 May and Whit Monday of 2026 are a Sunday and a Monday; 1 May 2027 a Saturday.
        ("saturday", datetime(2027, 4, 26, 8), datetime(2027, 5, 8, 12)),
        # In July the holiday is this one, and in August the next.
        ("school_holiday", datetime(2026, 7, 10, 8), datetime(2026, 7, 14, 12)),
        ("school_holiday", datetime(2026, 8, 1, 8), datetime(2027, 7, 6, 12)),
        # 22:30 in Greenwich is past midnight in a Norwegian summer.
        (
            "now",
            datetime(2026, 6, 1, 22, 30, 9, 7, ZoneInfo("UTC")),
            datetime(2026, 6, 2, 0, 30),
        ),
    ],
)
def test_a_moment_is_a_day_near_today(moment, now, wanted):
    assert MOMENTS[moment].at(now) == wanted


@given(st.datetimes(datetime(2024, 1, 1), datetime(2060, 1, 1)))
def test_moments_are_what_they_are_called(now):
    evening, saturday, summer, same = (moment.at(now) for moment in MOMENTS.values())
    assert (evening.weekday(), evening.hour, saturday.weekday(), summer.month) == (1, 19, 5, 7)
    assert within(TERM, evening)
    assert not within(SCHOOL_DAY, evening)
    assert min(evening, saturday, summer).date() >= now.date()
    assert evening - now < timedelta(days=90)
    assert summer - now < timedelta(days=366)
    assert same == now.replace(second=0, microsecond=0)


def test_moments_are_named_and_told_apart():
    assert list(MOMENTS) == ["weekday_evening", "saturday", "school_holiday", "now"]
    assert len({str(moment.label) for moment in MOMENTS.values()}) == len(MOMENTS)
    assert all(str(moment.about).endswith(".") for moment in MOMENTS.values())
    with pytest.raises(QuestionError, match="no moment midnight: choose from weekday_evening"):
        state("", kind(), "midnight", now=FRIDAY)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("library", "unknown"),
        ("swimming_pool", "unknown"),
        ("miniature_golf", "unknown"),
        ("playground", "open"),
        ("square", "open"),
        ("school", "closed"),
        ("upper_secondary_school", "closed"),
        ("kindergarten", "closed"),
        ("childcare", "closed"),
        ("schoolyard", "open"),
    ],
)
def test_a_place_that_tells_nothing_is_as_its_kind(key, wanted):
    for moment in ("weekday_evening", "saturday", "school_holiday"):
        assert state("", kind(key), moment, now=FRIDAY) == wanted
        opened = "open" if wanted == "closed" else wanted
        assert state("", kind(key), moment, schools_open=True, now=FRIDAY) == opened


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (datetime(2026, 11, 20, 9), "open"),
        (datetime(2026, 11, 20, 16), "closed"),
        (datetime(2026, 11, 21, 9), "closed"),
        (datetime(2026, 5, 14, 9), "closed"),  # Ascension Day
        (datetime(2026, 7, 1, 9), "closed"),
    ],
)
def test_a_school_is_open_to_its_pupils_in_school_hours(now, wanted):
    assert state("", kind("school"), "now", now=now) == wanted
    assert state("", kind("school"), "now", schools_open=True, now=now) == "open"


def test_schools_that_tell_their_hours_keep_them_unless_schools_are_open():
    late, early, torn = "Mo-Fr 08:00-21:00", "Mo-Fr 08:00-15:45", "Mo-Fr 8-16"
    found = [
        state(t, kind("school"), "weekday_evening", now=FRIDAY) for t in (late, early, torn)
    ]
    assert found == ["open", "closed", "unknown"]
    asked = {"schools_open": True, "now": FRIDAY}
    assert {state(t, kind("school"), "saturday", **asked) for t in (late, early, torn)} == {
        "open"
    }
    assert state("off", kind("school"), "saturday", **asked) == "closed"
    assert (
        state(early, kind(), "weekday_evening", **asked) == "closed"
    )  # a library is no school


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *dict.fromkeys(
            ("", "Mo-Fr 8-16", "We 11:00-14:00", "unknown", "SH 10:00-12:00"), "open"
        ).items(),
        *dict.fromkeys(("Jul 10:00-16:00", "PH 10:00-12:00", "sunrise-sunset"), "open").items(),
        *dict.fromkeys(("off", "24/7 closed", 'off "for good"', "2019-2022"), "closed").items(),
        *dict.fromkeys(("Mo-Fr 10:00-20:00; Mo-Su off", "Tu; closed"), "closed").items(),
    ],
)
def test_whenever_it_may_be_only_what_never_opens_is_closed(text, wanted):
    for key in ("library", "school", "playground"):
        assert state(text, kind(key), "", now=FRIDAY) == wanted


def test_what_never_opens_is_closed_at_any_moment():
    assert state("2019-2022", kind("playground"), "weekday_evening", now=FRIDAY) == "closed"
    assert not never("Nov 27", FRIDAY)
    assert never("Nov 27; 2019-2030 off", FRIDAY)


def test_norwegian_public_holidays_are_known():
    days = ["2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01"]
    days += ["2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26"]
    year = pd.date_range("2026-01-01 12:00", "2026-12-31 12:00", freq="D").to_pydatetime()
    shut = [
        f"{day:%Y-%m-%d}" for day in year if told("Mo-Su 10:00-20:00; PH off", day) != "open"
    ]
    assert shut == days


def test_a_school_holiday_is_known_in_july_and_in_ordinary_weeks():
    text = "Mo-Su 10:00-16:00; SH 12:00-14:00"
    at = {"term": datetime(2026, 11, 24, 10), "July": datetime(2027, 7, 6, 10)}
    some = datetime(2027, 2, 23, 10)  # winter holiday, in some counties
    assert [told(text, at["term"]), told(text, at["July"]), told(text, some)] == [
        "open",
        "closed",
        "unknown",
    ]


def places(*rows):
    return pd.DataFrame(rows, columns=["opening_hours", "kinds"])


def test_a_place_of_several_kinds_is_as_open_as_the_most_open():
    table = places(
        ("", "school"),
        ("", "school;sports_centre"),
        ("", "school;pitch"),
        ("Mo-Fr 8-16", "cafe"),
        ("Mo-Sa 10:00-20:00", "cafe;library"),
        ("", "zoo"),
    )
    asked = {"kinds": kinds(), "now": FRIDAY}
    evening = states(table, "weekday_evening", **asked)
    assert evening.tolist() == ["closed", "unknown", "open", "unknown", "open", "unknown"]
    opened = states(table, "weekday_evening", schools=True, **asked)
    assert opened.tolist() == ["open", "open", "open", "unknown", "open", "unknown"]
    only = {"school": kind("school")}  # who asks for schools gets no football pitch
    assert states(table[1:3], "saturday", kinds=only, now=FRIDAY).tolist() == [
        "closed",
        "closed",
    ]
    assert states(table[:0], "saturday", **asked).shape == (0,)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_take_no_time_and_raise_nothing(text):
    begun = time.perf_counter()
    for moment in ("", *MOMENTS):
        assert state(text, kind(), moment, now=FRIDAY) in LETTER
    assert time.perf_counter() - begun < 2


@given(st.lists(st.sampled_from(PARTS), max_size=12), st.sampled_from(["", " "]))
def test_any_text_gets_one_of_three_answers(parts, between):
    text = between.join(parts)
    assert {state(text, kind(), m, now=FRIDAY) for m in ("", *MOMENTS)} <= LETTER.keys()


@given(st.text(max_size=300))
def test_any_characters_get_one_of_three_answers(text):
    assert told(text, EVENING) in LETTER


class PanicException(BaseException):
    pass


def test_a_fault_within_the_library_is_unknown_and_no_other_is_hidden(monkeypatch):
    def broken(*_, **__):
        raise PanicException

    def halted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(timetable, "OpeningHours", broken)
    assert told.__wrapped__("Mo 10:00-12:00", EVENING) == "unknown"
    monkeypatch.setattr(timetable, "OpeningHours", halted)
    with pytest.raises(KeyboardInterrupt):
        told.__wrapped__("Mo 10:00-12:00", EVENING)


def test_what_is_remembered_is_bounded():
    for remembered in (told, never):
        assert remembered.cache_info().maxsize == timetable.CACHED


def test_every_text_in_oslo_is_answered(oslo):
    texts = sorted({*oslo.places["opening_hours"]} - {""})
    assert len(texts) > 150
    for moment in MOMENTS:
        found = Counter(state(text, kind(), moment, now=FRIDAY) for text in texts)
        print(moment, {key: f"{n / len(texts):.0%}" for key, n in found.items()})  # noqa: T201
        assert found["unknown"] < 0.05 * len(texts)  # slips of the pen, and no more
    everywhere = states(oslo.places, "weekday_evening", kinds=kinds(), now=FRIDAY)
    print(Counter(everywhere.tolist()))  # noqa: T201
    assert set(np.unique(everywhere)) == {"open", "closed", "unknown"}
