"""Who is who: each row gets one place at most, and each place one row of a source."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.register.limits import ALONE, MARGIN

LEAST = 1e-6
"""What an accepted pair is worth at least: more than none."""


def assigned(pairs: pd.DataFrame) -> pd.Series[bool]:
    """
    Choose among the accepted pairs, one to one, so that all together are worth the most.

    A pair is worth its score above `data.register.limits.ALONE`. The optimum is
    SciPy's (`linear_sum_assignment`), for each knot of pairs that hang together.

    Parameters
    ----------
    pairs
        As `data.register.pairs.pairs`.

    Returns
    -------
    chosen
        On the index of `pairs`.

    Examples
    --------
    >>> told = {"row": [0, 0, 1], "place": [0, 1, 0], "score": [1.0, 0.8, 0.8]}
    >>> assigned(pd.DataFrame({**told, "accepted": True})).tolist()
    [True, False, False]
    """
    chosen = pd.Series(False, index=pairs.index)
    for knot in _knots(pairs[pairs["accepted"]]):
        row, n = np.unique(knot["row"], return_inverse=True)
        place, m = np.unique(knot["place"], return_inverse=True)
        worth = np.zeros((len(row), len(place)))
        worth[n, m] = np.maximum(knot["score"] - ALONE, LEAST)
        best = np.zeros_like(worth, dtype=bool)
        best[linear_sum_assignment(worth, maximize=True)] = True
        chosen[knot.index] = best[n, m]
    return chosen


def _knots(pairs: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the pairs in groups that share no row and no place."""
    if pairs.empty:
        return
    row, n = np.unique(pairs["row"], return_inverse=True)
    place, m = np.unique(pairs["place"], return_inverse=True)
    size = len(row) + len(place)
    graph = coo_array((np.ones(len(pairs)), (n, len(row) + m)), shape=(size, size))
    _, knot = connected_components(graph, directed=False)
    yield from (group for _, group in pairs.groupby(knot[n]))


def with_parts(pairs: pd.DataFrame, chosen: pd.Series[bool]) -> pd.Series[bool]:
    """
    Add, for rows without a place, the place that they are a part of.

    Parameters
    ----------
    pairs, chosen
        As `doubted`.
    """
    left = ~pairs["row"].isin(pairs["row"][chosen])
    best = pairs[left & pairs["part"]].sort_values(["row", "score"], ascending=[True, False])
    return chosen | pairs.index.isin(best.drop_duplicates("row").index)


def doubted(pairs: pd.DataFrame, chosen: pd.Series[bool]) -> pd.DataFrame:
    """
    Return the pairs that somebody has to look at.

    A row is in doubt if another place that is nobody's speaks for it as much as its
    own; if its place was taken by another row, and that other row too if this one
    speaks for it as much; or if it stays alone on the spot of a place with another
    name or of another kind. Only names make doubts: of two
    nameless places the nearest will do.

    Parameters
    ----------
    pairs
        As `data.register.pairs.pairs`.
    chosen
        As `assigned` tells.

    Returns
    -------
    doubts
        Some of the pairs, the best first for each row.
    """
    mine = pairs["row"].map(pairs[chosen].set_index("row")["score"])
    theirs = pairs["place"].map(pairs[chosen].groupby("place")["score"].max())
    free, left, score = theirs.isna(), mine.isna(), pairs["score"]
    other = pairs["accepted"] & ~chosen
    alike = other & free & (mine - score < MARGIN) & pairs["asks"]
    lost = other & left & ~free & pairs["named"]
    clash = ~pairs["accepted"] & left
    contested = pairs["place"].isin(pairs["place"][lost & (theirs - score < MARGIN)])
    own = chosen & (contested | pairs["row"].isin(pairs["row"][alike]))
    shown = pairs[alike | lost | clash | own]
    return shown.sort_values(["row", "score"], ascending=[True, False], kind="stable")
