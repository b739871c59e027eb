"""What kind of places a file holds: a column may say, or its name, or theirs."""

from __future__ import annotations

from collections import Counter

from data.files.hints import Hint
from data.files.raw import Raw
from data.files.vocabulary import columns_for, kind_in, speaks_of
from geo.errors import Message

MANY_KINDS = 60
"""A column with more values than this names things rather than kinds."""

HALF = 0.5

Told = tuple[str, str, dict[str, str], Hint]
"""Column, kind of all, kinds by value, and the reason."""


def kinds_guess(raw: Raw, file: str, name: str) -> Told | None:
    """
    Guess what kind of places the rows are.

    Parameters
    ----------
    raw, file
        The table, and the file's name.
    name
        Column of the places' names, or `""`.

    Returns
    -------
    told
        The column that tells, one kind for all where none does, and what its values
        stand for. Values that stand for nothing are left out, and so are homes: family
        kindergartens, and special schools. `None` if nothing speaks of a kind.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> cells = pd.DataFrame({"type": ["Ordinær barnehage", "Familiebarnehage"]})
    >>> column, _, kinds, _ = kinds_guess(Raw("a.csv", cells, np.array([2, 3])), "a.csv", "")
    >>> column, kinds
    ('type', {'Ordinær barnehage': 'kindergarten'})
    """
    best: tuple[float, str] = (0.0, "")
    for column in columns_for("kind", raw.cells.columns):
        values = raw.cells[column]
        if values.nunique() <= MANY_KINDS:
            told = {value for value in values.unique() if kind_in(value)}
            best = max(best, (float(values.isin(told).mean()), column), key=lambda one: one[0])
    share, column = best
    if share > HALF:
        return column, "", _kinds(raw, column), _hint(share, column)
    if kind := kind_in(f"{file} {raw.layer}".replace("_", " ")):
        reason = Message("The file's name speaks of it.")
        return "", kind, {}, Hint("kind", 0.8, reason)
    if not name:
        return None
    found = Counter(map(kind_in, raw.cells[name]))
    found.pop("", None)
    kind, many = max(found.items(), key=lambda one: one[1], default=("", 0))
    if many <= HALF * len(raw):
        return None
    reason = Message("{n} names of {all} speak of it.", {"n": many, "all": len(raw)})
    return "", kind, {}, Hint("kind", many / len(raw), reason)


def _kinds(raw: Raw, column: str) -> dict[str, str]:
    values = sorted(filter(str.strip, raw.cells[column].unique()))
    told = {value: kind_in(value) for value in values if not speaks_of(value, "left_out")}
    return {value: kind for value, kind in told.items() if kind}


def _hint(share: float, column: str) -> Hint:
    text = "The column {column} speaks of it."
    return Hint("columns.kind", share, Message(text, {"column": column}))
