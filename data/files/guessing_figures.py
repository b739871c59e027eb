"""What figures a file holds: people by age, people in cells, incomes, and which rows count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from data.files.hints import Hint
from data.files.numbers import numbers
from data.files.picking import mask_of
from data.files.raw import Raw
from data.files.recipe import NEWEST, Recipe
from data.files.vocabulary import speaks_of
from data.files.years import age_columns, years
from geo.errors import Message

MOST = 0.8
FEW_VALUES = 200
ENOUGH = 40
"""So many small numbers without a 1 or 2 among them are no accident."""

SMALL = 6.0

Found = tuple[Recipe, list[Hint]]


def ages_guess(raw: Raw, recipe: Recipe) -> Found | None:
    """
    Guess that a table holds people by age, in one row per age or one column per age.

    Returns
    -------
    recipe, hints
        With the rows of both sexes picked if there are such, and of the newest year;
        or `None` if there are no ages.

    Examples
    --------
    >>> cells = pd.DataFrame({"sone": ["1", "1"], "0-19": ["5", "6"], "20+": ["7", "8"]})
    >>> raw = Raw("a.csv", cells, np.array([2, 3]))
    >>> ages_guess(raw, Recipe("unknown", "a.csv"))[0].ages
    {'0-19': (0, 19), '20+': (20, 120)}
    """
    columns = recipe.columns
    if "people" in columns and "age" in columns:
        told = raw.cells[columns["age"]]
        fits = told.map({text: years(text) is not None for text in told.unique()})
        if fits.mean() >= MOST:
            reason = Message("There is a row for every age.")
            recipe, hints = picked(raw, recipe)
            return replace(recipe, what="zones"), [Hint("what", 0.9, reason), *hints]
    known = [name for name in raw.cells.columns if _is_count(raw.cells[name], recipe.decimal)]
    wide = age_columns(known)
    if not wide:
        return None
    reason = Message("{n} columns are named by ages.", {"n": len(wide)})
    rounded = _rounded(raw.cells[list(wide)], recipe.decimal)
    hints = [Hint("what", 0.9, reason), Hint("ages", 0.9, reason)]
    if rounded:
        text = "No 1 and no 2 stands among many small numbers, so they seem to be rounded."
        hints.append(Hint("rounded", 0.8, Message(text)))
    recipe, more = picked(raw, replace(recipe, what="zones", ages=wide, rounded=rounded))
    return recipe, [*hints, *more]


def incomes_guess(raw: Raw, recipe: Recipe) -> Found | None:
    """
    Guess that a table holds a measure of income.

    Returns
    -------
    recipe, hints
        With the measure, what it is a share of, and its unit; `None` if nothing speaks
        of income.

    Examples
    --------
    >>> cells = pd.DataFrame({"bydel": ["A", "B"], "Andel lavinntekt": ["12.5", "7"]})
    >>> recipe = Recipe("unknown", "a.csv", columns={"share": "Andel lavinntekt"})
    >>> found, _ = incomes_guess(Raw("a.csv", cells, np.array([2, 3])), recipe)
    >>> found.what, found.measure, found.of, found.unit
    ('incomes', 'Andel lavinntekt', 'persons', '%')
    """
    columns = dict(recipe.columns)
    measure = columns.get("share", "")
    if "measure" in columns and "value" in columns:
        told = raw.cells[columns["measure"]].unique()
        low = [text for text in told if speaks_of(text, "low_income")]
        if not low:
            return None
        measure = low[0]
        columns["share"] = columns.pop("value")
        pick = {**recipe.pick, columns["measure"]: measure}
        recipe = replace(recipe, columns=columns, pick=pick)
    if not measure:
        return None
    recipe, hints = picked(raw, replace(recipe, what="incomes", measure=measure))
    rows = raw.cells.loc[mask_of(raw, recipe), columns["share"]]
    of, unit = _unit(measure, numbers(rows, recipe.decimal)[0])
    reason = Message("{column} speaks of income.", {"column": measure})
    sure = 0.9 if speaks_of(measure, "persons") or of != "persons" else 0.6
    text = "Whether it is a share of persons or of households is guessed from its name."
    hints += [Hint("what", 0.9, reason), Hint("of", sure, Message(text))]
    return replace(recipe, of=of, unit=unit), hints


def picked(raw: Raw, recipe: Recipe) -> Found:
    """
    Pick the rows that count: of both sexes together, and of the newest year with figures.

    Examples
    --------
    >>> cells = pd.DataFrame({"sex": ["male", "total"], "n": ["1", "3"]})
    >>> recipe = Recipe("zones", "a.csv", columns={"sex": "sex", "people": "n"})
    >>> picked(Raw("a.csv", cells, np.array([2, 3])), recipe)[0].pick
    {'sex': 'total'}
    """
    pick, hints = dict(recipe.pick), []
    if column := recipe.columns.get("sex"):
        both = [v for v in raw.cells[column].unique() if speaks_of(v, "both_sexes")]
        if both:
            pick[column] = both[0]
            text = "Rows of both sexes together are taken: {value}."
            hints.append(Hint("pick", 0.9, Message(text, {"value": both[0]})))
    column = recipe.columns.get("year")
    if column and raw.cells[column].nunique() <= FEW_VALUES:
        pick[column] = NEWEST
        hints.append(Hint("pick", 0.9, Message("The newest year with figures is taken.")))
    return replace(recipe, pick=pick), hints


def _is_count(column: pd.Series[str], decimal: str) -> bool:
    values, understood = numbers(column, decimal)
    return bool(understood.mean() >= MOST and np.isfinite(values).any())


def _rounded(cells: pd.DataFrame, decimal: str) -> bool:
    values = np.concatenate([numbers(cells[name], decimal)[0] for name in cells.columns])
    small = values[(values >= 0) & (values < SMALL)]
    return len(small) >= ENOUGH and not np.isin(small, (1.0, 2.0)).any()


def _unit(measure: str, values: np.ndarray) -> tuple[str, str]:
    """Return what a measure is a share of, and its unit."""
    known = values[np.isfinite(values)]
    most = float(known.max()) if len(known) else 0.0
    money = speaks_of(measure, "money") and not speaks_of(measure, "low_income")
    if money or most > 100:
        return "other", "amount"
    persons, homes = (speaks_of(measure, word) for word in ("persons", "households"))
    return "households" if homes and not persons else "persons", "share" if most <= 1 else "%"
