"""Which rows of a table count."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.files.numbers import numbers
from data.files.raw import Raw
from data.files.recipe import NEWEST, Recipe


def mask_of(raw: Raw, recipe: Recipe) -> pd.Series[bool]:
    """
    Tell which rows a recipe picks.

    Raises
    ------
    SourceError
        If a column that it names is missing.

    Examples
    --------
    >>> cells = pd.DataFrame({"sex": ["male", "total"], "year": ["2025", "2026"]})
    >>> raw = Raw("a.csv", cells, np.array([2, 3]))
    >>> mask_of(raw, Recipe("zones", "a.csv", pick={"sex": "total"})).tolist()
    [False, True]
    >>> mask_of(raw, Recipe("zones", "a.csv", pick={"year": NEWEST})).tolist()
    [False, True]
    """
    mask = pd.Series(True, raw.cells.index)
    for column, value in recipe.pick.items():
        if value != NEWEST:
            mask &= raw.column(column).str.strip() == value.strip()
    for column, value in recipe.pick.items():
        if value == NEWEST:
            mask &= _newest(raw, recipe, column, mask)
    return mask


def _newest(raw: Raw, recipe: Recipe, column: str, mask: pd.Series[bool]) -> pd.Series[bool]:
    """Mark the rows of the last year in which any row so far has a figure."""
    years = raw.column(column).str.strip()
    figure = recipe.columns.get("share") or recipe.columns.get("people")
    told = mask
    if figure:
        told = mask & np.isfinite(numbers(raw.column(figure), recipe.decimal)[0])
    found = sorted(years[told].unique(), key=lambda text: (len(text), text))
    return years == found[-1] if found else mask
