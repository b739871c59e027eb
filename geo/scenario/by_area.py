"""Where those live who gain or lose: by district or zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.bundle import Bundle
from geo.scenario.difference import Difference
from geo.scenario.discreet import parted
from geo.scenario.gained import Change, banded, change
from geo.scenario.standing import Standing, residents

ELSEWHERE = ""
"""Key of homes that lie in no area."""


@dataclass(frozen=True, slots=True)
class Areas:
    """
    The change of the asked group by area.

    Parameters
    ----------
    names
        By official number, or `ELSEWHERE`, which has none.
    changes
        By the same: where most gain first, then where most lose. Areas in which nobody
        lives are left out.
    """

    names: Mapping[str, str]
    changes: Mapping[str, Change]


def by_area(before: Standing, after: Standing, found: Difference) -> Areas:
    """
    Tell in which areas those of the asked group live who gain or lose.

    Parameters
    ----------
    before, after
        As `geo.scenario.difference.difference` compared them.
    found
        What it returned: no area gives away what that does not tell.

    Returns
    -------
    areas
        The zones of the statistics; where there are none, the areas whose incomes are
        known; where there are none either, there is no row.
    """
    of, names = areas_of(before.town.bundle)
    rows = changes_by(of, before, after) if names else {}
    shown = parted(rows, found.asked)
    order = sorted(shown, key=lambda key: _most(shown[key].told))
    return Areas(names | {ELSEWHERE: ""}, {key: shown[key] for key in order})


def _most(told: Change) -> tuple[float, ...]:
    """Return by what areas stand in order; what is not told decides nothing."""
    parts = (told.gains, told.loses, told.before.people)
    return tuple(np.nan_to_num([-part for part in parts], nan=1.0).tolist())


def areas_of(bundle: Bundle) -> tuple[pd.Series[str], dict[str, str]]:
    """
    Return in which area each home lies, and what the areas are called.

    Parameters
    ----------
    bundle
        Whose zones, or else incomes, are the areas.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> homes = pd.DataFrame({"zone": ["z1", ""], "income": ""})
    >>> zones = pd.DataFrame({"name": ["Vik"]}, index=["z1"])
    >>> of, names = areas_of(SimpleNamespace(homes=homes, zones=zones, incomes=zones[:0]))
    >>> of.tolist(), names
    (['z1', ''], {'z1': 'Vik'})
    """
    column, lands = ("income", bundle.incomes) if bundle.zones.empty else ("zone", bundle.zones)
    names = {str(key): name or str(key) for key, name in lands["name"].items()}
    of = bundle.homes[column].astype(str)
    return of.map({key: key for key in names}).astype(object).fillna(ELSEWHERE), names


def changes_by(of: pd.Series[str], before: Standing, after: Standing) -> dict[str, Change]:
    """
    Count who of the asked group gains and loses, part by part; nothing is withheld yet.

    Parameters
    ----------
    of
        Which part each home of today belongs to, on the index of the homes.
    before, after
        As in `by_area`.
    """
    question, stay = before.answer.question, residents(before.homes, after.homes)
    group, here = question.group, before.homes.index[stay]
    people, band = before.people(group, stay), before.band(group, stay)
    was, now = before.minutes(group, here), after.minutes(group, here)
    keys, part = np.unique(of.reindex(here).to_numpy(dtype=str), return_inverse=True)
    order, last = np.argsort(part, kind="stable"), np.cumsum(np.bincount(part))
    rows = {}
    for key, row in zip(keys.tolist(), np.split(order, last[:-1]), strict=False):
        some = None if band is None else banded(band, row)
        one = change(people[row], was[row], now[row], within=question.minutes, band=some)
        if one.before.people != 0:
            rows[key] = one
    return rows
