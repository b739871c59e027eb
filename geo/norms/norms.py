"""Published norms for how near places should be, and who they are met for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.bounds import together
from geo.coverage import Bands, Reach, reach
from geo.errors import TableError
from geo.norms.grounds import together_m2
from geo.norms.norm import Norm
from geo.paths.network import Floats
from geo.tables import GROUPS

__all__ = ["Measured", "Norm", "Qualifying", "measure", "qualifying"]

Mask = NDArray[np.bool_]

MM = 3
"""Decimals of metres that are no noise of sums: a walk of exactly 200 m is 200 m."""


@dataclass(frozen=True, slots=True, eq=False)
class Qualifying:
    """
    Which places count towards a norm; a place is a row of each.

    Parameters
    ----------
    mask, unknown_area
        Those that count; those mapped without an outline, which would count if they
        were large enough: nobody knows, so they do not.
    """

    mask: Mask
    unknown_area: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """
    For whom a norm is met.

    Parameters
    ----------
    norm, reach
        That norm; by group, who is within its limit, beyond it, and has no way at all.
    about
        The same for all groups that the norm speaks of, together.
    buildings, buildings_within
        Residential buildings, and those of them that have a door within its limit.
    """

    norm: Norm
    reach: Mapping[str, Reach]
    about: Reach
    buildings: int
    buildings_within: int

    @property
    def building_share(self) -> float:
        """Share of residential buildings within the limit; `nan` if there is none."""
        return self.buildings_within / self.buildings if self.buildings else nan


def qualifying(norm: Norm, places: gpd.GeoDataFrame, *, dissolve: bool = True) -> Qualifying:
    """
    Tell which places count towards a norm.

    Parameters
    ----------
    norm
        What to count.
    places
        As `geo.tables.PLACES`.
    dissolve
        Whether places that touch or overlap are one ground, as large as all of them
        together; see `geo.norms.grounds.together_m2`.

    Returns
    -------
    qualifying
        One row per place.

    Examples
    --------
    Two halves of a park, and one without an outline:

    >>> from shapely import Point, box
    >>> parks = gpd.GeoDataFrame(
    ...     {"kinds": "park", "area_m2": [3000.0, 3000.0, nan]}, crs="EPSG:25832",
    ...     geometry=[box(0, 0, 50, 60), box(50, 0, 100, 60), Point(0, 0)])
    >>> norm = Norm("-", "-", "-", "-", ("park",), (), 5000.0, 200.0, ("everybody",), "-")
    >>> found = qualifying(norm, parks)
    >>> found.mask.tolist(), found.unknown_area.tolist()
    ([True, True, False], [False, False, True])
    >>> qualifying(norm, parks, dissolve=False).mask.tolist()
    [False, False, False]
    """
    kinds = [set(of.split(";")) for of in places["kinds"]]
    of_kind = np.array(
        [bool(of & set(norm.kinds)) and not of & set(norm.unless) for of in kinds], dtype=bool
    )
    if not norm.min_area_m2:
        return Qualifying(of_kind, np.zeros(len(places), dtype=bool))
    area = places["area_m2"].to_numpy(dtype=float, copy=True)
    unknown = of_kind & np.isnan(area)
    outlined = of_kind & ~unknown
    if dissolve:
        area[outlined] = together_m2(places.geometry.to_numpy()[outlined])
    large = area.round(MM) >= norm.min_area_m2  # nan is not
    return Qualifying(outlined & large, unknown)


def measure(
    norm: Norm,
    metres: Floats,
    homes: gpd.GeoDataFrame,
    bands: Mapping[str, Bands] | None = None,
) -> Measured:
    """
    Count for whom a norm is met; a walk exactly as long as its limit meets it.

    Dwellings are not known. Residents are, and so are the buildings they live in: a
    building is within if any of its doors is.

    Parameters
    ----------
    norm
        What to count.
    metres
        Walk from each home to the nearest place that counts; `inf` where there is none.
    homes
        As `geo.tables.HOMES`.
    bands
        Of the groups that are not exact, as `geo.bounds.bounds` returns them.

    Returns
    -------
    measured
        Of all homes. A group whose numbers are unknown has unknown sums.

    Raises
    ------
    TableError
        If there is not one walk for every home, or one is unknown.

    Examples
    --------
    >>> homes = gpd.GeoDataFrame({"building": ["w1", "w1", "w2"], **dict.fromkeys(GROUPS, 2.0)})
    >>> norm = Norm("-", "-", "-", "-", ("park",), (), 0.0, 200.0, ("everybody",), "-")
    >>> found = measure(norm, np.array([200.0, 201.0, np.inf]), homes)
    >>> found.about, found.building_share
    (Reach(people=6.0, within=2.0, cut_off=2.0, band=None), 0.5)
    """
    if len(metres) != len(homes) or np.isnan(metres).any():
        fault = f"{len(metres)} walks for {len(homes)} homes, {np.isnan(metres).sum()} unknown"
        raise TableError("Table {table}: {fault}.", table="homes", fault=fault)
    walk, bands = metres.round(MM), bands or {}

    def reached(people: Floats, band: Bands | None) -> Reach:
        return reach(people, walk, within=norm.limit_m, band=band)

    return Measured(
        norm=norm,
        reach={
            group: reached(homes[group].to_numpy(dtype=float), bands.get(group))
            for group in GROUPS
        },
        about=reached(
            homes[list(norm.groups)].to_numpy(dtype=float).sum(axis=1),
            together(bands, homes, norm.groups),
        ),
        buildings=homes["building"].nunique(),
        buildings_within=homes["building"][walk <= norm.limit_m].nunique(),
    )
