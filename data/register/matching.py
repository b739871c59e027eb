"""Which place each row of every register is, source by source."""

from __future__ import annotations

from types import MappingProxyType

import geopandas as gpd
import pandas as pd
import shapely

from data.catalogue import kinds
from data.register.by_source import Here, of_source, of_surveys
from data.register.decided import SAME, Decisions
from data.register.limits import OSM, rank
from data.register.merging import STEP_FREE, merged, place_id
from geo.errors import CrsError
from geo.tables import REGISTER

TOLD = ("source", "ref", "name", "kind", "address", "wheelchair", "opening_hours", "updated")
"""What a source says of a place: the columns of `data.known.Known.register`."""

UNDECIDED: Decisions = MappingProxyType({})


def matched(
    places: gpd.GeoDataFrame, rows: gpd.GeoDataFrame, decisions: Decisions = UNDECIDED
) -> gpd.GeoDataFrame:
    """
    Find out which place each row is.

    Sources are taken in the order of `data.register.limits.rank`, each against
    OpenStreetMap's places and those that the sources before it added. Within a source
    no two different rows become one place by rule, and the order of rows does not
    matter. Rows that say the same at the same spot are one. See `docs/method.md`.

    Parameters
    ----------
    places
        As `data.places.places_of` returns them, with ids of OpenStreetMap's.
    rows
        As `data.known.Known.register`, in the same metric CRS. A kind that the
        catalogue does not know counts as none.
    decisions
        What somebody has decided; a place that is no longer there is passed over.

    Returns
    -------
    register
        As `geo.tables.REGISTER`: what OpenStreetMap says of every place that was
        matched (its number is the place's id, its `kind` are all its kinds, joined by
        `;`), then all rows, by source and as they came. None is lost.

    Raises
    ------
    CrsError
        If rows and places are not in one metric CRS.
    """
    if rows.crs != places.crs:
        raise CrsError("Places and registers are not in one coordinate reference system.")
    told = numbered(rows)
    of_kind = told["kind"].isin(kinds())
    table, found = places, list[gpd.GeoDataFrame]()
    for source in sorted(told["source"].unique(), key=rank):
        of = told[of_kind & (told["source"] == source)]
        outcome = of_source(of, table, _here(decisions, table, found))
        found.append(of.join(outcome))
        table = merged(table, found[-1])
    rest = told[~of_kind]
    found.append(rest.join(of_surveys(rest, table, _here(decisions, table, found))))
    known = pd.concat(found).sort_index()
    known = known.sort_values("source", key=lambda of: of.map(_places_of(of)), kind="stable")
    return _register([_from_map(places, known), known], places)


def numbered(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return what rows tell, each with a number of its own within its source.

    A number that comes again, or none, is counted on; so that no row is lost, and the
    order of rows does not matter.

    Examples
    --------
    >>> from shapely import Point
    >>> told = dict.fromkeys(TOLD, "") | {"ref": ["7", "7"], "name": ["b", "a"]}
    >>> rows = gpd.GeoDataFrame(told, geometry=[Point(0, 0)] * 2, crs="EPSG:25833")
    >>> numbered(rows)["ref"].tolist()
    ['7#2', '7']
    """
    told = gpd.GeoDataFrame(
        {name: rows[name].fillna("").astype(str).to_numpy() for name in TOLD},
        geometry=rows.geometry.array,
        crs=rows.crs,
    )
    told["ref"] = told["ref"].str.replace(";", ",")  # which joins ids
    ordered = told.assign(shape=shapely.to_wkb(told.geometry.to_numpy(), hex=True))
    ordered = ordered.sort_values([*TOLD, "shape"])
    again = ordered.groupby(["source", "ref"]).cumcount().reindex(told.index)
    return told.assign(ref=told["ref"] + [f"#{n + 1}" if n else "" for n in again])


def _here(decisions: Decisions, table: gpd.GeoDataFrame, found: list[gpd.GeoDataFrame]) -> Here:
    """
    Return the decisions that can be carried out.

    A place that only a register knew may by now be one of the map's: then it is that.
    """
    became = {
        place_id(row.source, row.ref): row.place_id
        for of in found
        for row in of[of["status"] == "matched"].itertuples()
    }
    here = {}
    for key, decision in decisions.items():
        place = decision.place
        place = place if place in table.index else became.get(place, "")
        if decision.what != SAME or place:
            here[key] = (decision.what, place)
    return here


def _places_of(sources: pd.Series[str]) -> dict[str, int]:
    """Return where each source stands among those that there are."""
    return {source: n for n, source in enumerate(sorted(sources.unique(), key=rank))}


def _from_map(places: gpd.GeoDataFrame, known: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what the map says of every place that a row was found to be."""
    of = places[places.index.isin(known["place_id"])]
    wheelchair = of["wheelchair"].replace("designated", "yes")
    wheelchair = wheelchair.where(wheelchair.isin(STEP_FREE), "")
    return gpd.GeoDataFrame(
        {
            "source": OSM,
            "ref": of.index.to_numpy(),
            "name": of["name"].to_numpy(),
            "kind": of["kinds"].to_numpy(),
            "address": "",
            **{name: of[name].to_numpy() for name in ("opening_hours", "updated")},
            "wheelchair": wheelchair.to_numpy(),
            "place_id": of.index.to_numpy(),
            "status": "matched",
            "rivals": "",
            "distance_m": 0.0,
            "likeness": 1.0,
            "decided": False,
        },
        geometry=of.geometry.array,
        crs=places.crs,
    )


def _register(parts: list[gpd.GeoDataFrame], places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    filled = [part for part in parts if len(part)]
    if not filled:
        return REGISTER.none(str(places.crs))
    whole = pd.concat(filled, ignore_index=True)
    return REGISTER.check(gpd.GeoDataFrame(whole, geometry="geometry", crs=places.crs))
