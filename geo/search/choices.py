"""The nearest few places: what somebody can choose from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.kernels.choices import insert_all, merged, spread_several
from geo.kernels.sweeps import NO_WAY, TAG_BITS, TAGS
from geo.paths.joining import Joined
from geo.paths.network import Floats, Ints
from geo.search.access import NOWHERE
from geo.search.hierarchy import Weighed, metres
from geo.search.tied import beside, tie


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """
    The nearest places from every home, nearest first; a home is a row of each.

    Parameters
    ----------
    distance_m
        Level metres on foot; `inf` where there are fewer places.
    place
        Which place; `NOWHERE` where there are fewer.
    """

    distance_m: Floats
    place: Ints


def choices(weighed: Weighed, homes: Joined, doors: Joined, *, of: Ints, count: int) -> Choices:
    """
    Find the nearest few distinct places from every home, however far they are.

    A place with many doors counts once, by the nearest of them. Of two places
    equally far the one with the lower number comes first.

    Parameters
    ----------
    weighed
        The footpaths, and what they cost one gait.
    homes, doors
        Joined to that network. Either may be empty.
    of
        Of every door, the number of its place, from 0.
    count
        How many places, from 1.

    Returns
    -------
    choices
        Homes × `count`.

    Examples
    --------
    A street with places at both ends; the first has two doors:

    >>> from geo.search.hierarchy import hierarchy, weigh
    >>> xy = np.array([[0.0, 0.0], [300.0, 0.0]])
    >>> street = weigh(hierarchy(np.array([0]), np.array([1]), xy), np.array([300.0]))
    >>> home = Joined(np.array([0]), np.array([1 / 3]), np.array([0.0]))
    >>> doors = Joined(np.array([0, 0, 0]), np.array([0.0, 0.1, 1.0]), np.zeros(3))
    >>> found = choices(street, home, doors, of=np.array([0, 0, 1]), count=3)
    >>> found.place.tolist(), found.distance_m.round(3).tolist()
    ([[0, 1, -1]], [[70.0, 200.0, inf]])
    """
    home, door = tie(weighed, homes), tie(weighed, doors)
    place, ranked = of[door.row], weighed.hierarchy
    at = np.full((len(ranked.rank), count), NO_WAY)
    insert_all(at, door.low, (door.to_low << TAG_BITS) + place)
    insert_all(at, door.high, (door.to_high << TAG_BITS) + place)
    spread_several(ranked.start, ranked.head, weighed.arc, at)
    ways = merged(at, home.low, home.high, home.to_low, home.to_high)
    here, there, between = beside(home, door, edges=len(weighed.edge))
    insert_all(ways, here, (between << TAG_BITS) + place[there])
    full = np.full((len(homes.edge), count), NO_WAY)
    full[home.row] = ways
    return Choices(
        metres(np.minimum(full, NO_WAY) >> TAG_BITS),
        np.where(full < NO_WAY, full % TAGS, NOWHERE),
    )
