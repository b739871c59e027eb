"""Any number of copies of a town, joined to one country."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.streets import Streets
from geo.paths.network import Ints

LINKS = 4
"""Streets from each copy to the next one."""
GAP_M = 50.0
"""Between two copies."""


def copied(streets: Streets, junctions: int) -> Streets:
    """
    Lay copies in a grid, each with `LINKS` streets to each of its neighbours.

    Parameters
    ----------
    streets
        What to copy, doors included.
    junctions
        About how many there shall be: whole copies, and at least one.

    Returns
    -------
    streets
        Whose largest part holds the largest parts of all copies.
    """
    copies = max(1, round(junctions / streets.junctions))
    columns = int(np.ceil(np.sqrt(copies)))
    copy = np.arange(copies)
    corner = np.column_stack([copy % columns, copy // columns])
    corner_m = corner * (np.ptp(streets.xy, axis=0) + GAP_M)
    xy = (corner_m[:, None, :] + streets.xy).reshape(-1, 2)

    def again(number: Ints, count: int) -> Ints:
        return (copy[:, None] * count + number).ravel()

    pairs = [
        (copy[(corner[:, 0] < columns - 1) & (copy < copies - 1)], 1),
        (copy[copy < copies - columns], columns),
    ]
    u, v = [again(streets.u, streets.junctions)], [again(streets.v, streets.junctions)]
    for axis, (first, beyond) in enumerate(pairs):
        here, there = _facing(streets, axis)
        u.append((first[:, None] * streets.junctions + here).ravel())
        v.append(((first[:, None] + beyond) * streets.junctions + there).ravel())
    link_m = np.hypot(*(xy[np.concatenate(u[1:])] - xy[np.concatenate(v[1:])]).T)
    kind = np.tile(streets.kind, copies)
    place = again(streets.place, int(streets.place.max(initial=-1)) + 1)
    order = np.lexsort((place, kind))  # by kind again, as places must be
    return Streets(
        np.concatenate(u),
        np.concatenate(v),
        np.concatenate([np.tile(streets.length_m, copies), link_m]),
        np.concatenate([np.tile(streets.steps, copies), np.zeros(len(link_m), dtype=bool)]),
        xy,
        again(streets.door, streets.junctions)[order],
        kind[order],
        _counted(place[order]),
    )


def _counted(place: Ints) -> Ints:
    """Return numbers from 0 for places that come one after the other."""
    return np.concatenate([[0], np.cumsum(np.diff(place) != 0)])[: len(place)].astype(np.intp)


def largest(streets: Streets) -> NDArray[np.bool_]:
    """Tell which junctions lie in the largest connected part."""
    shape = (streets.junctions, streets.junctions)
    graph = coo_array((np.ones(len(streets.u)), (streets.u, streets.v)), shape=shape)
    part = connected_components(graph, directed=False)[1]
    return np.asarray(part == np.bincount(part).argmax())


def _facing(streets: Streets, axis: int) -> tuple[Ints, Ints]:
    """Return the last and the first junction along an axis, in each of `LINKS` strips."""
    whole = np.flatnonzero(largest(streets))
    across = streets.xy[whole, 1 - axis]
    strips = np.array_split(whole[np.argsort(across)], min(LINKS, len(whole)))
    along = streets.xy[:, axis]
    last = [strip[along[strip].argmax()] for strip in strips]
    first = [strip[along[strip].argmin()] for strip in strips]
    return np.array(last), np.array(first)
