"""What questions may speak of: kinds, groups and walkers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.errors import Message, QuestionError
from geo.hours import MOMENTS
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


def require_known(question: Question, catalogue: Catalogue) -> None:
    """Raise `QuestionError` if a question speaks of what does not exist."""
    asked = (
        (Message("kind"), catalogue.kinds, question.kinds),
        (Message("group"), catalogue.groups, (question.group,)),
        (Message("walker"), catalogue.walkers, (question.walker,) if question.walker else ()),
        (Message("moment"), MOMENTS, (question.when,) if question.when else ()),
    )
    for what, known, keys in asked:
        for key in keys:
            if key not in known:
                raise QuestionError(
                    "There is no {what} {key}: choose from {known}.",
                    what=what,
                    key=key[:40],
                    known=", ".join(known),
                )
