"""A scenario as a small TOML file: it may be anybody's, so each value in it is checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from data.files.limits import shown
from data.toml_part import AT_THE_TOP, Part, parsed
from data.whole_file import put
from geo.errors import Message, ScenarioError, SourceError
from geo.scenario.edits import Edit
from geo.scenario.link import require_short, to_text
from geo.scenario.rows import LONGEST, MOST_EDITS, as_row, line_of, of_row
from geo.scenario.scenario import Scenario

MOST_BYTES = 2 * 1024 * 1024
"""As many corners as there may be, each with as many digits as there are, are less."""

HEADER = """\
# A scenario of Møteplass: what is changed in an area, to see what that would bring.
# Positions are metres in the area's own coordinate system.
"""


def read(content: bytes, name: str, area: str) -> Scenario:
    r"""
    Return the scenario that a file tells.

    Parameters
    ----------
    content
        The file; it may be anybody's.
    name
        What it is called, for the sentence about what is wrong with it.
    area
        Code of the area that it is to change: a scenario of another is refused.

    Raises
    ------
    SourceError
        Naming the line or the change that cannot be read, or the area that it is of.

    Examples
    --------
    >>> told = b'area = "1804"\n[[edits]]\ndo = "close"\nplace = "w1"'
    >>> read(told, "a.toml", "1804").edits
    (Close(place='w1'),)
    >>> read(told, "a.toml", "0301")
    Traceback (most recent call last):
    geo.errors.SourceError: a.toml is a scenario of the area 1804, not of 0301.
    """
    file = shown(name)
    raw = parsed(content, file, MOST_BYTES)
    about = Part(raw, file, AT_THE_TOP, ("area", "name", "edits"))
    of = about.text("area", LONGEST, needed=True)
    if of != area:
        raise SourceError(
            "{file} is a scenario of the area {area}, not of {here}.",
            file=file,
            area=of[:40],
            here=area,
        )
    rows = raw.get("edits")
    if not isinstance(rows, list) or not rows:
        raise SourceError("{file} is no scenario: nothing is changed in it.", file=file)
    if len(rows) > MOST_EDITS:
        raise SourceError(
            "{file} has {n} changes; at most {most} are read.",
            file=file,
            n=len(rows),
            most=MOST_EDITS,
        )
    edits = tuple(_edit(row, n, file) for n, row in enumerate(rows, 1))
    found = Scenario(edits, line_of(about.text("name", LONGEST)) or "")
    try:
        require_short(to_text(found))
    except ScenarioError as error:
        raise SourceError("{file}: {why}", file=file, why=error.message) from None
    return found


def _edit(row: object, n: int, file: str) -> Edit:
    try:
        return of_row(row)
    except ScenarioError as error:
        where = Message("change {n}", {"n": n})
        raise SourceError(
            "{file}, {where}: {why}", file=file, where=where, why=error.message
        ) from None


def opened(file: Path, area: str) -> Scenario:
    """
    Return the scenario that a file on disk tells, see `read`; never is a large one read.

    Raises
    ------
    SourceError
        As `read`, or if it cannot be opened.
    """
    try:
        with file.open("rb") as given:
            content = given.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unusable(file, error) from error
    return read(content, file.name, area)


def written(scenario: Scenario, area: str) -> bytes:
    r"""
    Return a scenario as a file that `read` understands.

    Parameters
    ----------
    scenario
        What is changed.
    area
        Code of the area that it is of.

    Raises
    ------
    ScenarioError
        If it is too long to be read again.

    Examples
    --------
    >>> from geo.scenario.edits import Path
    >>> laid = Scenario((Path(((0.0, 0.0), (9.5, 0.0))),), "To the sea")
    >>> print(written(laid, "1804").decode().partition("\n\n")[2].strip())
    [[edits]]
    do = "path"
    line = [[0.0, 0.0], [9.5, 0.0]]
    """
    require_short(to_text(scenario))
    about = {"area": area} | ({"name": scenario.name[:LONGEST]} if scenario.name else {})
    edits = [f"\n[[edits]]\n{_row(as_row(edit))}" for edit in scenario.edits]
    return "".join([HEADER, tomli_w.dumps(about), *edits]).encode()


def _row(row: Mapping[str, Any]) -> str:
    """Return an edit as lines; a course of many corners as one, that people see the rest."""
    told = []
    for key, value in row.items():
        match value:
            case tuple():
                told.append(f"{key} = {json.dumps(value)}\n")
            case dict():
                inside = ", ".join(f"{group} = {people}" for group, people in value.items())
                told.append(f"{key} = {{ {inside} }}\n")
            case _:
                told.append(tomli_w.dumps({key: value}))
    return "".join(told)


def save(scenario: Scenario, area: str, file: Path) -> Path:
    """
    Write a scenario into a file, whole or not at all; return the file.

    Raises
    ------
    ScenarioError
        As `written`.
    SourceError
        If it cannot be written; an earlier one is then unharmed.
    """
    try:
        return put(file, written(scenario, area))
    except OSError as error:
        raise _unusable(file, error) from error


def _unusable(file: Path, error: OSError | ValueError) -> SourceError:
    return SourceError(
        "{file} cannot be read or written ({reason}).",
        file=shown(file.name),
        reason=getattr(error, "strerror", None) or type(error).__name__,
    )
