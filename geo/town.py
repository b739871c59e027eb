"""An area made ready for questions: a network in order, with homes and doors joined to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import geopandas as gpd
import numpy as np

from geo.bounds import bounds
from geo.bundle import Bundle
from geo.coverage import Bands
from geo.hours import state
from geo.model import Gait, Kind
from geo.paths.gates import attached
from geo.paths.joining import Joined, join
from geo.paths.network import Bools, Ints, Network, build, named
from geo.paths.profile import Profile, profile
from geo.paths.walking import level_along
from geo.question import Terms
from geo.search.access import Nearest, nearest
from geo.search.hierarchy import Hierarchy, Weighed, hierarchy, weigh
from geo.tables import kinds_of
from geo.timetable import CLOSED, UNKNOWN

Walk = Callable[[Terms], Mapping[str, Nearest]]
"""From terms to the nearest door from every home, by kind of place; doors are entrances."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A town as one gait meets it: what ways cost, and who is joined to which."""

    weighed: Weighed
    homes: Joined
    entrances: Joined


Sides = Callable[[Gait], Side]
"""`Town.side`, or what remembers it."""


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """
    A bundle with its network; shared by all who ask, so nobody writes into it.

    Parameters
    ----------
    bundle
        As it was built.
    streets
        Its paths with a name, by which what lies there is known.
    network, ranked, along
        Its paths as arrays, in order for searches, and how they rise and fall.
    homes, entrances
        How they are joined where every path can be walked.
    place_of
        Of every entrance, the row of its place.
    kinds
        By kind, which rows of the places are of it, among others or alone.
    bands
        How sure the numbers of each group are, see `geo.bounds.bounds`.
    """

    bundle: Bundle
    streets: gpd.GeoDataFrame
    network: Network
    ranked: Hierarchy
    along: Profile
    homes: Joined
    entrances: Joined
    place_of: Ints
    kinds: Mapping[str, Bools]
    bands: Mapping[str, Bands]

    def side(self, gait: Gait, possible: Side | None = None) -> Side:
        """
        Join homes and entrances to the paths of a gait.

        One joins whatever path is not known to be closed, also where only known
        ways count: the way then ends at the door, instead of beginning elsewhere.

        Parameters
        ----------
        gait
            Whose side it is.
        possible
            That of the same gait where not only known ways count, if it is at hand.
        """
        level_m = level_along(self.bundle.paths, gait, self.along)
        if possible is not None:
            return replace(possible, weighed=weigh(self.ranked, level_m))
        usable = self.usable(gait) if gait.certain else np.isfinite(level_m)
        homes = self.joined(self.bundle.homes, self.homes, usable)
        entrances = self.joined(self.bundle.entrances, self.entrances, usable)
        return Side(weigh(self.ranked, level_m), homes, entrances)

    def usable(self, gait: Gait) -> Bools:
        """Return which paths are not known to be closed to a gait."""
        possible = replace(gait, certain=False)
        return np.isfinite(level_along(self.bundle.paths, possible, self.along))

    def joined(self, points: gpd.GeoDataFrame, known: Joined, usable: Bools) -> Joined:
        """Join points, joined already where every path can be walked, to usable ones."""
        if usable.all():
            return known
        barriers = self.bundle.barriers.geometry
        return join(self.network, points, usable=usable, barriers=barriers, known=known)

    def counted(self, kind: Kind, terms: Terms, now: datetime) -> Bools:
        """Return which places are of a kind, and count at the moment asked about."""
        counted = self.of_kind(kind.key).copy()
        out = (CLOSED, UNKNOWN) if terms.certain else (CLOSED,)
        told = self.bundle.places["opening_hours"].array[counted]
        state_of = {
            text: state(text, kind, terms.when, schools_open=terms.schools, now=now)
            for text in dict.fromkeys(told)
        }
        counted[counted] = [state_of[text] not in out for text in told]
        return counted

    def counted_as_any(self, kinds: Iterable[Kind], terms: Terms, now: datetime) -> Bools:
        """Return which places are of any of some kinds, and count."""
        counted = np.zeros(len(self.bundle.places), dtype=bool)
        for kind in kinds:
            counted |= self.counted(kind, terms, now)
        return counted

    def walk(
        self, terms: Terms, kinds: Mapping[str, Kind], now: datetime, side: Side | None = None
    ) -> dict[str, Nearest]:
        """
        Measure from every home to the nearest entrance of each kind of place.

        Parameters
        ----------
        terms
            Which ways and places count.
        kinds
            The kinds asked about. A place of several counts as each of them.
        now
            When it is asked: decides which day is meant.
        side
            `side(terms.gait)`, if it is at hand.

        Returns
        -------
        nearest
            By kind, one row per home; doors are rows of the entrances.
        """
        side = side or self.side(terms.gait)
        of = [self.counted(kind, terms, now)[self.place_of] for kind in kinds.values()]
        number, row = np.nonzero(np.array(of, dtype=bool).reshape(len(of), len(self.place_of)))
        found = nearest(
            side.weighed, side.homes, side.entrances.take(row), kind=number, kinds=len(of)
        )
        rows = np.append(row, -1)  # so that label -1, nowhere, stays nowhere
        return {
            key: Nearest(one.distance_m, rows[one.door])
            for key, one in zip(kinds, found, strict=True)
        }

    def of_kind(self, kind: str) -> Bools:
        """Return which rows of the places are of a kind, among others or alone."""
        return self.kinds.get(kind, np.zeros(len(self.bundle.places), dtype=bool))


def prepare(bundle: Bundle) -> Town:
    """
    Put the paths of an area in order, once for all questions.

    Parameters
    ----------
    bundle
        As it was built.

    Returns
    -------
    town
        Ready to be asked.
    """
    network = build(bundle.paths)
    return Town(
        bundle=bundle,
        streets=named(bundle.paths),
        network=network,
        ranked=hierarchy(network.u, network.v, network.xy),
        along=profile(bundle.paths, bundle.terrain),
        homes=attached(network, bundle.homes, bundle.barriers),
        entrances=attached(network, bundle.entrances, bundle.barriers),
        place_of=bundle.places.index.get_indexer(bundle.entrances["place_id"]).astype(np.intp),
        kinds=kinds_of(bundle.places),
        bands=bounds(bundle.homes, bundle.zones, bundle.incomes),
    )
