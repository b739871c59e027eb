"""What may be changed in an area, one thing at a time: the words of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

XY = tuple[float, float]
"""A spot in metres of the area's own projection."""


@dataclass(frozen=True, slots=True)
class Add:
    """
    A new place; where a building stands, it is in that building.

    Parameters
    ----------
    kind
        Key of a kind of place.
    at
        Where.
    name, hours
        What it is called; when it is open, as `opening_hours` of OpenStreetMap. Or `""`.
    """

    kind: str
    at: XY
    name: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A place that is somewhere else from now on, as `Add` puts it there."""

    place: str
    at: XY


@dataclass(frozen=True, slots=True)
class Close:
    """A place that is no more."""

    place: str


@dataclass(frozen=True, slots=True)
class Open:
    """
    A place that is open to others, at other hours than today.

    Parameters
    ----------
    place
        Its id.
    hours
        As `opening_hours` of OpenStreetMap, instead of what it is today.
    kind
        What it is then as well, e.g. a school that is a community centre in the evening;
        `""`: what it is already.
    """

    place: str
    hours: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """
    A new path on foot, for everybody: firm, lit, cleared, without steps.

    Parameters
    ----------
    line
        Its course. It is joined to paths at its ends, and on the ground wherever it
        crosses them.
    bridge
        Whether it leads over what lies below.
    """

    line: tuple[XY, ...]
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Mend:
    """
    A way that is better from now on, from end to end as it is mapped.

    Parameters
    ----------
    at
        A spot beside it.
    what
        One of `MENDED`.
    """

    at: XY
    what: str


@dataclass(frozen=True, slots=True)
class House:
    """
    New homes, spread over some land.

    Parameters
    ----------
    outline
        The corners of the land.
    people
        By group, how many will live there: everybody, and what is known of others.
    """

    outline: tuple[XY, ...]
    people: tuple[tuple[str, float], ...]


Edit = Add | Move | Close | Open | Path | Mend | House

MENDED: Mapping[str, Mapping[str, str | bool | float]] = {
    "ramp": {"steps": False, "wheelchair": "yes", "pram": "yes", "incline": 0.0},
    "light": {"lit": "yes"},
    "clear": {"winter": "open"},
}
"""What is known of a way that was mended, in columns of `geo.tables.PATHS`."""
