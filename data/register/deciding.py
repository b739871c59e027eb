"""Decisions carried out on an area that is built: no network, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import geopandas as gpd
import pandas as pd

from data.bundle import read, write
from data.register import decisions as store
from data.register.decided import Decisions, unheard
from data.register.limits import OSM
from data.register.matching import matched
from data.register.merging import STEP_FREE, merged, place_id
from geo.bundle import Bundle
from geo.doors import doors
from geo.errors import Message
from geo.tables import ENTRANCES, PLACES

SAID = ("name", "opening_hours", "wheelchair", "updated")
"""What a source may have said for the map, which has to be taken back first."""


def decide_again(code: str) -> tuple[Bundle, tuple[Message, ...]]:
    """
    Carry out what was decided about an area in the store.

    Returns
    -------
    bundle, faults
        As it lies in the store now; and the decisions that were not understood, or
        find nothing to decide about.

    Raises
    ------
    BundleError
        If the area or its decisions cannot be read or written; both are then unharmed.
    """
    decisions, faults = store.read(code)
    bundle = redecided(read(code), decisions)
    write(bundle)
    return bundle, (*faults, *gone(bundle, decisions))


def gone(bundle: Bundle, decisions: Decisions) -> tuple[Message, ...]:
    """
    Say which decisions find nothing to decide about, as `data.register.decided.unheard`.

    A place that only a register knew, and that has become another one, is not gone.
    """
    rows = bundle.register
    keys = list(zip(rows["source"], rows["ref"], strict=True))
    return unheard(decisions, keys, {*bundle.places.index, *(place_id(*key) for key in keys)})


def redecided(bundle: Bundle, decisions: Decisions) -> Bundle:
    """
    Match and merge anew, from what the register table keeps of every source.

    Parameters
    ----------
    bundle
        As it was built.
    decisions
        As `data.register.decisions.read` returns them.

    Returns
    -------
    bundle
        With places, entrances and register as if it had been built with these
        decisions. It counts as built now, so that nobody shows the old one.
    """
    known = bundle.register
    places = from_map(bundle.places, known)
    register = matched(places, known[known["source"] != OSM], decisions)
    land = bundle.boundary.geometry.iloc[0]
    found = PLACES.check(merged(places, register, land=land))
    return replace(
        bundle,
        area=replace(bundle.area, built=datetime.now(UTC).isoformat()),
        places=found,
        entrances=_entrances(bundle, found),
        register=register,
    )


def from_map(places: gpd.GeoDataFrame, register: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return places as OpenStreetMap has them, without what registers added.

    Parameters
    ----------
    places, register
        Of one bundle.

    Examples
    --------
    >>> from geo.tables import REGISTER
    >>> crs = "EPSG:25833"
    >>> len(from_map(PLACES.none(crs), REGISTER.none(crs)))
    0
    """
    mapped = places[places["osm_ids"] != ""]
    said = register[register["source"] == OSM].set_index("place_id")
    said = said[said.index.isin(mapped.index)]
    if said.empty:
        return mapped
    changed = mapped.loc[said.index]
    told = {name: said[name].astype(object) for name in SAID}
    # What no register can have said, such as "designated", is the map's own.
    own = ~changed["wheelchair"].isin(("", *STEP_FREE))
    told["wheelchair"] = told["wheelchair"].mask(own, changed["wheelchair"])
    before = {**told, "kinds": said["kind"], "sources": OSM}
    whole = pd.concat([changed.assign(**before), mapped.drop(index=said.index)])
    restored = whole.loc[mapped.index]
    return restored.astype(mapped.dtypes.drop("geometry").to_dict())


def _entrances(bundle: Bundle, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep the doors that are known, and find those of places that are new."""
    kept = bundle.entrances[bundle.entrances["place_id"].isin(places.index)]
    new = places[~places.index.isin(kept["place_id"])]
    if new.empty:
        return kept.reset_index(drop=True)
    none = gpd.GeoSeries([], crs=places.crs)
    sites = new[["geometry"]].assign(is_building=False)
    found = doors(sites, none, bundle.paths, barriers=bundle.barriers)
    found = found.rename(columns={"of": "place_id"})
    return ENTRANCES.check(pd.concat([kept, found], ignore_index=True))
