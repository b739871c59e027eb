"""
What pandana needs for the same work, if it is installed.

It finds doors by where they lie, and counts whole millimetres. Its contraction of the
streets, for each walker, is `prepare_s`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.peers import Done, Pair, door_of_places, doors_of
from benchmarks.streets import WALKERS, Streets, level_m
from geo.paths.network import Floats


def has_pandana() -> bool:
    """Tell whether pandana is installed; there are not wheels for every Python."""
    return find_spec("pandana") is not None


def _library() -> Any:
    """Return pandana; its threads wait asleep, which is faster where others work, too."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return import_module("pandana")


def pandana_nearest(
    streets: Streets, pairs: Sequence[Pair], share: float, farthest_m: float
) -> Done:
    """
    Ask for the nearest "point of interest" of every junction; one network per walker.

    It is told beforehand how far the farthest is: without, it takes several
    times as long.
    """
    _library()  # takes seconds to load, and is no part of the work
    far_m = farthest_m + 1
    prepare_s = work_s = 0.0
    found: dict[Pair, Floats] = {}
    for walker in dict(pairs):
        start = perf_counter()
        network = _contracted(streets, walker)
        ready = perf_counter()
        for kind in [kind for of, kind in pairs if of == walker]:
            at = _apart(streets)[doors_of(streets, kind)]
            network.set_pois(str(kind), far_m, 1, pd.Series(at[:, 0]), pd.Series(at[:, 1]))
            near_m = network.nearest_pois(far_m, str(kind), num_pois=1)[1].to_numpy()
            found[walker, kind] = np.where(near_m < far_m, near_m, np.inf)
        prepare_s += ready - start
        work_s += perf_counter() - ready
    walkers = len(dict(pairs))
    return Done(prepare_s / walkers * len(WALKERS), work_s, found, share)


def pandana_counts(
    streets: Streets, cutoff_m: float, kinds: Sequence[int], *, at_once: bool
) -> Done:
    """
    Count the places of some kinds within the cut-off of every junction.

    Parameters
    ----------
    streets, cutoff_m, kinds
        Where, how far, and which.
    at_once
        Whether all ranges are looked up once, and kept in memory, for all kinds
        (`precompute`), or by each `aggregate` for itself.
    """
    start = perf_counter()
    network = _contracted(streets, 0)
    ready = perf_counter()
    if at_once:
        network.precompute(cutoff_m)
    doors, of_kind = door_of_places(streets)
    found = {}
    for kind in kinds:
        network.set(pd.Series(doors[of_kind == kind]), name=str(kind))
        count = network.aggregate(cutoff_m, type="count", decay="flat", name=str(kind))
        found[kind] = count.to_numpy().astype(np.int64)
    work_s = perf_counter() - ready
    if at_once:
        _contracted.cache_clear()  # gigabytes
    return Done(ready - start, work_s, found, len(found) / streets.kinds)


@lru_cache(maxsize=1)
def _contracted(streets: Streets, walker: int) -> Any:
    """Return pandana's network for one walker; the last one is kept, for it takes long."""
    x, y = _apart(streets).T
    cost = pd.DataFrame({"m": level_m(streets, walker)})
    with _silent():
        return _library().Network(
            pd.Series(x), pd.Series(y), pd.Series(streets.u), pd.Series(streets.v), cost
        )


def _apart(streets: Streets) -> Floats:
    """Return where junctions lie, none upon another: pandana tells them apart by that."""
    return streets.xy + np.arange(streets.junctions)[:, None] * 1e-6


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what is printed, by C++ among others, out of the table."""
    if sys.platform == "win32":
        yield
        return
    sys.stdout.flush()
    kept = os.dup(1)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it is no path
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
