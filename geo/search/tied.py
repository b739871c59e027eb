"""Points that are joined to edges, in a hierarchy's own terms: ranks and grains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.kernels.elimination import FAR, Grains, Numbers
from geo.paths.joining import Joined
from geo.paths.network import Ints
from geo.search.hierarchy import Weighed, grains

Beside = tuple[Ints, Ints, Grains]
"""Pairs of points on the same edge: row of the one, row of the other, grains between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Tied:
    """
    Points tied to both ends of their edge; only those that have an edge to walk on.

    Parameters
    ----------
    row
        Which of the joined points each is.
    edge
        Its edge.
    low, high
        Ranks of the edge's ends.
    to_low, to_high
        Grains from the point to them, the straight bit to the edge included.
    gap
        Grains of that straight bit.
    """

    row: Ints
    edge: Ints
    low: Numbers
    high: Numbers
    to_low: Grains
    to_high: Grains
    gap: Grains


def tie(weighed: Weighed, points: Joined) -> Tied:
    """
    Tie points to the ends of their edges.

    Whoever stands right in a junction can leave it by any edge, also where the one
    that was joined, of several as near, is closed to this gait.

    Parameters
    ----------
    weighed
        What the edges cost.
    points
        Joined to the same network.

    Examples
    --------
    >>> from geo.search.hierarchy import hierarchy, weigh
    >>> xy = np.array([[0.0, 0.0], [90.0, 0.0]])
    >>> street = weigh(hierarchy(np.array([0]), np.array([1]), xy), np.array([90.0]))
    >>> points = Joined(np.array([-1, 0]), np.array([0.0, 0.5]), np.array([np.inf, 1.0]))
    >>> tie(street, points).row.tolist(), (tie(street, points).to_low / 64_000).tolist()
    ([1], [46.0])
    """
    ranked = weighed.hierarchy
    row = np.flatnonzero(points.edge >= 0)
    row = row[(weighed.edge[points.edge[row]] < FAR) | np.isin(points.along[row], (0.0, 1.0))]
    edge, along = points.edge[row], points.along[row]
    length, gap = weighed.edge[edge], grains(points.gap_m[row])
    # Rounded as the edge was drawn, so that the order of junctions has no say in it.
    from_u = (along * length).round().astype(np.int64)
    from_low = np.where(ranked.turned[edge], length - from_u, from_u)
    return Tied(
        row=row,
        edge=edge,
        low=ranked.low[edge],
        high=ranked.high[edge],
        to_low=gap + from_low,
        to_high=gap + length - from_low,
        gap=gap,
    )


def beside(homes: Tied, doors: Tied, *, edges: int) -> Beside:
    """
    Find the homes and doors that share an edge, and walk between them along it.

    Parameters
    ----------
    homes, doors
        Tied to the same network.
    edges
        How many edges that has.
    """
    order = np.argsort(doors.edge, kind="stable")
    on_edge = np.bincount(doors.edge, minlength=edges)
    count = on_edge[homes.edge]
    home = np.repeat(np.arange(len(homes.edge)), count)
    nth = np.arange(len(home)) - np.repeat(np.cumsum(count) - count, count)
    door = order[(np.cumsum(on_edge) - on_edge)[homes.edge[home]] + nth]
    here = homes.to_low[home] - homes.gap[home]
    there = doors.to_low[door] - doors.gap[door]
    return home, door, np.abs(here - there) + homes.gap[home] + doors.gap[door]
