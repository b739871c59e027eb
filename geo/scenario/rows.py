"""Edits as plain rows, for links and files: whoever reads one trusts nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from geo.errors import Message, ScenarioError
from geo.scenario.edits import MENDED, XY, Add, Close, Edit, House, Mend, Move, Open, Path
from geo.tables import GROUPS
from geo.timetable import UNKNOWN, told

VERBS: Mapping[str, type[Edit]] = {
    "add": Add,
    "move": Move,
    "close": Close,
    "open": Open,
    "path": Path,
    "mend": Mend,
    "house": House,
}
"""What a row may `do`."""

MOST_EDITS, MOST_POINTS, LONGEST = 50, 500, 160
"""Edits of a scenario; corners of a line or an outline; characters of a text."""

FARTHEST_M = 1e8
"""No projection has coordinates beyond this."""

SOME_DAY = datetime(2026, 11, 24, 12)
"""A moment at which opening hours that can be read tell something; any would do."""

MOST_PEOPLE = 100_000.0
"""People of one edit: more is a slip of the keyboard."""


def line_of(value: object) -> str | None:
    r"""
    Return a text on one line, without characters that nobody sees; `None` if it is none.

    Examples
    --------
    >>> line_of(" Vik  skole\x00"), line_of(7)
    ('Vik skole', None)
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def as_row(edit: Edit) -> dict[str, Any]:
    """
    Return an edit as a row of plain values; what need not be told, and is not, is left out.

    Examples
    --------
    >>> as_row(Open("w1", "Mo-Fr 17:00-21:00"))
    {'do': 'open', 'place': 'w1', 'hours': 'Mo-Fr 17:00-21:00'}
    """
    verb = next(verb for verb, kind in VERBS.items() if isinstance(edit, kind))
    told = {one.name: (getattr(edit, one.name), one.default) for one in fields(edit)}
    row = {name: value for name, (value, usual) in told.items() if value != usual}
    if isinstance(edit, House):
        row["people"] = dict(edit.people)
    return {"do": verb, **row}


def of_row(row: object) -> Edit:
    """
    Return the edit that a row tells of.

    Parameters
    ----------
    row
        Anything.

    Raises
    ------
    ScenarioError
        Naming what is wrong in it.

    Examples
    --------
    >>> of_row({"do": "path", "line": [[0, 0], [9.5, 0]], "bridge": True})
    Path(line=((0.0, 0.0), (9.5, 0.0)), bridge=True)
    >>> of_row({"do": "burn", "place": "w1"})
    Traceback (most recent call last):
    geo.errors.ScenarioError: There is no change called burn: choose from add, move, close, \
open, path, mend, house.
    """
    given: Mapping[str, Any] = row if isinstance(row, Mapping) else {}
    verb = given.get("do")
    kind = VERBS.get(verb) if isinstance(verb, str) else None
    if kind is None:
        raise ScenarioError(
            "There is no change called {verb}: choose from {known}.",
            verb=(line_of(verb) or "–")[:40],
            known=", ".join(VERBS),
        )
    known = {one.name: one for one in fields(kind)}
    strange = next((name for name in given if name not in {"do", *known}), None)
    if strange is not None:
        raise _wrong(verb, str(strange)[:40])
    values = {}
    for name in known:
        if name in given:
            values[name] = READ[name](given[name])
            if values[name] is None:
                raise _wrong(verb, name)
    try:
        return kind(**values)
    except TypeError:
        lacking = next(name for name in known if name not in values)
        raise _wrong(verb, lacking) from None


def _wrong(verb: object, name: str) -> ScenarioError:
    what = Message("{verb}: {name}", {"verb": verb, "name": name})
    return ScenarioError("A change cannot be read: {what} is missing or wrong.", what=what)


def _hours(value: object) -> str | None:
    """Return opening hours of which something can be told, or none."""
    text = line_of(value)
    return text if not text or told(text, SOME_DAY) != UNKNOWN else None


def _what(value: object) -> str | None:
    return value if isinstance(value, str) and value in MENDED else None


def _number(value: object, most: float) -> float | None:
    """Return a number, at most so large either way; `None` for none, and for yes and no."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        return None
    return float(value)


def _point(value: object) -> XY | None:
    x, y = value if isinstance(value, list | tuple) and len(value) == 2 else (None, None)
    east, north = _number(x, FARTHEST_M), _number(y, FARTHEST_M)
    return None if east is None or north is None else (east, north)


def _points(value: object) -> tuple[XY, ...] | None:
    if not isinstance(value, list | tuple) or not 2 <= len(value) <= MOST_POINTS:
        return None
    found = [point for point in map(_point, value) if point is not None]
    return tuple(found) if len(found) == len(value) else None


def _people(value: object) -> tuple[tuple[str, float], ...] | None:
    if not isinstance(value, Mapping) or not set(value) <= set(GROUPS):
        return None
    told = [(group, _number(value[group], MOST_PEOPLE)) for group in GROUPS if group in value]
    found = tuple((group, n) for group, n in told if n is not None and n >= 0)
    return found if len(found) == len(value) else None


READ: Mapping[str, Callable[[object], Any]] = {
    **dict.fromkeys(("kind", "place", "name"), line_of),
    "hours": _hours,
    "what": _what,
    "at": _point,
    "line": _points,
    "outline": _points,
    "bridge": lambda value: value if isinstance(value, bool) else None,
    "people": _people,
}
"""By name of a field: what reads it, and returns `None` for what it cannot be."""
