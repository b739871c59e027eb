"""From what was published to homes, by group."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.coverage import few
from geo.errors import Message
from geo.people.buildings import at_doors
from geo.people.composition import ages_at
from geo.people.dwellers import Counted, Dwellers, Land
from geo.people.totals import AGREE, by_grid, by_zones
from geo.tables import AGES, EVERYBODY, HOMES, LOW_INCOME, LOW_INCOME_AREAS


def homes(
    doors: gpd.GeoDataFrame,
    people: pd.Series[float],
    counted: Counted,
    *,
    boundary: BaseGeometry,
    paths: gpd.GeoDataFrame,
) -> tuple[gpd.GeoDataFrame, tuple[Message, ...]]:
    """
    Place the residents of every building at its doors, and make them add up to all counts.

    How many: the cells of the grid if there is one; else the zones; else, where the area
    is all of it, the municipality; else what the buildings tell. How old: as in the zone;
    else as in the municipality. People counted where no building is are put at a path.

    Parameters
    ----------
    doors
        Points within the boundary with a column `of`: the building, a label in the
        index of `people`. Every building has one or more.
    people
        Residents per building, as estimated: they decide who lives where in a cell.
    counted
        What was published, in the CRS of the doors.
    boundary
        Of the area. It may cut cells and zones.
    paths
        As `geo.tables.PATHS`.

    Returns
    -------
    homes, warnings
        As `geo.tables.HOMES`, low income not known yet; homes of no known building have
        `building` "". And where the counts contradict each other or the map.

    Examples
    --------
    >>> from shapely import Point, box
    >>> from geo.tables import PATHS
    >>> crs, cell = "EPSG:25832", box(0, 0, 250, 250)
    >>> doors = gpd.GeoDataFrame(
    ...     {"of": ["w1", "w1"]}, geometry=[Point(1, 1), Point(9, 1)], crs=crs)
    >>> grid = gpd.GeoDataFrame({"people": [40.0]}, geometry=[cell], crs=crs)
    >>> block, _ = homes(doors, pd.Series({"w1": 30.0}), Counted(grid=grid),
    ...     boundary=cell, paths=PATHS.none(crs))
    >>> block["everybody"].tolist(), block["youth"].isna().all().item()
    ([20.0, 20.0], True)
    """
    start = Dwellers(
        spots=doors.geometry.to_numpy(),
        building=doors["of"].to_numpy(dtype=object),
        people=at_doors(doors["of"], people),
        zone=np.full(len(doors), -1, dtype=np.intp),
        basis=np.full(len(doors), "building", dtype=object),
    )
    rake = by_zones if counted.grid is None else by_grid
    found, said = rake(start, counted, Land(boundary, paths))
    zones, zone = counted.zones, found.zone
    by_age = ages_at(found.people, zone, zones, counted.ages, whole=counted.whole)
    names = np.append([] if zones is None else zones.index.astype(str), "").astype(object)
    table = gpd.GeoDataFrame(
        {
            "building": found.building.astype(str),
            EVERYBODY: found.people,
            **dict(zip(AGES, by_age.T, strict=True)),
            LOW_INCOME: np.nan,
            LOW_INCOME_AREAS: np.nan,
            "basis": found.basis.astype(str),
            "zone": names[zone],
            "income": "",
        },
        geometry=found.spots,
        crs=doors.crs,
    )
    return HOMES.check(table), (*said, *_years(found.people.sum(), counted.total))


def _years(people: float, total: float) -> tuple[Message, ...]:
    """Say so if the homes do not add up to the municipality."""
    if np.isnan(total) or abs(people - total) <= AGREE * total:
        return ()
    if few(people) or few(total):
        return ()  # so few are not told of
    text = (
        "The homes add up to {people} people, but the municipality counts {total}:"
        " its ages are used as shares."
    )
    return (Message(text, {"people": round(people), "total": round(total)}),)
