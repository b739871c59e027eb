"""What is remembered between clicks of files that somebody looks at, and of their land."""

from __future__ import annotations

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
from data.http import Fetcher
from data.order import Order
from data.previews import Placed, placed
from data.services.service import Land
from data.store import cache_folder
from data.toml_rows import TOP, Row
from geo.errors import Message, MoteplassError

REMEMBERED_S = 600
Mark = tuple[str, int, int]
"""A file's path, size and time of change: the key under which it is remembered."""


def mark(file: Path) -> Mark:
    """Return what changes when a file does."""
    try:
        about = file.stat()
    except OSError:
        return str(file), -1, -1
    return str(file), about.st_size, about.st_mtime_ns


def land(order: Order) -> Land | Message:
    """Return where an area will be, or why that is not known yet."""
    files = tuple(mark(file) for file in (order.boundary, order.osm) if file)
    return _land(str(sorted(_of_land(order).items())), files, order)


def _of_land(order: Order) -> dict[str, object]:
    told = order.to_dict()
    return {key: told.get(key) for key in ("number", "country", "within", "name", "code")}


@st.cache_resource(max_entries=16, ttl=REMEMBERED_S, show_spinner=False)
def _land(key: str, files: tuple[Mark, ...], _order: Order) -> Land | Message:  # noqa: ARG001
    try:
        return land_for(_order, Fetcher(cache_folder()))
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
    return _looked(mark(file), _land_key(where), layer, recipes(), where)


def _land_key(where: Land | Message) -> str:
    if isinstance(where, Message):
        return ""
    return f"{where.number} {where.country} {where.crs} {where.boundary.bounds}"


def recipes() -> tuple[Mark, ...]:
    """Return what changes when a recipe is kept."""
    return tuple(mark(one) for one in sorted(folder().glob("*.toml")))


@st.cache_resource(max_entries=64, show_spinner=False)
def _looked(
    file: Mark,
    land: str,  # noqa: ARG001
    layer: str,
    recipes: tuple[Mark, ...],  # noqa: ARG001
    _where: Land | Message,
) -> Look | Message:
    path = Path(file[0])
    try:
        return look(path, path.name, land=None if isinstance(_where, Message) else _where, layer=layer)
    except MoteplassError as error:
        return error.message


@st.cache_resource(max_entries=64, show_spinner=False)
def columns(file: Mark, layer: str, encoding: str, separator: str) -> dict[str, tuple[str, ...]]:
    """Return the columns of a file, each with its different values if these are few."""
    path = Path(file[0])
    raw = opened(path, path.name, layer=layer, encoding=encoding, separator=separator)
    values = {name: raw.cells[name].unique() for name in raw.cells.columns}
    few = 200
    return {name: tuple(sorted(of)) if len(of) <= few else () for name, of in values.items()}


def spread(file: Path, recipe: Recipe, where: Land | Message) -> Placed | Message:
    """Put a file's rows where a recipe says, or say why that cannot be done."""
    return _spread(mark(file), written(recipe), _land_key(where), where)


@st.cache_resource(max_entries=16, show_spinner=False)
def _spread(file: Mark, recipe: str, land: str, _where: Land | Message) -> Placed | Message:  # noqa: ARG001
    import tomllib

    told = recipe_of(Row("", TOP, tomllib.loads(recipe)))
    try:
        return placed(Path(file[0]), told, None if isinstance(_where, Message) else _where)
    except MoteplassError as error:
        return error.message


def reports(files: tuple[Path, ...], where: Land) -> dict[str, Report | Message]:
    """Read files as a build would; return what became of each, by its name."""
    return _reports(tuple(map(mark, files)), _land_key(where), recipes(), where)


@st.cache_resource(max_entries=8, show_spinner=False)
def _reports(
    files: tuple[Mark, ...],
    land: str,  # noqa: ARG001
    recipes: tuple[Mark, ...],  # noqa: ARG001
    _where: Land,
) -> dict[str, Report | Message]:
    paths = [Path(file[0]) for file in files]
    return {file.name: told for file, told in tried(paths, _where).items()}
