"""A story's file, read: it may be anybody's, so each value is checked as it is taken out."""

from __future__ import annotations

import re
from math import isfinite

from data.files.limits import shown
from data.stories import Step, Story, View, question_in
from data.toml_part import AT_THE_TOP, Part, parsed
from geo.errors import Message, SourceError
from geo.scenario.link import LONGEST_WORD

MOST_STEPS, MOST_BYTES = 200, 256 * 1024
LONGEST = {"title": 120, "heading": 160, "note": 600, "link": 4000 + LONGEST_WORD}
"""Characters; a note of more cannot be read from the back of a hall."""

LANGUAGES = re.compile("[a-z]{2,3}")


def read(content: bytes, name: str) -> Story:
    r"""
    Return the story that a file tells.

    Parameters
    ----------
    content
        The file; it may be anybody's.
    name
        What it is called, for the sentence about what is wrong with it.

    Raises
    ------
    SourceError
        Naming the line or the step that cannot be read.

    Examples
    --------
    >>> told = b'title = "Parks"\n[[steps]]\nheading = "Who?"\nquestion = "kinds=park"'
    >>> read(told, "a.toml").steps[0].question
    'kinds=park'
    >>> read(b'title = "Parks"', "a.toml")
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml is no story: it has no steps.
    """
    file = shown(name)
    raw = parsed(content, file, MOST_BYTES)
    rows = raw.get("steps")
    if not isinstance(rows, list) or not rows:
        raise SourceError("{file} is no story: it has no steps.", file=file)
    if len(rows) > MOST_STEPS:
        raise SourceError(
            "{file} has {n} steps; at most {most} are read.",
            file=file,
            n=len(rows),
            most=MOST_STEPS,
        )
    about = Part(raw, file, AT_THE_TOP, ("title", "language", "steps"))
    language = about.text("language", 8)
    return Story(
        about.text("title", LONGEST["title"], needed=True),
        tuple(_step(row, file, Message("step {n}", {"n": n})) for n, row in enumerate(rows, 1)),
        language if LANGUAGES.fullmatch(language) else "",
    )


def _view(part: Part, key: str) -> View | None:
    """Return where to look, if that is said."""
    value = part.row.get(key)
    if value is None:
        return None
    match value:
        case [float() | int(), float() | int(), float() | int(), float() | int()]:
            west, south, east, north = value
            around = -180 <= west < east <= 180 and -90 <= south < north <= 90
            if around and all(map(isfinite, value)):
                return float(west), float(south), float(east), float(north)
    raise part.wrong(
        "{file}, {where}: needs {key} as four numbers in degrees: west, south, east, north.",
        key=key,
    )


def _step(row: object, file: str, where: Message) -> Step:
    part = Part(row, file, where, ("heading", "note", "question", "link", "after", "look_at"))
    most = LONGEST["link"]
    asked = question_in(part.raw("question", most) or part.raw("link", most))
    if not asked:
        raise part.wrong("{file}, {where}: needs question, or link, with a question in it.")
    return Step(
        part.text("heading", LONGEST["heading"], needed=True),
        asked,
        part.text("note", LONGEST["note"]),
        question_in(part.raw("after", most)),
        _view(part, "look_at"),
    )
