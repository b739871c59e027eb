"""Opening hours of a scenario in words: the usual ones have names."""

from __future__ import annotations

from collections.abc import Mapping

from geo.errors import Message
from layers.naming import inside
from words.speaker import Speaker

HOURS: Mapping[str, Message] = {
    "Mo-Fr 17:00-21:00": Message("Weekday evenings"),
    "Sa-Su 10:00-16:00": Message("Saturdays and Sundays"),
    "Mo-Su 08:00-22:00": Message("Every day from 8 to 22"),
    "24/7": Message("Always"),
    "Mo-Su 07:00-23:00": Message("Every day from 7 to 23, without staff"),
}
"""What the usual choices of opening hours are called, by what OpenStreetMap would have."""

WHEN: Mapping[str, Message] = {
    "Mo-Fr 17:00-21:00": Message("on weekday evenings"),
    "Sa-Su 10:00-16:00": Message("on Saturdays and Sundays"),
    "Mo-Su 08:00-22:00": Message("every day from 8 to 22"),
    "24/7": Message("at all hours"),
    "Mo-Su 07:00-23:00": Message("every day from 7 to 23, without staff"),
}
"""The same inside a clause, after "opens"."""


def hours_text(hours: str, say: Speaker) -> str:
    """
    Return opening hours as they stand in a line: in words if they are usual, and as written.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> [hours_text(hours, speaker("en")) for hours in ("Mo-Fr 17:00-21:00", "Mo 18:00-20:00")]
    ['weekday evenings (Mo-Fr 17:00-21:00)', 'Mo 18:00-20:00']
    """
    if not hours:
        return inside(say("Opening hours unknown"))
    return f"{inside(say(HOURS[hours]))} ({hours})" if hours in HOURS else hours


def when_text(hours: str, say: Speaker) -> str:
    """
    Return opening hours as they stand in a clause, after "opens".

    Examples
    --------
    >>> from words.speaker import speaker
    >>> [when_text(hours, speaker("en")) for hours in ("24/7", "Mo 18:00-20:00")]
    ['at all hours', 'at other hours (Mo 18:00-20:00)']
    """
    if not hours:
        return say("at hours that are not told")
    return say(WHEN[hours]) if hours in WHEN else say("at other hours ({hours})", hours=hours)
