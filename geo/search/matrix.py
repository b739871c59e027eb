"""The walks from all homes to all places within a cut-off, as one sparse table."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np
from scipy.sparse import csr_array

from geo.kernels.elimination import GRAINS_PER_M, Grains, Numbers
from geo.kernels.given import Arcs, Direct, Homes, Sources
from geo.kernels.many import FAR, LANES, Found, search
from geo.kernels.table import count, write
from geo.paths.joining import Joined
from geo.paths.network import Ints
from geo.search.hierarchy import Weighed
from geo.search.tied import Beside, Tied, beside, tie

CHUNKS = 4
"""Pieces of work for each thread, so that none waits long for another."""

FARTHEST_M = 16_000.0
"""Longest walk that fits the kernel's small numbers: over an hour at a run."""

Metres = csr_array[np.float64, tuple[int, int]]


def walks(
    weighed: Weighed, homes: Joined, doors: Joined, *, of: Ints, places: int, cutoff_m: float
) -> Metres:
    """
    Measure the walk from every home to every place within a cut-off.

    Parameters
    ----------
    weighed
        The footpaths, and what they cost one gait.
    homes, doors
        Joined to that network. Either may be empty.
    of
        Of every door, the number of its place, from 0; of several, the nearest counts.
    places
        How many places there are.
    cutoff_m
        Longest walk in level metres, exactly so long included; at most `FARTHEST_M`.

    Returns
    -------
    walks
        Level metres, homes by places. Only what is stored is within the cut-off;
        a stored 0.0 is a walk of no length. Places are in no particular order.

    Raises
    ------
    ValueError
        If the cut-off is beyond what the kernel can hold, or negative.

    Examples
    --------
    A street of 300 m; one home in its middle; places at both ends, one 400 m off it:

    >>> from geo.search.hierarchy import hierarchy, weigh
    >>> xy = np.array([[0.0, 0.0], [300.0, 0.0]])
    >>> street = weigh(hierarchy(np.array([0]), np.array([1]), xy), np.array([300.0]))
    >>> home = Joined(np.array([0]), np.array([0.5]), np.array([10.0]))
    >>> doors = Joined(np.array([0, 0]), np.array([0.0, 1.0]), np.array([0.0, 400.0]))
    >>> near = walks(street, home, doors, of=np.array([0, 1]), places=2, cutoff_m=500)
    >>> near.indices.tolist(), near.data.tolist()
    ([0], [160.0])
    """
    if not 0 <= cutoff_m <= FARTHEST_M:
        raise ValueError(f"cutoff_m must be from 0 to {FARTHEST_M}, not {cutoff_m}")
    home, door = tie(weighed, homes), tie(weighed, doors)
    place = of[door.row]
    order = np.argsort(home.low, kind="stable")
    sought = _homes(weighed, home, order)
    direct = _direct(beside(home, door, edges=len(weighed.edge)), order, place, places)
    sources = Sources(
        *_by_place(
            places,
            np.tile(place, 2),
            np.concatenate([door.low, door.high]),
            np.concatenate([door.to_low, door.to_high]),
        )
    )
    arcs, cutoff = _arcs(weighed), round(cutoff_m * GRAINS_PER_M)

    def searched(some: Ints) -> Found:
        return search(arcs, sources, sought, direct, some, cutoff)

    threads = cpu_count() or 1
    pieces = min(threads * CHUNKS, -(-places // LANES)) or 1
    parts = np.array_split(_neighbours_together(places, door, place), pieces)
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(searched, parts))
        return _table(found, parts, (len(homes.edge), places), cutoff, pool)


def _arcs(weighed: Weighed) -> Arcs:
    ranked = weighed.hierarchy
    return Arcs(ranked.start, ranked.head, _small(weighed.arc), ranked.parent, ranked.first)


def _homes(weighed: Weighed, home: Tied, order: Ints) -> Homes:
    """Sort the homes by the lower end of their edge."""
    return Homes(
        start=np.searchsorted(home.low[order], np.arange(len(weighed.hierarchy.rank) + 1)),
        row=home.row[order].astype(np.int32),
        high=home.high[order],
        to_low=_small(home.to_low[order]),
        to_high=_small(home.to_high[order]),
    )


def _direct(pairs: Beside, order: Ints, place: Ints, places: int) -> Direct:
    """Sort the walks along one edge; homes are told by where they stand in that order."""
    here, there, between = pairs
    stands = np.empty(len(order), dtype=np.int32)
    stands[order] = np.arange(len(order), dtype=np.int32)
    return Direct(*_by_place(places, place[there], stands[here], between))


def _by_place(
    places: int, place: Ints, value: Numbers, grains: Grains
) -> tuple[Ints, Numbers, Numbers]:
    order = np.argsort(place, kind="stable")
    start = np.searchsorted(place[order], np.arange(places + 1))
    return start, value[order], _small(grains[order])


def _small(grains: Grains) -> Numbers:
    return np.minimum(grains, FAR).astype(np.int32)


def _neighbours_together(places: int, door: Tied, place: Ints) -> Ints:
    """Return the places that have a door, as near in the hierarchy as on the ground."""
    rank = np.full(places, np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(rank, place, door.low)
    return np.argsort(rank, kind="stable")


def _table(
    found: list[Found],
    parts: list[Ints],
    shape: tuple[int, int],
    cutoff: int,
    pool: ThreadPoolExecutor,
) -> Metres:
    """Put what was found for each part of the places into rows by home."""
    counted = np.stack(list(pool.map(lambda one: count(one, shape[0], cutoff), found)))
    total = int(counted.sum())
    start = np.concatenate([[0], np.cumsum(counted.sum(axis=0))])
    place, metres = np.empty(total, dtype=np.int32), np.empty(total)
    first = start[:-1] + np.cumsum(counted, axis=0) - counted  # of each part in each row

    def written(n: int) -> None:
        write(found[n], parts[n], cutoff, (first[n], place, metres))

    list(pool.map(written, range(len(found))))
    if total < FAR:  # numbers as small as the places', or those would be copied to larger
        start = start.astype(np.int32)
    return csr_array((metres, place, start), shape=shape)
