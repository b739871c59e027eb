"""What is remembered between clicks of files that somebody looks at, and of their land."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import streamlit as st

from data.drafts import land_for, streets, tried
from data.files.door import Look, look
from data.files.kept import folder
from data.files.opening import opened
from data.files.recipe import Recipe
from data.files.recipe_file import recipe_of, written
from data.files.report import Report
from data.order import Order
from data.previews import Placed, placed
from data.services.service import Land
from data.toml_rows import TOP, Row
from geo.errors import Message, MoteplassError
from views.quickly import quickly

REMEMBERED_S = 120
FEW_VALUES = 200
"""A column with more different values is not one to choose rows by."""

Mark = tuple[str, int, int]
"""A file's path, size and time of change: the key under which it is remembered."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file, with their values if these are few; whether it has shapes."""

    values: dict[str, tuple[str, ...]]
    shapes: bool


def mark(file: Path) -> Mark:
    """Return what changes when a file does."""
    try:
        about = file.stat()
    except OSError:
        return str(file), -1, -1
    return str(file), about.st_size, about.st_mtime_ns


def land(order: Order) -> Land | Message:
    """Return where an area will be, or why that is not known."""
    files = tuple(mark(file) for file in (order.boundary, order.osm) if file)
    told = (order.number, order.country, order.within, order.name, order.code)
    return _land(told, files, order)


@st.cache_resource(max_entries=16, ttl=REMEMBERED_S, show_spinner=False)
def _land(
    told: tuple[str, ...],  # noqa: ARG001
    files: tuple[Mark, ...],  # noqa: ARG001
    _order: Order,
) -> Land | Message:
    try:
        return land_for(_order, quickly())
    except MoteplassError as error:
        return error.message


@st.cache_resource(max_entries=4, show_spinner=False)
def main_streets(file: Mark) -> gpd.GeoSeries | None:
    """Return the main streets of a file of OpenStreetMap data, if they are read quickly."""
    try:
        return streets(Path(file[0]))[0]
    except MoteplassError:
        return None


def looked(file: Path, where: Land | Message, layer: str = "") -> Look | Message:
    """Look at a file, or say why it cannot be opened."""
    return _looked(mark(file), land_key(where), layer, recipes(), where)


def land_key(where: Land | Message) -> str:
    """Return what changes when the land does."""
    if isinstance(where, Message):
        return ""
    return f"{where.number} {where.country} {where.crs} {where.boundary.bounds}"


def recipes() -> tuple[Mark, ...]:
    """Return what changes when a recipe is kept."""
    return tuple(mark(one) for one in sorted(folder().glob("*.toml")))


@st.cache_resource(max_entries=64, show_spinner=False)
def _looked(
    file: Mark,
    key: str,  # noqa: ARG001
    layer: str,
    recipes: tuple[Mark, ...],  # noqa: ARG001
    _where: Land | Message,
) -> Look | Message:
    path = Path(file[0])
    known = None if isinstance(_where, Message) else _where
    try:
        return look(path, path.name, land=known, layer=layer)
    except MoteplassError as error:
        return error.message


def columns(file: Path, recipe: Recipe) -> Columns:
    """Return the columns of a file that can be opened."""
    return _columns(mark(file), recipe.layer, recipe.encoding, recipe.separator)


@st.cache_resource(max_entries=64, show_spinner=False)
def _columns(file: Mark, layer: str, encoding: str, separator: str) -> Columns:
    path = Path(file[0])
    raw = opened(path, path.name, layer=layer, encoding=encoding, separator=separator)
    values = {name: raw.cells[name].unique() for name in raw.cells.columns}
    few = {name: tuple(sorted(of)) for name, of in values.items() if len(of) <= FEW_VALUES}
    return Columns({name: few.get(name, ()) for name in values}, raw.shapes is not None)


def spread(file: Path, recipe: Recipe, where: Land | Message) -> Placed | Message:
    """Put a file's rows where a recipe says, or say why that cannot be done."""
    return _spread(mark(file), written(recipe), land_key(where), where)


@st.cache_resource(max_entries=16, show_spinner=False)
def _spread(
    file: Mark,
    recipe: str,
    key: str,  # noqa: ARG001
    _where: Land | Message,
) -> Placed | Message:
    known = None if isinstance(_where, Message) else _where
    try:
        told = recipe_of(Row("", TOP, tomllib.loads(recipe)))
        return placed(Path(file[0]), told, known)
    except MoteplassError as error:
        return error.message


def reports(
    files: tuple[Path, ...], where: Land, *, ask: bool = False
) -> dict[str, Report | Message]:
    """Read files as a build does, with or without asking for addresses; tell of each."""
    return _reports(tuple(map(mark, files)), land_key(where), recipes(), ask, where)


@st.cache_resource(max_entries=8, ttl=REMEMBERED_S, show_spinner=False)
def _reports(
    files: tuple[Mark, ...],
    key: str,  # noqa: ARG001
    recipes: tuple[Mark, ...],  # noqa: ARG001
    ask: bool,
    _where: Land,
) -> dict[str, Report | Message]:
    get = quickly() if ask else None
    told = tried([Path(file[0]) for file in files], _where, get)
    return {file.name: one for file, one in told.items()}
