"""How old what is looked at is: built anew meanwhile, or from a map of long ago."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from geo.bundle import Area, Source
from geo.timetable import OSLO
from words import Speaker

SEEN = "seen-built"
"""Key in the session: when each area that was looked at had been built."""

OLD_MONTHS = 12
"""A map older than this is said to be old: places open and close every year."""

MAP = "OpenStreetMap"
"""In the name of the source whose date is that of places and paths."""


def anew(code: str, built: str, say: Speaker) -> None:
    """Say once that an area was built anew while this session looked at it."""
    seen = st.session_state.setdefault(SEEN, {})
    before, seen[code] = seen.get(code), built
    if before is None or before == built:
        return
    at = datetime.fromisoformat(built).astimezone(OSLO)
    st.info(
        say(
            "The area was built anew on {date} at {time}. The figures are from that now.",
            date=say.date(at.date().isoformat()),
            time=f"{at:%H:%M}",
        )
    )


def mine(code: str) -> None:
    """Say nothing of what this session itself has just done to an area."""
    st.session_state.get(SEEN, {}).pop(code, None)


def map_date(area: Area) -> date:
    """
    Return the day that the map of an area is of: as its source says, else when it was built.

    Examples
    --------
    >>> source = Source("OpenStreetMap extract", "ODbL", "© OSM", "2024-05-01", 9)
    >>> map_date(Area("x", "X", "EPSG:25833", "2026-01-01T00:00:00+00:00", (source,)))
    datetime.date(2024, 5, 1)
    >>> map_date(Area("x", "X", "EPSG:25833", "2026-01-01T00:00:00+00:00"))
    datetime.date(2026, 1, 1)
    """
    built = datetime.fromisoformat(area.built).date()
    days = [_day(one) for one in area.sources if MAP in f"{one.name} {one.attribution}"]
    return min((day for day in days if day), default=built)


def _day(source: Source) -> date | None:
    try:
        return datetime.fromisoformat(source.date).date()
    except ValueError:  # a year, or not known
        return None


def aged(area: Area, today: date, say: Speaker) -> str:
    """
    Return a sentence if the map of an area is older than `OLD_MONTHS`, else nothing.

    Examples
    --------
    >>> from words import speaker
    >>> area = Area("x", "X", "EPSG:25833", "2025-01-31T00:00:00+00:00")
    >>> aged(area, date(2026, 1, 31), speaker("en"))
    ''
    >>> aged(area, date(2026, 2, 1), speaker("en"))[:35]
    'The map is from January 31, 2025: m'
    """
    day = map_date(area)
    months = 12 * (today.year - day.year) + today.month - day.month
    if months < OLD_MONTHS or (months == OLD_MONTHS and today.day <= day.day):
        return ""
    return say(
        "The map is from {date}: more than a year ago. Places may have opened or closed since."
        " Build the area again to have today's.",
        date=say.date(day.isoformat()),
    )
