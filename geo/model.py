"""The nouns that are values: kinds, groups, walkers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SECONDS_PER_MIN = 60.0

MICRO_MIN = 6
"""Decimals of minutes that are no noise of sums: a walk of exactly ten minutes is ten."""


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
    hours
        When it is open if nothing tells: `"always"`; `"told"`, which is unknown; or
        `"school"`, open to others than its pupils only if schools are. See `geo.hours`.
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
    hours: str = "told"


@dataclass(frozen=True, slots=True)
class Gait:
    """
    What a way costs somebody, whatever their speed: walkers who share it share a search.

    Parameters
    ----------
    slope
        A function of `geo.paths.walking.SLOPES`, by its key.
    wheels
        `""` on foot, else the column of `geo.tables.PATHS` that tells where those
        wheels can roll: `"wheelchair"` or `"pram"`.
    certain
        Whether only ways known to be passable count, not all those that are not
        known to be impassable.
    winter, dark
        Whether there is snow and ice; whether it is dark.
    """

    slope: str = "tobler"
    wheels: str = ""
    certain: bool = False
    winter: bool = False
    dark: bool = False


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
    slope, wheels
        As in `Gait`.
    source
        Where the speed was published.

    Examples
    --------
    >>> child = Walker("child", "Child", speed_m_s=1.0, slope="tobler", wheels="", source="-")
    >>> child.minutes(np.array([300.0, np.inf])).tolist()
    [5.0, inf]
    """

    key: str
    label: str
    speed_m_s: float
    slope: str
    wheels: str
    source: str

    def minutes(self, level_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Minutes needed for `level_m` metres of level ground; `inf` stays `inf`."""
        return np.round(level_m / (self.speed_m_s * SECONDS_PER_MIN), MICRO_MIN)

    def level_m(self, minutes: float) -> float:
        """Metres of level ground within `minutes` minutes."""
        return minutes * self.speed_m_s * SECONDS_PER_MIN


@dataclass(frozen=True, slots=True)
class Group:
    """People counted together: a column of the homes table, and how they walk."""

    key: str
    label: str
    walker: str
    ages: tuple[int, int] | None
    """First and last year of age; `None` for everybody."""
