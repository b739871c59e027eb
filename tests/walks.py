"""Random walks between a few homes and places, and their plain table to check against."""

from __future__ import annotations

from math import inf, nan

import numpy as np
from hypothesis import strategies as st

from geo.times import Times

CUTOFF_MIN = 20.0
MINUTES = st.sampled_from([0.0, 0.0, 1.5, 5.0, 10.0, 10.0, 10.5, 15.0, 20.0, inf])
"""Few values, so that ties, walks of no minutes and walks that are none are common."""


def times_of(table):
    """Return walks from a plain table of minutes, homes by places; `inf` is none."""
    minutes = np.array(table, dtype=float)
    minutes = minutes.reshape(len(table), -1)
    home, place = np.nonzero(np.ones_like(minutes))
    return Times.of_walks(
        home, place, minutes.ravel(), shape=minutes.shape, cutoff_min=CUTOFF_MIN
    )


def table_of(times):
    """Return the plain table of walks again."""
    table = np.full(times.minutes.shape, inf)
    start = times.minutes.indptr
    for home in range(times.homes):
        of = slice(start[home], start[home + 1])
        table[home, times.minutes.indices[of]] = times.minutes.data[of]
    return table


@st.composite
def tables(draw):
    """Draw a plain table of minutes."""
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rows = st.lists(MINUTES, min_size=shape[1], max_size=shape[1])
    return np.array(draw(st.lists(rows, min_size=shape[0], max_size=shape[0])))


def amounts(count, *, unknown=False):
    """Draw so many amounts of people or room: often none, now and then unknown."""
    some = st.sampled_from([0.0, 0.25, 1.0, 3.0, 40.0, *([nan] if unknown else [])])
    return st.lists(some, min_size=count, max_size=count).map(np.array)


def same(found, expected):
    """Tell whether two arrays agree, `inf` and `nan` included."""
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
