"""From features with tags to homes with people."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
from shapely.geometry.base import BaseGeometry

from data.dwellings import TALLEST, dwelling_types
from data.known import Known
from data.places import open_doors
from geo.crs import to_metric
from geo.doors import doors
from geo.errors import Message
from geo.people.buildings import residents
from geo.people.dwellers import Counted
from geo.people.sharing import homes

BUSINESS = (
    "amenity",
    "shop",
    "office",
    "tourism",
    "leisure",
    "craft",
    "industrial",
    "man_made",
)
"""Keys that tell what else than a home a building without a stated use may be."""


def homes_of(
    features: gpd.GeoDataFrame,
    paths: gpd.GeoDataFrame,
    boundary: BaseGeometry,
    known: Known,
    barriers: gpd.GeoDataFrame | None = None,
    *,
    whole: bool,
) -> tuple[gpd.GeoDataFrame, tuple[Message, ...]]:
    """
    Tell who lives at which door: as counted where it was, else as the buildings tell.

    Parameters
    ----------
    features, paths, boundary
        The area, in metres; people are looked for inside the boundary only.
    known
        Its grid, zones and ages; grid and zones in any CRS.
    barriers
        As `geo.tables.BARRIERS`, or `None`: none are known.
    whole
        Whether the boundary is the whole municipality that the ages are of: then the
        homes add up to them.

    Returns
    -------
    homes, warnings
        As `geo.tables.HOMES`; and what was guessed or left out.
    """
    dwellings, warnings = dwellings_of(features[features.intersects(boundary)])
    at = doors(dwellings, open_doors(features, closed=frozenset()), paths, barriers=barriers)
    at = at[at.intersects(boundary)]
    grid, zones = (
        None if table is None else to_metric(table, paths.crs)
        for table in (known.grid, known.zones)
    )
    counted = Counted(grid, zones, known.ages.people if known.ages else None, whole)
    table, said = homes(at, residents(dwellings), counted, boundary=boundary, paths=paths)
    return table.rename(index="h{}".format), (*warnings, *said)


def dwellings_of(features: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[Message, ...]]:
    """
    Pick the buildings that people live in.

    Parameters
    ----------
    features
        As `data.extract.Extract`, but in metres.

    Returns
    -------
    dwellings, warnings
        Polygons with what `geo.people.buildings.residents` needs, on the features' index;
        and how many buildings of unknown use were left out.
    """
    polygons = features[features.geom_type.str.endswith("Polygon")]
    known = dwelling_types()
    of = [known.get(tags.get("building", "")) for tags in polygons["tags"]]
    lived_in = [
        one is not None and (not one.needs_address or _has_home_address(tags))
        for one, tags in zip(of, polygons["tags"], strict=True)
    ]
    unsure = sum(one is not None for one in of) - sum(lived_in)
    kept = [one for one, lived in zip(of, lived_in, strict=True) if one and lived]
    dwellings = polygons[np.array(lived_in, dtype=bool)]
    dwellings = dwellings.assign(
        type=[one.key for one in kept],
        levels=[_levels(tags) for tags in dwellings["tags"]],
        usual_levels=[float(one.levels) for one in kept],
        m2_per_person=[one.m2_per_person for one in kept],
        is_building=True,
    )
    text = "{n} buildings have no stated use and no address; nobody is counted in them."
    return dwellings, (Message(text, {"n": unsure}),) if unsure else ()


def _has_home_address(tags: dict[str, str]) -> bool:
    business = any(key in tags for key in BUSINESS)
    return "building:flats" in tags or ("addr:housenumber" in tags and not business)


def _levels(tags: dict[str, str]) -> float:
    """Return the storeys that are mapped, or `nan`."""
    try:
        levels = float(tags.get("building:levels", "").replace(",", ".").split(";")[0])
    except ValueError:
        return math.nan
    return levels if 1 <= levels <= TALLEST else math.nan
