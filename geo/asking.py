"""How many of whom a question finds within reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo.company import among
from geo.coverage import Reach, reach
from geo.model import Walker
from geo.question import Question, Terms
from geo.search.access import Nearest, closest
from geo.town import Town, Walk


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom a question is asked of, and their walks; `of`: how many live in each home."""

    town: Town
    question: Question
    walkers: Mapping[str, Walker]
    walk: Walk

    def nearest(self, kinds: Sequence[str], terms: Terms) -> Nearest:
        """Return the nearest place of some kinds, from every home."""
        homes = len(self.town.bundle.homes)
        return closest([self.walk(terms)[kind] for kind in kinds], homes=homes)

    def by_group(self, of: pd.DataFrame) -> dict[str, Reach]:
        """Return the reach of every group, with what is withheld for the sake of others."""
        asked = self.question.kinds
        return among({group: self._reach(asked, group, of) for group in self.walkers})

    def surely(self, of: pd.DataFrame) -> dict[str, Reach]:
        """Return that of the asked group if only what is known counts."""
        group = self.question.group
        return {group: self._reach(self.question.kinds, group, of, certain=True)}

    def by_kind(self, of: pd.DataFrame) -> dict[str, Reach]:
        """Return that of the asked group, of each kind alone."""
        asked, group = self.question.kinds, self.question.group
        return {kind: self._reach([kind], group, of) for kind in asked}

    def _reach(
        self, kinds: Sequence[str], group: str, of: pd.DataFrame, *, certain: bool | None = None
    ) -> Reach:
        walker, limit = self.walkers[group], self.question.minutes
        near = self.nearest(kinds, self.question.terms(walker, certain=certain))
        walk_min, band = walker.minutes(near.distance_m), self.town.bands.get(group)
        return reach(of[group].to_numpy(), walk_min, within=limit, band=band)
