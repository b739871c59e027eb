"""What stands on a way, as a node of it: locked gates, kerbs, stiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.extract import Extract
from data.way_rules import answer

WORST = ("yes", "unknown", "no")
"""From no obstacle to one that is known to stop."""


def is_post(tags: Mapping[str, str]) -> bool:
    """
    Tell whether a node may stand in somebody's way.

    Examples
    --------
    >>> is_post({"barrier": "gate"}), is_post({"kerb": "raised"}), is_post({"natural": "tree"})
    (True, True, False)
    """
    return "barrier" in tags or "kerb" in tags


def without_shut(extract: Extract) -> Extract:
    """
    Part the ways at every gate that is locked or private: each ends there by itself.

    Parameters
    ----------
    extract
        Whichever door it came through.

    Returns
    -------
    extract
        Where nothing is shut, the same. Else every stretch that led to such a node
        ends in a node of its own, in the same spot, with a number below 0.
    """
    shut = [n for n, tags in extract.posts.items() if answer(tags, "post_shut") == "yes"]
    ends = extract.segments[["u", "v"]].to_numpy()
    where = np.isin(ends, shut)
    if not where.any():
        return extract
    fresh = fresh_numbers(extract, int(where.sum()))
    old = ends[where]
    ends = ends.copy()
    ends[where] = fresh
    twins = extract.nodes.loc[old].set_axis(pd.Index(fresh, name=extract.nodes.index.name))
    return replace(
        extract,
        segments=extract.segments.assign(u=ends[:, 0], v=ends[:, 1]),
        nodes=pd.concat([extract.nodes, twins]),
    )


def fresh_numbers(extract: Extract, many: int) -> NDArray[np.int64]:
    """Return numbers below 0 that no node has."""
    lowest = min(0, int(extract.nodes.index.min())) if len(extract.nodes) else 0
    return np.arange(lowest - many, lowest, dtype=np.int64)


def passable(
    extract: Extract, wheels: str, node: NDArray[np.int64], path: NDArray[np.intp]
) -> NDArray[np.str_]:
    """
    Return what stands on each path for somebody on wheels.

    A node where three or more stretches meet is left out: which of them its kerb
    belongs to is not mapped; and so is the loose end of a path.

    Parameters
    ----------
    extract
        Its posts, and its stretches.
    wheels
        `"wheelchair"` or `"pram"`.
    node, path
        Nodes in the order in which paths, numbered from 0 without gaps, visit them.

    Returns
    -------
    passable
        `"yes"`, `"unknown"` or `"no"` for each path: the worst of what stands there.
    """
    stops = {n: WORST.index(answer(t, f"post_{wheels}")) for n, t in extract.posts.items()}
    worst = np.zeros(path.max(initial=-1) + 1, dtype=np.intp)
    known, uses = np.unique(extract.segments[["u", "v"]].to_numpy(), return_counts=True)
    between = known[uses == 2]
    found = np.array([n for n, stop in stops.items() if stop], dtype=np.int64)
    hit = np.flatnonzero(np.isin(node, np.intersect1d(found, between)))
    np.maximum.at(worst, path[hit], [stops[n] for n in node[hit].tolist()])
    return np.array(WORST)[worst]
