"""What questions may speak of: kinds, groups and walkers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.model import Family, Group, Kind, Walker
from geo.question import Question


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a question may speak of, and what families of kinds are called, each by its key."""

    kinds: Mapping[str, Kind]
    groups: Mapping[str, Group]
    walkers: Mapping[str, Walker]
    families: Mapping[str, Family] = field(default_factory=dict)

    def walker_of(self, question: Question, group: str = "") -> Walker:
        """Return who walks for a group, or else the asked one: as asked, or its own walker."""
        return self.walkers[question.walker or self.groups[group or question.group].walker]
