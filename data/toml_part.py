"""Small TOML files that may be anybody's: each value is checked as it is taken out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from data.stories import words
from data.text import plain
from geo.errors import Message, SourceError

LINE = re.compile(r"at line (\d+)")

AT_THE_TOP = Message("at the top")


def parsed(content: bytes, file: str, most: int) -> dict[str, Any]:
    r"""
    Return the tables of a file.

    Parameters
    ----------
    content
        The file; it may be anybody's.
    file
        What it is called, as `data.files.limits.shown` returns it.
    most
        Bytes that are read; of a larger file nothing is.

    Raises
    ------
    SourceError
        If it is too large, or naming the line that is not understood.

    Examples
    --------
    >>> parsed(b"name = ?", "a.toml", 100)
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml cannot be read: line 1 is not understood.
    """
    if len(content) > most:
        raise SourceError(
            "{file} has {kb} kB; at most {most} are read.",
            file=file,
            kb=round(len(content) / 1024),
            most=most // 1024,
        )
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise _unreadable(file, Message("it is no text in UTF-8")) from None
    except (ValueError, RecursionError) as error:
        line = LINE.search(str(error))
        if line:
            fault = Message("line {line} is not understood", {"line": line[1]})
            raise _unreadable(file, fault) from None
        raise _unreadable(file, Message("it is no TOML")) from None


def _unreadable(file: str, fault: Message) -> SourceError:
    return SourceError("{file} cannot be read: {fault}.", file=file, fault=fault)


class Part:
    """
    A table of such a file.

    Parameters
    ----------
    row
        What was read.
    file, where
        For the sentence about what is wrong: the file, and the part of it.
    known
        Keys that it may have.

    Raises
    ------
    SourceError
        If it is no table, or has another key.

    Examples
    --------
    >>> part = Part({"title": "Parks"}, "a.toml", AT_THE_TOP, ("title", "note"))
    >>> part.text("title", 20), part.text("note", 20)
    ('Parks', '')
    >>> part.text("title", 3)
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml, at the top: title has 5 characters; at most 3 are read.
    """

    def __init__(self, row: object, file: str, where: Message, known: tuple[str, ...]) -> None:
        self.file, self.where = file, where
        if not isinstance(row, Mapping):
            raise self.wrong("{file}, {where}: this is no table.")
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
        """Return a text to be read by people; `""` if it is not there and not needed."""
        return words(self.raw(key, most, needed=needed))

    def raw(self, key: str, most: int, *, needed: bool = False) -> str:
        """Return a text as it stands, such as a part of a link."""
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
        return value
