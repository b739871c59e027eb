"""Homes while people are counted into them, and what they are counted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.paths.joining import Geometries
from geo.paths.network import Floats, Ints
from geo.people.lands import lying_in, on_paths
from geo.tables import AGES


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """
    What was published of the people of an area.

    Parameters
    ----------
    grid
        Polygons with a column `people`, in the CRS of the homes; a cell that is not
        there is empty, one that is `nan` is unknown. `None`: there is no grid.
    zones
        As `geo.tables.ZONES`; or `None`.
    ages
        People of the whole municipality by age group; or `None`: not known.
    whole
        Whether the area is all of that municipality.
    """

    grid: gpd.GeoDataFrame | None = None
    zones: gpd.GeoDataFrame | None = None
    ages: Mapping[str, float] | None = None
    whole: bool = False

    @property
    def total(self) -> float:
        """Everybody in the area, if it is that municipality; else `nan`."""
        return sum(self.ages.values()) if self.ages and self.whole else np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Dwellers:
    """
    Homes while people are counted into them; a home is a row of each.

    `building` is `""` where people live and no building is known; `zone` is the row of
    the zone it lies in, or -1.
    """

    spots: Geometries
    building: NDArray[np.object_]
    people: Floats
    zone: Ints
    basis: NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Land:
    """What is known of the ground: where it ends, and what is walked on."""

    boundary: BaseGeometry
    paths: gpd.GeoDataFrame


def of_zones(zones: gpd.GeoDataFrame) -> Floats:
    """
    Return how many live in each zone: as published, else the sum of its ages if all are.

    Examples
    --------
    >>> ages = dict.fromkeys(AGES, [1.0, 1.0, 1.0])
    >>> zones = gpd.GeoDataFrame({"people": [9.0, np.nan, np.nan], **ages})
    >>> zones.loc[2, "youth"] = np.nan
    >>> of_zones(zones).tolist()
    [9.0, 6.0, nan]
    """
    ages = zones[list(AGES)].sum(axis="columns", skipna=False)
    people: Floats = zones["people"].fillna(ages).to_numpy(dtype=np.float64)
    return people


def settle(
    homes: Dwellers, lands: gpd.GeoDataFrame, totals: Floats, land: Land
) -> tuple[Dwellers, Ints]:
    """
    See to it that somewhere can be lived wherever somebody was counted.

    Where no home lies, one is put at `geo.people.lands.on_paths`; where buildings are
    estimated to hold nobody, each door counts the same.

    Parameters
    ----------
    homes
        With what was estimated.
    lands, totals
        Polygons, and how many people live in what is within the area of each.
    land
        The area.

    Returns
    -------
    homes, of
        More of them; and the row of the land that each lies in, or -1.
    """
    of = lying_in(homes.spots, lands.geometry.to_numpy())
    there = of >= 0
    lived = np.bincount(of[there], weights=homes.people[there], minlength=len(lands))
    bare = there & (lived[of] == 0) & (totals[of] > 0) if len(lands) else there
    people = np.where(bare, 1.0, homes.people)
    doors = np.bincount(of[there], minlength=len(lands))
    empty = np.flatnonzero((doors == 0) & (totals > 0))
    spots = on_paths(lands.geometry.to_numpy()[empty], land.boundary, land.paths)
    added = Dwellers(
        spots=np.concatenate([homes.spots, spots]),
        building=np.append(homes.building, [""] * len(empty)),
        people=np.append(people, np.ones(len(empty))),
        zone=np.append(homes.zone, np.full(len(empty), -1)),
        basis=np.append(homes.basis, ["building"] * len(empty)),
    )
    return added, np.append(of, empty)
