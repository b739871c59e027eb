"""For whom published norms are met in a town: all of them from one search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo.model import Gait
from geo.norms.norms import Measured, Norm, measure, qualifying
from geo.search.access import nearest
from geo.search.hierarchy import weigh
from geo.town import Sides, Town

ON_FOOT = Gait()
"""Who joins the paths that norms are walked along: stairs and all, at no pace."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """
    A norm held against a town.

    Parameters
    ----------
    measured
        For whom it is met.
    places
        How many places count towards it.
    unknown_area
        How many more would if they were large enough: they are mapped without an
        outline, and do not count.
    """

    measured: Measured
    places: int
    unknown_area: int


def hold(
    town: Town, norms: Mapping[str, Norm], *, side: Sides | None = None
) -> dict[str, Held]:
    """
    Hold norms against a town.

    Metres are those of the map, along paths and from door to door, the same for
    everybody: neither pace nor hills nor stairs lengthen them. Stairs are walked.
    Opening hours do not count.

    Parameters
    ----------
    town
        The area, made ready.
    norms
        By key.
    side
        What remembers `town.side`, if there is such a thing.

    Returns
    -------
    held
        By key, as many as there are norms.
    """
    if not norms:
        return {}
    found, homes = (side or town.side)(ON_FOOT), town.bundle.homes
    metres = weigh(town.ranked, town.network.length_m)
    count = [qualifying(norm, town.bundle.places) for norm in norms.values()]
    of = np.array([one.mask[town.place_of] for one in count], dtype=bool)
    number, row = np.nonzero(of.reshape(len(norms), -1))
    ways = nearest(
        metres, found.homes, found.entrances.take(row), kind=number, kinds=len(norms)
    )
    return {
        key: Held(
            measure(norm, way.distance_m, homes, town.bands),
            int(one.mask.sum()),
            int(one.unknown_area.sum()),
        )
        for (key, norm), one, way in zip(norms.items(), count, ways, strict=True)
    }
