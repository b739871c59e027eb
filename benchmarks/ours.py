"""The same work as `benchmarks.peers`, done by us; and a whole country, in a fresh process."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from benchmarks.copies import copied
from benchmarks.measure import peak_bytes
from benchmarks.peers import Done, door_of_places
from benchmarks.streets import Streets, level_m, load
from geo.paths.joining import Joined
from geo.paths.network import Ints
from geo.search.access import nearest
from geo.search.hierarchy import Hierarchy, Weighed, hierarchy, weigh
from geo.search.matrix import Metres, walks


def prepared(streets: Streets) -> Hierarchy:
    """Put the network in order, for all walkers."""
    return hierarchy(streets.u, streets.v, streets.xy)


def at_junctions(streets: Streets, junctions: Ints | None = None) -> Joined:
    """Return points that stand right in some junctions, or in all, at an end of an edge."""
    edge = np.zeros(streets.junctions, dtype=np.intp)
    along = np.zeros(streets.junctions)
    for share, ends in ((1.0, streets.v), (0.0, streets.u)):
        edge[ends] = np.arange(len(ends))
        along[ends] = share
    every = Joined(edge, along, np.zeros(streets.junctions))
    return every if junctions is None else every.take(junctions)


def ours_nearest(streets: Streets, ranked: Hierarchy, walkers: Sequence[int]) -> Done:
    """
    Weigh the ways and walk from every junction to the nearest door of each kind.

    Weighing is part of the work; here `prepare_s` tells which.
    """
    homes, doors = at_junctions(streets), at_junctions(streets, streets.door)
    cost_m = [level_m(streets, walker) for walker in walkers]
    start = perf_counter()
    weighed = [weigh(ranked, of_m) for of_m in cost_m]
    weigh_s = perf_counter() - start
    found = [
        nearest(one, homes, doors, kind=streets.kind, kinds=streets.kinds) for one in weighed
    ]
    by_pair = {
        (walker, kind): near.distance_m
        for walker, of_kinds in zip(walkers, found, strict=True)
        for kind, near in enumerate(of_kinds)
    }
    return Done(weigh_s, perf_counter() - start, by_pair)


def ours_matrix(
    streets: Streets, weighed: Weighed, cutoff_m: float
) -> tuple[Done, Metres, float]:
    """
    Walk from every junction to every place within the cut-off, and count them by kind.

    Returns
    -------
    done, walks, walks_s
        The counts by kind; what was counted; and how long that alone took.
    """
    junctions, kinds = door_of_places(streets)
    homes, doors = at_junctions(streets), at_junctions(streets, junctions)
    of = np.arange(len(junctions))
    start = perf_counter()
    table = walks(weighed, homes, doors, of=of, places=len(of), cutoff_m=cutoff_m)
    walks_s = perf_counter() - start
    of_kind = np.eye(streets.kinds)[kinds]
    ones = csr_array((np.ones(len(table.data)), table.indices, table.indptr), table.shape)
    found = dict(enumerate((ones @ of_kind).T.astype(np.int64)))
    return Done(0.0, perf_counter() - start, found), table, walks_s


def main(argument: str) -> None:
    """Copy the streets in `file` to so many `junctions`, as JSON says; walk to all kinds."""
    task = json.loads(argument)
    town = load(Path(task["file"]))
    _walked(town)  # compiles what is not compiled yet
    country = copied(town, task["junctions"])
    prepare_s, weigh_s, nearest_s = _walked(country)
    told = {
        "junctions": country.junctions,
        "prepare_s": prepare_s,
        "weigh_s": weigh_s,
        "nearest_s": nearest_s,
        "peak_bytes": peak_bytes(),
    }
    print(json.dumps(told))


def _walked(streets: Streets) -> tuple[float, float, float]:
    """Return seconds to put the network in order, to weigh it, and to walk to every kind."""
    start = perf_counter()
    ranked = prepared(streets)
    prepare_s = perf_counter() - start
    done = ours_nearest(streets, ranked, [0])
    return prepare_s, done.prepare_s, done.work_s - done.prepare_s


if __name__ == "__main__":
    main(sys.argv[1])
