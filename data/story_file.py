"""A story's file, read: it may be anybody's, so each value is checked as it is taken out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from math import isfinite
from typing import Any

from data.files.limits import shown
from data.stories import Step, Story, View, question_in, words
from data.text import plain
from geo.errors import Message, SourceError

MOST_STEPS, MOST_BYTES = 200, 256 * 1024
LONGEST = {"title": 120, "heading": 160, "note": 600, "link": 4000}
"""Characters; a note of more cannot be read from the back of a hall."""

LANGUAGES = re.compile("[a-z]{2,3}")
LINE = re.compile(r"at line (\d+)")


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
    raw = _parsed(content, file)
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
    about = _Part(raw, file, Message("at the top"), ("title", "language", "steps"))
    language = about.text("language", 8)
    return Story(
        about.text("title", LONGEST["title"], needed=True),
        tuple(_step(row, file, Message("step {n}", {"n": n})) for n, row in enumerate(rows, 1)),
        language if LANGUAGES.fullmatch(language) else "",
    )


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise SourceError(
            "{file} has {kb} kB; a story has at most {most}.",
            file=file,
            kb=round(len(content) / 1024),
            most=MOST_BYTES // 1024,
        )
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise SourceError("{file} is no story: it is no text in UTF-8.", file=file) from None
    except (ValueError, RecursionError) as error:
        line = LINE.search(str(error))
        if line:
            raise SourceError(
                "{file} is no story: line {line} is not understood.", file=file, line=line[1]
            ) from None
        raise SourceError("{file} is no story: it is no TOML.", file=file) from None


class _Part:
    """A table of a story file, whose values are checked as they are taken out."""

    def __init__(self, row: object, file: str, where: Message, known: tuple[str, ...]) -> None:
        self.file, self.where = file, where
        if not isinstance(row, Mapping):
            raise self.wrong("{file}, {where}: this is no step.")
        self.row: Mapping[str, Any] = row
        for key in row:
            if key not in known:
                raise self.wrong(
                    "{file}, {where}: {key} is unknown: choose from {known}.",
                    key=plain(key)[:40],
                    known=", ".join(known),
                )

    def wrong(self, text: str, **values: Any) -> SourceError:
        """Return the error that this part deserves."""
        return SourceError(text, file=self.file, where=self.where, **values)

    def text(self, key: str, most: int, *, needed: bool = False) -> str:
        """Return a text; `""` if it is not there and not needed."""
        value = self.row.get(key, "")
        if not isinstance(value, str) or (needed and not words(value)):
            raise self.wrong("{file}, {where}: needs {key} as text.", key=key)
        if len(value) > most:
            raise self.wrong(
                "{file}, {where}: {key} has {n} characters; at most {most} are read.",
                key=key,
                n=len(value),
                most=most,
            )
        return words(value)

    def view(self, key: str) -> View | None:
        """Return where to look, if that is said."""
        value = self.row.get(key)
        if value is None:
            return None
        match value:
            case [float() | int(), float() | int(), float() | int(), float() | int()]:
                west, south, east, north = value
                around = -180 <= west < east <= 180 and -90 <= south < north <= 90
                if around and all(map(isfinite, value)):
                    return float(west), float(south), float(east), float(north)
        raise self.wrong(
            "{file}, {where}: needs {key} as four numbers in degrees: west, south, east,"
            " north.",
            key=key,
        )


def _step(row: object, file: str, where: Message) -> Step:
    part = _Part(row, file, where, ("heading", "note", "question", "link", "after", "look_at"))
    most = LONGEST["link"]
    asked = question_in(part.text("question", most) or part.text("link", most))
    if not asked:
        raise part.wrong("{file}, {where}: needs question, or link, with a question in it.")
    return Step(
        part.text("heading", LONGEST["heading"], needed=True),
        asked,
        part.text("note", LONGEST["note"]),
        question_in(part.text("after", most)),
        part.view("look_at"),
    )
