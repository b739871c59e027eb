"""Incomes crossed with walks: who of which areas has a place within reach."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan

import geopandas as gpd
import pandas as pd

from geo.coverage import NOBODY, Reach, few, reach
from geo.measures.percentiles import percentiles
from geo.paths.network import Floats
from geo.tables import EVERYBODY

SHARES = ("persons", "households")
"""What a measure is a share of: the more, the poorer. Others are amounts, as a median."""

CLASSES = ("low", "middle", "high", "unknown")
"""Of areas, by `geo.tables.INCOMES`; homes in no area are of the last."""

ELSEWHERE = ("unknown", "low")
"""Classes that the reach of residents of low-income areas tells of, with its band."""


def crossed(
    homes: gpd.GeoDataFrame,
    incomes: gpd.GeoDataFrame,
    minutes: pd.Series[float],
    *,
    within: float,
) -> dict[str, Reach]:
    """
    Count who is within reach, by the income class of the area they live in.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`, with the areas of `geo.incomes.with_incomes`.
    incomes
        As `geo.tables.INCOMES`.
    minutes
        Everybody's walk on the index of the homes; `inf` where there is no way.
    within
        The limit in minutes; exactly so long is within.

    Returns
    -------
    crossed
        By class of `CLASSES`: everybody who lives in such areas. Together they are all
        residents, each once. To show them see `told_crossed`.

    Examples
    --------
    >>> homes = pd.DataFrame({"everybody": [30.0, 10.0, 20.0], "income": ["a", "a", ""]})
    >>> areas = pd.DataFrame({"area_class": ["low"]}, index=["a"])
    >>> found = crossed(homes, areas, pd.Series([4.0, 11.0, 3.0]), within=10)
    >>> found["low"].people, found["low"].share, found["unknown"].within
    (40.0, 0.75, 20.0)
    """
    of = homes["income"].map(incomes["area_class"]).fillna("unknown").to_numpy()
    people, walk = homes[EVERYBODY].to_numpy(dtype=float), minutes.to_numpy(dtype=float)
    return {key: reach(people[of == key], walk[of == key], within=within) for key in CLASSES}


def told_crossed(found: Mapping[str, Reach]) -> dict[str, Reach]:
    """
    Return what may be told of `crossed`: `nan` for a few, and for what would give them away.

    All classes together are told elsewhere, so that what is hidden could be found as
    the rest. Therefore the smallest other class is hidden, too, until the hidden ones
    are several and together no few; those of `ELSEWHERE` last. Who is cut off is not told
    by class.

    Examples
    --------
    >>> told = told_crossed({"low": Reach(40.0, 3.0, 0.0), "middle": Reach(90.0, 60.0, 0.0),
    ...     "high": Reach(50.0, 20.0, 0.0), "unknown": Reach(0.0, 0.0, 0.0)})
    >>> {key: reach.within for key, reach in told.items()}
    {'low': nan, 'middle': 60.0, 'high': nan, 'unknown': 0.0}
    >>> told["low"].people
    40.0
    """
    nameless = _with_company(
        [key for key, reach in found.items() if few(reach.people)],
        {key: (reach.people,) for key, reach in found.items()},
    )
    hidden = _with_company(
        [key for key, reach in found.items() if reach.hidden or key in nameless],
        {key: (reach.people, reach.within, reach.beyond) for key, reach in found.items()},
    )
    return {
        key: Reach(
            people=nan if key in nameless else reach.people,
            within=nan if key in hidden else reach.within,
            cut_off=nan,
        )
        for key, reach in found.items()
    }


def _with_company(hidden: list[str], parts: Mapping[str, tuple[float, ...]]) -> list[str]:
    """Return what has to be hidden, so that no sum of it is a few: the smallest others, too."""
    others = sorted(
        (key for key in parts if key not in hidden and parts[key][0] >= NOBODY),
        key=lambda key: (ELSEWHERE.index(key) if key in ELSEWHERE else -1, parts[key][0]),
    )
    together = list(hidden)
    for key in others:
        sums = map(sum, zip(*(parts[one] for one in together), strict=True))
        if len(together) != 1 and not any(map(few, sums)):
            break
        together.append(key)
    return together


def middle_walk(
    homes: gpd.GeoDataFrame, incomes: gpd.GeoDataFrame, minutes: pd.Series[float]
) -> pd.DataFrame:
    """
    Tell how many live in each area, and the walk that half of them do not exceed.

    Parameters
    ----------
    homes, incomes, minutes
        As in `crossed`.

    Returns
    -------
    areas
        On the index of `incomes`: `people`, `minutes`; `nan` where nobody lives, `inf`
        where most have no way.

    Examples
    --------
    >>> homes = pd.DataFrame({"everybody": [30.0, 10.0], "income": ["a", "a"]})
    >>> areas = pd.DataFrame(index=["a", "b"])
    >>> middle_walk(homes, areas, pd.Series([4.0, 11.0])).to_numpy().tolist()
    [[40.0, 4.0], [0.0, nan]]
    """
    people, walk = homes[EVERYBODY].to_numpy(dtype=float), minutes.to_numpy(dtype=float)
    found = pd.DataFrame({"people": 0.0, "minutes": nan}, incomes.index)
    for area, here in homes.groupby("income").indices.items():
        if area in found.index:
            half = percentiles(walk[here], people[here], 0.5).item()
            found.loc[area] = people[here].sum(), half
    return found


def rank(homes: gpd.GeoDataFrame, incomes: gpd.GeoDataFrame) -> Floats | None:
    """
    Rank homes by income, for the concentration index: the higher, the better off.

    Parameters
    ----------
    homes
        As `geo.tables.HOMES`, with the areas of `with_incomes`.
    incomes
        As `geo.tables.INCOMES`.

    Returns
    -------
    rank
        One per home: less the share of those with low income, or an amount of money as
        it is; homes of one area rank the same. `nan` where it is unknown. `None` if it is
        unknown of all, or if the areas are of measures that cannot be compared.

    Examples
    --------
    >>> homes = pd.DataFrame({"income": ["a", "b", ""]})
    >>> told = {"of": "persons", "measure": "EU-60", "share": [0.2, 0.1], "value": [20.0, 10.0]}
    >>> rank(homes, pd.DataFrame(told, index=["a", "b"])).tolist()
    [-0.2, -0.1, nan]
    """
    lived_in = incomes[incomes.index.isin(homes["income"])]
    of_share = lived_in["of"].isin(SHARES)
    value = (-lived_in["share"]).where(of_share, lived_in["value"])
    known = value.dropna()
    measures = lived_in.loc[known.index].groupby(["measure", "of"]).ngroups
    if measures != 1:
        return None
    ranked: Floats = homes["income"].map(known).to_numpy(dtype=float)
    return ranked
