"""Places out of a table: rows of a register, each with its kind and where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from data.files.coordinates import crs_of
from data.files.numbers import identifiers
from data.files.placing import shapes_of
from data.files.raw import Raw, Shapes
from data.files.recipe import Recipe
from data.files.report import Fault
from data.files.vocabulary import folded, speaks_of
from data.services.addresses import Located
from data.text import plain
from geo.crs import WGS84
from geo.errors import Message

ISO = re.compile(r"([12]\d{3})-([01]\d)-([0-3]\d)")
NORWEGIAN = re.compile(r"([0-3]\d)\.([01]\d)\.([12]\d{3})")

Locate = Callable[[Sequence[str]], Located]
"""Looks addresses up, see `data.services.addresses.located`."""

WHEELS = {
    "yes": ("yes", "ja", "true", "1", "tilgjengelig", "fullgodt", "ok"),
    "limited": (
        "limited",
        "delvis",
        "delvistilgjengelig",
        "begrenset",
        "vanskeligtilgjengelig",
    ),
    "no": ("no", "nei", "nej", "false", "0", "ikketilgjengelig", "utilgjengelig"),
}
"""What is said of wheelchairs, and as what it counts; anything else counts as unknown."""


def places_of(
    raw: Raw, recipe: Recipe, source: str, locate: Locate | None
) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """
    Return places as `data.known.Known.register`, and the rows that became none.

    Rows without coordinates are looked up by their address. Homes that are also a place
    of work are left out: family kindergartens, and with them special schools, since few
    children go there and each could be known.

    Parameters
    ----------
    raw, recipe
        The rows that count, and how to read them.
    source
        Key of who tells it.
    locate
        Looks up addresses; `None` if nobody can be asked.

    Raises
    ------
    SourceError
        If a column of the recipe or its coordinate system is missing, or the register
        of addresses cannot be asked.
    """
    columns = recipe.columns
    texts = {
        role: raw.column(columns[role]).map(plain)
        if role in columns
        else pd.Series("", raw.cells.index)
        for role in ("name", "address", "opening_hours", "wheelchair", "updated", "kind")
    }
    kinds, faults = _kinds(raw, recipe, texts)
    shapes, odd = shapes_of(raw, recipe)
    faults += odd
    full = _addresses(raw, recipe, texts["address"])
    shapes, crs = _looked_up(shapes, raw, recipe, (full, kinds), locate)
    faults += _nowhere(raw, shapes, faults, full)
    keep = shapely.is_geometry(shapes) & (kinds != "").to_numpy()
    ref = identifiers(raw.column(columns["ref"])) if "ref" in columns else None
    number = pd.Series([f"row {row}" for row in raw.rows], raw.cells.index)
    table = gpd.GeoDataFrame(
        {
            "source": source,
            "ref": number if ref is None else ref.where(ref != "", number),
            "name": texts["name"],
            "kind": kinds,
            "address": full,
            "wheelchair": texts["wheelchair"].map(_wheels),
            "opening_hours": texts["opening_hours"],
            "updated": texts["updated"].map(day),
        },
        geometry=shapes,
        crs=crs,
    )[keep].reset_index(drop=True)
    return table.astype(dict.fromkeys(list(table.columns[:-1]), "object")), faults


def day(text: str) -> str:
    """
    Return the ISO date that a text begins with, or `""`.

    Examples
    --------
    >>> day("2024-11-15T08:16:24Z"), day("15.11.2024"), day("in autumn")
    ('2024-11-15', '2024-11-15', '')
    """
    if found := ISO.match(text):
        return found[0]
    found = NORWEGIAN.match(text)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else ""


def _kinds(
    raw: Raw, recipe: Recipe, texts: dict[str, pd.Series[str]]
) -> tuple[pd.Series[str], list[Fault]]:
    """Return the kind of each row, `""` for those that are left out."""
    told = texts["kind"]
    by_value = {plain(value): kind for value, kind in recipe.kinds.items()}
    kinds = pd.Series([by_value.get(value, recipe.kind) for value in told], told.index)
    private = (told + " " + texts["name"]).map(lambda text: speaks_of(text, "left_out"))
    reasons = (
        (private, Message("It is left out: so few use it that each could be known.")),
        ((kinds == "") & ~private, Message("The recipe says of no kind what this is.")),
    )
    column = recipe.columns.get("kind", "")
    faults = [
        Fault(int(raw.rows[at]), column, told.iloc[at], reason)
        for mask, reason in reasons
        for at in np.flatnonzero(mask)
    ]
    return kinds.mask(private, ""), faults


def _addresses(raw: Raw, recipe: Recipe, address: pd.Series[str]) -> pd.Series[str]:
    """Return street, postcode and town; what the address already has is not added."""
    full = address
    parts = [raw.column(recipe.columns[r]) for r in ("postcode", "town") if r in recipe.columns]
    if parts:
        told = identifiers(parts[0])
        for part in parts[1:]:
            told = (told + " " + part.map(plain)).str.strip()
        add = (address != "") & (told != "") & ~address.str.contains(",", regex=False)
        full = address.where(~add, address + ", " + told)
    return full


def _looked_up(
    shapes: Shapes,
    raw: Raw,
    recipe: Recipe,
    told: tuple[pd.Series[str], pd.Series[str]],
    locate: Locate | None,
) -> tuple[Shapes, object]:
    """Look up the addresses of wanted rows that have no shape."""
    address, kinds = told
    missing = ~shapely.is_geometry(shapes) & (address != "") & (kinds != "")
    crs = crs_of(recipe.crs, raw.file) if shapely.is_geometry(shapes).any() else WGS84
    if locate is None or not missing.any():
        return shapes, crs
    points = locate(address[missing].tolist()).points.to_dict()
    to = Transformer.from_crs(WGS84, crs, always_xy=True)
    shapes = shapes.copy()
    for at in np.flatnonzero(missing):
        if point := points.get(address.iloc[at]):
            shapes[at] = shapely.Point(to.transform(point.x, point.y))
    return shapes, crs


def _nowhere(
    raw: Raw, shapes: Shapes, faults: list[Fault], address: pd.Series[str]
) -> list[Fault]:
    """Tell of rows that are nowhere, unless something was already told of them."""
    told = {fault.row for fault in faults}
    without = Message("It has neither coordinates nor an address.")
    unknown = Message("It has no coordinates, and its address was not found.")
    return [
        Fault(int(raw.rows[at]), "", address.iloc[at], unknown if address.iloc[at] else without)
        for at in np.flatnonzero(~shapely.is_geometry(shapes))
        if int(raw.rows[at]) not in told
    ]


def _wheels(text: str) -> str:
    key = folded(text)
    return next((said for said, words in WHEELS.items() if key in words), "")
