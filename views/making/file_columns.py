"""Which column of a file is for what, which rows count, and what its kinds stand for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.catalogue import kinds
from data.files.recipe import NEWEST, Recipe
from data.files.vocabulary import roles
from views.making.fields import Fields
from views.making.file_looks import Columns
from views.text import markdown
from words import Speaker

POSITION = ("lat", "lon", "east", "north", "spot")
ROLES = {
    "places": (
        *("name", "kind", "address", "postcode", "town", "ref"),
        *("wheelchair", "opening_hours", "updated"),
    ),
    "zones": ("code", "name", "people", "age", "sex", "year"),
    "grid": ("cell", "people"),
    "incomes": ("code", "name", "share", "measure", "year"),
}
"""What columns may be for, by what a file is."""


def chosen_columns(form: Fields, recipe: Recipe, columns: Columns, say: Speaker) -> Recipe:
    """Ask which column has which role, and which rows count."""
    wanted = (*ROLES.get(recipe.what, ()), *(() if columns.shapes else POSITION))
    chosen = dict(recipe.columns)
    sides = st.columns(2)
    for n, role in enumerate(wanted):
        with sides[n % 2]:
            column = form.select(
                f"column-{role}",
                say(roles()[role].label),
                ["", *columns.values],
                recipe.columns.get(role, ""),
                named=lambda name: name or say("None"),
            )
        chosen[role] = str(column)
    pick = {}
    names = {NEWEST: say("The newest"), "": say("All rows")}
    for column, value in recipe.pick.items():
        pick[column] = form.select(
            f"pick-{column}",
            say("Rows that count, by {column}", column=markdown(column)),
            [NEWEST, "", *columns.values.get(column, ())],
            value,
            named=lambda one: names.get(one, one),
        )
    return replace(
        recipe,
        columns={role: column for role, column in chosen.items() if column},
        pick={column: value for column, value in pick.items() if value},
    )


def chosen_kind(form: Fields, field: str, label: str, now: str, say: Speaker) -> str:
    """Ask for a kind of place."""
    names = {
        "": say("A column tells, or none"),
        **{key: say(one.label) for key, one in kinds().items()},
    }
    ordered = sorted(names, key=lambda key: (key != "", names[key]))
    return str(form.select(field, label, ordered, now, named=names.__getitem__))


def chosen_kinds(form: Fields, recipe: Recipe, columns: Columns, say: Speaker) -> Recipe:
    """Ask what each value of the column of kinds stands for."""
    found = dict(recipe.kinds)
    sides = st.columns(2)
    for n, value in enumerate(filter(None, columns.values.get(recipe.columns["kind"], ()))):
        with sides[n % 2]:
            found[value] = chosen_kind(
                form, f"kind-{value}", markdown(value), recipe.kinds.get(value, ""), say
            )
    return replace(recipe, kinds={value: kind for value, kind in found.items() if kind})
