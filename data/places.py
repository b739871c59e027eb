"""From features with tags to places with kinds and entrances."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.catalogue import kinds
from data.matching import kinds_of
from data.text import plain
from geo.doors import doors
from geo.tables import ENTRANCES

NOT_FOR_VISITORS = frozenset({"emergency", "exit", "fire_exit", "garage", "service", "no"})
"""Values of `entrance` through which nobody goes to meet others."""


def places_of(features: gpd.GeoDataFrame, boundary: BaseGeometry) -> gpd.GeoDataFrame:
    """
    Pick the places out of the features, one row for each place.

    Parameters
    ----------
    features
        As `data.extract.Extract`, but in the area's metric CRS.
    boundary
        The area's land, in the same CRS: tells which places lie inside.

    Returns
    -------
    places
        As `geo.tables.PLACES`, with one more column, `is_building`.
    """
    found = features.assign(of_kinds=[kinds_of(tags) for tags in features["tags"]])
    found = found[found["of_kinds"].map(len) > 0]
    lead = [kinds()[of[0]] for of in found["of_kinds"]]
    tags = found["tags"]
    polygon = found.geom_type.str.endswith("Polygon")
    places = gpd.GeoDataFrame(
        {
            "name": [plain(t.get("name", "")) for t in tags],
            "kind": [kind.key for kind in lead],
            "kinds": [";".join(of) for of in found["of_kinds"]],
            "family": [kind.family for kind in lead],
            "setting": [kind.setting for kind in lead],
            "opening_hours": [plain(t.get("opening_hours", "")) for t in tags],
            "wheelchair": [plain(t.get("wheelchair", "")) for t in tags],
            "area_m2": np.where(polygon, found.area, np.nan),
            "inside": found.intersects(boundary).to_numpy(),
            "osm_ids": found.index,
            "sources": "osm",
            "updated": found["updated"],
            "is_building": [t.get("building", "no") != "no" for t in tags],
        },
        index=found.index.rename("place_id"),
        geometry=found.geometry.array,
        crs=features.crs,
    )
    return merged(places)


def merged(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Make one place of features that draw the same place twice.

    A feature inside another is the same place if both have the same name, or if
    one has none, both are of the same kind, and the inner one is a point or a
    building on the grounds of the outer. The outer keeps its outline, and says
    every kind, hour and id that either knew.

    Parameters
    ----------
    places
        As `places_of` finds them.

    Returns
    -------
    places
        Fewer rows, or as many.
    """
    shapes = places.geometry.to_numpy()
    rank = np.argsort(np.argsort(-places["area_m2"].fillna(0).to_numpy(), kind="stable"))
    outers = np.flatnonzero(places["area_m2"].notna())
    inner, hit = shapely.STRtree(shapes[outers]).query(shapes, "covered_by")
    pairs = pd.DataFrame({"inner": inner, "outer": outers[hit]})
    pairs = pairs[rank[pairs["outer"]] < rank[pairs["inner"]]]
    same = [_same(places.iloc[i], places.iloc[o]) for i, o in pairs.to_numpy()]
    pairs = pairs[np.array(same, dtype=bool)]
    # Smallest first, each into the next one out: what an outer one absorbed, it hands on.
    pairs = pairs.assign(inner_rank=rank[pairs["inner"]], outer_rank=rank[pairs["outer"]])
    pairs = pairs.sort_values(["inner_rank", "outer_rank"], ascending=False).drop_duplicates(
        "inner"
    )
    table = places.copy()
    for i, o in pairs[["inner", "outer"]].to_numpy():
        _absorb(table, table.index[o], table.iloc[i])
    return table.drop(index=table.index[pairs["inner"]])


def _same(inner: pd.Series, outer: pd.Series) -> bool:
    names = inner["name"].casefold(), outer["name"].casefold()
    if names[0] and names[0] == names[1]:
        return True
    shared = set(inner["kinds"].split(";")) & set(outer["kinds"].split(";"))
    drawn_twice = inner.geometry.geom_type == "Point" or (
        inner["is_building"] and not outer["is_building"]
    )
    return bool(shared) and drawn_twice and "" in names


def _absorb(places: gpd.GeoDataFrame, outer: str, inner: pd.Series) -> None:
    """Add to the outer place, in place, what only the inner one knew."""
    for column in ("name", "opening_hours", "wheelchair"):
        if not places.loc[outer, column]:
            places.loc[outer, column] = inner[column]
    places.loc[outer, "updated"] = max(places.loc[outer, "updated"], inner["updated"])
    for column in ("kinds", "osm_ids"):
        known = places.loc[outer, column].split(";")
        more = [one for one in inner[column].split(";") if one not in known]
        places.loc[outer, column] = ";".join([*known, *more])


def entrances_of(
    places: gpd.GeoDataFrame,
    features: gpd.GeoDataFrame,
    paths: gpd.GeoDataFrame,
    barriers: gpd.GeoDataFrame,
    gates: gpd.GeoSeries,
) -> gpd.GeoDataFrame:
    """
    Find where every place is entered.

    Parameters
    ----------
    places
        As `places_of` returns them.
    features
        Among them the mapped entrances, in metres.
    paths
        As `geo.tables.PATHS`.
    barriers, gates
        As `data.barriers.barriers_of` finds them.

    Returns
    -------
    entrances
        As `geo.tables.ENTRANCES`: one or more for every place.
    """
    usable = open_doors(features, closed=frozenset({"private", "no"}))
    found = doors(places, usable, paths, barriers=barriers, gates=gates)
    return ENTRANCES.check(found.rename(columns={"of": "place_id"}))


def open_doors(features: gpd.GeoDataFrame, *, closed: frozenset[str]) -> gpd.GeoSeries:
    """Return the mapped entrances whose `access` is not `closed`."""
    usable = [
        tags.get("entrance", "no") not in NOT_FOR_VISITORS and tags.get("access") not in closed
        for tags in features["tags"]
    ]
    return features.geometry[np.array(usable, dtype=bool) & (features.geom_type == "Point")]
