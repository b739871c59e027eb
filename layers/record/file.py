"""A record, read again: it may be anybody's file, so nothing in it is taken on trust."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import datetime
from typing import Any

from geo.bundle import Source
from geo.errors import ScenarioError, SourceError
from geo.question import Question
from geo.scenario.link import LONGEST_WORD
from layers.record.figures import Figures
from layers.record.origin import whole
from layers.record.part import NAME, Part
from layers.record.record import FORMAT, Built, Code, Record

MOST_BYTES = 1024 * 1024
"""That of a large area has some 40 kB."""

SCENARIO = "scenario"
"""The only part of a question that is long; records of format 1.0 have none."""

PARAMETERS = tuple(key for key in Question("", ()).to_params() if key != SCENARIO)
"""All else that a question consists of."""

YEARS = range(2020, 2100)
"""Moments that opening hours and their holidays are known for."""

SHA256 = re.compile("[0-9a-f]{64}")
ASKED = re.compile(r"[\w,-]*", re.ASCII)
"""What parts of a question look like."""

VERSION = re.compile(r"[\w.+ -]{0,40}", re.ASCII)
DAY = re.compile(r"[0-9T:+.Z-]{10,40}")
LANGUAGE = re.compile("[a-z]{2,3}")
LINE = re.compile(r"at line (\d+)")


def read(content: bytes, name: str) -> Record:
    r"""
    Return the record that a file holds.

    Parameters
    ----------
    content
        The file; it may be anybody's.
    name
        What it is called, for the sentence about what is wrong with it.

    Raises
    ------
    SourceError
        Naming the line or the entry that cannot be read, or that a newer program wrote it.
    QuestionError
        If its question has minutes that nobody may ask for.

    Examples
    --------
    >>> read(b"format = ?", "a.toml")
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml is no record: line 1 is not understood.
    >>> read(b'format = "1.0"', "a.toml")
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml is no whole record: question.
    """
    file = "".join(c if c.isprintable() else "?" for c in name)[:80]
    root = Part(_parsed(content, file), file, "")
    _require_readable(root)
    asked, sheets = root.part("question"), root.part("sheets")
    return Record(
        _question(asked),
        _moment(root),
        root.text("language", LANGUAGE),
        root.switch("areas"),
        _code(root.part("code")),
        _built(root.part("bundle")),
        {key: _figures(sheets.part(key)) for key in sheets.names()},
    )


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise SourceError("{file} is too large to be a record.", file=file)
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise SourceError("{file} is no record: it is no text in UTF-8.", file=file) from None
    except (ValueError, RecursionError) as error:
        line = LINE.search(str(error))
        if line:
            raise SourceError(
                "{file} is no record: line {line} is not understood.", file=file, line=line[1]
            ) from None
        raise SourceError("{file} is no record: it is no TOML.", file=file) from None


def _require_readable(root: Part) -> None:
    told = root.text("format", re.compile(r"\d{1,4}\.\d{1,4}"))
    major = int(told.partition(".")[0])
    if major == FORMAT[0]:
        return
    known = {"file": root.file, "version": told, "known": f"{FORMAT[0]}.x"}
    if major > FORMAT[0]:
        raise SourceError(
            "{file} was written by a newer version of the program (format {version}; this one"
            " reads {known}). Bring this one up to date.",
            **known,
        )
    raise SourceError(
        "{file} was written by an older version of the program (format {version}; this one"
        " reads {known}). Ask the question anew.",
        **known,
    )


def _question(part: Part) -> Question:
    told = {key: part.text(key, ASKED) for key in PARAMETERS}
    if SCENARIO in part.row:
        told[SCENARIO] = part.text(SCENARIO, ASKED, most=LONGEST_WORD)
    try:
        return Question.from_params(told)
    except ScenarioError:
        raise part.wrong(SCENARIO) from None


def _moment(root: Part) -> datetime:
    try:
        now = datetime.fromisoformat(root.text("now"))
    except ValueError:
        raise root.wrong("now") from None
    if now.tzinfo is None or now.year not in YEARS:
        raise root.wrong("now")
    return now


def _code(part: Part) -> Code:
    known = part.part("libraries")
    return Code(
        part.text("version", VERSION),
        part.text("sha256", SHA256),
        {name: known.text(name, NAME) for name in known.names()},
    )


def _built(part: Part) -> Built:
    known = part.part("files")
    files = {name: known.text(name, SHA256) for name in known.names()}
    if part.text("sha256", SHA256) != whole(files):
        raise part.wrong("sha256")
    return Built(
        part.text("code", NAME),
        part.text("name"),
        part.text("built", DAY),
        files,
        tuple(_source(row) for row in part.parts("sources")),
    )


def _source(part: Part) -> Source:
    texts = [one.name for one in fields(Source) if one.name != "rows"]
    return Source(**{key: part.text(key) for key in texts}, rows=part.count("rows"))


def _figures(part: Part) -> Figures:
    known = part.part("columns")
    columns = {name: known.text(name, SHA256) for name in known.names()}
    found = Figures(part.count("rows"), columns)
    if part.text("sha256", SHA256) != found.sha256:
        raise part.wrong("sha256")
    return found
