"""Before and after: what a change brings to whom, home by home and group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geo.answer import Answer
from geo.coverage import Reach, reach
from geo.model import MICRO_MIN
from geo.paths.network import Bools, Floats
from geo.question import Question
from geo.scenario.discreet import among
from geo.scenario.gained import Change, change
from geo.scenario.standing import Standing, residents


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """
    What is different between two answers to the same question.

    Parameters
    ----------
    before, after
        The answers.
    groups
        By group, everybody among them: who gains, who loses, and who is new.
    walks
        Of the asked group, see `walked_otherwise`.
    """

    before: Answer
    after: Answer
    groups: Mapping[str, Change]
    walks: pd.DataFrame

    @property
    def question(self) -> Question:
        """What was asked, before the change."""
        return self.before.question

    @property
    def asked(self) -> Change:
        """The change of the group that was asked about."""
        return self.groups[self.question.group]

    @property
    def same(self) -> bool:
        """Whether the walk of the asked group is the same at every home."""
        return bool((self.walks["change"] == 0).all())


def difference(before: Standing, after: Standing) -> Difference:
    """
    Compare two answers to the same question, of a town as it is and as it would be.

    Nothing has to be known of how the one town became the other. Those who live in both
    are compared with themselves; homes that only the second town has are new, and nobody
    there gains or loses. Homes that only the first has, where two scenarios are compared,
    are left out.

    Parameters
    ----------
    before, after
        The town as it is; the town as it would be.

    Returns
    -------
    difference
        With what is withheld, see `geo.scenario.discreet.among`.
    """
    stay, limit = residents(before.homes, after.homes), before.answer.question.minutes
    here = before.homes.index[stay]
    new = here.get_indexer(after.homes.index) < 0
    found = {}
    for key in before.walks:
        one = change(
            before.people(key, stay),
            before.minutes(key, here),
            after.minutes(key, here),
            within=limit,
            band=before.band(key, stay),
        )
        was, now = (side.answer.reach[key] for side in (before, after))
        found[key] = replace(
            one,
            before=replace(one.before, withheld=was.withheld),
            after=replace(one.after, withheld=_withheld(now)),
            newcomers=_newcomers(key, after, new),
        )
    otherwise = walked_otherwise(before.answer.minutes[stay], after.answer.minutes)
    return Difference(before.answer, after.answer, among(found), otherwise)


def _newcomers(key: str, after: Standing, new: Bools) -> Reach:
    """Return who of a group lives in homes that are not there today."""
    limit, minutes = after.answer.question.minutes, after.minutes(key, after.homes.index[new])
    return reach(after.people(key, new), minutes, within=limit, band=after.band(key, new))


def _withheld(reach: Reach) -> str:
    """Return what an answer does not tell of a group, newcomers and all."""
    return reach.withheld or ("parts" if reach.hidden else "")


def walked_otherwise(before: pd.Series[float], after: pd.Series[float]) -> pd.DataFrame:
    """
    Return how much longer or shorter the walk gets from every home of today.

    Parameters
    ----------
    before, after
        Minutes on the index of the homes; `after` may have more homes.

    Returns
    -------
    walks
        On the index of `before`. Columns: `before`; `after`; `change`, below 0 where the
        walk gets shorter, `-inf` where there is a way that was not, `inf` where there is
        none any more, 0 where there is none before and after.

    Examples
    --------
    >>> was, now = pd.Series([9.0, np.inf, np.inf]), pd.Series([4.5, 7.0, np.inf, 2.0])
    >>> walked_otherwise(was, now)["change"].tolist()
    [-4.5, -inf, 0.0]
    """
    was = np.asarray(before, dtype=np.float64)
    now = np.asarray(after.reindex(before.index), dtype=np.float64)
    table = {"before": was, "after": now, "change": longer(was, now)}
    return pd.DataFrame(table, index=before.index)


def longer(before: Floats, after: Floats) -> Floats:
    """
    Return by how much walks get longer; there is nothing between no way and no way.

    Examples
    --------
    >>> longer(np.array([10.0, 3.0, np.nan]), np.array([8.0, np.inf, 4.0])).tolist()
    [-2.0, inf, nan]
    """
    none = np.isinf(before) & np.isinf(after)
    found: Floats = np.subtract(after, before, out=np.zeros(len(none)), where=~none)
    return np.round(found, MICRO_MIN) + 0.0
