"""What a planner asks, as one frozen value, and what a search needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from geo.errors import QuestionError
from geo.model import Gait, Walker
from geo.scenario.link import of_text, to_text
from geo.scenario.scenario import TODAY, Scenario

MAX_MINUTES = 60

SWITCHES = ("schools", "winter", "dark", "certain")
"""Names of the parts of a question that are on or off."""

YES = "1"
"""How a link says that such a part is on."""


@dataclass(frozen=True, slots=True)
class Terms:
    """
    Which ways and which places count: what a search depends on, besides the town.

    Parameters
    ----------
    gait
        Which ways, and what they cost.
    when, schools, certain
        Which places, as in `Question`.
    """

    gait: Gait
    when: str = ""
    schools: bool = False
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """
    What a planner asks: the cache key, the URL, the header of an export.

    Parameters
    ----------
    area
        Code of an area.
    kinds
        Keys of the kinds of place that count, in the catalogue's order.
    group
        Key of the group whose reach is shown.
    walker
        Key of a walker for everybody, or `""`: each group at its own pace.
    minutes
        Longest walk that still counts as within reach; exactly so long counts.
    when
        A moment of `geo.hours.MOMENTS`, by its key, or `""`: whenever it may be.
    schools
        Whether schools are open to others after school hours.
    winter, dark
        Whether there is snow and ice; whether it is dark.
    certain
        Whether only what is known counts – ways known to be passable, places known
        to be open – or all that is not known to be otherwise.
    scenario
        What is changed in the area before it is asked.

    Examples
    --------
    >>> asked = Question("oslo", ("library", "park"), group="school_children", minutes=15)
    >>> asked.to_params()["kinds"]
    'library,park'
    >>> Question.from_params(asked.to_params()) == asked
    True
    """

    area: str
    kinds: tuple[str, ...]
    group: str = "everybody"
    walker: str = ""
    minutes: int = 10
    when: str = ""
    schools: bool = False
    winter: bool = False
    dark: bool = False
    certain: bool = False
    scenario: Scenario = TODAY

    def __post_init__(self) -> None:
        """Refuse a limit that no widget offers."""
        if not 1 <= self.minutes <= MAX_MINUTES:
            raise QuestionError(
                "Minutes must be a whole number from 1 to {most}, not {got}.",
                most=MAX_MINUTES,
                got=self.minutes,
            )

    def to_params(self) -> dict[str, str]:
        """Return the question as URL parameters."""
        return {
            "area": self.area,
            "kinds": ",".join(self.kinds),
            "group": self.group,
            "walker": self.walker,
            "minutes": str(self.minutes),
            "when": self.when,
            **{name: YES if getattr(self, name) else "" for name in SWITCHES},
            "scenario": to_text(self.scenario),
        }

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        """
        Read a question from its URL parameters; others are ignored.

        Raises
        ------
        QuestionError
            If minutes are no number, or outside what anybody walks.
        ScenarioError
            If the scenario is damaged.
        """
        try:
            minutes = int(params["minutes"])
        except ValueError:
            raise QuestionError(
                "Minutes must be a whole number from 1 to {most}, not {got}.",
                most=MAX_MINUTES,
                got=params["minutes"][:40],
            ) from None
        return cls(
            area=params["area"],
            kinds=tuple(filter(None, params["kinds"].split(","))),
            group=params["group"],
            walker=params["walker"],
            minutes=minutes,
            when=params.get("when", ""),
            **{name: params.get(name) == YES for name in SWITCHES},
            scenario=of_text(params.get("scenario", "")),
        )

    def elsewhere(self, area: str) -> Self:
        """Return the same question about an area; what is changed here is no change there."""
        return self if area == self.area else replace(self, area=area, scenario=TODAY)

    def terms(self, walker: Walker, *, certain: bool | None = None) -> Terms:
        """Return which ways and places count for a walker, if need be other than asked."""
        strict = self.certain if certain is None else certain
        # Only where something may be unknown: else the same search would be made twice.
        sure = strict and (bool(walker.wheels) or self.dark)
        gait = Gait(walker.slope, walker.wheels, sure, self.winter, self.dark)
        return Terms(gait, self.when, self.schools, strict and bool(self.when))
