"""The kernels that turn walks found sixteen places at a time into rows by home."""

from __future__ import annotations

import numpy as np
from numba import njit

from geo.kernels.elimination import GRAINS_PER_M, Numbers
from geo.kernels.many import LANES, Found
from geo.paths.network import Floats, Ints

Rows = tuple[Ints, Numbers, Floats]
"""Of a sparse table: where each home's next walk goes, the place of each walk, its metres."""


@njit(cache=True, nogil=True)
def count(found: Found, homes: int, cutoff: int) -> Ints:
    """Count the walks of every home within the cut-off."""
    _, row, ways = found
    counted = np.zeros(homes, dtype=np.int64)
    for i in range(len(row)):
        within = 0
        for k in range(LANES):
            within += ways[i, k] <= cutoff
        counted[row[i]] += within
    return counted


@njit(cache=True, nogil=True)
def write(found: Found, places: Ints, cutoff: int, rows: Rows) -> None:
    """
    Write the walks to some places into the rows of the homes, in place.

    Parameters
    ----------
    found
        As `geo.kernels.many.search` found it for these places.
    places
        Which places they are.
    cutoff
        In grains.
    rows
        Where to; each home's next walk is moved on.
    """
    start, row, ways = found
    next_at, place, metres = rows
    for b in range(len(start) - 1):
        lanes = min(LANES, len(places) - b * LANES)
        for i in range(start[b], start[b + 1]):
            at = next_at[row[i]]
            for k in range(lanes):
                if ways[i, k] <= cutoff:
                    place[at] = places[b * LANES + k]
                    metres[at] = ways[i, k] / GRAINS_PER_M
                    at += 1
            next_at[row[i]] = at
