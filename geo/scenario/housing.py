"""New homes: people spread over some land."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil, nan

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.between import few
from geo.bundle import Bundle
from geo.errors import ScenarioError
from geo.people.settled import NEW_HOME
from geo.scenario.edits import House
from geo.scenario.ground import require_land
from geo.scenario.tables import below
from geo.tables import AGES, EVERYBODY, LOW_INCOME, LOW_INCOME_AREAS

SMALLEST_M2, LARGEST_M2 = 20.0, 4e6

STEP_M, MANY_HOMES, MANY_SQUARES = 20.0, 400, 10_000
"""Homes stand so far apart; farther, if much more of them or of the grid were needed."""

SLIP = 1e-6
"""Of a person: so far sums may be off."""


def housed(bundle: Bundle, edit: House) -> Bundle:
    """
    Return an area with new homes.

    One stands in every square of a grid that the land reaches into, with the people of its
    share of the land. Groups that the edit does not tell of have the share that they have
    in the whole area, ages of what the told ages leave over; whether it is an area of low
    income is told by where it lies.

    Parameters
    ----------
    bundle
        The area as it is.
    edit
        The land, and the people.

    Raises
    ------
    ScenarioError
        If the land is none, or the numbers do not add up.

    Examples
    --------
    >>> from geo.bundle import Area, blank
    >>> here = blank(Area("x", "X", "EPSG:25833", ""), shapely.box(0, 0, 90, 90))
    >>> corner = ((0.0, 0.0), (60.0, 0.0), (0.0, 60.0))
    >>> homes = housed(here, House(corner, (("everybody", 90.0),))).homes
    >>> homes["everybody"].tolist()
    [20.0, 20.0, 10.0, 20.0, 10.0, 10.0]
    """
    land = shapely.Polygon(edit.outline) if len(edit.outline) > 2 else shapely.Polygon()
    if not land.is_valid or not SMALLEST_M2 <= land.area <= LARGEST_M2:
        raise ScenarioError(
            "New homes need land of {least} m² to {most} km², drawn without crossing itself.",
            least=round(SMALLEST_M2),
            most=round(LARGEST_M2 / 1e6),
        )
    require_land(bundle, land)
    spots, share = _spots(land)
    people = _people(bundle, dict(edit.people), land)
    first = f"{NEW_HOME}{land.centroid.x:.1f}-{land.centroid.y:.1f}"
    table = gpd.GeoDataFrame(
        {
            "building": "",
            **{group: n * share for group, n in people.items()},
            "basis": "building",
            "zone": "",
            "income": _income(bundle, land),
        },
        index=[f"{first}-{n}" for n in range(len(spots))],
        geometry=spots,
        crs=bundle.homes.crs,
    )
    if table.index[0] in bundle.homes.index:
        raise ScenarioError("There are such new homes here already.")
    return replace(bundle, homes=below(bundle.homes, table))


def _spots(land: shapely.Polygon) -> tuple[np.ndarray, np.ndarray]:
    """Return where homes stand, in a grid of round numbers of metres, and each one's share."""
    west, south, east, north = land.bounds
    least_m2 = max(land.area / MANY_HOMES, (east - west) * (north - south) / MANY_SQUARES)
    step = STEP_M * max(1, ceil(least_m2**0.5 / STEP_M))
    x = np.arange(np.floor(west / step), np.ceil(east / step)) * step
    y = np.arange(np.floor(south / step), np.ceil(north / step)) * step
    x, y = (along.ravel() for along in np.meshgrid(x, y))
    parts = shapely.intersection(shapely.box(x, y, x + step, y + step), land)
    parts = parts[shapely.area(parts) > 0]
    return shapely.point_on_surface(parts), shapely.area(parts) / shapely.area(parts).sum()


def _people(
    bundle: Bundle, told: Mapping[str, float], land: shapely.Polygon
) -> dict[str, float]:
    """Return how many of each group will live there; `nan` where nobody knows."""
    everybody = told.get(EVERYBODY, 0.0)
    ages = {age: told[age] for age in AGES if age in told}
    rest = everybody - sum(ages.values())
    too_many = max(told.values(), default=0.0) > everybody + SLIP
    if everybody <= 0 or too_many or rest < -SLIP or (len(ages) == len(AGES) and rest > SLIP):
        raise ScenarioError(
            "Tell how many will live there in all; the ages together are no more, and"
            " just as many if all are told."
        )
    homes = bundle.homes
    here = {
        group: float(homes[group].sum(skipna=False)) for group in (EVERYBODY, *AGES, LOW_INCOME)
    }
    untold = [age for age in AGES if age not in ages]
    of = sum(here[age] for age in untold)
    shared = dict.fromkeys(untold, 0.0)
    if rest > SLIP:  # shares of a few would tell how many they are
        known = of and not any(few(here[age]) for age in AGES)
        shared = {age: rest * here[age] / of if known else nan for age in untold}
    secret = few(here[LOW_INCOME]) or few(here[EVERYBODY] - here[LOW_INCOME])
    known = here[EVERYBODY] and not secret
    poor = everybody * here[LOW_INCOME] / here[EVERYBODY] if known else nan
    return {
        EVERYBODY: everybody,
        **ages,
        **shared,
        LOW_INCOME: told.get(LOW_INCOME, poor),
        LOW_INCOME_AREAS: told.get(LOW_INCOME_AREAS, _in_low_area(bundle, land) * everybody),
    }


def _income(bundle: Bundle, land: shapely.Polygon) -> str:
    """Return the row of the incomes that new homes lie in, or `""`."""
    rows = bundle.incomes.sindex.query(land.representative_point(), predicate="intersects")
    return str(bundle.incomes.index[rows.min()]) if len(rows) else ""


def _in_low_area(bundle: Bundle, land: shapely.Polygon) -> float:
    """Return 1 in an area of low income, 0 in another; `nan` where nobody knows."""
    row = _income(bundle, land)
    known: pd.Series = bundle.incomes["area_class"]
    of = "unknown" if not row else str(known[known.index.astype(str) == row].iloc[0])
    return {"low": 1.0, "unknown": nan}.get(of, 0.0)
