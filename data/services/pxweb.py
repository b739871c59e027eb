"""PxWebApi v2, which Statistics Norway and Sweden both run: one way to ask, one to read."""

# Not pxwebpy 0.6: it drops `status`, so that suppressed and missing look alike, and it
# keeps a session and a cache of its own, which neither our client nor a mirror can carry.

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np
import pandas as pd

from data.http import Get
from data.services.registers import changed

UNKNOWN = frozenset({".", "..", "...", ":"})
"""Marks of a cell without a figure: not possible, missing, not yet there, confidential."""

LONGEST_URL = 2_000
"""Both services answer 404 to a question of more than about 2,100 characters."""

MOST_CELLS = 800_000
"""More than this neither of them gives at once."""

Codes = Mapping[str, Sequence[str]]


def ask(
    table: str, chosen: Codes, get: Get, *, codelists: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """
    Return cells of a table.

    Parameters
    ----------
    table
        Its address, up to and with its number.
    chosen
        Codes by variable. `*` within one stands for anything, and `top(1)` for the
        newest. A variable that is not named is summed away, if the table lets it.
    get
        Fetches a URL, see `data.http`. A question too long for one URL is asked in
        parts.
    codelists
        Code list by variable, where its own codes are not the ones meant.

    Returns
    -------
    cells
        See `read`.

    Raises
    ------
    SourceError
        If the service fails, or answers with anything but a table.

    Examples
    --------
    >>> answer = {
    ...     "id": ["Region", "Tid"],
    ...     "size": [1, 1],
    ...     "dimension": {
    ...         "Region": {"category": {"index": {"1804": 0}}},
    ...         "Tid": {"category": {"index": {"2026": 0}}},
    ...     },
    ...     "value": [53638],
    ... }
    >>> def get(url):
    ...     print(url)
    ...     return json.dumps(answer).encode()
    >>> ask("https://x/07459", {"Region": ["1804"], "Tid": ["top(1)"]}, get).value.tolist()
    https://x/07459/data?outputFormat=json-stat2&valueCodes%5BRegion%5D=1804&valueCodes%5BTid%5D=top(1)
    [53638.0]
    """
    parts = []
    for url in _urls(table, {k: tuple(dict.fromkeys(v)) for k, v in chosen.items()}, codelists):
        answer = get(url)
        try:
            parts.append(read(answer))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise changed(table) from error
    return pd.concat(parts, ignore_index=True)


def read(answer: bytes) -> pd.DataFrame:
    """
    Read json-stat2.

    Parameters
    ----------
    answer
        As sent. Variables come in the order of `id`, the last one turning fastest.

    Returns
    -------
    cells
        One row each: a column of codes per variable, the figure in `value`, and
        in `status` its mark, or "". A figure that is suppressed or missing is `nan`,
        whatever stands in its place.

    Raises
    ------
    ValueError, TypeError, LookupError, AttributeError
        If it is no such table, for which `ask` has a sentence.

    Examples
    --------
    >>> read(
    ...     b'{"id": ["Tid"], "value": [7.9, null], "status": {"1": "."},'
    ...     b' "dimension": {"Tid": {"category": {"index": {"2023": 0, "2024": 1}}}}}'
    ... ).to_numpy().tolist()
    [['2023', 7.9, ''], ['2024', nan, '.']]
    """
    body = json.loads(answer)
    names = [str(name) for name in body["id"]]
    codes = [_codes(body["dimension"][name]["category"]) for name in names]
    size = math.prod(map(len, codes))
    if size > MOST_CELLS or body.get("size", [*map(len, codes)]) != [*map(len, codes)]:
        raise ValueError("size")
    values, status = _flat(body["value"], size), _flat(body.get("status") or {}, size)
    marks = [mark if isinstance(mark, str) else "" for mark in status]
    figures = [
        np.nan if mark in UNKNOWN else _figure(value)
        for value, mark in zip(values, marks, strict=True)
    ]
    cells = pd.MultiIndex.from_product(codes, names=names).to_frame(index=False)
    return cells.assign(value=np.array(figures, dtype=float), status=marks)


def spread(cells: pd.DataFrame, rows: str, columns: str, table: str) -> pd.DataFrame:
    """
    Return the figures with one row and one column per code.

    Raises
    ------
    SourceError
        If the table lacks a variable, or has more than these two that vary.

    Examples
    --------
    >>> cells = read(
    ...     b'{"id": ["Region", "Alder"], "value": [5, 7, null, 2], "dimension": {'
    ...     b'"Region": {"category": {"index": ["a", "b"]}},'
    ...     b'"Alder": {"category": {"index": ["-4", "5-9"]}}}}')
    >>> spread(cells, "Region", "Alder", "https://x/1").loc["b"].tolist()
    [nan, 2.0]
    """
    try:
        return cells.pivot(index=rows, columns=columns, values="value")  # noqa: PD010 - no sums
    except (KeyError, ValueError) as error:
        raise changed(table) from error


def _urls(table: str, chosen: Codes, codelists: Mapping[str, str] | None) -> list[str]:
    """Return the question, in as many parts as its length takes."""
    query = {"outputFormat": "json-stat2"}
    query |= {f"codelist[{name}]": code for name, code in (codelists or {}).items()}
    query |= {f"valueCodes[{name}]": ",".join(codes) for name, codes in chosen.items()}
    url = f"{table}/data?{urlencode(query, safe=',*()', quote_via=quote)}"
    longest = max(chosen, key=lambda name: len(",".join(chosen[name])))
    half = len(chosen[longest]) // 2
    if len(url) <= LONGEST_URL or not half:
        return [url]
    halves = (chosen[longest][:half], chosen[longest][half:])
    return [u for part in halves for u in _urls(table, {**chosen, longest: part}, codelists)]


def _codes(category: Mapping[str, Any]) -> list[str]:
    """Return the codes of a variable in their order, however the index is written."""
    index = category.get("index", [*category.get("label", {})])
    told = isinstance(index, dict)
    return sorted(index, key=lambda code: index[code]) if told else [*map(str, index)]


def _flat(told: Any, size: int) -> list[Any]:
    """Return a list of `size`, from one, or from the few cells that are told."""
    if isinstance(told, dict):
        return [told.get(str(n)) for n in range(size)]
    if not isinstance(told, list) or len(told) != size:
        raise ValueError("value")
    return told


def _figure(value: Any) -> float:
    """Return a number; some services write the mark of a missing one in its place."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and math.isfinite(value) else np.nan
