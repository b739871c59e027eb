"""Rows of figures become zones: each with its number, its name and its land."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.files.coordinates import crs_of
from data.files.joining import code_key, joined
from data.files.numbers import identifiers
from data.files.placing import shapes_of
from data.files.raw import Raw
from data.files.recipe import Recipe
from data.files.report import Fault
from data.services.service import Land
from data.text import plain
from geo.crs import WGS84
from geo.errors import Message, SourceError

POLYGONS = (3, 6)


@dataclass(frozen=True, slots=True, eq=False)
class Zoned:
    """
    Zones of a table, and which of its rows speak of which.

    Parameters
    ----------
    keys
        For each row its zone, a label in the index of `zones`; `""` for none.
    zones
        `name` and land; the index is the official number.
    faults, notes
        What did not fit.
    """

    keys: pd.Series[str]
    zones: gpd.GeoDataFrame
    faults: list[Fault]
    notes: list[Message]


def zoned(raw: Raw, recipe: Recipe, land: Land, borders: gpd.GeoDataFrame | None) -> Zoned:
    """
    Return the zones that rows are of.

    Their land is their own shape; or that of `borders`; or, if they are municipalities,
    that of the one the area lies in.

    Parameters
    ----------
    raw, recipe
        Rows that count, and how to read them.
    land
        Where the area is.
    borders
        Polygons, for figures that have none of their own.

    Raises
    ------
    SourceError
        If rows have neither number nor name, or no land can be found for any.
    """
    columns = recipe.columns
    if not columns.keys() & {"code", "name"}:
        if raw.shapes is None:
            raise SourceError(
                "{file} has figures, but no column with the number or the name of the zones."
                " Choose one.",
                file=raw.file,
            )
        raw.cells["zone"] = [str(row) for row in raw.rows]
    code = identifiers(raw.column(columns["code"])) if "code" in columns else None
    name = raw.column(columns["name"]).map(plain) if "name" in columns else None
    keys = _keys(raw, code, name)
    faults = [
        Fault(int(raw.rows[at]), "", "", Message("It has neither a number nor a name."))
        for at in np.flatnonzero(keys == "")
    ]
    names = (keys if name is None else name).groupby(keys).first()
    names = names[names.index != ""]
    if raw.shapes is not None:
        return _own(raw, recipe, keys, names, faults)
    return _found(raw, land, borders, (keys, names, code is not None), faults)


def _keys(raw: Raw, code: pd.Series[str] | None, name: pd.Series[str] | None) -> pd.Series[str]:
    if code is None and name is None:
        return raw.cells["zone"]
    if code is None or name is None:
        return name if code is None else code  # type: ignore[return-value]
    return code.where(code != "", name)


def _own(
    raw: Raw, recipe: Recipe, keys: pd.Series[str], names: pd.Series[str], faults: list[Fault]
) -> Zoned:
    """Give zones the shapes of their own rows; pieces of one zone are one."""
    shapes, odd = shapes_of(raw, recipe)
    faults += odd
    kinds = shapely.get_type_id(shapes)
    told = {fault.row for fault in faults}
    for at in np.flatnonzero(~np.isin(kinds, POLYGONS)):
        if int(raw.rows[at]) not in told:
            text = "It has no land: a zone has to be a polygon."
            faults.append(Fault(int(raw.rows[at]), "", str(keys.iloc[at]), Message(text)))
        shapes[at] = None
    sound = shapely.is_geometry(shapes) & (keys != "").to_numpy()
    crs = crs_of(recipe.crs, raw.file)
    pieces = gpd.GeoSeries(shapes[sound], index=keys[sound], crs=crs)
    if pieces.empty:
        raise SourceError("{file} has no zone that can be used.", file=raw.file)
    whole = pieces if pieces.index.is_unique else _dissolved(pieces)
    zones = gpd.GeoDataFrame({"name": names.reindex(whole.index)}, geometry=whole, crs=crs)
    return Zoned(keys.where(sound, ""), zones, faults, [])


def _dissolved(pieces: gpd.GeoSeries) -> gpd.GeoSeries:
    whole = {key: shapely.union_all(some.to_numpy()) for key, some in pieces.groupby(level=0)}
    return gpd.GeoSeries(whole, crs=pieces.crs)


def _found(
    raw: Raw,
    land: Land,
    borders: gpd.GeoDataFrame | None,
    told: tuple[pd.Series[str], pd.Series[str], bool],
    faults: list[Fault],
) -> Zoned:
    """Give zones the land of borders, or of the municipality."""
    keys, names, numbered = told
    figures = pd.DataFrame({"name": names}, index=names.index)
    if numbered:
        figures.insert(0, "code", names.index)
    if borders is None:
        return _municipality(raw, land, keys, figures, faults)
    found = joined(figures, borders)
    renamed = found.land["code"].to_dict()
    reason = Message("There is no land for this zone among the borders.")
    faults += [
        Fault(int(raw.rows[keys.to_numpy() == one][0]), "", f"{one} {names.get(one)}", reason)
        for one in found.lonely
    ]
    zones = found.land.assign(name=names.reindex(found.land.index)).set_index("code")
    zones = zones[~zones.index.duplicated()]
    return Zoned(keys.map(lambda key: renamed.get(key, "")), zones, faults, list(found.notes))


def _municipality(
    raw: Raw, land: Land, keys: pd.Series[str], figures: pd.DataFrame, faults: list[Fault]
) -> Zoned:
    own = [
        one for one in figures.index if land.number and code_key(one) == code_key(land.number)
    ]
    if not own:
        raise SourceError(
            "{file} has figures without land. Choose the file with the borders of its zones"
            " together with it.",
            file=raw.file,
        )
    zones = gpd.GeoDataFrame(
        {"name": figures.loc[own[:1], "name"]}, geometry=[land.boundary], crs=WGS84
    ).rename(index={own[0]: land.number})
    notes = []
    if others := len(figures) - 1:
        text = "Other municipalities whose figures were passed over: {n}."
        notes.append(Message(text, {"n": others}))
    return Zoned(
        keys.map(lambda key: land.number if key == own[0] else ""), zones, faults, notes
    )
