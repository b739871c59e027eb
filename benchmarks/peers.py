"""
What others need for the same work: SciPy and NetworkX; see also `benchmarks.with_pandana`.

Each is used in the fastest way that it offers. What they make of the streets once, before
any question, is `prepare_s`. Where only some of the work was done, it was a part that is
like the rest, and `share` tells how much of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.streets import Streets, level_m
from geo.paths.network import Ints

AT_ONCE = 64
"""Places whose distances SciPy lays out in full at a time."""

Pair = tuple[int, int]
"""A walker and a kind of place."""


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """
    Work that a program did.

    Parameters
    ----------
    prepare_s, work_s
        Before any question, for all walkers; and for the questions.
    found
        Metres from every junction by walker and kind; or by place, walks as places ×
        junctions; or counts by kind.
    share
        How much of the work it was: 1 is all.
    """

    prepare_s: float
    work_s: float
    found: dict[Any, Any]
    share: float = 1.0

    @property
    def seconds(self) -> float:
        """Of the whole work, if the rest is like the part that was done."""
        return self.work_s / self.share


def doors_of(streets: Streets, kind: int) -> Ints:
    """Return the junctions with a door of a kind, each once."""
    return np.unique(streets.door[streets.kind == kind])


def door_of_places(streets: Streets) -> tuple[Ints, Ints]:
    """Return one door and the kind of every place: pandana would count doors, not places."""
    first = np.unique(streets.place, return_index=True)[1]
    return streets.door[first], streets.kind[first]


def scipy_nearest(streets: Streets, pairs: Sequence[Pair]) -> Done:
    """Grow a tree from all doors of a kind at once."""
    start = perf_counter()
    graphs = {walker: _sparse(streets, walker) for walker in dict(pairs)}
    ready = perf_counter()
    found = {
        (walker, kind): dijkstra(graphs[walker], indices=doors_of(streets, kind), min_only=True)
        for walker, kind in pairs
    }
    return Done(ready - start, perf_counter() - ready, found)


def scipy_matrix(streets: Streets, cutoff_m: float) -> Done:
    """Grow a tree from each place, as far as the cut-off; keep what is within it."""
    start = perf_counter()
    graph = _sparse(streets, 0)
    ready = perf_counter()
    doors, kinds = door_of_places(streets)
    count = np.zeros((streets.kinds, streets.junctions), dtype=np.int64)
    for first in range(0, len(doors), AT_ONCE):
        at = slice(first, first + AT_ONCE)
        near = dijkstra(graph, indices=doors[at], limit=cutoff_m) <= cutoff_m
        for kind in np.unique(kinds[at]):
            count[kind] += near[kinds[at] == kind].sum(axis=0)
    return Done(ready - start, perf_counter() - ready, dict(enumerate(count)))


def _sparse(streets: Streets, walker: int) -> csr_array[Any, Any]:
    """Return both ways along the shortest of parallel edges: a sparse matrix adds them up."""
    low, high = np.minimum(streets.u, streets.v), np.maximum(streets.u, streets.v)
    cost_m = level_m(streets, walker)
    order = np.lexsort((cost_m, high, low))
    order = order[low[order] < high[order]]
    low, high, cost_m = low[order], high[order], cost_m[order]
    first = np.append(True, (np.diff(low) != 0) | (np.diff(high) != 0))[: len(low)]
    ends = (
        np.concatenate([low[first], high[first]]),
        np.concatenate([high[first], low[first]]),
    )
    n = streets.junctions
    return csr_array((np.tile(cost_m[first], 2), ends), shape=(n, n))


def networkx_matrix(streets: Streets, cutoff_m: float, places: Ints) -> Done:
    """Search from some places; `found` is by place, metres by junction."""
    start = perf_counter()
    graph: nx.Graph[int] = nx.Graph()
    cost_m = level_m(streets, 0)
    order = np.argsort(-cost_m)  # of parallel edges the last one stays: the shortest
    edges = zip(
        streets.u[order].tolist(),
        streets.v[order].tolist(),
        cost_m[order].tolist(),
        strict=True,
    )
    graph.add_weighted_edges_from(edges)
    ready = perf_counter()
    doors = door_of_places(streets)[0]
    found = {
        place: nx.single_source_dijkstra_path_length(graph, int(doors[place]), cutoff=cutoff_m)
        for place in places.tolist()
    }
    return Done(ready - start, perf_counter() - ready, found, len(places) / len(doors))
