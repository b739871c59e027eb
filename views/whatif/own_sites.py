"""Buildings of somebody's own layer, as candidates: the municipality's list of empty ones."""

from __future__ import annotations

import geopandas as gpd
import shapely
import streamlit as st

from geo.crs import to_metric
from views import own_layer
from views.asked import Asked
from views.text import markdown

OWN = "bench-own"
"""Key in the session of whether the rows of the own layer are candidates."""

MOST = 200
"""Rows that are taken: more are no list of buildings."""

SHAPES = frozenset({"Point", "Polygon", "MultiPolygon"})

Sites = tuple[tuple[str, str], ...]
"""Name and outline of each, as words: a key for what is remembered."""


def choose(asked: Asked) -> Sites:
    """Draw whether the layer of somebody's own is to be among them; return its rows."""
    say, own = asked.say, st.session_state.get(own_layer.OWN)
    if own is None:
        hint = say(
            "Have you got a list of empty buildings? Put it on the map as a layer of your own,"
            " on the page “Explore”."
        )
        st.caption(markdown(hint))
        return ()
    if not st.toggle(say("Also the rows of the layer “{name}”", name=own.name), key=OWN):
        return ()
    table = to_metric(own.table, asked.bundle.area.crs)
    land = shapely.union_all(asked.bundle.boundary.geometry.to_numpy())
    usable = table.geom_type.isin(SHAPES) & table.intersects(land)
    some = table[usable.to_numpy()].head(MOST)
    if (left := len(table) - len(some)) > 0:
        st.caption(markdown(say.many("{n} row is left out.", "{n} rows are left out.", left)))
    names = some["name"].astype(str) if "name" in some else [""] * len(some)
    return tuple(
        zip(names, shapely.to_wkt(some.geometry.to_numpy(), rounding_precision=1), strict=True)
    )


def table(sites: Sites, crs: str) -> gpd.GeoDataFrame:
    """
    Return sites as they are put into a town.

    Examples
    --------
    >>> table((("Old hall", "POINT (10 20)"),), "EPSG:25833")["name"].tolist()
    ['Old hall']
    """
    names, shapes = zip(*sites, strict=True)
    return gpd.GeoDataFrame({"name": names}, geometry=shapely.from_wkt(shapes), crs=crs)
