"""An area made ready for questions: networks with homes and entrances joined to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from geo.access import NOWHERE, Nearest, nearest
from geo.bundle import Bundle
from geo.network import Joined, Network, build, join

Walk = Callable[[str, bool], Nearest]
"""Kind of place, and whether stairs may be taken, to the nearest entrance from every home."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One network with everybody's doors on it: with stairs, or without."""

    network: Network
    homes: Joined
    entrances: Joined


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """A bundle and its two sides; shared by all who ask, so nobody writes into it."""

    bundle: Bundle
    sides: dict[bool, Side]
    """By whether stairs may be taken."""

    def walk(self, kind: str, steps: bool) -> Nearest:
        """
        Measure from every home to the nearest entrance of a kind of place.

        Parameters
        ----------
        kind
            Key of a kind. A place of several kinds counts as each of them.
        steps
            Whether stairs may be taken.

        Returns
        -------
        nearest
            One row per home; doors are rows of the entrances table.
        """
        side = self.sides[steps]
        at = np.flatnonzero(self.bundle.entrances["place_id"].isin(self.places_of(kind)))
        found = nearest(side.network, side.homes, side.entrances.take(at))
        row = np.append(at, NOWHERE)  # so that label -1, nowhere, stays nowhere
        return Nearest(found.distance_m, row[found.door])

    def places_of(self, kind: str) -> list[str]:
        """Return the ids of all places that are of a kind, among others or alone."""
        kinds = self.bundle.places["kinds"]
        return [i for i, of in kinds.items() if kind in of.split(";")]


def prepare(bundle: Bundle) -> Town:
    """
    Join the homes and entrances of an area to its paths, once for all questions.

    Parameters
    ----------
    bundle
        As it was built.

    Returns
    -------
    town
        Ready to be asked.
    """
    return Town(bundle, {steps: _side(bundle, steps) for steps in (True, False)})


def _side(bundle: Bundle, steps: bool) -> Side:
    network = build(bundle.paths, steps=steps)
    return Side(network, join(network, bundle.homes), join(network, bundle.entrances))
