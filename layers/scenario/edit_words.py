"""Edits in words: a line each, for lists and tables, and the clause a sentence begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import shapely

from geo.answer import Catalogue
from geo.bundle import Bundle
from geo.scenario.edits import Add, Close, Edit, House, Mend, Move, Open, Path
from geo.scenario.scenario import Scenario
from geo.tables import EVERYBODY
from layers.scenario.called import Called
from layers.scenario.opening import HOURS, hours_text, when_text
from words.speaker import Speaker

__all__ = ["HOURS", "condition", "listed"]

NAMED_ONE_BY_ONE = 2
"""More edits than these are counted in a clause, or called as their scenario is."""

Told = tuple[str, str]
"""An edit as a line of a list, and as a clause after "if"."""


def listed(scenario: Scenario, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> list[str]:
    """
    Return every edit of a scenario as a line, in their order.

    Parameters
    ----------
    scenario
        What is changed; what is impossible has a line, too.
    bundle
        The area before it.
    catalogue
        What kinds of place are called.
    say
        The language.

    Returns
    -------
    lines
        Plain text: names stand in it as somebody wrote them.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> town, known = Bundle.__new__(Bundle), Catalogue({}, {}, {})
    >>> laid = Scenario((Path(((0.0, 0.0), (85.0, 0.0)), bridge=True),))
    >>> listed(laid, town, known, speaker("en"))
    ['A footbridge of 85 m']
    """
    return [
        line for line, _ in _told(scenario.edits, Called(bundle, catalogue.kinds, say), say)
    ]


def condition(scenario: Scenario, bundle: Bundle, catalogue: Catalogue, say: Speaker) -> str:
    """
    Return the clause that a sentence on what a scenario brings begins with; no comma ends it.

    Parameters
    ----------
    scenario, bundle, catalogue, say
        As in `listed`.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> town, known = Bundle.__new__(Bundle), Catalogue({}, {}, {})
    >>> laid = Scenario((Path(((0.0, 0.0), (85.0, 0.0))),))
    >>> condition(laid, town, known, speaker("en"))
    'If a path of 85 m is laid'
    >>> many = Scenario(laid.edits * 3, "By the sea")
    >>> condition(many, town, known, speaker("en"))
    'With the scenario “By the sea”'
    """
    edits = scenario.edits
    if len(edits) > NAMED_ONE_BY_ONE:
        if scenario.name:
            return say("With the scenario “{name}”", name=scenario.name)
        return say("With the {n} changes", n=say.number(len(edits)))
    match [clause for _, clause in _told(edits, Called(bundle, catalogue.kinds, say), say)]:
        case [one]:
            return say("If {one}", one=one)
        case [one, other]:
            return say("If {one} and {other}", one=one, other=other)
    return say("As it is today")


def _told(edits: tuple[Edit, ...], called: Called, say: Speaker) -> Iterator[Told]:
    """Tell one edit after another, each in what those before it have left."""
    for edit in edits:
        yield WORDS[type(edit)](edit, called, say)
        called.note(edit)


def _add(edit: Add, called: Called, say: Speaker) -> Told:
    what = called.new(edit)
    line = say("New meeting place: {what}", what=what)
    if edit.hours:
        line = say("{line}; open: {hours}", line=line, hours=hours_text(edit.hours, say))
    return line, say("there is a new meeting place ({what})", what=what)


def _move(edit: Move, called: Called, say: Speaker) -> Told:
    def moved(name: str) -> str:
        if metres is None:
            return say("{name} moves", name=name)
        return say("{name} moves {n} m", name=name, n=say.number(metres))

    metres = called.moved_m(edit)
    return moved(called.place(edit.place, begin=True)), moved(called.place(edit.place))


def _close(edit: Close, called: Called, say: Speaker) -> Told:
    first, name = called.place(edit.place, begin=True), called.place(edit.place)
    return say("{name} closes", name=first), say("{name} closes", name=name)


def _open(edit: Open, called: Called, say: Speaker) -> Told:
    hours = hours_text(edit.hours, say)
    line = {"name": called.place(edit.place, begin=True), "hours": hours}
    clause = {"name": called.place(edit.place), "when": when_text(edit.hours, say)}
    if edit.kind:
        kind = called.kind(edit.kind)
        return (
            say("{name} is open to others as {kind}: {hours}", kind=kind, **line),
            say("{name} opens {when} as {kind}", kind=kind, **clause),
        )
    told = say("{name} opens {when}", **clause)
    if called.is_school(edit.place):
        return say("{name} is open to others: {hours}", **line), told
    return say("{name} is open: {hours}", **line), told


def _path(edit: Path, _: Called, say: Speaker) -> Told:
    n = say.number(shapely.LineString(edit.line).length)
    if edit.bridge:
        return say("A footbridge of {n} m", n=n), say("a footbridge of {n} m is built", n=n)
    return say("A new path of {n} m", n=n), say("a path of {n} m is laid", n=n)


def _mend(edit: Mend, called: Called, say: Speaker) -> Told:
    first, way = called.way(edit.at, begin=True), called.way(edit.at)
    return {
        "ramp": (
            say("{way}: without steps", way=first),
            say("{way} gets a ramp for its steps", way=way),
        ),
        "light": (say("{way}: lit", way=first), say("{way} is lit", way=way)),
        "clear": (
            say("{way}: cleared in winter", way=first),
            say("{way} is cleared in winter", way=way),
        ),
    }[edit.what]


def _house(edit: House, _: Called, say: Speaker) -> Told:
    n = round(dict(edit.people).get(EVERYBODY, 0.0))
    return (
        say.many("New homes for {n} person", "New homes for {n} people", n),
        say.many("new homes for {n} person are built", "new homes for {n} people are built", n),
    )


WORDS: Mapping[type[Edit], Callable[[Any, Called, Speaker], Told]] = {
    Add: _add,
    Move: _move,
    Close: _close,
    Open: _open,
    Path: _path,
    Mend: _mend,
    House: _house,
}
"""By the edit: what tells it."""
