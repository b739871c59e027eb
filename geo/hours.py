"""Whether a place is open: at an evening, on a Saturday, in a school holiday, now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import Message, QuestionError
from geo.model import Kind
from geo.timetable import CLOSED, OPEN, SCHOOL_DAY, SUMMER, UNKNOWN, Moment, never, told, within

MOMENTS = {
    moment.key: moment
    for moment in (
        Moment(
            "weekday_evening",
            Message("Weekday evening"),
            Message("The next Tuesday at 19:00 in an ordinary school week."),
            weekday=1,
            hour=19,
        ),
        Moment(
            "saturday",
            Message("Saturday"),
            Message("The next Saturday at 12:00 outside the holidays."),
            weekday=5,
        ),
        Moment(
            "school_holiday",
            Message("School holiday"),
            Message("The next Tuesday at 12:00 in July."),
            weekday=1,
            among=SUMMER,
        ),
        Moment("now", Message("Now"), Message("The day and hour it is now in Norway.")),
    )
}
"""What a question may ask for besides `""`: whenever it may be."""


def state(
    text: str, kind: Kind, moment: str, *, schools_open: bool = False, now: datetime
) -> str:
    """
    Tell whether a place of a kind is open at a moment.

    What its opening hours say decides; if they cannot be read, nobody knows. If
    nothing is told, the kind does: outdoor places stay open, as Norwegian law lets
    everybody walk in uncultivated land (friluftsloven § 2) and parks and playgrounds
    are public; indoor places are unknown; schools are closed to others than their
    pupils. `schools_open` asks what it would be like if they were open: then they
    are, whatever they say today.

    Parameters
    ----------
    text
        As the tag `opening_hours` of OpenStreetMap; `""` if nothing is told.
    kind
        What the place is.
    moment
        A key of `MOMENTS`, or `""`: whenever it may be. Then all places are open but
        those that do not open at all in the year to come.
    schools_open
        Whether schools are open to others after school hours.
    now
        As in `Moment.at`.

    Returns
    -------
    state
        `"open"`, `"closed"` or `"unknown"`.

    Raises
    ------
    QuestionError
        If there is no such moment.

    Examples
    --------
    >>> library = Kind("library", "Library", "-", "indoor", (), "book", (), (), "-")
    >>> asked = {"moment": "saturday", "now": datetime(2026, 11, 20, 12)}
    >>> state("Mo-Fr 10:00-19:00; Sa 10:00-16:00", library, **asked)
    'open'
    >>> state("Mo-Fr 10:00-19:00", library, **asked), state("", library, **asked)
    ('closed', 'unknown')
    """
    if moment and moment not in MOMENTS:
        raise QuestionError(
            "There is no {what} {key}: choose from {known}.",
            what=Message("moment"),
            key=moment[:40],
            known=", ".join(MOMENTS),
        )
    at = MOMENTS[moment or "now"].at(now)
    if text and never(text, at):
        return CLOSED
    if not moment or (kind.hours == "school" and schools_open):
        return OPEN
    if text:
        return told(text, at)
    if kind.hours == "school":
        return OPEN if within(SCHOOL_DAY, at) else CLOSED
    return OPEN if kind.hours == "always" else UNKNOWN


def states(
    places: pd.DataFrame,
    moment: str,
    *,
    schools: bool = False,
    kinds: Mapping[str, Kind],
    now: datetime,
) -> NDArray[np.str_]:
    """
    Tell which of many places are open at a moment.

    A place of several kinds is as open as the most open of them: a school that is a
    sports hall as well has a door for others.

    Parameters
    ----------
    places
        With `opening_hours` and `kinds`, as in `geo.tables.PLACES`.
    moment, now
        As in `state`.
    schools
        `schools_open` of `state`.
    kinds
        The kinds that count; a place of none of them is unknown.

    Returns
    -------
    states
        For each row one of `"open"`, `"closed"`, `"unknown"`.
    """
    pairs = list(zip(places["opening_hours"], places["kinds"], strict=True))

    def best(text: str, keys: str) -> str:
        of = [kinds[key] for key in keys.split(";") if key in kinds]
        found = {state(text, kind, moment, schools_open=schools, now=now) for kind in of}
        return next((one for one in (OPEN, UNKNOWN, CLOSED) if one in found), UNKNOWN)

    answers = {pair: best(*pair) for pair in dict.fromkeys(pairs)}
    return np.array([answers[pair] for pair in pairs], dtype=np.str_)
