"""Low income: which areas have much of it, and who lives there."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crossed import SHARES, crossed, middle_walk, rank, told_crossed
from geo.income_notes import income_notes
from geo.paths.network import Ints
from geo.people.lands import lying_in
from geo.tables import EVERYBODY, HOMES, INCOMES, LOW_INCOME, LOW_INCOME_AREAS

__all__ = [
    "classed",
    "crossed",
    "income_notes",
    "middle_walk",
    "rank",
    "told_crossed",
    "with_incomes",
]

FIFTH = 0.2
"""Share of the people whose areas are of low income, and of high."""

NOISE = 1e-9


def classed(
    incomes: gpd.GeoDataFrame,
    people: pd.Series[float] | None = None,
    *,
    much_is_poor: bool | None = None,
    limits: tuple[float, float] | None = None,
) -> gpd.GeoDataFrame:
    """
    Tell which areas are of low income, which of high.

    The areas are put in order from the poorest, and so are their people: an area is
    low if the middle one of its people is among the first fifth of them all, and high
    if among the last fifth. So one astride the limit goes where most of it lies, and
    one that holds everybody is neither. Areas of the same value go together. The rule is
    ours, and relative: almost every municipality has areas that are low.

    Parameters
    ----------
    incomes
        As `geo.tables.INCOMES`; the column `area_class` may be missing.
    people
        How many live in each area, on its index. Left out, every area counts the same.
    much_is_poor
        Whether a large value says that people have little, as a share of low income
        does; `False` for an amount of money. Left out, `of` tells.
    limits
        In place of fifths: the value from which an area is low, and that up to which it
        is high, with those values themselves; both the other way about for an amount.
        Shares are from 0 to 1.

    Returns
    -------
    incomes
        With `area_class`, `"unknown"` where the figure is suppressed. Measures that
        differ are never compared: each has its own fifths.

    Raises
    ------
    TableError
        If the table breaks its contract.

    Examples
    --------
    >>> from shapely import box
    >>> table = gpd.GeoDataFrame(
    ...     {"name": "", "source": "file", "measure": "EU-60", "of": "persons",
    ...      "value": [25.0, 9.0, 4.0, np.nan], "share": [0.25, 0.09, 0.04, np.nan],
    ...      "low": [0.25, 0.09, 0.04, 0.0], "high": [0.25, 0.09, 0.04, 1.0]},
    ...     geometry=[box(n, 0, n + 1, 1) for n in range(4)], index=list("abcd"),
    ...     crs="EPSG:25832")
    >>> people = pd.Series({"a": 100.0, "b": 300.0, "c": 100.0, "d": 50.0})
    >>> classed(table, people)["area_class"].tolist()
    ['low', 'middle', 'high', 'unknown']
    >>> classed(table, limits=(0.09, 0.05))["area_class"].tolist()
    ['low', 'low', 'high', 'unknown']
    """
    weight = pd.Series(1.0, incomes.index) if people is None else people.reindex(incomes.index)
    found = pd.Series("unknown", incomes.index, dtype=str)
    for (_, of), part in incomes.groupby(["measure", "of"]):
        share = of in SHARES
        much = share if much_is_poor is None else much_is_poor
        value = part["share"] if share else part["value"]
        need = (value if much else -value).dropna()
        if limits is None:
            found[need.index] = _fifths(need, weight[need.index].fillna(0.0))
        else:
            low, high = limits if much else (-limits[0], -limits[1])
            found[need.index] = np.select(
                [need >= low, need <= high], ["low", "high"], "middle"
            )
    return INCOMES.check(incomes.assign(area_class=found))


def _fifths(need: pd.Series[float], people: pd.Series[float]) -> pd.Series[str]:
    """Return the class of areas by where the middle one of their people ranks."""
    if not people.sum() > 0:
        people = pd.Series(1.0, need.index)
    step = people.groupby(-need).sum()  # areas of the same need are one; the neediest first
    middle = (step.cumsum() - step / 2) / step.sum()
    where = (-need).map(middle)
    ends = [where <= FIFTH + NOISE, where >= 1 - FIFTH - NOISE]
    return pd.Series(np.select(ends, ["low", "high"], "middle"), need.index, dtype=str)


def with_incomes(homes: gpd.GeoDataFrame, incomes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Give every home the figures of the area that it lies in.

    Nobody's income is known: within an area, everybody is taken to be as likely to
    have a low one. Where the share is one of households it is taken for that of their
    people, see `income_notes`.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`; what it knew of incomes is forgotten.
    incomes
        As `geo.tables.INCOMES`, in the same CRS. Areas may overlap, as when a whole
        municipality and its parts are there: the smallest one counts.

    Returns
    -------
    homes
        `income`: the area; `""` outside all. People with low income: everybody × the
        share, `nan` where that is unknown or the figure is no share. Residents of
        low-income areas: everybody where the area is low, nobody where it is not,
        `nan` where its class is unknown.

    Raises
    ------
    TableError
        If a table breaks its contract.

    Examples
    --------
    Eight live where every fourth has little, and nobody where nothing is known:

    >>> from shapely import Point, box
    >>> from geo.tables import GROUPS
    >>> house = {"building": "w1", **dict.fromkeys(GROUPS, 8.0), "basis": "grid", "zone": ""}
    >>> homes = gpd.GeoDataFrame(
    ...     {**house, "income": ["", ""]}, geometry=[Point(1, 1), Point(9, 9)],
    ...     crs="EPSG:25832")
    >>> area = {"name": "Vik", "source": "file", "measure": "EU-60", "of": "persons",
    ...     "value": 25.0, **dict.fromkeys(("share", "low", "high"), 0.25), "area_class": "low"}
    >>> land = gpd.GeoDataFrame(area, geometry=[box(0, 0, 2, 2)], index=["a"], crs="EPSG:25832")
    >>> with_incomes(homes, land)[["income", "low_income", "low_income_areas"]].values.tolist()
    [['a', 2.0, 8.0], ['', nan, nan]]
    """
    row = _smallest(homes.geometry, incomes.geometry)
    inside = row >= 0
    taken = incomes.iloc[row[inside]]
    zone = np.full(len(homes), "", dtype=object)
    zone[inside] = taken.index.to_numpy()
    share, low = np.full((2, len(homes)), np.nan)
    share[inside] = taken["share"].where(taken["of"].isin(SHARES))
    classes = taken["area_class"]
    low[inside] = (classes == "low").astype(float).mask(classes == "unknown")
    told = homes.assign(
        **{
            "income": pd.Series(zone, homes.index, dtype=str),
            LOW_INCOME: homes[EVERYBODY] * share,
            LOW_INCOME_AREAS: homes[EVERYBODY] * low,
        }
    )
    return HOMES.check(told)


def _smallest(points: gpd.GeoSeries, areas: gpd.GeoSeries) -> Ints:
    """Return for each point the row of the smallest area that holds it; -1 for none."""
    order = np.argsort(areas.area.to_numpy(), kind="stable")
    of = lying_in(points.to_numpy(), areas.to_numpy()[order])
    row: Ints = np.append(order, -1)[of]
    return row
