"""How far everybody has to walk to the nearest place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from geo.network import Floats, Ints, Joined, Network

NOWHERE = -1
"""Label of a home from which no place can be reached."""


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """
    The nearest door from every home; a home is a row of each.

    Parameters
    ----------
    distance_m
        Metres on foot, from the home's own door to the place's; `inf` if unreachable.
    door
        Which of the doors it is, counted from 0; `NOWHERE` if none.
    """

    distance_m: Floats
    door: Ints


def nearest(network: Network, homes: Joined, doors: Joined) -> Nearest:
    """
    Measure the walk from every home to the nearest of some doors.

    One shortest-path tree grows from all doors at once, so the cost depends on
    the size of the network and hardly on how many homes and doors there are.
    The straight bits from the home to the path, and from the path to the door,
    are walked too. A home and a door on the same edge meet along it.

    Parameters
    ----------
    network
        The footpaths.
    homes, doors
        Joined to that network. Either may be empty.

    Returns
    -------
    nearest
        One row per home.

    Examples
    --------
    A street of 300 m; a door 30 m off it, 240 m along; two homes:

    >>> from geo.network import Joined, Network
    >>> one = np.zeros(1, dtype=np.intp)
    >>> street = Network(one, one + 1, np.array([300.0]), np.array([None]), one, one > 0, 2)
    >>> homes = Joined(np.array([0, -1]), np.array([100.0, 0.0]), np.array([10.0, np.inf]))
    >>> found = nearest(street, homes, Joined(one, np.array([240.0]), np.array([30.0])))
    >>> found.distance_m.tolist(), found.door.tolist()
    ([180.0, inf], [0, -1])
    """
    at_m, door = _tree(network, doors)
    on = homes.edge >= 0
    edge, along_m, gap_m = homes.edge[on], homes.along_m[on], homes.gap_m[on]
    ways_m = np.stack(
        [
            at_m[network.u[edge]] + along_m,
            at_m[network.v[edge]] + network.length_m[edge] - along_m,
        ]
    )
    ends = np.stack([door[network.u[edge]], door[network.v[edge]]])
    best = ways_m.argmin(axis=0)
    row = np.arange(len(edge))
    distance_m = np.full(len(homes.edge), np.inf)
    label = np.full(len(homes.edge), NOWHERE, dtype=np.intp)
    distance_m[on] = ways_m[best, row] + gap_m
    label[on] = ends[best, row]
    _along_same_edge(homes, doors, distance_m, label)
    return Nearest(distance_m, label)


def _tree(network: Network, doors: Joined) -> tuple[Floats, Ints]:
    """
    Grow one tree from all doors: metres to every junction, and from which door.

    Every door becomes a node of its own, tied to both ends of its edge. That
    opens no short cut: the way past a door is never shorter than the edge.
    """
    n = network.junctions
    on = np.flatnonzero(doors.edge >= 0)
    if not len(on):
        return np.full(n, np.inf), np.full(n, NOWHERE, dtype=np.intp)
    edge, along_m, gap_m = doors.edge[on], doors.along_m[on], doors.gap_m[on]
    own = n + np.arange(len(on))
    start = np.concatenate([network.u, own, own])
    end = np.concatenate([network.v, network.u[edge], network.v[edge]])
    length_m = np.concatenate(
        [network.length_m, gap_m + along_m, gap_m + network.length_m[edge] - along_m]
    )
    distance_m, _, origin = dijkstra(
        _graph(start, end, length_m, n + len(on)),
        directed=False,
        indices=own,
        min_only=True,
        return_predecessors=True,
    )
    origin = origin[:n].astype(np.intp)
    return distance_m[:n], np.where(origin >= n, on[np.maximum(origin - n, 0)], NOWHERE)


def _graph(start: Ints, end: Ints, length_m: Floats, n: int) -> csr_array:
    """Return the shortest of parallel edges as a sparse matrix, which would add them up."""
    low, high = np.minimum(start, end), np.maximum(start, end)
    edges = pd.DataFrame({"low": low, "high": high, "m": length_m})
    edges = edges.groupby(["low", "high"], sort=False).min().reset_index()
    # A stored zero is "no edge" to the search: a door in a junction keeps 1 µm.
    metres = np.maximum(edges["m"].to_numpy(), 1e-6)
    return csr_array(coo_array((metres, (edges["low"], edges["high"])), shape=(n, n)))


def _along_same_edge(
    homes: Joined, doors: Joined, distance_m: Floats, label: NDArray[np.intp]
) -> None:
    """Shorten the walks, in place, of homes that share an edge with a door."""
    on = doors.edge >= 0
    at_doors = pd.DataFrame(
        {"edge": doors.edge[on], "there_m": doors.along_m[on], "gap_m": doors.gap_m[on]}
    ).assign(door=np.flatnonzero(on))
    at_homes = pd.DataFrame(
        {"edge": homes.edge, "here_m": homes.along_m, "from_m": homes.gap_m}
    )
    pairs = at_homes.reset_index(names="home").merge(at_doors, on="edge")
    pairs["m"] = (pairs["there_m"] - pairs["here_m"]).abs() + pairs["gap_m"] + pairs["from_m"]
    pairs = pairs.sort_values("m").drop_duplicates("home")
    home, direct_m = pairs["home"].to_numpy(), pairs["m"].to_numpy()
    shorter = direct_m < distance_m[home]
    distance_m[home[shorter]] = direct_m[shorter]
    label[home[shorter]] = pairs["door"].to_numpy()[shorter]


def closest(found: Sequence[Nearest], *, homes: int) -> Nearest:
    """
    Choose, for every home, the nearest of several: of whichever kind that is.

    Examples
    --------
    >>> park = Nearest(np.array([90.0, np.inf]), np.array([4, NOWHERE]))
    >>> school = Nearest(np.array([70.0, 20.0]), np.array([1, 2]))
    >>> closest([park, school], homes=2).door.tolist(), closest([], homes=2).distance_m.tolist()
    ([1, 2], [inf, inf])
    """
    if not found:
        return Nearest(np.full(homes, np.inf), np.full(homes, NOWHERE, dtype=np.intp))
    distance_m = np.stack([one.distance_m for one in found])
    best, row = distance_m.argmin(axis=0), np.arange(homes)
    return Nearest(distance_m[best, row], np.stack([one.door for one in found])[best, row])
