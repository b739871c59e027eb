"""Measures before and after: how much there is within reach, and who can meet where."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.coverage import FEWEST, NOBODY
from geo.figures.figures import Figures
from geo.figures.meetings import told

MEASURES = ("half_min", "places", "sorts")
"""Of `geo.figures.having.Access`: the walk, how many places, and how many sorts of them."""

PEOPLE = ("people", "children", "older")
MIXTURE = ("children", "older", "evenness", "likeness")


def measured(before: Figures, after: Figures) -> pd.DataFrame:
    """
    Return what half of each group have within their walk, before and after.

    Parameters
    ----------
    before, after
        The measures of the same question, of the town as it is and as it would be; those
        who move into new homes count in the second.

    Returns
    -------
    measured
        By group: each of `MEASURES` with `_before` and `_after`, as they may be told, see
        `geo.figures.having.Access`. `inf` is no way.
    """
    rows = {}
    for key, was in before.access.items():
        sides = {"before": was.told, "after": after.access[key].told}
        rows[key] = {
            f"{name}_{side}": getattr(one, name)
            for name in MEASURES
            for side, one in sides.items()
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def met(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Return who can meet in each place, before and after.

    Parameters
    ----------
    before, after
        `geo.figures.meetings.meetings` of the town as it is and as it would be.

    Returns
    -------
    met
        On the ids of the places, those first that most can walk to afterwards. Columns:
        `name`; `kinds`; `there`, `"both"`, `"before"` or `"after"`: when the place counts;
        `ages`, whether they are known; `people`, `children`, `older`, `evenness` and
        `likeness`, each with `_before` and `_after`, as `geo.figures.meetings.told` tells
        them. Nothing of a place is told `_after` if a few more or fewer can walk there
        than before, and nothing of ages if it is a few children, older people, or others.

    Examples
    --------
    >>> some = {"name": "Vik", "kinds": "school", "older": 0.0, "rest": 90.0, "mixed": False,
    ...     "evenness": 0.5, "likeness": 0.5, "children": 9.0, "people": [40.0, 40.0]}
    >>> was = gpd.GeoDataFrame(some, index=["a", "b"])
    >>> now = was.assign(people=[60.0, 43.0], children=[29.0, 12.0])
    >>> met(was, now)[["people_before", "people_after", "children_after"]].to_numpy().tolist()
    [[40.0, 60.0, 29.0], [40.0, nan, nan]]
    """
    ids = after.index.append(before.index.difference(after.index, sort=False))
    names = pd.concat([after, before])[["name", "kinds"]]
    names = names[~names.index.duplicated()].loc[ids]
    alone = [~ids.isin(before.index), ~ids.isin(after.index)]
    there = np.select(alone, ["after", "before"], "both")
    was, now = (side.reindex(ids) for side in (told(before), told(after)))
    raw = [side.reindex(ids) for side in (before, after)]
    nobody, ages = _few_more(*raw)
    now.loc[nobody | ages, [*MIXTURE]] = np.nan
    now.loc[nobody, ["people"]] = np.nan
    columns = ("people", *MIXTURE)
    return pd.DataFrame(
        {
            **{name: names[name] for name in ("name", "kinds")},
            "there": there,
            "ages": raw[0]["children"].notna() | raw[1]["children"].notna(),
            **{f"{name}_before": was[name] for name in columns},
            **{f"{name}_after": now[name] for name in columns},
        },
        index=ids,
    )


def _few_more(
    before: pd.DataFrame, after: pd.DataFrame
) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Return where a few more or fewer can come, and where it is a few of some age."""
    differ = pd.DataFrame({name: (after[name] - before[name]).abs() for name in PEOPLE})
    others = [side["people"] - side["children"] - side["older"] for side in (before, after)]
    differ["others"] = (others[1] - others[0]).abs()
    some = (differ >= NOBODY) & (differ < FEWEST)
    return some["people"], some.any(axis=1)
