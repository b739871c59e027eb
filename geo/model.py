"""The nouns that are values: kinds, groups, walkers, a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.errors import QuestionError

SECONDS_PER_MIN = 60.0
MAX_MINUTES = 60

Distance = TypeVar("Distance", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Family:
    """A family of kinds, as a planner speaks of them: one colour and shape on the map."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of meeting place.

    Parameters
    ----------
    key, label
        Key in `place_kinds.toml`; English label, which is translated where shown.
    family
        Key of a `Family`.
    setting
        `"indoor"`, `"outdoor"` or `"both"`.
    suits
        Keys of the groups it suits best.
    icon
        Name of a symbol in `layers`.
    osm
        Sets of tags; a feature with all tags of any one set is of this kind.
        A value `"*"` accepts everything.
    unless
        Sets of tags that rule a feature out again.
    why
        Why it counts as somewhere to meet.
    """

    key: str
    label: str
    family: str
    setting: str
    suits: tuple[str, ...]
    icon: str
    osm: tuple[Mapping[str, frozenset[str]], ...]
    unless: tuple[Mapping[str, frozenset[str]], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Walker:
    """
    How somebody walks.

    Parameters
    ----------
    key, label
        Key in `walkers.toml`; English label, which is translated where shown.
    speed_m_s
        Usual speed on level ground, in metres per second.
    steps
        Whether stairs are passable.
    source
        Where the speed was published.

    Examples
    --------
    >>> Walker("child", "Child", speed_m_s=1.0, steps=True, source="-").minutes(300.0)
    5.0
    """

    key: str
    label: str
    speed_m_s: float
    steps: bool
    source: str

    def minutes(self, distance_m: Distance) -> Distance:
        """Minutes needed for `distance_m` metres; `inf` stays `inf`."""
        return distance_m / (self.speed_m_s * SECONDS_PER_MIN)


@dataclass(frozen=True, slots=True)
class Group:
    """People counted together: a column of the homes table, and how they walk."""

    key: str
    label: str
    walker: str
    ages: tuple[int, int] | None
    """First and last year of age; `None` for everybody."""


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
        }

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        """
        Read a question from its URL parameters; others are ignored.

        Raises
        ------
        QuestionError
            If minutes are no number, or outside what anybody walks.
        """
        try:
            minutes = int(params["minutes"])
        except ValueError:
            raise QuestionError(
                "Minutes must be a whole number from 1 to {most}, not {got}.",
                most=MAX_MINUTES,
                got=params["minutes"][:40],
            ) from None
        kinds = tuple(filter(None, params["kinds"].split(",")))
        return cls(params["area"], kinds, params["group"], params["walker"], minutes)
