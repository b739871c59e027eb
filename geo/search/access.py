"""How far everybody has to walk to the nearest place."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count

import numpy as np

from geo.kernels.elimination import Grains
from geo.kernels.sweeps import LANES, NO_WAY, TAG_BITS, least, meet, spread, tell
from geo.paths.joining import Joined
from geo.paths.network import Floats, Ints
from geo.search.hierarchy import Weighed, metres
from geo.search.tied import Beside, Tied, beside, tie

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


def nearest(
    weighed: Weighed, homes: Joined, doors: Joined, *, kind: Ints, kinds: int
) -> list[Nearest]:
    """
    Measure the walk from every home to the nearest door of each kind.

    The cost depends on the size of the network and hardly on how many homes and
    doors there are. The straight bits from the home to the path, and from the path
    to the door, are walked too. A home and a door on the same edge meet along it.

    Parameters
    ----------
    weighed
        The footpaths, and what they cost one gait.
    homes, doors
        Joined to that network. Either may be empty.
    kind
        Of every door, a number from 0. A door of two kinds is given twice.
    kinds
        How many kinds there are.

    Returns
    -------
    nearest
        By kind; in each, one row per home.

    Examples
    --------
    A street of 300 m; a door 30 m off it, 240 m along; two homes:

    >>> from geo.search.hierarchy import hierarchy, weigh
    >>> xy = np.array([[0.0, 0.0], [300.0, 0.0]])
    >>> street = weigh(hierarchy(np.array([0]), np.array([1]), xy), np.array([300.0]))
    >>> homes = Joined(np.array([0, -1]), np.array([1 / 3, 0.0]), np.array([10.0, np.inf]))
    >>> doors = Joined(np.array([0]), np.array([0.8]), np.array([30.0]))
    >>> [found] = nearest(street, homes, doors, kind=np.array([0]), kinds=1)
    >>> found.distance_m.round(3).tolist(), found.door.tolist()
    ([180.0, inf], [0, -1])
    """
    home, door = tie(weighed, homes), tie(weighed, doors)
    pairs, lane = beside(home, door, edges=len(weighed.edge)), kind[door.row]
    found = [_nowhere(len(homes.edge)) for _ in range(kinds)]

    def sweep(first: int) -> None:
        taken = (lane >= first) & (lane < first + LANES)
        ways = _met(weighed, home, door, pairs, np.where(taken, lane - first, -1))
        for k, near in enumerate(found[first : first + LANES]):
            tell(ways, home.row, door.row, k, near.distance_m, near.door)

    with ThreadPoolExecutor(cpu_count()) as threads:
        list(threads.map(sweep, range(0, kinds, LANES)))
    return found


def _nowhere(homes: int) -> Nearest:
    return Nearest(np.full(homes, np.inf), np.full(homes, NOWHERE, dtype=np.intp))


def spread_from(weighed: Weighed, doors: Joined) -> Floats:
    """
    Measure how far every junction is from the nearest of some doors.

    Parameters
    ----------
    weighed, doors
        As in `nearest`.

    Returns
    -------
    level_m
        By junction; `inf` where there is no way.

    Examples
    --------
    >>> from geo.search.hierarchy import hierarchy, weigh
    >>> xy = np.array([[0.0, 0.0], [300.0, 0.0]])
    >>> street = weigh(hierarchy(np.array([0]), np.array([1]), xy), np.array([300.0]))
    >>> door = Joined(np.array([0]), np.array([0.8]), np.array([30.0]))
    >>> spread_from(street, door).round(3).tolist()
    [270.0, 90.0]
    """
    door = tie(weighed, doors)
    at = _swept(weighed, door, np.zeros(len(door.row), dtype=np.intp))
    return metres(at[weighed.hierarchy.rank, 0] >> TAG_BITS)


def _swept(weighed: Weighed, door: Tied, lane: Ints) -> Grains:
    """Sweep from the doors that have a lane, not -1; return grains and door, ranks × lanes."""
    ranked = weighed.hierarchy
    at = np.full((len(ranked.rank), LANES), NO_WAY)
    on = np.flatnonzero(lane >= 0)
    least(at, door.low[on], lane[on], (door.to_low[on] << TAG_BITS) + on)
    least(at, door.high[on], lane[on], (door.to_high[on] << TAG_BITS) + on)
    spread(ranked.start, ranked.head, weighed.arc, at)
    return at


def _met(weighed: Weighed, home: Tied, door: Tied, pairs: Beside, lane: Ints) -> Grains:
    """Meet the homes after a sweep; return grains and door, tied homes × lanes."""
    at = _swept(weighed, door, lane)
    ways = np.empty((len(home.row), LANES), dtype=np.int64)
    meet(at, home.low, home.high, home.to_low, home.to_high, ways)
    here, there, between = pairs
    near = lane[there] >= 0
    here, there, between = here[near], there[near], between[near]
    least(ways, here, lane[there], (between << TAG_BITS) + there)
    return ways


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
        return _nowhere(homes)
    distance_m = np.stack([one.distance_m for one in found])
    best, row = distance_m.argmin(axis=0), np.arange(homes)
    return Nearest(distance_m[best, row], np.stack([one.door for one in found])[best, row])
