"""One place of all that is known of it: OpenStreetMap's word first, then the registers'."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from data.catalogue import kinds
from data.register.kinds import joined
from data.register.limits import OSM, rank

BLANKS = ("name", "opening_hours", "wheelchair")
"""What a source may add where those before it are silent."""

STEP_FREE = ("yes", "limited", "no")
"""From the best: one door without a step is enough to come in by."""


def place_id(source: str, ref: str) -> str:
    """
    Return what a place is called that only a register knows.

    Examples
    --------
    >>> place_id("schools", "974590328"), place_id("own", "a;b")
    ('schools:974590328', 'own:a,b')
    """
    return f"{source}:{ref}".replace(";", ",")


def merged(
    places: gpd.GeoDataFrame, register: gpd.GeoDataFrame, *, land: BaseGeometry | None = None
) -> gpd.GeoDataFrame:
    """
    Give places what registers know of them, and add those that only registers know.

    A place keeps its outline, its leading kind and whatever it says already. What it
    does not say it takes from the first source that does, in the order of
    `data.register.limits.rank`; surveys come last, and of several the best. Rows in
    conflict and those left out change nothing.

    Parameters
    ----------
    places
        As `geo.tables.PLACES`; with `is_building` or without.
    register
        As `data.register.matching.matched` returns it, whole or for some sources.
    land
        The area's land, in the same CRS: tells which new places lie inside. `None`:
        they all do.

    Returns
    -------
    places
        The same rows in the same order, then the new ones; these are no buildings.
    """
    ordered = register.assign(order=[rank(source) for source in register["source"]])
    ordered = ordered.sort_values("order", kind="stable")
    born = ordered[(ordered["status"] == "alone") & _of_kind(ordered)]
    known = pd.concat([places, _places(born, places, land)]) if len(born) else places.copy()
    told = ordered[(ordered["status"] == "matched") & (ordered["source"] != OSM)]
    told = told[told["place_id"].isin(known.index)]
    if told.empty:
        return known
    columns = (*BLANKS, "kinds", "sources", "updated")
    at = known.index.get_indexer_for(told["place_id"].unique())
    values = {name: known[name].to_numpy(dtype=object, copy=True) for name in columns}
    for n, (_, rows) in zip(at, told.groupby("place_id", sort=False), strict=True):
        before = {name: str(values[name][n]) for name in columns}
        for name, value in _added(before, rows).items():
            values[name][n] = value
    return known.assign(
        **{name: pd.array(v, dtype=known[name].dtype) for name, v in values.items()}
    )


def _of_kind(register: pd.DataFrame) -> pd.Series[bool]:
    known: pd.Series[bool] = register["kind"].isin(kinds())
    return known


def _places(
    rows: gpd.GeoDataFrame, places: gpd.GeoDataFrame, land: BaseGeometry | None
) -> gpd.GeoDataFrame:
    """Return rows as places, with the columns of `places`."""
    of = [kinds()[key] for key in rows["kind"]]
    inside = np.full(len(rows), fill_value=True)
    if land is not None:
        inside = rows.intersects(land).to_numpy()
    made = gpd.GeoDataFrame(
        {
            "name": rows["name"].to_numpy(),
            "kind": [kind.key for kind in of],
            "kinds": [kind.key for kind in of],
            "family": [kind.family for kind in of],
            "setting": [kind.setting for kind in of],
            "opening_hours": rows["opening_hours"].to_numpy(),
            "wheelchair": rows["wheelchair"].to_numpy(),
            "area_m2": np.where(rows.geom_type.str.endswith("Polygon"), rows.area, np.nan),
            "inside": inside,
            "osm_ids": "",
            "sources": rows["source"].to_numpy(),
            "updated": rows["updated"].to_numpy(),
            "is_building": False,
        },
        index=pd.Index(
            [place_id(*key) for key in zip(rows["source"], rows["ref"], strict=True)],
            name=places.index.name,
        ),
        geometry=rows.geometry.array,
        crs=places.crs,
    )
    return made[[*places.columns]]


def _added(known: dict[str, str], rows: pd.DataFrame) -> dict[str, str]:
    """Return what a place says, once its rows have told what they know."""
    surveys = ~_of_kind(rows)
    for row in rows[~surveys].itertuples():
        for name in BLANKS:
            known[name] = known[name] or str(getattr(row, name))
        known["kinds"] = joined(known["kinds"], str(row.kind))
    known["wheelchair"] = known["wheelchair"] or _best(rows["wheelchair"][surveys])
    known["updated"] = max(known["updated"], *rows["updated"].astype(str))
    sources = dict.fromkeys([*known["sources"].split(";"), *rows["source"]])
    known["sources"] = ";".join(sorted(sources, key=rank))
    return known


def _best(wheelchair: Iterable[str]) -> str:
    """
    Return the best answer of several surveys.

    Examples
    --------
    >>> _best(["no", "", "limited"]), _best([])
    ('limited', '')
    """
    told = set(wheelchair)
    return next((answer for answer in STEP_FREE if answer in told), "")
