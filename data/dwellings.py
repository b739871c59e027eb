"""The catalogues of dwellings and ages: where people live, and how old they are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.bundle import Source
from geo.errors import CatalogueError
from geo.people import AGES

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A type of building that people live in; see `dwellings.toml`."""

    key: str
    building: tuple[str, ...]
    levels: float
    m2_per_person: float
    needs_address: bool


@dataclass(frozen=True, slots=True)
class Ages:
    """Residents of a municipality by age group, as counted."""

    name: str
    people: dict[str, int]
    source: Source

    @property
    def total(self) -> int:
        """Everybody who lives there."""
        return sum(self.people.values())

    @property
    def shares(self) -> dict[str, float]:
        """Share of each group, adding up to one."""
        return {group: n / self.total for group, n in self.people.items()}


@cache
def dwelling_types(path: Path = HERE / "dwellings.toml") -> dict[str, Dwelling]:
    """
    Return the types by the value of their `building` tag.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> dwelling_types()["apartments"].m2_per_person
    56.0
    """
    types = [
        _dwelling(path, key, row) for key, row in tomllib.loads(path.read_text("utf-8")).items()
    ]
    return {value: one for one in types for value in one.building}


def _dwelling(path: Path, key: str, row: Any) -> Dwelling:
    match row:
        case {
            "building": [*values],
            "levels": int() | float() as levels,
            "m2_per_person": float() as m2,
            "why": str(),
            **more,
        } if levels > 0 and m2 > 0 and set(more) <= {"needs_address"}:
            return Dwelling(key, tuple(values), levels, m2, bool(more.get("needs_address")))
    raise CatalogueError(
        "{file} [{row}]: needs building, levels, m2_per_person and why.",
        file=path.name,
        row=key,
    )


@cache
def ages(path: Path = HERE / "ages.toml") -> dict[str, Ages]:
    """
    Return who lives in each municipality, by its number.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> ages()["1804"].name, ages()["1804"].total
    ('Bodø', 53638)
    """
    raw = tomllib.loads(path.read_text("utf-8"))
    about, rows = raw["source"], raw["municipalities"]
    if tuple(about.pop("groups")) != AGES:
        raise CatalogueError(
            "{file} [{row}]: needs {groups}.", file=path.name, row="source", groups=AGES
        )
    known = {}
    for number, row in rows.items():
        if (
            len(row.get("people", ())) != len(AGES)
            or min(row["people"]) < 0
            or "name" not in row
        ):
            raise CatalogueError(
                "{file} [{row}]: needs {groups}.", file=path.name, row=number, groups=AGES
            )
        people = dict(zip(AGES, row["people"], strict=True))
        known[number] = Ages(row["name"], people, Source(rows=len(AGES), **about))
    return known
