"""Opening hours as OpenStreetMap writes them, read with care: anybody may have written them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

from geo.errors import Message

OPEN, UNKNOWN, CLOSED = "open", "unknown", "closed"

CACHED = 8192
LONGEST = 255
"""No text in OpenStreetMap is longer; a longer one is not read, so time is bounded."""

YEAR_DAYS = 366
"""A place that does not open in so many days is closed for good."""

OSLO = ZoneInfo("Europe/Oslo")
COUNTRY = "NO"
"""Whose public holidays count; the library knows Norway's to 2078."""

SUMMER = "Jul"
"""When every Norwegian school is closed, written as opening hours."""

TERM = (
    "24/7; Jun 15-Aug 22 off; Dec 20-Jan 04 off; easter -9 days-easter +1 day off; "
    "week 08-09 off; week 40-41 off; PH off"
)
"""Ordinary weeks: wide limits of ours, as each county sets its own school year."""

SCHOOL_DAY = TERM.replace("24/7", "Mo-Fr 08:00-16:00")
"""When pupils are at school or after-school care; rounded by us."""

SUN = re.compile(r"sunrise|sunset|dawn|dusk", re.IGNORECASE)
SCHOOL_HOLIDAY = re.compile(r"\bSH\b")

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """
    A time that a question asks about.

    Parameters
    ----------
    key, label
        Key in `geo.hours.MOMENTS`; what to call it.
    about
        What day and hour it stands for.
    weekday, hour
        Monday is 0; `None` stands for now.
    among
        The days it is taken from, as opening hours.
    """

    key: str
    label: Message
    about: Message
    weekday: int | None = None
    hour: int = 12
    among: str = TERM

    def at(self, now: datetime) -> datetime:
        """
        Return the first such day from that of `now` on, at its hour.

        Opening hours change with the season, so the day is near; but it is no public
        holiday.

        Parameters
        ----------
        now
            Local time, or any time that knows its zone; the answer is local time of
            Norway, to the minute, without a zone.

        Examples
        --------
        Ascension Day of 2026 is a Thursday, and the next Tuesday an ordinary one:

        >>> evening = Moment("-", Message("-"), Message("-"), weekday=1, hour=19)
        >>> evening.at(datetime(2026, 5, 14, 9, 30))
        datetime.datetime(2026, 5, 19, 19, 0)
        """
        if now.tzinfo:
            now = now.astimezone(OSLO).replace(tzinfo=None)
        now = now.replace(second=0, microsecond=0)
        if self.weekday is None:
            return now
        return _first(self.weekday, self.among, now.replace(hour=self.hour, minute=0))


@lru_cache(maxsize=64)
def _first(weekday: int, among: str, day: datetime) -> datetime:
    while day.weekday() != weekday or not within(among, day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=CACHED)
def told(text: str, at: datetime) -> str:
    """
    Return what opening hours tell of a moment.

    A text is unknown if it cannot be read, is longer than OpenStreetMap allows, or
    hangs on the sun, which the library takes to rise at 7 all over Norway. So is a
    place that is open under a comment, such as `"by appointment"`, unless the text
    says that it is open all the same. School holidays (`SH`) are those of `SUMMER`
    and none in `TERM`; at other times, when only some have them, they make it unknown.
    An open end lasts until midnight.

    Parameters
    ----------
    text
        As the tag `opening_hours`.
    at
        Local time, without a zone.

    Returns
    -------
    told
        `"open"`, `"closed"` or `"unknown"`.

    Examples
    --------
    >>> noon = datetime(2026, 11, 24, 12)
    >>> told("Mo-Fr 10:00-19:00; PH off", noon), told("Mo 10:00-19:00", noon)
    ('open', 'closed')
    >>> told("Monday to Friday", noon), told('Tu 10:00-14:00 "by appointment"', noon)
    ('unknown', 'unknown')
    """
    if SCHOOL_HOLIDAY.search(text) and not within(TERM, at):
        text = SCHOOL_HOLIDAY.sub(SUMMER if within(SUMMER, at) else "?", text)
    found = _ask(text, lambda hours: hours.state(at))
    if found is None:
        return UNKNOWN
    status, comment = found
    if status == State.OPEN and comment and f'open "{comment}"' not in text:
        return UNKNOWN
    return {State.OPEN: OPEN, State.CLOSED: CLOSED}.get(status, UNKNOWN)


def within(text: str, at: datetime) -> bool:
    """
    Tell whether a moment is within a season of ours, such as `TERM`.

    Examples
    --------
    >>> within(TERM, datetime(2026, 5, 17)), within(TERM, datetime(2026, 5, 18))
    (False, True)
    """
    return _season(text).is_open(at)


@lru_cache(maxsize=8)
def _season(text: str) -> OpeningHours:
    return OpeningHours(text, country=COUNTRY)


@lru_cache(maxsize=CACHED)
def never(text: str, at: datetime) -> bool:
    """
    Tell whether opening hours say that a place does not open in the year to come.

    Examples
    --------
    >>> never('off "renovation"', datetime(2026, 11, 24))
    True
    >>> never("Jul 10:00-16:00", datetime(2026, 11, 24))
    False
    """
    closed = _ask(text, lambda hours: hours.is_closed(at) and not hours.next_change(at))
    return bool(closed) and not SCHOOL_HOLIDAY.search(text)


def _ask(text: str, question: Callable[[OpeningHours], Answer]) -> Answer | None:
    """Return what the library answers; `None` if it cannot read the text."""
    if len(text) > LONGEST or SUN.search(text):
        return None
    try:
        if not validate(text):
            return None
        hours = OpeningHours(text, country=COUNTRY, max_interval_days=YEAR_DAYS)
        return question(hours)
    except BaseException as fault:
        # What fails inside the library is no Exception, and its class has no public name.
        if not isinstance(fault, UnicodeError) and type(fault).__name__ != "PanicException":
            raise
        return None
