"""When and under what conditions a question is asked, in words."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from babel.dates import format_date, format_time

from geo.answer import Answer, Catalogue
from geo.hours import MOMENTS, states
from geo.question import Question
from geo.timetable import CLOSED, UNKNOWN
from layers.naming import inside
from layers.scenario.naming import label, supposed
from words.speaker import Speaker


def day(question: Question, say: Speaker, now: datetime) -> str:
    """
    Return the day and hour that a question is about, or `""`: whenever it may be.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> asked = Question("toytown", ("park",), when="saturday")
    >>> day(asked, speaker("en"), datetime(2026, 11, 24))
    'Saturday, November 28, 2026 at 12:00'
    """
    if not question.when:
        return ""
    at = MOMENTS[question.when].at(now)
    return say(
        "{day} at {hour}",
        day=format_date(at, "full", locale=say.locale),
        hour=format_time(at, "HH:mm", locale=say.locale),
    )


def labels(question: Question, say: Speaker, now: datetime) -> list[str]:
    """
    Return what a question asks for besides the usual, as its widgets call it.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> labels(Question("toytown", (), dark=True), speaker("en"), datetime(2026, 11, 24))
    ['In the dark']
    """
    told = {
        "schools": say("Schools are open to others after school hours"),
        "winter": say("Snow and ice"),
        "dark": say("In the dark"),
        "certain": say("Count only what is known"),
    }
    when = question.when and f"{say(MOMENTS[question.when].label)}: {day(question, say, now)}"
    first = filter(None, [label(question.scenario, say), when])
    return [*first, *(told[name] for name in _on(question))]


def setting(question: Question, catalogue: Catalogue, say: Speaker, now: datetime) -> str:
    """
    Return how a sentence begins that is true only so, or `""` if it is always.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> asked, known = Question("toytown", (), winter=True, dark=True), Catalogue({}, {}, {})
    >>> setting(asked, known, speaker("en"), datetime(2026, 11, 24))
    'With snow and ice, in the dark: '
    """
    told = {
        "schools": say("with schools open to others"),
        "winter": say("with snow and ice"),
        "dark": say("in the dark"),
        "certain": say("counting only what is known"),
    }
    first = [supposed(question.scenario, say), day(question, say, now)]
    parts = [*first, *(told[name] for name in _on(question))]
    if question.walker:
        label = inside(say(catalogue.walkers[question.walker].label))
        parts.append(say("everybody going as “{walker}”", walker=label))
    return beginning(*parts)


def beginning(*parts: str) -> str:
    """
    Return how a sentence begins that is true only under some conditions; `""` if none is told.

    Examples
    --------
    >>> beginning("with snow and ice", "", "in the dark"), beginning("")
    ('With snow and ice, in the dark: ', '')
    """
    text = ", ".join(filter(None, parts))
    return f"{text[:1].upper()}{text[1:]}: " if text else ""


def _on(question: Question) -> list[str]:
    """Return which switches are on, and change anything."""
    on = ["schools"] if question.schools and question.when else []
    return on + [name for name in ("winter", "dark", "certain") if getattr(question, name)]


def unknown_hours(
    answer: Answer, catalogue: Catalogue, say: Speaker, *, places: pd.DataFrame, now: datetime
) -> str:
    """
    Return how many places nobody knows the hours of, and whether they count; `""` if none.

    Parameters
    ----------
    answer, catalogue
        What was asked, and answered with some place.
    say
        The language.
    places
        All places of the area, as `geo.tables.PLACES`.
    now
        When it was asked.
    """
    question = answer.question
    if not question.when:
        return ""
    kinds = {key: catalogue.kinds[key] for key in question.kinds}
    asked = places[_asked(question, places)]
    told = states(asked, question.when, schools=question.schools, kinds=kinds, now=now)
    unknown, known = int((told == UNKNOWN).sum()), say.number(int((told != CLOSED).sum()))
    if not unknown:
        return ""
    if question.certain:
        return say.many(
            "Opening hours are unknown for {n} of {places} places; it is left out.",
            "Opening hours are unknown for {n} of {places} places; they are left out.",
            unknown,
            places=known,
        )
    return say.many(
        "Opening hours are unknown for {n} of {places} places; it counts as open.",
        "Opening hours are unknown for {n} of {places} places; they count as open.",
        unknown,
        places=known,
    )


def _asked(question: Question, places: pd.DataFrame) -> pd.Series[bool]:
    """Tell which places are of an asked kind, open or not."""
    kinds = set(question.kinds)
    return places["kinds"].map(lambda of: not kinds.isdisjoint(of.split(";"))).astype(bool)


def nothing(question: Question, say: Speaker, *, places: pd.DataFrame) -> str:
    """
    Return why no place counts: there is none, or none that is open.

    Parameters
    ----------
    question
        What was asked, and answered without any place.
    say
        The language.
    places
        All places of the area, as `geo.tables.PLACES`.
    """
    first = beginning(supposed(question.scenario, say))
    return first + _nothing(question, say, int(_asked(question, places).sum()))


def _nothing(question: Question, say: Speaker, n: int) -> str:
    if not n:
        return say("There is no such meeting place in the data for this area.")
    if not question.when:
        return say.many(
            "The only such meeting place in the data is closed for good.",
            "All {n} such meeting places in the data are closed for good.",
            n,
        )
    if question.certain:
        return say.many(
            "The only such meeting place is not known to be open at that time.",
            "None of the {n} such meeting places is known to be open at that time.",
            n,
        )
    return say.many(
        "The only such meeting place is closed at that time.",
        "All {n} such meeting places are closed at that time.",
        n,
    )
