"""A scenario as one word of a link: its rows, packed."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from geo.errors import ScenarioError
from geo.scenario.rows import LONGEST, MOST_EDITS, as_row, line_of, of_row
from geo.scenario.scenario import TODAY, Scenario

MOST_BYTES = 1_000_000
"""Of a scenario, unpacked: fifty outlines of five hundred corners are less."""

LONGEST_WORD = 20_000
"""Characters of a scenario as a word: no link, record or file holds a longer one."""


def to_text(scenario: Scenario) -> str:
    """
    Return a scenario as a word that a link can hold; `""` if nothing is changed.

    Examples
    --------
    >>> from geo.scenario.edits import Close
    >>> shut = Scenario((Close("w1"),), "Without the library")
    >>> of_text(to_text(shut)) == shut, to_text(TODAY)
    (True, '')
    """
    if scenario == TODAY:
        return ""
    told = [scenario.name, *map(as_row, scenario.edits)]
    packed = zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def of_text(text: str) -> Scenario:
    """
    Return the scenario that a word of a link holds.

    Raises
    ------
    ScenarioError
        If it is damaged, too long, or no scenario at all.

    Examples
    --------
    >>> of_text("x")
    Traceback (most recent call last):
    geo.errors.ScenarioError: The scenario in the link is damaged: copy the whole link again.
    """
    if not text:
        return TODAY
    require_short(text)
    told = _unpacked(text)
    if not isinstance(told, list) or not told or not isinstance(told[0], str):
        raise _damaged()
    return of_rows(told[1:], told[0])


def require_short(text: str) -> None:
    """
    Refuse a scenario that is too long to be kept, as `to_text` returns it.

    Raises
    ------
    ScenarioError
        If it is.

    Examples
    --------
    >>> require_short("x" * 20_001)
    Traceback (most recent call last):
    geo.errors.ScenarioError: The scenario is too long: draw lines and land with fewer corners.
    """
    if len(text) > LONGEST_WORD:
        raise ScenarioError("The scenario is too long: draw lines and land with fewer corners.")


def of_rows(rows: Sequence[object], name: str) -> Scenario:
    """
    Return the scenario of rows, as `geo.scenario.rows.as_row` writes them.

    Raises
    ------
    ScenarioError
        If there are too many, or one cannot be read.

    Examples
    --------
    >>> of_rows([{"do": "close", "place": "w1"}], "Shut").edits
    (Close(place='w1'),)
    """
    if len(rows) > MOST_EDITS:
        raise ScenarioError(
            "A scenario has at most {most} changes, not {n}.", most=MOST_EDITS, n=len(rows)
        )
    return Scenario(tuple(map(of_row, rows)), line_of(name[:LONGEST]) or "")


def _unpacked(text: str) -> Any:
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        opened = zlib.decompressobj()
        told = opened.decompress(packed, MOST_BYTES)
        if opened.unconsumed_tail or not opened.eof:
            raise _damaged()
        return json.loads(told)
    except (ValueError, zlib.error, RecursionError):
        raise _damaged() from None


def _damaged() -> ScenarioError:
    return ScenarioError("The scenario in the link is damaged: copy the whole link again.")
