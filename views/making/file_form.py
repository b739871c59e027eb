"""How a file is read, field by field, as somebody may correct it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from data.files.recipe import OF, SIDES, UNITS, WHATS, Recipe
from views.making.fields import Fields
from views.making.file_columns import POSITION, chosen_columns, chosen_kind, chosen_kinds
from views.making.file_looks import Columns
from views.text import markdown
from words import Speaker

CRS = (4326, 25832, 25833, 25835, 3006, 3067, 32632, 32633, 3857)


def what_words(say: Speaker) -> dict[str, str]:
    """Return what a file may be, in words."""
    return {
        "places": say("Places to meet"),
        "zones": say("People in zones"),
        "grid": say("People in a grid"),
        "incomes": say("Incomes in zones"),
        "boundary": say("The outline of an area"),
        "unknown": say("Not recognised"),
    }


def corrected(file: Path, recipe: Recipe, columns: Columns, token: str, say: Speaker) -> Recipe:
    """Ask how a file is read, beginning with what is guessed or remembered."""
    form = Fields(token, say)
    words = what_words(say)
    what = form.select("what", say("What it is"), WHATS, recipe.what, named=words.__getitem__)
    recipe = replace(recipe, what=str(what))
    if what == "places":
        recipe = replace(
            recipe,
            kind=chosen_kind(form, "kind", say("Kind of all its places"), recipe.kind, say),
        )
    if what == "incomes":
        recipe = _incomes(form, recipe, say)
    if what == "grid":
        side = form.select("side", say("Side of a square, in metres"), SIDES, recipe.side_m)
        recipe = replace(recipe, side_m=side)
    if what == "zones":
        label = say("1 and 2 were changed to 0 or 3 before it was published")
        recipe = replace(recipe, rounded=form.tick("rounded", label, recipe.rounded))
    recipe = _position(form, recipe, columns, say)
    with st.expander(say("Which column is for what")):
        recipe = chosen_columns(form, recipe, columns, say)
    if recipe.columns.get("kind") and what == "places":
        with st.expander(say("What its kinds stand for")):
            recipe = chosen_kinds(form, recipe, columns, say)
    with st.expander(say("Whose it is, and of when")):
        return _source(form, file, recipe, say)


def _incomes(form: Fields, recipe: Recipe, say: Speaker) -> Recipe:
    of = {
        "persons": say("Persons"),
        "households": say("Households"),
        "other": say("Something else"),
    }
    units = {
        "%": say("Per cent"),
        "share": say("A share from 0 to 1"),
        "amount": say("An amount of money"),
    }
    return replace(
        recipe,
        measure=form.line("measure", say("What is measured, in words"), recipe.measure),
        of=str(form.select("of", say("A share of whom"), OF, recipe.of, named=of.__getitem__)),
        unit=str(form.select("unit", say("Unit"), UNITS, recipe.unit, named=units.__getitem__)),
    )


def _position(form: Fields, recipe: Recipe, columns: Columns, say: Speaker) -> Recipe:
    """Ask for the coordinate system, if there are coordinates."""
    if not (columns.shapes or recipe.columns.keys() & {*POSITION}):
        return recipe
    names = {
        "EPSG:4326": say("Longitude and latitude"),
        **{f"EPSG:258{zone}": say("UTM zone {zone}", zone=zone) for zone in (32, 33, 35)},
        "EPSG:3006": "SWEREF 99 TM",
        "EPSG:3067": "ETRS-TM35FIN",
        "": say("Not known"),
    }
    options = [f"EPSG:{number}" for number in CRS]

    def named(crs: str) -> str:
        return f"{names[crs]} ({crs})" if crs and crs in names else names.get(crs, crs)

    crs = form.select("crs", say("Coordinate system"), options, recipe.crs, named=named)
    swapped = form.tick("swapped", say("North stands before east"), recipe.swapped)
    return replace(recipe, crs=str(crs), swapped=swapped)


def _source(form: Fields, file: Path, recipe: Recipe, say: Speaker) -> Recipe:
    return replace(
        recipe,
        source=form.line(
            "source",
            say("Who made it"),
            recipe.source,
            help_=say(
                "Named beside every figure that rests on it; else the file's name, {file}.",
                file=markdown(file.name),
            ),
        ),
        licence=form.line("licence", say("Licence"), recipe.licence),
        date=form.line("date", say("Date of the figures, as 2026-01-01"), recipe.date),
    )
