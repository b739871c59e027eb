"""Recipes as small TOML files, which may be edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import tomli_w

from data.catalogue import kinds
from data.files.recipe import OF, SIDES, UNITS, WHATS, Recipe
from data.files.vocabulary import roles
from data.files.years import Class, years
from data.toml_rows import Row

VERSION = 1


def written(recipe: Recipe) -> str:
    """
    Return a recipe as TOML, what is as usual left out.

    Examples
    --------
    >>> print(written(Recipe("grid", "rutenett_*.csv", columns={"people": "pop_tot"})))
    version = 1
    what = "grid"
    pattern = "rutenett_*.csv"
    <BLANKLINE>
    [columns]
    people = "pop_tot"
    <BLANKLINE>
    """
    usual = Recipe("", "")
    told: dict[str, Any] = {"version": VERSION}
    tables: dict[str, Any] = {}
    for one in fields(Recipe):
        value = getattr(recipe, one.name)
        if value != getattr(usual, one.name):
            if isinstance(value, Mapping):
                tables[one.name] = {key: _plain(part) for key, part in value.items()}
            else:
                told[one.name] = value
    return tomli_w.dumps({**told, **tables})


def recipe_of(row: Row) -> Recipe:
    """
    Return the recipe of a TOML file, each value checked.

    Raises
    ------
    CatalogueError
        Naming the file and the key that is wrong.

    Examples
    --------
    >>> recipe_of(Row("r.toml", "top level", {"version": 1, "what": "gird", "pattern": "a"}))
    Traceback (most recent call last):
    geo.errors.CatalogueError: r.toml [top level]: what 'gird' is unknown: choose from \
places, zones, grid, incomes, boundary, unknown.
    """
    row.only("version", *(one.name for one in fields(Recipe)))
    if row.values.get("version") != VERSION:
        raise row.wrong("{file}: needs version = 1, not {got}.", "version")
    what, pattern = row.one_of("what", WHATS), row.text("pattern")
    told: dict[str, Any] = {}
    for key, value in row.values.items():
        if key not in {"version", "what", "pattern"}:
            told[key] = _checked(row, key, value)
    return Recipe(what, pattern, **told)


def _checked(row: Row, key: str, value: Any) -> Any:
    """Return a value of the kind that the recipe has there."""
    usual = getattr(Recipe("", ""), key)
    known = _choices().get(key)
    if known and value not in known:
        text = "{file} [{row}]: {key} {got} is unknown: choose from {known}."
        raise row.wrong(text, key, known=", ".join(map(repr, known)))
    if isinstance(usual, Mapping):
        return _table(row, key)
    if type(value) is not type(usual):
        raise row.wrong("{file} [{row}]: needs {key} of another type, not {got}.", key)
    return value


def _table(row: Row, key: str) -> dict[str, Any]:
    part = row.table(key)
    if key == "columns":
        part.only(*roles())
    if key == "ages":
        return {column: _ages(part, column) for column in part.values}
    found = {name: part.text(name) for name in part.values}
    if key == "kinds":
        for name in found:
            part.one_of(name, kinds())
    return found


def _ages(row: Row, column: str) -> Class:
    if span := years(row.text(column)):
        return span
    raise row.wrong("{file} [{row}]: needs {key} as years, such as 6-15, not {got}.", column)


def _plain(value: Any) -> Any:
    return f"{value[0]}-{value[1]}" if isinstance(value, tuple) else value


def _choices() -> dict[str, tuple[object, ...]]:
    return {
        "of": OF,
        "unit": UNITS,
        "decimal": (".", ","),
        "separator": ("", ";", ",", "\t", "|"),
        "side_m": SIDES,
        "kind": ("", *kinds()),
    }
