"""How old the people at each home are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo.paths.network import Floats, Ints
from geo.people.raking import Margin, rake
from geo.tables import AGES


def sizes(zones: pd.DataFrame) -> Floats:
    """
    Return what the ages of each zone are shares of.

    The sum of its ages if all are known, so that rounded ones still make a whole; else
    its people, but no fewer than the ages that are known; `nan` if that is not known.

    Examples
    --------
    >>> zones = pd.DataFrame({"people": [9.0, 9.0], **dict.fromkeys(AGES, [1.0, 1.0])})
    >>> zones.loc[1, "youth"] = np.nan
    >>> sizes(zones).tolist()
    [6.0, 9.0]
    """
    ages = zones[list(AGES)]
    people = np.maximum(zones["people"], ages.sum(axis="columns"))
    size: Floats = np.where(
        ages.notna().all(axis="columns"), ages.sum(axis="columns"), people
    ).astype(np.float64)
    return size


def shares(zones: pd.DataFrame) -> Floats:
    """
    Return the share of each age group in each zone, `nan` where it is not known.

    Examples
    --------
    >>> zones = pd.DataFrame({"people": [6.0], **dict.fromkeys(AGES, [1.0])})
    >>> shares(zones).round(2).tolist()
    [[0.17, 0.17, 0.17, 0.17, 0.17, 0.17]]
    """
    size = sizes(zones)[:, None]
    known = zones[list(AGES)].to_numpy(dtype=np.float64)
    share: Floats = np.divide(known, size, out=np.full_like(known, np.nan), where=size > 0)
    return share


def ages_at(
    people: Floats,
    zone: Ints,
    zones: pd.DataFrame | None,
    ages: Mapping[str, float] | None,
    *,
    whole: bool,
) -> Floats:
    """
    Share the people at each home into age groups.

    Every home has the ages of its zone; outside zones, and where no zone tells any age,
    those of the municipality. Where the area is the whole municipality, all zones are
    raked to its ages (`geo.people.raking.rake`), and nobody moves. Unknown ages of a
    zone are taken to be the municipality's in that sum, and stay unknown.

    Parameters
    ----------
    people
        At each home.
    zone
        Row of `zones` of each home, or -1.
    zones
        As `geo.tables.ZONES`, or `None`.
    ages
        People of the municipality by age group, or `None`: not known.
    whole
        Whether the homes are all of that municipality.

    Returns
    -------
    ages
        People at each home (row) by age group (column), as `geo.tables.AGES`; `nan` is
        not known. Where nobody lives, nobody of any age does.

    Examples
    --------
    A zone of children, and an old man outside any:

    >>> zones = pd.DataFrame({"people": [6.0], **dict.fromkeys(AGES, [0.0])})
    >>> zones["young_children"] = 6.0
    >>> town = dict.fromkeys(AGES, 0) | {"older_80": 7}
    >>> ages_at(np.array([2.0, 1.0]), np.array([0, -1]), zones, town, whole=False).tolist()
    [[2.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]]
    """
    everywhere = np.full(len(AGES), np.nan)
    if ages and sum(ages.values()) > 0:
        everywhere = np.array([ages[age] for age in AGES]) / sum(ages.values())
    known = np.empty((0, len(AGES))) if zones is None else shares(zones)
    if np.isnan(known).all():
        known = np.broadcast_to(everywhere, known.shape)
    known = np.vstack([known, everywhere])  # the last row, -1, is outside any zone
    row = np.where(zone < 0, len(known) - 1, zone)
    if whole and ages:
        lived = np.bincount(row, weights=people, minlength=len(known)).astype(np.float64)
        known = _to_municipality(known, lived, everywhere)
    table: Floats = np.where(people[:, None] > 0, people[:, None] * known[row], 0.0)
    return table


def _to_municipality(known: Floats, lived: Floats, everywhere: Floats) -> Floats:
    """Rake the ages of zones in which so many live, so that they are right over all."""
    unknown = np.isnan(known)
    rest = np.where(unknown, everywhere, 0.0)
    left = np.clip(1 - np.nansum(known, axis=1, keepdims=True), 0, None)
    of_rest = rest.sum(axis=1, keepdims=True)
    split = np.divide(rest * left, of_rest, out=np.zeros_like(rest), where=of_rest > 0)
    seed = lived[:, None] * np.where(unknown, split, known)
    zone, age = np.indices(seed.shape)
    by_age = Margin(age.ravel(), everywhere * lived.sum())
    raked = rake(seed.ravel(), [by_age, Margin(zone.ravel(), lived)]).reshape(seed.shape)
    shared = np.divide(raked, lived[:, None], out=known.copy(), where=lived[:, None] > 0)
    return np.where(unknown, np.nan, shared)
