"""
Everything this project raises on purpose, and the sentence it carries.

* MoteplassError
  - QuestionError    a question makes no sense         (fix: the link or the widget)
  - ScenarioError    something cannot be changed so  (fix: that change)
  - CatalogueError   a .toml file of ours is wrong     (fix: the file)
  - SourceError      a source failed or changed        (fix: wait, or another file)
    - NotFoundError  ... or has no such thing
  - BundleError      an area on disk cannot be used    (fix: build it again)
  - ExportError      a result could not be written     (fix: another folder)
  - TableError       a table breaks its contract       (fix: whoever made the table)
    - CrsError       ... because of its coordinates

A sentence is kept apart from the values in it, so that it can be said in any
language: the English text is the key of the translation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """
    A sentence with named gaps, and what fills them.

    Parameters
    ----------
    text
        English text, with gaps as in `str.format`; the key of its translation.
    values
        What fills the gaps. Shown as text, never as markup.

    Examples
    --------
    >>> str(Message("{n} places have no name", {"n": 3}))
    '3 places have no name'
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)


class MoteplassError(Exception):
    """
    Base class: the app and the commands catch this one, and nothing broader.

    Examples
    --------
    >>> str(SourceError("{file} is empty", file="a.pbf"))
    'a.pbf is empty'
    """

    def __init__(self, text: str, **values: Any) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))


class QuestionError(MoteplassError):
    """A question names an unknown area, kind or group, or a limit nobody can walk."""


class ScenarioError(MoteplassError):
    """An edit of a scenario is impossible, or cannot be read."""


class CatalogueError(MoteplassError):
    """A catalogue file is missing, malformed or contradicts itself."""


class SourceError(MoteplassError):
    """A data source could not be read, or no longer looks as expected."""


class NotFoundError(SourceError):
    """A data source works, and has no such thing."""


class BundleError(MoteplassError):
    """An area on disk is missing, damaged, from another time, or cannot be written."""


class ExportError(MoteplassError):
    """A result could not be written where it was asked for."""


class TableError(MoteplassError):
    """A table lacks a column, a value or a type that its contract promises."""


class CrsError(TableError):
    """A table is in no, or in the wrong, coordinate reference system."""


def unforeseen(error: Exception) -> Message:
    """
    Return a fault that nobody foresaw as a sentence: it is one of the program.

    Examples
    --------
    >>> str(unforeseen(KeyError("kind")))
    "This is a fault of the program: KeyError: 'kind'."
    """
    text = "This is a fault of the program: {reason}."
    return Message(text, {"reason": f"{type(error).__name__}: {error}"[:300]})
